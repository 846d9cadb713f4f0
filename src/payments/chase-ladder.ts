// When the bank is asked about a sending that brought no money. The table is the rule, and the pages
// promise it (reliability.md P4).
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../kernel/dates.ts'
import { SILENCE_MS } from './payment.ts'

/** Each rung, from the sending. */
export const LADDER_MS: readonly number[] = [
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
  DAY_MS,
  3 * DAY_MS,
]

/** What comes after them while the bank itself said « later » (a debit takes days). */
const LATER_MS: readonly number[] = [7 * DAY_MS, 14 * DAY_MS, 28 * DAY_MS]

/** Every rung of a sending that the bank keeps waiting. */
export const LONG_LADDER_MS: readonly number[] = [...LADDER_MS, ...LATER_MS]

/** The rung that expiry waits for: the bank's answer when the silence has lasted long enough. */
export const SILENCE_RUNG = LADDER_MS.indexOf(SILENCE_MS) + 1

/** A sending, with the highest rung that is behind it; 0 when none is. */
export type Chased = { readonly number: number; readonly sentAt: Instant; readonly rung: number }

/** The highest rung reached, from 1; 0 before the first. */
export const rungAt = (sentAt: Instant, now: Instant): number =>
  LONG_LADDER_MS.filter((ms) => sentAt.getTime() + ms <= now.getTime()).length

/** The rungs that one question now puts behind this sending: the highest was asked, the others skipped. */
export function rungsAsked({ sentAt, rung }: Chased, now: Instant): { rung: number; isSkipped: boolean }[] {
  const reached = rungAt(sentAt, now)
  return Array.from({ length: Math.max(reached - rung, 0) }, (_, index) => ({
    rung: rung + index + 1,
    isSkipped: rung + index + 1 < reached,
  }))
}
