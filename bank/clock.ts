/** A task waiting for its hour on the bank's clock. */
type Due = { readonly at: number; readonly order: number; readonly run: () => void | Promise<void> }

/** The bank's clock, in milliseconds since 1970; tests may advance it. */
export type Clock = {
  now: () => number
  /** Runs the task once the clock reaches the given time. */
  at: (time: number, run: () => void | Promise<void>) => void
  /** Moves the clock forward and runs, in order and at its own hour, every task that became due. */
  advance: (milliseconds: number) => Promise<void>
  /** Back to the machine's own time; what already ran stays done. */
  reset: () => Promise<void>
  stop: () => void
}

const LONGEST_TIMER = 2 ** 31 - 1

/** Starts a clock which follows the machine's until it is advanced. */
export function startClock(machineTime: () => number = Date.now): Clock {
  let offset = 0
  let order = 0
  let due: Due[] = []
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let turn: Promise<void> = Promise.resolve()

  const now = () => machineTime() + offset

  const takeNext = (limit: number): Due | undefined => {
    const next = due.toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
    if (!next || next.at > limit) return undefined
    due = due.filter((task) => task !== next)
    return next
  }

  const arm = () => {
    clearTimeout(timer)
    if (stopped || due.length === 0) return
    const first = Math.min(...due.map((task) => task.at))
    timer = setTimeout(onTimer, Math.min(Math.max(first - now(), 0), LONGEST_TIMER))
    timer.unref()
  }

  // Tasks fired by real time are not waited for: a slow shop must not hold back another shop's retry.
  const onTimer = () => {
    for (let task = takeNext(now()); task; task = takeNext(now())) void task.run()
    arm()
  }

  const advanceTo = async (target: number) => {
    for (let task = takeNext(target); task; task = takeNext(target)) {
      offset += Math.max(task.at - now(), 0)
      await task.run()
    }
    offset += Math.max(target - now(), 0)
    arm()
  }

  const backToNow = () => {
    offset = 0
    arm()
  }

  return {
    now,
    at: (time, run) => {
      if (stopped) return
      order += 1
      due.push({ at: time, order, run })
      arm()
    },
    advance: (milliseconds) => {
      turn = turn.then(() => advanceTo(now() + Math.max(milliseconds, 0)))
      return turn
    },
    reset: () => {
      turn = turn.then(backToNow)
      return turn
    },
    stop: () => {
      stopped = true
      due = []
      clearTimeout(timer)
    },
  }
}

const QUARTER = 15 * 60 * 1000

/** The next quarter of an hour strictly after a time, in milliseconds. */
export function nextQuarter(time: number): number {
  return (Math.floor(time / QUARTER) + 1) * QUARTER
}
