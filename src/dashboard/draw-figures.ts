import { DAY_MS, type Instant, later, MINUTE_MS } from '../kernel/dates.ts'
import type { Db } from '../platform/db.ts'
import { drawMonth, listStaleMonths } from './figure-store.ts'

/** The current month and the one before are drawn again this often. */
const OFTEN_MS = 15 * MINUTE_MS
/** So many months in a pass: the others wait for the next minute. */
const BATCH = 12

/** Draws the months whose figures are old, so that the dashboard reads rows and dates them. */
export async function drawFigures(db: Db, now: Instant): Promise<void> {
  const asked = { now, often: later(now, -OFTEN_MS), daily: later(now, -DAY_MS), limit: BATCH }
  for (const month of await listStaleMonths(db, asked))
    await db.transaction((tx) => drawMonth(tx, month, now))
}
