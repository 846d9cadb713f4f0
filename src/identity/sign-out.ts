import type { Services } from '../platform/services.ts'
import type { FamilyActor } from './actor.ts'
import { endSession, endSessionOf } from './store.ts'

/** Ends the session on the server: its cookie opens nothing any more. */
export async function signOut({ db, clock }: Services, actor: FamilyActor): Promise<void> {
  await db.transaction((tx) => endSession(tx, actor.sessionHash, clock.now()))
}

/** Ends another session of the same login; false when there is none. */
export function signOutElsewhere(
  { db, clock }: Services,
  actor: FamilyActor,
  publicId: string,
): Promise<boolean> {
  return db.transaction((tx) => endSessionOf(tx, actor.loginId, publicId, clock.now()))
}
