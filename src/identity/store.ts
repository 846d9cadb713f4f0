// Sessions, and who holds one, in SQL.
import type { Instant } from '../kernel/dates.ts'
import { later, MINUTE_MS } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type RawBuilder, type Read, row, sql, type Tx } from '../platform/db.ts'
import { hashToken, newId, newToken } from '../platform/secrets.ts'
import { type FamilyActor, SESSION_IDLE_MS, SESSION_LIFE_MS } from './actor.ts'

/** A session is marked as seen at most this often: a page read must not cost a write. */
const SEEN_EVERY_MS = MINUTE_MS

/**
 * Who a login is now, as the query's `a`: its own adult; else, when that one left, the person in another
 * file still open to them. `wished` comes first while it is open.
 */
export const bearer = (wished: RawBuilder<unknown> = sql`l.adult_id`): RawBuilder<unknown> =>
  sql`join lateral (select p.* from (select l.adult_id as id
        union all select x.adult_id from adult_access x
          where x.organisation_id = l.organisation_id and x.login_id = l.id) o
      join adult p on p.organisation_id = l.organisation_id and p.id = o.id
      order by p.left_on is not null, p.id is distinct from ${wished}, p.id <> l.adult_id, p.id
      limit 1) a on true`

export type FoundSession = { readonly actor: FamilyActor; readonly endsAt: Instant; readonly stale: boolean }

/** Who holds this session, unless it ended, idled for 30 minutes, reached 12 hours, or its login is closed. */
export async function findSession(
  read: Read,
  tokenHash: Buffer,
  now: Instant,
): Promise<FoundSession | undefined> {
  const found = await row(
    read,
    sql<SessionRow>`
      select s.created_at, s.seen_at, s.login_id, l.organisation_id, a.id as adult_id, a.family_id, a.role,
        a.first_name, a.last_name, coalesce(l.email, a.email) as email, f.name as family_name,
        exists (select from adult_access o where o.organisation_id = l.organisation_id and o.login_id = l.id)
          as several,
        array(select m.id from family m where m.organisation_id = f.organisation_id and m.merged_into = f.id)::text[]
          as merged,
        case when a.role = 'reader' then coalesce((select string_agg(trim(p.first_name || ' ' || p.last_name), ', '
          order by p.created_at, p.id) from adult p where p.organisation_id = a.organisation_id
            and p.family_id = a.family_id and p.role = 'payer' and p.left_on is null), '') end as payers
      from session s
      join login l on l.id = s.login_id
      ${bearer(sql`coalesce(s.chosen_adult_id, l.adult_id)`)}
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      where s.token_hash = ${tokenHash} and s.ended_at is null and l.blocked_at is null and a.left_on is null
        and s.seen_at > ${later(now, -SESSION_IDLE_MS)} and s.created_at > ${later(now, -SESSION_LIFE_MS)}`,
  )
  if (!found) return undefined
  const stale = now.getTime() - found.seen_at.getTime() >= SEEN_EVERY_MS
  const idleEnd = later(stale ? now : found.seen_at, SESSION_IDLE_MS)
  const lastEnd = later(found.created_at, SESSION_LIFE_MS)
  return {
    actor: {
      organisationId: found.organisation_id,
      familyId: found.family_id,
      adultId: found.adult_id,
      loginId: found.login_id,
      sessionHash: tokenHash,
      familyName: found.family_name,
      firstName: found.first_name,
      lastName: found.last_name,
      email: found.email,
      role: found.role,
      hasSeveral: found.several,
      merged: found.merged,
      ...(found.payers === null ? {} : { payers: found.payers }),
    },
    endsAt: idleEnd < lastEnd ? idleEnd : lastEnd,
    stale,
  }
}

type SessionRow = {
  created_at: Date
  seen_at: Date
  login_id: LoginId
  organisation_id: OrganisationId
  adult_id: AdultId
  family_id: FamilyId
  role: 'payer' | 'reader'
  first_name: string
  last_name: string
  email: string | null
  family_name: string
  several: boolean
  merged: FamilyId[]
  payers: string | null
}

/** The session was used just now. */
export async function touchSession(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_at: now })
    .where('token_hash', '=', tokenHash)
    .where('seen_at', '<', now)
    .execute()
}

export type NewSession = { readonly loginId: LoginId; readonly device: string }

/** Opens a session and gives its token, which is kept nowhere but in the browser. */
export async function insertSession(tx: Tx, session: NewSession, now: Instant): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('session')
    .values({
      token_hash: hashToken(token),
      login_id: session.loginId,
      public_id: newId(now),
      device: session.device,
      created_at: now,
      seen_at: now,
    })
    .execute()
  return token
}

export type OpenSession = {
  readonly publicId: string
  readonly device: string
  readonly createdAt: Instant
  readonly seenAt: Instant
  readonly current: boolean
}

/** The sessions of a login that are open now, the present one first. */
export async function listSessions(read: Read, actor: FamilyActor, now: Instant): Promise<OpenSession[]> {
  const found = await read
    .selectFrom('session')
    .selectAll()
    .where('login_id', '=', actor.loginId)
    .where('ended_at', 'is', null)
    .where('seen_at', '>', later(now, -SESSION_IDLE_MS))
    .where('created_at', '>', later(now, -SESSION_LIFE_MS))
    .orderBy('seen_at', 'desc')
    .execute()
  return found
    .map((one) => ({
      publicId: one.public_id,
      device: one.device,
      createdAt: one.created_at,
      seenAt: one.seen_at,
      current: one.token_hash.equals(actor.sessionHash),
    }))
    .sort((a, b) => Number(b.current) - Number(a.current))
}

/** From now on the session looks at another file, under a new token: forms of the former are refused. */
export async function chooseAdult(tx: Tx, tokenHash: Buffer, adultId: AdultId): Promise<string> {
  const token = newToken()
  await tx
    .updateTable('session')
    .set({ token_hash: hashToken(token), chosen_adult_id: adultId })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()
  return token
}

/** Ends one session. */
export async function endSession(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()
}

/** Ends one session of this login, by the name its page gave it; false when there is none. */
export async function endSessionOf(
  tx: Tx,
  loginId: LoginId,
  publicId: string,
  now: Instant,
): Promise<boolean> {
  const ended = await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('login_id', '=', loginId)
    .where('public_id', '=', publicId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

/** Ends every session of a login, but `except`. */
export async function endSessions(tx: Tx, loginId: LoginId, now: Instant, except?: Buffer): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('login_id', '=', loginId)
    .where('ended_at', 'is', null)
    .$if(except !== undefined, (query) => query.where('token_hash', '!=', except ?? Buffer.alloc(0)))
    .execute()
}

/** Removes sessions that began before `before`: they all ended since. */
export async function deleteOldSessions(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('session').where('created_at', '<', before).execute()
}
