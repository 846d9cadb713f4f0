// An invitation into a family's file, as its pages and verbs see it. Pure.
import { DAY_MS, type Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'

export type FileRole = 'payer' | 'reader'

export type Invitation = {
  readonly id: string
  readonly organisationId: OrganisationId
  readonly familyId: FamilyId
  readonly familyName: string
  readonly role: FileRole
  readonly firstName: string
  readonly lastName: string
  /** Without one, the link goes on paper. */
  readonly email: string | null
  readonly invitedBy: string
  readonly invitedAt: Instant
  /** Each renewal makes another link, and the former ones false. */
  readonly renewals: number
  /** Wrong answers to « who is in this family? ». */
  readonly failures: number
  readonly expiresAt: Instant
  readonly acceptedAt: Instant | null
  readonly withdrawnAt: Instant | null
}

/** As long as a link of activation, and borne as many wrong answers (issue 1). */
export const INVITATION_LIFE_MS = 7 * DAY_MS
export const MAX_INVITATION_FAILURES = 5
/** Open at once in a file: the portal writes to addresses that anybody typed. */
export const MAX_OPEN_INVITATIONS = 5

export type InvitationState = 'open' | 'accepted' | 'withdrawn' | 'blocked' | 'expired'

/** Whether the invitation's link still opens its page. */
export function invitationState(invitation: Invitation, now: Instant): InvitationState {
  if (invitation.acceptedAt) return 'accepted'
  if (invitation.withdrawnAt) return 'withdrawn'
  if (invitation.failures >= MAX_INVITATION_FAILURES) return 'blocked'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

export const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim()
