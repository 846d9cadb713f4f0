import type { Instant } from '../kernel/dates.ts'
import type { LoginId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'
import { useLinks } from './link-store.ts'
import { endSessions } from './store.ts'

/** Ends every session of a login, and every link that could open another. */
export async function closeDoors(tx: Tx, loginId: LoginId, now: Instant): Promise<void> {
  await endSessions(tx, loginId, now)
  for (const purpose of ['activation', 'reset', 'email'] as const) await useLinks(tx, loginId, purpose, now)
}
