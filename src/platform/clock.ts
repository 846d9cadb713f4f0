import type { Instant } from '../kernel/dates.ts'

/** The one source of time: every rule with a delay reads it, and tests own it. */
export type Clock = { readonly now: () => Instant }

export const systemClock: Clock = { now: () => new Date() }
