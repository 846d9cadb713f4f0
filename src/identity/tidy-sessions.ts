import { DAY_MS, later } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { deleteOldLinks } from './link-store.ts'
import { deleteOldSessions } from './store.ts'
import { deleteOldThrottles } from './throttle-store.ts'

/** Ended sessions and links are kept a month, for questions about who signed in (reliability.md A73). */
const KEPT_MS = 30 * DAY_MS

/** Removes sessions, links and counted attempts that are of no more use. */
export async function tidySessions({ db, clock }: Services): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    await deleteOldSessions(tx, later(now, -KEPT_MS))
    await deleteOldLinks(tx, later(now, -KEPT_MS))
    await deleteOldThrottles(tx, now)
  })
}
