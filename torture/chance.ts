// Chance that can be played again: everything random in a plan comes from its seed.

export type Chance = {
  /** From 0 up to, but not including, 1. */
  readonly draw: () => number
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  readonly happens: (probability: number) => boolean
  readonly shuffle: <T>(from: readonly T[]) => T[]
}

/** The generator mulberry32: 32 bits of state, the same numbers on every machine. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(draw() * (high - low + 1))
  return {
    draw,
    between,
    pick: (from) => {
      const picked = from[between(0, from.length - 1)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    happens: (probability) => draw() < probability,
    shuffle: (from) => {
      const left = [...from]
      for (let last = left.length - 1; last > 0; last -= 1) {
        const other = between(0, last)
        const [a, b] = [left[last], left[other]]
        if (a !== undefined && b !== undefined) [left[last], left[other]] = [b, a]
      }
      return left
    },
  }
}
