/**
 * Works that wait for one another: each begins when those asked for before it have ended, well or badly.
 * For what takes so much memory that many at once would end the process.
 */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine
    return mine
  }
}
