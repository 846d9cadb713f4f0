import { identifierOf, takeIdentifier } from '../families/identifier.ts'
import { insertLogins, listIdentifiers, saveAdults } from '../families/store.ts'
import type { FamilyActor } from '../identity/actor.ts'
import { setPassword } from '../identity/login-store.ts'
import { plainName } from '../identity/names.ts'
import { passwordProblem, type PasswordProblem } from '../identity/password.ts'
import { chooseAdult, insertSession } from '../identity/store.ts'
import type { Instant } from '../kernel/dates.ts'
import type { AdultId, LoginId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { shareFamily } from '../ledger/store.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import { hashPassword, newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type Invitation, invitationState, nameOf } from './invitation.ts'
import { close, countFailure, findByToken, listAnswers, lockInvitation } from './invitation-store.ts'
import { tellPayers } from './tell-payers.ts'

/** Compares what was typed with the names of the file's children; a wrong answer is counted. */
export async function answerInvitation(
  { db, keys, clock }: Services,
  token: string,
  typed: string,
): Promise<'known' | 'wrong' | 'closed'> {
  const found = await findByToken(db, keys, token)
  if (!found) return 'closed'
  const { organisationId, familyId, id } = found
  return db.transaction(async (tx) => {
    const invitation = await lockInvitation(tx, organisationId, id)
    if (!invitation || invitationState(invitation, clock.now()) !== 'open') return 'closed'
    const answers = await listAnswers(tx, organisationId, familyId)
    if (answers.some((one) => plainName(one) === plainName(typed))) return 'known'
    await countFailure(tx, id)
    return 'wrong'
  })
}

export type JoinFailure =
  | 'closed'
  /** The person opens this file already. */
  | 'already-there'
  | 'other-organisation'

/**
 * The signed-in person opens this file too, from now on; the session shows it, under a new token. In the
 * file the same person is another adult, with the role of this file.
 */
export async function joinWithLogin(
  { db, keys, clock }: Services,
  actor: FamilyActor,
  token: string,
  from: Pick<Author, 'screen' | 'clientAddress'>,
): Promise<Result<{ token: string }, JoinFailure>> {
  const now = clock.now()
  const found = await findByToken(db, keys, token)
  if (!found) return fail('closed')
  if (found.organisationId !== actor.organisationId) return fail('other-organisation')
  return db.transaction(async (tx) => {
    const invitation = await lockOpen(tx, found, now)
    if (!invitation) return fail('closed')
    if (await opens(tx, actor.loginId, invitation)) return fail('already-there')
    const person = { firstName: actor.firstName, lastName: actor.lastName, email: actor.email ?? undefined }
    const adultId = await insertAdult(tx, invitation, person, now)
    await tx
      .insertInto('adult_access')
      .values({
        organisation_id: actor.organisationId,
        adult_id: adultId,
        login_id: actor.loginId,
        since: now,
      })
      .execute()
    await welcome(tx, invitation, adultId, person, from, now)
    return ok({ token: await chooseAdult(tx, actor.sessionHash, adultId) })
  })
}

/** A new person joins: an adult, a login with this password, and an open session. */
export async function joinWithPassword(
  { db, keys, clock }: Services,
  token: string,
  asked: { readonly password: string; readonly device: string },
  from: Pick<Author, 'screen' | 'clientAddress'>,
): Promise<Result<{ token: string; identifier: string }, 'closed' | PasswordProblem>> {
  const now = clock.now()
  const found = await findByToken(db, keys, token)
  if (!found || invitationState(found, now) !== 'open') return fail('closed')
  const problem = passwordProblem(asked.password, [
    found.firstName,
    found.lastName,
    found.familyName,
    found.email ?? '',
    identifierOf(found),
  ])
  if (problem) return fail(problem)
  const passwordHash = await hashPassword(asked.password)
  return db.transaction(async (tx) => {
    const invitation = await lockOpen(tx, found, now)
    if (!invitation) return fail('closed')
    const person = { ...invitation, email: invitation.email ?? undefined }
    const adultId = await insertAdult(tx, invitation, person, now)
    const loginId = newId<'login'>(now)
    const wanted = identifierOf(invitation)
    const identifier = takeIdentifier(wanted, new Set(await listIdentifiers(tx, [wanted])))
    const login = { id: loginId, adultId, identifier, email: person.email }
    await insertLogins(tx, invitation.organisationId, [login], now)
    await setPassword(tx, loginId, passwordHash, now)
    await welcome(tx, invitation, adultId, person, from, now)
    return ok({ token: await insertSession(tx, { loginId, device: asked.device }, now), identifier })
  })
}

async function lockOpen(tx: Tx, found: Invitation, now: Instant): Promise<Invitation | undefined> {
  const invitation = await lockInvitation(tx, found.organisationId, found.id)
  // Renewed since: this link is a former one.
  return invitation?.renewals === found.renewals && invitationState(invitation, now) === 'open'
    ? invitation
    : undefined
}

async function opens(tx: Tx, loginId: LoginId, { organisationId, familyId }: Invitation): Promise<boolean> {
  const found = await row<{ there: boolean }>(
    tx,
    sql`select exists (select from adult a where a.organisation_id = ${organisationId}
      and a.family_id = any(dossiers_of(${organisationId}, ${familyId})) and a.id in (
        select adult_id from login where id = ${loginId}
        union select adult_id from adult_access where organisation_id = ${organisationId}
          and login_id = ${loginId})) as there`,
  )
  return found?.there ?? false
}

type Person = { readonly firstName: string; readonly lastName: string; readonly email: string | undefined }

async function insertAdult(
  tx: Tx,
  { organisationId, familyId, role }: Invitation,
  { firstName, lastName, email }: Person,
  now: Instant,
): Promise<AdultId> {
  const id = newId<'adult'>(now)
  // The file may have been merged into another since.
  const holder = await shareFamily(tx, organisationId, familyId)
  const adult = { id, key: undefined, familyId: holder, role, firstName, lastName, email, mobile: undefined }
  await saveAdults(tx, organisationId, [adult], now)
  return id
}

/** The end of every joining: the journal, and the payers told. */
async function welcome(
  tx: Tx,
  invitation: Invitation,
  adultId: AdultId,
  person: Person,
  from: Pick<Author, 'screen' | 'clientAddress'>,
  now: Instant,
): Promise<void> {
  const { organisationId, familyId, role } = invitation
  await close(tx, invitation.id, 'accepted_at', now)
  const name = nameOf(person)
  const author = { organisationId, staffId: undefined, name, ...from }
  const act = { kind: 'adult.joined', familyId, object: name, changes: { access: { after: role } } } as const
  await recordAct(tx, author, act, now)
  await tellPayers(tx, organisationId, { familyId, news: 'joined', about: name, except: adultId }, now)
}
