import { type Instant, later, MINUTE_MS } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { type AgeTotal, type Asked, sumByAge } from './store.ts'

/** Totals read every open debt of the filter: they may be this old, and the page says of when they are. */
const KEPT_MS = MINUTE_MS / 2
const MOST_KEPT = 200

export type DatedTotals = { readonly at: Instant; readonly totals: readonly AgeTotal[] }

/** Gives totals by age, summed once in half a minute for each filter and reach. */
export function keepTotals({ db, clock }: Pick<Services, 'db' | 'clock'>) {
  const kept = new Map<string, { readonly at: Instant; readonly totals: Promise<AgeTotal[]> }>()
  return async (asked: Asked): Promise<DatedTotals> => {
    const key = JSON.stringify({ ...asked, filter: { ...asked.filter, age: null, sort: null } })
    const now = clock.now()
    const known = kept.get(key)
    if (known && now < later(known.at, KEPT_MS)) return { at: known.at, totals: await known.totals }
    if (kept.size >= MOST_KEPT) kept.clear()
    const totals = sumByAge(db, asked)
    kept.set(key, { at: now, totals })
    try {
      return { at: now, totals: await totals }
    } catch (error) {
      kept.delete(key)
      throw error
    }
  }
}
