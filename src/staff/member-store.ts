// Members of staff, their roles, links and recovery codes, in SQL.
import { type Instant, later } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId, OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { hashToken, newId, newToken } from '../platform/secrets.ts'
import { INVITATION_LIFE_MS } from './actor.ts'
import type { Role } from './rights.ts'

export type Member = {
  readonly id: StaffId
  readonly organisationId: OrganisationId
  readonly identifier: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly passwordHash: string | null
  readonly suspendedAt: Instant | null
  readonly sealedTotp: string | null
  readonly totpConfirmedAt: Instant | null
  readonly totpStep: number
}

const MEMBER = sql`select m.id, m.organisation_id as "organisationId", m.identifier, m.email,
    m.first_name as "firstName", m.last_name as "lastName", m.password_hash as "passwordHash",
    m.suspended_at as "suspendedAt", m.sealed_totp as "sealedTotp",
    m.totp_confirmed_at as "totpConfirmedAt", m.totp_step as "totpStep" from staff_member m`

/** The member of this id, whatever their organisation: for mails and links, which know the id only. */
export const findMember = (read: Read, id: StaffId): Promise<Member | undefined> =>
  row(read, sql<Member>`${MEMBER} where m.id = ${id}`)

/** As `findMember`, and nobody else changes them until this transaction ends. */
export const lockMember = (tx: Tx, id: StaffId): Promise<Member | undefined> =>
  row(tx, sql<Member>`${MEMBER} where m.id = ${id} for no key update`)

/** Who signs in under this identifier. */
export const findMemberByIdentifier = (read: Read, identifier: string): Promise<Member | undefined> =>
  row(read, sql<Member>`${MEMBER} where m.identifier = ${identifier}`)

export type NewMember = {
  readonly identifier: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
}

/** A member who awaits their invitation; undefined when the identifier is taken, here or elsewhere. */
export async function insertMember(
  tx: Tx,
  organisationId: OrganisationId,
  member: NewMember,
  now: Instant,
): Promise<StaffId | undefined> {
  const id = newId<'staff'>(now)
  const inserted = await tx
    .insertInto('staff_member')
    .values({
      id,
      organisation_id: organisationId,
      identifier: member.identifier,
      email: member.email,
      first_name: member.firstName,
      last_name: member.lastName,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('identifier').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted && id
}

export type Place = {
  readonly unitId?: BillingUnitId | undefined
  readonly establishmentId?: EstablishmentId | undefined
}

/** Gives a role somewhere, once. */
export async function insertRole(
  tx: Tx,
  organisationId: OrganisationId,
  staffId: StaffId,
  role: Role,
  place: Place,
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('staff_role')
    .values({
      organisation_id: organisationId,
      id: newId(now),
      staff_id: staffId,
      role,
      billing_unit_id: place.unitId ?? null,
      establishment_id: place.establishmentId ?? null,
      given_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A role that a member holds, by the name its page gave it. */
export async function findRole(
  read: Read,
  organisationId: OrganisationId,
  staffId: StaffId,
  roleId: string,
): Promise<Role | undefined> {
  const found = await read
    .selectFrom('staff_role')
    .select('role')
    .where('organisation_id', '=', organisationId)
    .where('staff_id', '=', staffId)
    .where('id', '=', roleId)
    .executeTakeFirst()
  return found && (found.role as Role)
}

/** Takes a role back. */
export async function deleteRole(
  tx: Tx,
  organisationId: OrganisationId,
  staffId: StaffId,
  roleId: string,
): Promise<void> {
  await tx
    .deleteFrom('staff_role')
    .where('organisation_id', '=', organisationId)
    .where('staff_id', '=', staffId)
    .where('id', '=', roleId)
    .execute()
}

/** Nobody else changes this team until the transaction ends. */
export async function lockTeam(tx: Tx, organisationId: OrganisationId): Promise<void> {
  await rows(tx, sql`select 1 from organisation where id = ${organisationId} for no key update`)
}

/** How many members other than this one could still manage the team. */
export async function countOtherManagers(
  tx: Tx,
  organisationId: OrganisationId,
  staffId: StaffId,
): Promise<number> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct m.id from staff_member m
      join staff_role r on r.organisation_id = m.organisation_id and r.staff_id = m.id
      where m.organisation_id = ${organisationId} and m.id <> ${staffId} and m.suspended_at is null
        and m.activated_at is not null and r.role = 'administrator'
        and r.billing_unit_id is null and r.establishment_id is null`,
  )
  return found.length
}

/** Makes a link to choose a password; earlier links of this member open nothing any more. */
export async function insertStaffLink(tx: Tx, staffId: StaffId, now: Instant): Promise<string> {
  await useStaffLinks(tx, staffId, now)
  const token = newToken()
  await tx
    .insertInto('staff_link')
    .values({
      token_hash: hashToken(token),
      staff_id: staffId,
      created_at: now,
      expires_at: later(now, INVITATION_LIFE_MS),
    })
    .execute()
  return token
}

/** The member whom this link still lets choose a password. */
export const findInvited = (read: Read, token: string, now: Instant): Promise<Member | undefined> =>
  row(
    read,
    sql<Member>`${MEMBER} join staff_link l on l.staff_id = m.id
      where l.token_hash = ${hashToken(token)} and l.used_at is null and l.expires_at > ${now}
        and m.suspended_at is null`,
  )

/** Uses up every open link of a member. */
export async function useStaffLinks(tx: Tx, staffId: StaffId, now: Instant): Promise<void> {
  await tx
    .updateTable('staff_link')
    .set({ used_at: now })
    .where('staff_id', '=', staffId)
    .where('used_at', 'is', null)
    .execute()
}

/** The member's new password; whoever awaited their invitation is now active. */
export async function setStaffPassword(
  tx: Tx,
  staffId: StaffId,
  passwordHash: string,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('staff_member')
    .set((eb) => ({
      password_hash: passwordHash,
      activated_at: eb.fn.coalesce('activated_at', eb.val(now)),
    }))
    .where('id', '=', staffId)
    .execute()
}

/** Suspends a member, or lets them in again. */
export async function setSuspended(tx: Tx, staffId: StaffId, at: Instant | null): Promise<void> {
  await tx.updateTable('staff_member').set({ suspended_at: at }).where('id', '=', staffId).execute()
}
