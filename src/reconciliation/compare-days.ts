import { addDays, HOUR_MS, type Instant, later, parisDay, parisInstant } from '../kernel/dates.ts'
import { sum } from '../kernel/money.ts'
import type { Db } from '../platform/db.ts'
import { listOpenTasks } from '../tasks/store.ts'
import { keepGap, listDaysToCompare, listServingContracts } from './gap-store.ts'
import { readDay } from './read-day.ts'
import type { CheckedDay } from './store.ts'

/** A journal older than this is asked for by who looks at the day; its open differences stay known. */
const DAYS_BACK = 62
/** A day that agreed is compared again this late: a payment may have moved. */
const STALE_MS = HOUR_MS
/** So many days of a contract in a pass: the others wait for the next minute. */
const BATCH = 5

/** Compares the open days of every contract, so that « À traiter » counts differences from rows. */
export async function compareDays(db: Db, now: Instant): Promise<void> {
  const since = parisInstant(addDays(parisDay(now), -DAYS_BACK))
  for (const contract of await listServingContracts(db)) {
    const asked = { since, staleAt: later(now, -STALE_MS), limit: BATCH }
    for (const day of await listDaysToCompare(db, contract, asked))
      await compareDay(db, { ...contract, day }, now)
  }
}

async function compareDay(db: Db, checked: CheckedDay, now: Instant): Promise<void> {
  const { comparison } = await readDay(db, checked)
  const told = new Set(
    (await listOpenTasks(db, checked.organisationId)).flatMap(({ details: { bankTransaction } }) =>
      typeof bankTransaction === 'string' ? [bankTransaction] : [],
    ),
  )
  const untold = comparison.differences.filter(
    ({ bank, portal }) => ![bank?.key, portal?.key].some((key) => key !== undefined && told.has(key)),
  )
  const gap = sum(untold.map(({ cents }) => cents))
  await db.transaction((tx) => keepGap(tx, checked, { differences: untold.length, gap }, now))
}
