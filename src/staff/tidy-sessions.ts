import { DAY_MS, later } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { deleteOldStaffSessions } from './session-store.ts'

/** As long as families' sessions are kept; what was done in them stays in the journal. */
const KEPT_MS = 30 * DAY_MS

/** Removes sessions and links of staff that are of no more use. */
export async function tidyStaffSessions({ db, clock }: Services): Promise<void> {
  await db.transaction((tx) => deleteOldStaffSessions(tx, later(clock.now(), -KEPT_MS)))
}
