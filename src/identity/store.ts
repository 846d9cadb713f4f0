// Logins, sessions, one-time links and throttles, in SQL.
import type { Instant } from '../kernel/dates.ts'
import { later, MINUTE_MS } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, sql, type Tx } from '../platform/db.ts'
import { type FamilyActor, SESSION_IDLE_MS, SESSION_LIFE_MS } from './actor.ts'

/** A session is marked as seen at most this often: a page read must not cost a write. */
const SEEN_EVERY_MS = MINUTE_MS

export type FoundSession = { readonly actor: FamilyActor; readonly endsAt: Instant; readonly stale: boolean }

/** Who holds this session, unless it ended, idled for 30 minutes or reached 12 hours. */
export async function findSession(
  read: Read,
  tokenHash: Buffer,
  now: Instant,
): Promise<FoundSession | undefined> {
  const found = await row(
    read,
    sql<SessionRow>`
      select s.created_at, s.seen_at, s.login_id, l.organisation_id, l.adult_id, a.family_id, a.role,
        a.first_name, a.last_name, coalesce(a.email, l.email) as email, f.name as family_name
      from session s
      join login l on l.id = s.login_id
      join adult a on a.organisation_id = l.organisation_id and a.id = l.adult_id
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      where s.token_hash = ${tokenHash} and s.ended_at is null
        and s.seen_at > ${later(now, -SESSION_IDLE_MS)} and s.created_at > ${later(now, -SESSION_LIFE_MS)}`,
  )
  if (!found) return undefined
  const idleEnd = later(now, SESSION_IDLE_MS)
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
    },
    endsAt: idleEnd < lastEnd ? idleEnd : lastEnd,
    stale: now.getTime() - found.seen_at.getTime() >= SEEN_EVERY_MS,
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
