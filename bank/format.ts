const NARROW_SPACE = '\u202f'
const NO_BREAK_SPACE = '\u00a0'

/** An amount in cents as a French reader expects it: « 1 234,50 € ». */
export function formatAmount(cents: number): string {
  const euros = Math.floor(cents / 100)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, NARROW_SPACE)
  return `${euros},${String(cents % 100).padStart(2, '0')}${NO_BREAK_SPACE}€`
}

const parisParts = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function inParis(time: number): Record<string, string> {
  return Object.fromEntries(parisParts.formatToParts(time).map((part) => [part.type, part.value]))
}

/** A time in Paris: « 12/04/2026 à 18:42 ». */
export function formatTime(time: number): string {
  const { day, month, year, hour, minute } = inParis(time)
  return `${day}/${month}/${year} à${NO_BREAK_SPACE}${hour}:${minute}`
}

/** A time in Paris, to the second: « 12/04/2026 à 18:42:07 ». */
export function formatSecond(time: number): string {
  return `${formatTime(time)}:${String(Math.floor(time / 1000) % 60).padStart(2, '0')}`
}

/** The month it is in Paris. */
export function monthInParis(time: number): { month: number; year: number } {
  const { month, year } = inParis(time)
  return { month: Number(month), year: Number(year) }
}

/** A time as the protocol writes it: 14 digits, UTC. */
export function toStamp(time: number): string {
  return new Date(time).toISOString().replaceAll(/\D/g, '').slice(0, 14)
}

/** The time of a 14-digit UTC stamp, or nothing when it is not a date of the calendar. */
export function fromStamp(stamp: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return !Number.isNaN(time) && toStamp(time) === stamp ? time : undefined
}

/** « 4970 1000 0000 0055 », or 4-6-5 for the fifteen digits of an American Express. */
export function groupDigits(number: string): string {
  return number.length === 15
    ? number.replace(/^(\d{4})(\d{6})(\d{5})$/, '$1 $2 $3')
    : number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')
}

/** The day of Paris: « 2026-04-12 ». */
export function toParisDay(time: number): string {
  const { day, month, year } = inParis(time)
  return `${year}-${month}-${day}`
}
