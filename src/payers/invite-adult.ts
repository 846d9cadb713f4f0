import type { Instant } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Tx } from '../platform/db.ts'
import { newReference } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type Invitation, invitationState, MAX_OPEN_INVITATIONS, nameOf } from './invitation.ts'
import {
  close,
  insertInvitation,
  listInvitations,
  lockInvitation,
  type NewInvitation,
  renew,
} from './invitation-store.ts'

export type InviteFailure =
  /** This address is invited already. */
  'invited-already' | 'too-many'

/** Invites somebody into a family's file; with an address, the link leaves by mail. Gives the invitation's id. */
export async function inviteAdult(
  tx: Tx,
  author: Author,
  guest: NewInvitation,
  now: Instant,
): Promise<Result<string, InviteFailure>> {
  const { organisationId } = author
  const open = (await listInvitations(tx, organisationId, guest.familyId)).filter(
    (one) => invitationState(one, now) === 'open',
  )
  if (guest.email !== undefined && open.some(({ email }) => email === guest.email))
    return fail('invited-already')
  if (open.length >= MAX_OPEN_INVITATIONS) return fail('too-many')
  const id = await insertInvitation(tx, organisationId, guest, author.name, now)
  await recordAct(
    tx,
    author,
    {
      kind: 'adult.invited',
      familyId: guest.familyId,
      object: nameOf(guest),
      changes: { access: { after: guest.role } },
    },
    now,
  )
  if (guest.email !== undefined) await planInvitation(tx, author, { id, email: guest.email }, now)
  return ok(id)
}

async function planInvitation(
  tx: Tx,
  { organisationId }: Author,
  { id, email }: { readonly id: string; readonly email: string },
  now: Instant,
): Promise<void> {
  const plan = { kind: 'adult-invitation', invitationId: id } as const
  const key = `adult-invitation:${newReference()}`
  await planMail(tx, organisationId, { key, recipient: email, plan }, now)
}

/** Its guest joined, or it was withdrawn, meanwhile. */
type ClosedFailure = 'unknown' | 'closed'

/** Another link for another week, sent again where there is an address; the former link stops working. */
export const renewInvitation = (
  tx: Tx,
  author: Author,
  of: { readonly familyId: FamilyId; readonly id: string },
  now: Instant,
): Promise<Result<Invitation, ClosedFailure>> =>
  onOpen(tx, author, of, async (invitation) => {
    await renew(tx, invitation.id, now)
    const { id, email, familyId } = invitation
    await recordAct(tx, author, { kind: 'invitation.renewed', familyId, object: nameOf(invitation) }, now)
    if (email !== null) await planInvitation(tx, author, { id, email }, now)
  })

/** Takes an invitation back: its link opens nothing any more. */
export const withdrawInvitation = (
  tx: Tx,
  author: Author,
  of: { readonly familyId: FamilyId; readonly id: string },
  now: Instant,
): Promise<Result<Invitation, ClosedFailure>> =>
  onOpen(tx, author, of, async (invitation) => {
    await close(tx, invitation.id, 'withdrawn_at', now)
    const { familyId } = invitation
    await recordAct(tx, author, { kind: 'invitation.withdrawn', familyId, object: nameOf(invitation) }, now)
  })

async function onOpen(
  tx: Tx,
  { organisationId }: Author,
  { familyId, id }: { readonly familyId: FamilyId; readonly id: string },
  act: (invitation: Invitation) => Promise<void>,
): Promise<Result<Invitation, ClosedFailure>> {
  const invitation = await lockInvitation(tx, organisationId, id)
  if (invitation?.familyId !== familyId) return fail('unknown')
  if (invitation.acceptedAt || invitation.withdrawnAt) return fail('closed')
  await act(invitation)
  return ok(invitation)
}
