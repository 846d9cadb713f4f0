// Sessions of staff, in SQL. Their table is not the families': neither opens the other's pages.
import { type Instant, later, MINUTE_MS } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Read, row, sql, type Tx } from '../platform/db.ts'
import { hashToken, newToken } from '../platform/secrets.ts'
import { FRESH_MS, STAFF_IDLE_MS, STAFF_LIFE_MS, type StaffActor } from './actor.ts'
import type { Grant } from './rights.ts'

/** As for families: a page read must not cost a write. */
const SEEN_EVERY_MS = MINUTE_MS

export type FoundStaffSession = {
  readonly actor: StaffActor
  readonly endsAt: Instant
  readonly stale: boolean
}

type SessionRow = {
  staffId: StaffId
  organisationId: OrganisationId
  organisationName: string
  firstName: string
  lastName: string
  hasAuthenticator: boolean
  createdAt: Date
  seenAt: Date
  codeAt: Date | null
  provedAt: Date
  grants: (Omit<Grant, 'unitId' | 'establishmentId'> & {
    unitId: Grant['unitId'] | null
    establishmentId: Grant['establishmentId'] | null
    place: string | null
  })[]
}

/**
 * Who holds this session, unless it ended or its holder was suspended. `codeRequired`: a session
 * without an authenticator may then only set one up.
 */
export async function findStaffSession(
  read: Read,
  tokenHash: Buffer,
  now: Instant,
  codeRequired: boolean,
): Promise<FoundStaffSession | undefined> {
  const found = await row<SessionRow>(
    read,
    sql`select m.id as "staffId", m.organisation_id as "organisationId", o.name as "organisationName",
        m.first_name as "firstName", m.last_name as "lastName",
        m.totp_confirmed_at is not null as "hasAuthenticator", s.created_at as "createdAt",
        s.seen_at as "seenAt", s.code_at as "codeAt", s.proved_at as "provedAt",
        coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'unitId', r.billing_unit_id,
            'establishmentId', r.establishment_id, 'place', coalesce(u.name, e.name)) order by r.id)
          from staff_role r
          left join billing_unit u on u.organisation_id = r.organisation_id and u.id = r.billing_unit_id
          left join establishment e on e.organisation_id = r.organisation_id and e.id = r.establishment_id
          where r.organisation_id = m.organisation_id and r.staff_id = m.id), '[]') as grants
      from staff_session s
      join staff_member m on m.id = s.staff_id
      join organisation o on o.id = m.organisation_id
      where s.token_hash = ${tokenHash} and s.ended_at is null and m.suspended_at is null
        and s.seen_at > ${later(now, -STAFF_IDLE_MS)} and s.created_at > ${later(now, -STAFF_LIFE_MS)}`,
  )
  if (!found) return undefined
  const { createdAt, seenAt, codeAt, provedAt, grants, ...who } = found
  const stale = now.getTime() - seenAt.getTime() >= SEEN_EVERY_MS
  const idleEnd = later(stale ? now : seenAt, STAFF_IDLE_MS)
  const lastEnd = later(createdAt, STAFF_LIFE_MS)
  const step = who.hasAuthenticator ? (codeAt ? 'open' : 'code') : codeRequired ? 'enrol' : 'open'
  return {
    actor: {
      ...who,
      sessionHash: tokenHash,
      step,
      fresh: later(provedAt, FRESH_MS) > now,
      places: [...new Set(grants.map(({ place }) => place ?? who.organisationName))],
      grants: grants.map(({ role, unitId, establishmentId }) => ({
        role,
        unitId: unitId ?? undefined,
        establishmentId: establishmentId ?? undefined,
      })),
    },
    endsAt: idleEnd < lastEnd ? idleEnd : lastEnd,
    stale,
  }
}

/** The session was used just now. */
export async function touchStaffSession(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tx
    .updateTable('staff_session')
    .set({ seen_at: now })
    .where('token_hash', '=', tokenHash)
    .where('seen_at', '<', now)
    .execute()
}

/** Opens a session and gives its token; `withCode`: a second factor was given too. */
export async function insertStaffSession(
  tx: Tx,
  session: { staffId: StaffId; device: string; withCode: boolean },
  now: Instant,
): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('staff_session')
    .values((eb) => ({
      token_hash: hashToken(token),
      staff_id: session.staffId,
      organisation_id: eb
        .selectFrom('staff_member')
        .select('organisation_id')
        .where('id', '=', session.staffId),
      device: session.device,
      created_at: now,
      seen_at: now,
      code_at: session.withCode ? now : null,
      proved_at: now,
    }))
    .execute()
  return token
}

/** Its holder has just proved again who they are. */
export async function renewProof(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tx.updateTable('staff_session').set({ proved_at: now }).where('token_hash', '=', tokenHash).execute()
}

/** Ends one session. */
export async function endStaffSession(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tx
    .updateTable('staff_session')
    .set({ ended_at: now })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()
}

/** Ends every session of a member. */
export async function endStaffSessions(tx: Tx, staffId: StaffId, now: Instant): Promise<void> {
  await tx
    .updateTable('staff_session')
    .set({ ended_at: now })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .execute()
}

/** Removes sessions that began before `before`, and links that ended before: none opens anything. */
export async function deleteOldStaffSessions(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('staff_session').where('created_at', '<', before).execute()
  await tx.deleteFrom('staff_link').where('expires_at', '<', before).execute()
}
