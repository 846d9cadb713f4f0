import { FREE_BY_ADDRESS } from '../identity/throttle.ts'
import { counted, countAttempt, giveBackAttempt } from '../identity/throttle-store.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from './actor.ts'
import { loadWebauthn } from './load-webauthn.ts'
import { lockMember, type Member } from './member-store.ts'
import { openChallenge, type PasskeyPurpose, readAssertion, relyingParty } from './passkey.ts'
import { findPasskey, renewPasskey, spendChallenge } from './passkey-store.ts'
import { recordAct } from './record-act.ts'
import { endStaffSession, insertStaffSession, renewProof } from './session-store.ts'
import { memberAuthor, type StaffSignInFailure } from './sign-in-staff.ts'

/** The challenge as the page carried it, and what the browser answered, in JSON. */
export type PasskeyAnswer = { readonly sealed: string; readonly answer: string }
type Verified = { readonly challenge: string; readonly credentialId: string; readonly signCount: number }

/**
 * Opens a session for the holder of the passkey that answered: what they have and what they are or
 * know, so no password and no code. A session that awaited its code ends. Unknown, wrong, too old,
 * used and suspended are one failure.
 */
export async function signInByPasskey(
  services: Services,
  given: PasskeyAnswer & {
    readonly device: string
    readonly clientAddress: string
    readonly screen: string
    readonly awaiting: StaffActor | undefined
  },
): Promise<Result<{ token: string }, StaffSignInFailure>> {
  const { db, clock } = services
  const now = clock.now()
  const byAddress = counted('staff address', given.clientAddress, FREE_BY_ADDRESS)
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, [byAddress], now))
  if (waitMs > 0) return fail({ kind: 'wait', minutes: Math.ceil(waitMs / MINUTE_MS) })
  const verified = await verifyAnswer(services, given, 'sign-in', undefined)
  if (!verified) return fail({ kind: 'wrong' })
  return db.transaction(async (tx) => {
    const member = await takeAnswer(tx, services, verified)
    if (!member) return fail({ kind: 'wrong' })
    await giveBackAttempt(tx, byAddress)
    if (given.awaiting) await endStaffSession(tx, given.awaiting.sessionHash, now)
    await recordAct(tx, memberAuthor(member, given), { kind: 'session.opened' }, now)
    const session = { staffId: member.id, device: given.device, withCode: true }
    return ok({ token: await insertStaffSession(tx, session, now) })
  })
}

/** Asked again before what is dangerous, and answered by one's own passkey: whether it was right. */
export async function proveByPasskey(
  services: Services,
  actor: StaffActor,
  given: PasskeyAnswer,
): Promise<boolean> {
  const verified = await verifyAnswer(services, given, 'proof', actor)
  if (!verified) return false
  return services.db.transaction(async (tx) => {
    const member = await takeAnswer(tx, services, verified)
    if (member?.id !== actor.staffId) return false
    await renewProof(tx, actor.sessionHash, services.clock.now())
    return true
  })
}

/** Judges the signature, outside any transaction. */
async function verifyAnswer(
  { db, clock, keys, config }: Services,
  { sealed, answer }: PasskeyAnswer,
  purpose: PasskeyPurpose,
  actor: StaffActor | undefined,
): Promise<Verified | undefined> {
  const challenge = openChallenge(keys, sealed, { purpose, holder: actor?.staffId }, clock.now())
  const response = readAssertion(answer)
  const passkey = response && (await findPasskey(db, response.id))
  if (challenge === undefined || !response || !passkey) return undefined
  const { verifyAuthenticationResponse } = await loadWebauthn()
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(config.publicUrl)
  // The library throws at whatever does not fit, a count that went back included.
  const judged = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.signCount,
    },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!judged?.verified) return undefined
  return { challenge, credentialId: passkey.credentialId, signCount: judged.authenticationInfo.newCounter }
}

/** Uses the answer up; undefined when it served already, or its holder is gone or suspended. */
async function takeAnswer(
  tx: Tx,
  { clock }: Services,
  { challenge, credentialId, signCount }: Verified,
): Promise<Member | undefined> {
  const now = clock.now()
  if (!(await spendChallenge(tx, challenge, now))) return undefined
  // Read again: it may have been removed while it signed.
  const passkey = await findPasskey(tx, credentialId)
  const member = passkey && (await lockMember(tx, passkey.staffId))
  if (!member || member.suspendedAt) return undefined
  await renewPasskey(tx, credentialId, signCount, now)
  return member
}
