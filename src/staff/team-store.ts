// The team as its screen shows it, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId, OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { Role } from './rights.ts'

type HeldRole = {
  readonly id: string
  readonly role: Role
  readonly unitId: BillingUnitId | null
  readonly establishmentId: EstablishmentId | null
  /** The unit's or establishment's name; null: the whole organisation. */
  readonly place: string | null
}
export type TeamMember = {
  readonly id: StaffId
  readonly firstName: string
  readonly lastName: string
  readonly identifier: string
  readonly email: string
  readonly activatedAt: Instant | null
  readonly suspendedAt: Instant | null
  readonly hasAuthenticator: boolean
  readonly roles: readonly HeldRole[]
}

const TEAM = sql`select m.id, m.first_name as "firstName", m.last_name as "lastName", m.identifier, m.email,
    m.activated_at as "activatedAt", m.suspended_at as "suspendedAt",
    m.totp_confirmed_at is not null as "hasAuthenticator",
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'role', r.role, 'unitId', r.billing_unit_id,
        'establishmentId', r.establishment_id, 'place', coalesce(u.name, e.name)) order by r.id)
      from staff_role r
      left join billing_unit u on u.organisation_id = r.organisation_id and u.id = r.billing_unit_id
      left join establishment e on e.organisation_id = r.organisation_id and e.id = r.establishment_id
      where r.organisation_id = m.organisation_id and r.staff_id = m.id), '[]') as roles
  from staff_member m`

/** Everybody, suspended members last, by name. */
export const listTeam = (read: Read, organisationId: OrganisationId): Promise<TeamMember[]> =>
  rows(
    read,
    sql<TeamMember>`${TEAM} where m.organisation_id = ${organisationId}
      order by m.suspended_at is not null, m.last_name, m.first_name, m.id`,
  )

/** One member of this organisation. */
export const findTeamMember = (
  read: Read,
  organisationId: OrganisationId,
  id: StaffId,
): Promise<TeamMember | undefined> =>
  row(read, sql<TeamMember>`${TEAM} where m.organisation_id = ${organisationId} and m.id = ${id}`)
