// Who belongs to the team, and with which roles. Every act is written into the journal.
import { plainIdentifier } from '../identity/names.ts'
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newReference } from '../platform/secrets.ts'
import { staffName } from './actor.ts'
import {
  countOtherManagers,
  deleteRole,
  findRole,
  insertMember,
  insertRole,
  lockMember,
  lockTeam,
  type Member,
  type NewMember,
  type Place,
  setSuspended,
} from './member-store.ts'
import { setAuthenticator } from './authenticator-store.ts'
import { deletePasskeys } from './passkey-store.ts'
import { type Author, recordAct } from './record-act.ts'
import type { Role } from './rights.ts'
import { endStaffSessions } from './session-store.ts'

export type InvitationFailure = 'taken'

/** A new member with a first role, who is sent a one-time link. `taken`: the identifier is in use. */
export async function inviteMember(
  tx: Tx,
  author: Author,
  member: NewMember,
  given: { readonly role: Role; readonly place: Place; readonly placeName: string },
  now: Instant,
): Promise<Result<StaffId, InvitationFailure>> {
  const { organisationId } = author
  const identifier = plainIdentifier(member.identifier)
  const staffId = await insertMember(tx, organisationId, { ...member, identifier }, now)
  if (staffId === undefined) return fail('taken')
  await insertRole(tx, organisationId, staffId, given.role, given.place, now)
  await recordAct(tx, author, { kind: 'staff.invited', object: staffName(member) }, now)
  await recordAct(tx, author, roleAct('role.given', member, given.role, given.placeName), now)
  await planInvitation(tx, organisationId, { id: staffId, email: member.email }, now)
  return ok(staffId)
}

const roleAct = (
  kind: 'role.given' | 'role.taken',
  member: { readonly firstName: string; readonly lastName: string },
  role: Role,
  placeName: string,
) => {
  const side = kind === 'role.given' ? 'after' : 'before'
  return {
    kind,
    object: staffName(member),
    changes: { role: { [side]: role }, place: { [side]: placeName } },
  }
}

/** Plans the mail with a link to choose a password; its writer makes the link. */
export async function planInvitation(
  tx: Tx,
  organisationId: OrganisationId,
  { id, email }: { readonly id: StaffId; readonly email: string },
  now: Instant,
): Promise<void> {
  const plan = { kind: 'staff-invitation', staffId: id } as const
  await planMail(
    tx,
    organisationId,
    { key: `staff-invitation:${newReference()}`, recipient: email, plan },
    now,
  )
}

export type MemberFailure = 'unknown' | 'last-manager' | 'yourself'

/** Runs an act on a member of the author's own organisation, under its lock. */
function onMember(
  db: Db,
  author: Author,
  staffId: StaffId,
  act: (tx: Tx, member: Member) => Promise<Result<undefined, MemberFailure>>,
): Promise<Result<undefined, MemberFailure>> {
  return db.transaction(async (tx) => {
    // One change of a team at a time: two last managers cannot both leave.
    await lockTeam(tx, author.organisationId)
    const member = await lockMember(tx, staffId)
    if (!member || member.organisationId !== author.organisationId) return fail('unknown')
    return act(tx, member)
  })
}

/** Sends a new link to choose a password; earlier ones stop working when it leaves. */
export const renewInvitation = (db: Db, author: Author, staffId: StaffId, now: Instant) =>
  onMember(db, author, staffId, async (tx, member) => {
    await planInvitation(tx, member.organisationId, member, now)
    await recordAct(tx, author, { kind: 'staff.link-renewed', object: staffName(member) }, now)
    return ok(undefined)
  })

/** Removes a lost authenticator, and passkeys, which may be on the same telephone. */
export const removeAuthenticator = (db: Db, author: Author, staffId: StaffId, now: Instant) =>
  onMember(db, author, staffId, async (tx, member) => {
    if (author.staffId === staffId) return fail('yourself')
    await setAuthenticator(tx, staffId, null, now)
    await deletePasskeys(tx, staffId)
    await endStaffSessions(tx, staffId, now)
    await recordAct(tx, author, { kind: 'authenticator.removed', object: staffName(member) }, now)
    return ok(undefined)
  })

/** Shuts a member out at once, or lets them in again. Nobody shuts out themselves. */
export const suspendMember = (db: Db, author: Author, staffId: StaffId, suspended: boolean, now: Instant) =>
  onMember(db, author, staffId, async (tx, member) => {
    if (author.staffId === staffId) return fail('yourself')
    await setSuspended(tx, staffId, suspended ? now : null)
    if (suspended) await endStaffSessions(tx, staffId, now)
    const kind = suspended ? 'staff.suspended' : 'staff.restored'
    await recordAct(tx, author, { kind, object: staffName(member) }, now)
    return ok(undefined)
  })

/** Gives a role somewhere. */
export const giveRole = (
  db: Db,
  author: Author,
  staffId: StaffId,
  given: { readonly role: Role; readonly place: Place; readonly placeName: string },
  now: Instant,
) =>
  onMember(db, author, staffId, async (tx, member) => {
    await insertRole(tx, member.organisationId, staffId, given.role, given.place, now)
    await recordAct(tx, author, roleAct('role.given', member, given.role, given.placeName), now)
    return ok(undefined)
  })

/** Takes a role back; somebody must stay who can manage the team. */
export const takeRole = (
  db: Db,
  author: Author,
  staffId: StaffId,
  roleId: string,
  placeName: string,
  now: Instant,
) =>
  onMember(db, author, staffId, async (tx, member) => {
    const role = await findRole(tx, member.organisationId, staffId, roleId)
    if (role === undefined) return fail('unknown')
    if (role === 'administrator' && (await countOtherManagers(tx, member.organisationId, staffId)) === 0)
      return fail('last-manager')
    await deleteRole(tx, member.organisationId, staffId, roleId)
    await recordAct(tx, author, roleAct('role.taken', member, role, placeName), now)
    return ok(undefined)
  })
