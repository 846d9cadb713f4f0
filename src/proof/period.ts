// The periods that are closed: days, months and calendar years, as Paris days.
export type PeriodKind = 'day' | 'month' | 'year'
export type ClosedPeriod = {
  readonly kind: PeriodKind
  readonly period: string
  readonly fromOn: string
  readonly toOn: string
}

const DAY_MS = 86_400_000

/** The day after, on the calendar: no zone, no change of hour. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

/** What ends with a day, in the order in which it is closed: 31 December is a day, a month and a year. */
export function periodsEnding(day: string): ClosedPeriod[] {
  const [month, year] = [day.slice(0, 7), day.slice(0, 4)]
  const following = nextDay(day)
  const ended: ClosedPeriod[] = [{ kind: 'day', period: day, fromOn: day, toOn: day }]
  if (!following.startsWith(month))
    ended.push({ kind: 'month', period: month, fromOn: `${month}-01`, toOn: day })
  if (!following.startsWith(year))
    ended.push({ kind: 'year', period: year, fromOn: `${year}-01-01`, toOn: day })
  return ended
}
