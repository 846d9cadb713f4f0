import { fail, ok, type Result } from '../kernel/result.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from './actor.ts'
import { loadWebauthn } from './load-webauthn.ts'
import type { Member } from './member-store.ts'
import { openChallenge, readAttestation, relyingParty } from './passkey.ts'
import { deletePasskey, insertPasskey, spendChallenge } from './passkey-store.ts'
import { type Author, recordAct } from './record-act.ts'

export type NewPasskey = {
  /** The challenge as the page carried it, and what the browser answered, in JSON. */
  readonly sealed: string
  readonly answer: string
  readonly name: string
}

/**
 * What `navigator.credentials.create` is asked for: a passkey that the browser can offer by itself
 * and that verifies its holder; no attestation, since any make will do.
 */
export async function creationOptions(
  publicUrl: string,
  challenge: string,
  member: Member,
  known: readonly { readonly credentialId: string }[],
  words: { readonly portal: string; readonly holder: string },
) {
  const { generateRegistrationOptions } = await loadWebauthn()
  return generateRegistrationOptions({
    rpName: words.portal,
    rpID: relyingParty(publicUrl).id,
    userName: member.identifier,
    userDisplayName: words.holder,
    userID: new TextEncoder().encode(member.id),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/**
 * Keeps a passkey for its holder, once its answer is right. `wrong`: not an answer to what was asked
 * of this person, too old, or it served; `known`: this passkey is kept already.
 */
export async function registerPasskey(
  { db, clock, keys, config }: Services,
  actor: StaffActor,
  { sealed, answer, name }: NewPasskey,
  author: Author,
): Promise<Result<undefined, 'wrong' | 'known'>> {
  const now = clock.now()
  const challenge = openChallenge(keys, sealed, { purpose: 'register', holder: actor.staffId }, now)
  const response = readAttestation(answer)
  if (challenge === undefined || !response) return fail('wrong')
  const { verifyRegistrationResponse } = await loadWebauthn()
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(config.publicUrl)
  // The library throws at whatever does not fit.
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) return fail('wrong')
  const { credential } = verified.registrationInfo
  return db.transaction(async (tx) => {
    if (!(await spendChallenge(tx, challenge, now))) return fail('wrong')
    const passkey = {
      credentialId: credential.id,
      staffId: actor.staffId,
      publicKey: Buffer.from(credential.publicKey),
      signCount: credential.counter,
      name,
    }
    if (!(await insertPasskey(tx, passkey, now))) return fail('known')
    await recordAct(tx, author, { kind: 'passkey.added', object: name }, now)
    return ok(undefined)
  })
}

/** Removes one's own passkey; false when it is none of theirs. */
export const removePasskey = (
  { db, clock }: Services,
  actor: StaffActor,
  credentialId: string,
  author: Author,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const name = await deletePasskey(tx, actor.staffId, credentialId)
    if (name === undefined) return false
    await recordAct(tx, author, { kind: 'passkey.removed', object: name }, clock.now())
    return true
  })
