import type { Access } from '../families/access-store.ts'
import { markLetter, markLinkSent } from '../families/access-store.ts'
import { identifierOf, takeIdentifier } from '../families/identifier.ts'
import { issueActivation } from '../families/open-access.ts'
import { insertLogins, listIdentifiers } from '../families/store.ts'
import { planConfirmation } from '../identity/change-email.ts'
import { closeDoors } from '../identity/close-login.ts'
import { findLogin, setBlocked } from '../identity/login-store.ts'
import { planLink } from '../identity/recover-access.ts'
import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, LoginId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import { sql, type Tx } from '../platform/db.ts'
import { newId, newReference } from '../platform/secrets.ts'
import type { Act } from '../staff/act.ts'
import { type Author, recordAct } from '../staff/record-act.ts'

/** The adult's access, of the family whose file this is. */
export type AccessOf = Access & { readonly familyId: FamilyId }
export type AccessFailure = 'left' | 'blocked' | 'no-email' | 'no-login' | 'active' | 'not-blocked'

/** Gives an adult something to sign in with, when there is none yet; it awaits its activation. */
async function openLogin(tx: Tx, author: Author, access: AccessOf, now: Instant): Promise<LoginId> {
  if (access.loginId !== null) return access.loginId
  const wanted = identifierOf(access)
  // Two members of staff may open two accesses of one name at the same moment.
  await sql`select pg_advisory_xact_lock(hashtext(${`identifier ${wanted}`}))`.execute(tx)
  const taken = new Set(await listIdentifiers(tx, [wanted]))
  const id = newId<'login'>(now)
  const identifier = takeIdentifier(wanted, taken)
  const login = { id, adultId: access.adultId, identifier, email: access.email ?? undefined }
  await insertLogins(tx, author.organisationId, [login], now)
  await tell(
    tx,
    author,
    access,
    { kind: 'access.opened', changes: { identifier: { after: identifier } } },
    now,
  )
  return id
}

/** Mails a link to choose a password, the first or another, to the address on file. */
export async function mailAccess(
  tx: Tx,
  author: Author,
  access: AccessOf,
  now: Instant,
): Promise<Result<undefined, AccessFailure>> {
  if (access.leftOn !== null) return fail('left')
  if (access.blockedAt !== null) return fail('blocked')
  if (access.email === null) return fail('no-email')
  const loginId = await openLogin(tx, author, access, now)
  await planLink(tx, present(await findLogin(tx, loginId), 'a login was opened'), now)
  await markLinkSent(tx, loginId, now)
  await tell(
    tx,
    author,
    access,
    { kind: 'access.link-sent', changes: { email: { after: access.email } } },
    now,
  )
  return ok(undefined)
}

/** A new link for the letter, good for seven days; earlier ones stop working. Gives its token. */
export async function printAccess(
  tx: Tx,
  author: Author,
  access: AccessOf,
  now: Instant,
): Promise<Result<{ readonly loginId: LoginId; readonly token: string }, AccessFailure>> {
  if (access.leftOn !== null) return fail('left')
  if (access.blockedAt !== null) return fail('blocked')
  if (access.activatedAt !== null) return fail('active')
  const loginId = await openLogin(tx, author, access, now)
  const token = await issueActivation(tx, loginId, now)
  await markLetter(tx, loginId, now)
  await tell(tx, author, access, { kind: 'access.letter-printed' }, now)
  return ok({ loginId, token })
}

/** Blocks a login at once: whoever is signed in with it is out, and no link opens it. */
export async function blockAccess(
  tx: Tx,
  author: Author,
  access: AccessOf,
  reason: string,
  now: Instant,
): Promise<Result<undefined, AccessFailure>> {
  if (access.loginId === null) return fail('no-login')
  if (access.blockedAt !== null) return fail('blocked')
  await setBlocked(tx, access.loginId, reason, now)
  await closeDoors(tx, access.loginId, now)
  await tell(tx, author, access, { kind: 'access.blocked', reason }, now)
  return ok(undefined)
}

/** Opens a blocked login again; its holder signs in as before. */
export async function unblockAccess(
  tx: Tx,
  author: Author,
  access: AccessOf,
  now: Instant,
): Promise<Result<undefined, AccessFailure>> {
  if (access.loginId === null || access.blockedAt === null) return fail('not-blocked')
  await setBlocked(tx, access.loginId, null, now)
  await tell(tx, author, access, { kind: 'access.unblocked' }, now)
  return ok(undefined)
}

/**
 * Replaces an address that its holder cannot read any more, after their identity was checked in the
 * way told by `checked`. The new address receives the link that confirms it, the old one is told;
 * every session ends, and no link that went to the old address works.
 */
export async function askEmail(
  tx: Tx,
  author: Author,
  access: AccessOf,
  change: { readonly email: string; readonly checked: string },
  now: Instant,
): Promise<Result<undefined, AccessFailure>> {
  if (access.loginId === null) return fail('no-login')
  if (access.leftOn !== null) return fail('left')
  if (access.blockedAt !== null) return fail('blocked')
  const { loginId } = access
  const login = present(await findLogin(tx, loginId), 'an access has a login')
  await closeDoors(tx, loginId, now)
  await planConfirmation(tx, login, change.email, now)
  if (login.email !== undefined && login.email !== change.email) {
    const mail = { key: `email-change-asked:${newReference()}`, recipient: login.email }
    await planMail(tx, author.organisationId, { ...mail, plan: { kind: 'email-change-asked', loginId } }, now)
  }
  const changes = { email: { before: access.email, after: change.email } }
  await tell(tx, author, access, { kind: 'access.email-asked', reason: change.checked, changes }, now)
  return ok(undefined)
}

const tell = (
  tx: Tx,
  author: Author,
  { familyId, name }: AccessOf,
  act: Omit<Act, 'familyId' | 'object'>,
  now: Instant,
): Promise<void> => recordAct(tx, author, { ...act, familyId, object: name }, now)
