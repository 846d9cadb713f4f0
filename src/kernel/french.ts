import type { Day, Instant } from './dates.ts'
import type { Cents } from './money.ts'

const PARIS = 'Europe/Paris'
const longDays = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', dateStyle: 'long' })
const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
]
const shortDays = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, dateStyle: 'short' })
const shortTimes = new Intl.DateTimeFormat('fr-FR', { timeZone: PARIS, timeStyle: 'short' })
const kilobytes = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 })

/**
 * `123450` → `1 234,50 €`, `-1200` → `−12,00 €`. U+00A0 before € and between thousands (no PDF
 * engine prints U+202F, ux.md A.4), U+2212 as minus, and never « −0,00 € ».
 */
export function formatCents(amount: Cents): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  // Written out: a page of sixty invoices has two hundred amounts, and Intl showed in its profile.
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00A0')
  return `${amount < 0 ? '\u2212' : ''}${whole},${digits.slice(-2)}\u00A0€`
}

/** As `formatCents`, with a plus sign on credits: « +8,00 € ». */
export const formatSignedCents = (amount: Cents): string => (amount > 0 ? '+' : '') + formatCents(amount)

/** `-1200` → `-12,00`: for CSV, ASCII minus, no thousands separator, decimal comma. */
export const csvCents = (amount: Cents): string =>
  `${amount < 0 ? '-' : ''}${(Math.abs(amount) / 100).toFixed(2).replace('.', ',')}`

/** `2012-03-16` → `16/03/2012`. */
export const formatDay = (day: Day): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** `2012-04-01` → `1er avril 2012`. */
export const formatLongDay = (day: Day): string =>
  longDays.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, '1er ')

/** `2012-04-01` → `avril 2012`. */
export const formatMonth = (day: Day): string =>
  `${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`

/** The Paris day and time of an instant: `16/03/2012`, `18:44`. */
export const formatInstantDay = (at: Instant): string => shortDays.format(at)
export const formatTime = (at: Instant): string => shortTimes.format(at)

/** Bytes as « 84 ko ». */
export const formatSize = (bytes: number): string =>
  `${kilobytes.format(Math.max(1, bytes / 1024)).replaceAll('\u202F', '\u00A0')}\u00A0ko`

/** French plural: 0 and 1 are singular. `plural(0, 'facture', 'factures')` → `facture`. */
export const plural = (count: number, one: string, other: string): string =>
  Math.abs(count) < 2 ? one : other
