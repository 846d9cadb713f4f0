import type { Instant } from '../kernel/dates.ts'
import { later } from '../kernel/dates.ts'
import type { LoginId } from '../kernel/ids.ts'
import { type Read, sql, type Tx } from '../platform/db.ts'
import { hashToken, newToken } from '../platform/secrets.ts'
import { type Link, LINK_LIFE_MS, type LinkPurpose } from './links.ts'
import { bearer } from './store.ts'

/** Makes a link's token. It is known only to whom it is sent: the database keeps its hash. */
export async function insertLink(
  tx: Tx,
  link: { loginId: LoginId; purpose: LinkPurpose; newEmail?: string },
  now: Instant,
): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('access_token')
    .values({
      token_hash: hashToken(token),
      purpose: link.purpose,
      login_id: link.loginId,
      new_email: link.newEmail ?? null,
      created_at: now,
      expires_at: later(now, LINK_LIFE_MS[link.purpose]),
    })
    .execute()
  return token
}

/** Logins that are not blocked, of somebody to whom a file is still open: no link opens the others. */
const openLogins = (token: string) => sql<LoginId>`(select l.id from access_token t
  join login l on l.id = t.login_id ${bearer()}
  where t.token_hash = ${hashToken(token)} and l.blocked_at is null and a.left_on is null)`

/** The link of this token, if it was ever given for this purpose, and its login is open. */
export async function findLink(read: Read, purpose: LinkPurpose, token: string): Promise<Link | undefined> {
  const found = await read
    .selectFrom('access_token')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('login_id', 'in', openLogins(token))
    .executeTakeFirst()
  return found && toLink(found)
}

/** As `findLink`, and nobody else uses the link until this transaction ends. */
export async function lockLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<Link | undefined> {
  const found = await tx
    .selectFrom('access_token')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('login_id', 'in', openLogins(token))
    .forUpdate()
    .executeTakeFirst()
  return found && toLink(found)
}

/** Uses up the link, and every other open link of the login for the same purpose. */
export async function useLinks(tx: Tx, loginId: LoginId, purpose: LinkPurpose, now: Instant): Promise<void> {
  await tx
    .updateTable('access_token')
    .set({ used_at: now })
    .where('login_id', '=', loginId)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .execute()
}

/** One more wrong answer on this link. */
export async function countLinkFailure(tx: Tx, token: string): Promise<void> {
  await tx
    .updateTable('access_token')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('token_hash', '=', hashToken(token))
    .execute()
}

/** Removes links that ended before `before`. */
export async function deleteOldLinks(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('access_token').where('expires_at', '<', before).execute()
}

function toLink(found: {
  purpose: string
  login_id: string
  new_email: string | null
  failures: number
  expires_at: Date
  used_at: Date | null
}): Link {
  return {
    purpose: found.purpose as LinkPurpose,
    loginId: found.login_id as LoginId,
    newEmail: found.new_email ?? undefined,
    failures: found.failures,
    expiresAt: found.expires_at,
    usedAt: found.used_at ?? undefined,
  }
}
