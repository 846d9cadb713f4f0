import { setTimeout as pause } from 'node:timers/promises'
import { plainIdentifier } from '../identity/names.ts'
import { MAX_PASSWORD } from '../identity/password.ts'
import { FREE_BY_ADDRESS, FREE_BY_NAME } from '../identity/throttle.ts'
import { counted, countAttempt, forgetAttempts, giveBackAttempt } from '../identity/throttle-store.ts'
import { type Instant, MINUTE_MS } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { verifyPassword } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from './actor.ts'
import { acceptedStep, hashRecoveryCode } from './authenticator.ts'
import { findMember, findMemberByIdentifier, lockMember, type Member } from './member-store.ts'
import { setTotpStep, useRecoveryCode } from './authenticator-store.ts'
import { type Author, authorOf, recordAct } from './record-act.ts'
import { endStaffSession, insertStaffSession, renewProof } from './session-store.ts'

export type StaffCredentials = {
  readonly identifier: string
  readonly password: string
  readonly device: string
  readonly clientAddress: string
  readonly screen: string
}
export type StaffSignInFailure =
  { readonly kind: 'wrong' } | { readonly kind: 'wait'; readonly minutes: number }

/** A refusal takes this long, known or not, as for families. */
const REFUSAL_MS = 150

/**
 * Opens a session for the right identifier and password. With an authenticator it opens nothing
 * before `confirmCode`. Unknown, wrong, suspended and not yet invited are one failure.
 */
export async function signInStaff(
  services: Services,
  credentials: StaffCredentials,
): Promise<Result<{ token: string }, StaffSignInFailure>> {
  const floor = pause(REFUSAL_MS)
  const result = await attempt(services, credentials)
  if (!result.ok) await floor
  return result
}

async function attempt(
  { db, clock }: Services,
  credentials: StaffCredentials,
): Promise<Result<{ token: string }, StaffSignInFailure>> {
  const now = clock.now()
  const name = plainIdentifier(credentials.identifier)
  const byName = counted('staff name', name, FREE_BY_NAME)
  const byAddress = counted('staff address', credentials.clientAddress, FREE_BY_ADDRESS)
  const count = await db.transaction((tx) => countAttempt(tx, [byName, byAddress], now))
  if (count.waitMs > 0) return waiting(count.waitMs)
  const member = await findMemberByIdentifier(db, name)
  const right = await verifyPassword(
    member?.passwordHash ?? undefined,
    credentials.password.slice(0, MAX_PASSWORD + 1),
  )
  if (!member) return fail({ kind: 'wrong' })
  const author = memberAuthor(member, credentials)
  if (!right || member.suspendedAt) {
    await db.transaction((tx) => recordAct(tx, author, { kind: 'session.refused' }, now))
    return fail({ kind: 'wrong' })
  }
  const token = await db.transaction(async (tx) => {
    await forgetAttempts(tx, byName)
    await giveBackAttempt(tx, byAddress)
    if (!member.totpConfirmedAt) await recordAct(tx, author, { kind: 'session.opened' }, now)
    return insertStaffSession(tx, { staffId: member.id, device: credentials.device, withCode: false }, now)
  })
  return ok({ token })
}

const waiting = (ms: number) => fail({ kind: 'wait' as const, minutes: Math.ceil(ms / MINUTE_MS) })

/** The author of what a member does before their session says who they are. */
export const memberAuthor = (
  member: Member,
  from: { readonly screen: string; readonly clientAddress: string },
): Author => authorOf({ ...member, staffId: member.id }, from)

/** The code of the application, or a recovery code: gives a new session that opens everything. */
export async function confirmCode(
  services: Services,
  actor: StaffActor,
  typed: string,
  device: string,
  author: Author,
): Promise<Result<{ token: string }, StaffSignInFailure>> {
  const { db, clock } = services
  const now = clock.now()
  const byName = counted('staff code', actor.staffId, FREE_BY_NAME)
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, [byName], now))
  if (waitMs > 0) return waiting(waitMs)
  return db.transaction(async (tx) => {
    const taken = await takeCode(tx, services, actor, typed, now)
    if (!taken) return fail({ kind: 'wrong' })
    await forgetAttempts(tx, byName)
    if (taken === 'recovery') await recordAct(tx, author, { kind: 'recovery-code.used' }, now)
    await recordAct(tx, author, { kind: 'session.opened' }, now)
    await endStaffSession(tx, actor.sessionHash, now)
    return ok({
      token: await insertStaffSession(tx, { staffId: actor.staffId, device, withCode: true }, now),
    })
  })
}

async function takeCode(
  tx: Tx,
  { keys }: Services,
  { staffId }: StaffActor,
  typed: string,
  now: Instant,
): Promise<'application' | 'recovery' | undefined> {
  const member = await lockMember(tx, staffId)
  if (!member?.sealedTotp) return undefined
  const step = acceptedStep(keys.open(member.sealedTotp), typed, now, member.totpStep)
  if (step !== undefined) {
    await setTotpStep(tx, staffId, step)
    return 'application'
  }
  const known = await useRecoveryCode(tx, staffId, hashRecoveryCode(staffId, typed), now)
  return known ? 'recovery' : undefined
}

/** Asked again before what is dangerous: the code for whoever has an authenticator, else the password. */
export async function proveAgain(
  services: Services,
  actor: StaffActor,
  typed: string,
): Promise<Result<undefined, StaffSignInFailure>> {
  const { db, clock } = services
  const now = clock.now()
  const byName = counted('staff proof', actor.staffId, FREE_BY_NAME)
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, [byName], now))
  if (waitMs > 0) return waiting(waitMs)
  const member = await findMember(db, actor.staffId)
  const right =
    actor.hasAuthenticator ||
    (await verifyPassword(member?.passwordHash ?? undefined, typed.slice(0, MAX_PASSWORD + 1)))
  return db.transaction(async (tx) => {
    if (!right || (actor.hasAuthenticator && !(await takeCode(tx, services, actor, typed, now))))
      return fail({ kind: 'wrong' })
    await forgetAttempts(tx, byName)
    await renewProof(tx, actor.sessionHash, now)
    return ok(undefined)
  })
}
