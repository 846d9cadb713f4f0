import { setTimeout as pause } from 'node:timers/promises'
import { plainIdentifier } from '../identity/names.ts'
import { FREE_BY_ADDRESS, FREE_BY_NAME } from '../identity/throttle.ts'
import { counted, countAttempt } from '../identity/throttle-store.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Services } from '../platform/services.ts'
import { planInvitation } from './manage-team.ts'
import { findMemberByIdentifier } from './member-store.ts'
import { recordAct } from './record-act.ts'
import { memberAuthor } from './sign-in-staff.ts'

/** Whatever was typed, the answer takes this long, as for families. */
const ANSWER_MS = 200

/**
 * Sends a link to choose a password to the member of this identifier, if there is one who is not
 * suspended; the outcome tells nothing of it. The second factor is asked for all the same once the
 * password is chosen. Too many tries, by name or by address, are told how many minutes to wait.
 */
export async function askPasswordLink(
  { db, clock }: Services,
  identifier: string,
  from: { readonly screen: string; readonly clientAddress: string },
): Promise<Result<undefined, { readonly minutes: number }>> {
  const floor = pause(ANSWER_MS)
  const now = clock.now()
  const name = plainIdentifier(identifier)
  const keys = [
    counted('staff recovery', name, FREE_BY_NAME),
    counted('staff recovery address', from.clientAddress, FREE_BY_ADDRESS),
  ]
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, keys, now))
  if (waitMs === 0) {
    const member = await findMemberByIdentifier(db, name)
    if (member && !member.suspendedAt)
      await db.transaction(async (tx) => {
        await planInvitation(tx, member.organisationId, member, now)
        await recordAct(tx, memberAuthor(member, from), { kind: 'password.asked' }, now)
      })
  }
  await floor
  return waitMs === 0 ? ok(undefined) : fail({ minutes: Math.ceil(waitMs / MINUTE_MS) })
}
