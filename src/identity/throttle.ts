// How long to wait after wrong attempts. A delay ends by itself: no lock ever needs the staff.
import { DAY_MS, type Instant, later, MINUTE_MS } from '../kernel/dates.ts'

export type Throttle = { readonly failures: number; readonly lastAt: Instant }

/** Wrong attempts without delay: a person mistypes; a school or a library shares one address. */
export const FREE_BY_NAME = 4
export const FREE_BY_ADDRESS = 20
const LONGEST_DELAY_MS = 15 * MINUTE_MS
/** The first delay is 2^5 = 32 s, then it doubles: 32, 64, 128, 256, 512 s, then 15 minutes. */
const FIRST_EXPONENT = 5
/** A day without a wrong attempt wipes the slate. */
export const THROTTLE_MEMORY_MS = DAY_MS

/** The delay after so many failures, of which `free` cost nothing. */
export function delayMs(failures: number, free: number): number {
  if (failures <= free) return 0
  return Math.min(2 ** (failures - free - 1 + FIRST_EXPONENT) * 1_000, LONGEST_DELAY_MS)
}

/** Failures that still count now. */
export const countedFailures = ({ failures, lastAt }: Throttle, now: Instant): number =>
  later(lastAt, THROTTLE_MEMORY_MS) <= now ? 0 : failures

/** Milliseconds until the next attempt is heard; 0 when it is heard now. */
export function waitMs(throttle: Throttle, free: number, now: Instant): number {
  const end = later(throttle.lastAt, delayMs(countedFailures(throttle, now), free))
  return Math.max(0, end.getTime() - now.getTime())
}
