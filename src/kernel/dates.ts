import { Temporal } from 'temporal-polyfill'

/** A calendar day, `YYYY-MM-DD`, without zone. */
export type Day = string & { readonly day: unique symbol }
/** A point in time. */
export type Instant = Date
/** Days from `from` to `to`, both included. */
export type Period = { readonly from: Day; readonly to: Day }

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const PARIS = 'Europe/Paris'
const parisDays = new Intl.DateTimeFormat('en-CA', { timeZone: PARIS, dateStyle: 'short' })

/** The day, when the text is a real `YYYY-MM-DD`. */
export function readIsoDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? (text as Day) : undefined
}

/** The day of a French date `16/03/2012`; undefined when there is no such day. */
export function readFrenchDay(text: string): Day | undefined {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text.trim())
  return match ? readIsoDay(`${match[3]}-${match[2]}-${match[1]}`) : undefined
}

/** A day written in the source; throws when it is not one. */
export function day(text: string): Day {
  const found = readIsoDay(text)
  if (!found) throw new Error(`not a day: ${text}`)
  return found
}

/** The Paris day of an instant: 23:30 UTC on 16 March is 17 March. */
export const parisDay = (at: Instant): Day => parisDays.format(at) as Day

/** The UTC day of an instant: the bank's day for `vads_trans_id` (gateways 1.3). */
export const utcDay = (at: Instant): Day => at.toISOString().slice(0, 10) as Day

/** The instant at which a Paris day reaches `hour`:`minute`; DST days included. */
export function parisInstant(day: Day, hour = 0, minute = 0): Instant {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: PARIS,
    plainTime: Temporal.PlainTime.from({ hour, minute }),
  })
  return new Date(zoned.epochMilliseconds)
}

/** The day `count` days later (earlier when negative). */
export const addDays = (from: Day, count: number): Day =>
  Temporal.PlainDate.from(from).add({ days: count }).toString() as Day

/** The same day `count` months later, or the last one of a shorter month. */
export const addMonths = (from: Day, count: number): Day =>
  Temporal.PlainDate.from(from).add({ months: count }).toString() as Day

export const firstOfMonth = (of: Day): Day => `${of.slice(0, 7)}-01` as Day
export const lastOfMonth = (of: Day): Day => addDays(addMonths(firstOfMonth(of), 1), -1)

export const later = (at: Instant, ms: number): Instant => new Date(at.getTime() + ms)
