// What the staff journal can say. A new act is a kind here and a sentence in texts.ts. Pure.
import type { FamilyId } from '../kernel/ids.ts'

export const ACT_KINDS = [
  'session.opened',
  'session.refused',
  'right.refused',
  'authenticator.set',
  'authenticator.removed',
  'password.chosen',
  'recovery-code.used',
  'passkey.added',
  'passkey.removed',
  'password.asked',
  'staff.invited',
  'staff.link-renewed',
  'staff.suspended',
  'staff.restored',
  'role.given',
  'role.taken',
  'journal.exported',
  'family.read',
  'family.viewed-as',
  'family.noted',
  'family.created',
  'family.changed',
  'adult.added',
  'adult.changed',
  'adult.left',
  'adult.returned',
  'child.added',
  'child.changed',
  'child.left',
  'child.returned',
  'note.withdrawn',
  'quotient.recorded',
  'access.opened',
  'access.link-sent',
  'access.letter-printed',
  'access.blocked',
  'access.unblocked',
  'access.email-asked',
  'request.accepted',
  'request.refused',
  'families.merged',
  'families.unmerged',
  'family.separated',
  'adult.invited',
  'adult.joined',
  'adult.role-changed',
  'adult.access-removed',
  'invitation.renewed',
  'invitation.withdrawn',
  'invitation.printed',
  'child.shared',
  'child.unshared',
  'task.postponed',
  'task.done',
  'task.taken-up',
  'mail.retried',
  'desk.recorded',
  'desk.undone',
  'cheque.bounced',
  'deposit.closed',
  'till.closed',
  'statement.read',
  'reconciliation.treated',
  'reconciliation.closed',
  'refund.prepared',
  'refund.approved',
  'refund.refused',
  'refund.paid',
  'catalogue.saved',
  'catalogue.retired',
  'draft.saved',
  'draft.checked',
  'draft.dropped',
  'series.taken-over',
  'invoice.issued',
  'invoice.credited',
  'invoice.cancelled',
  'invoice.corrected',
  'invoices.exported',
  'debts.exported',
  'family.reminded',
  'write-off.proposed',
  'write-off.accepted',
  'write-off.refused',
  'batch.started',
  'batch.stopped',
  'batch.resumed',
  'batch.cancelled',
  'settings.changed',
  'contract.created',
  'contract.changed',
  'contract.secrets',
  'contract.tested',
] as const
export type ActKind = (typeof ACT_KINDS)[number]

/** Each field that changed: what it was, and what it became. */
export type Changes = {
  readonly [field: string]: {
    readonly before?: string | number | boolean | null | undefined
    readonly after?: string | number | boolean | null | undefined
  }
}

export type Act = {
  readonly kind: ActKind
  readonly familyId?: FamilyId | undefined
  /** What it is about, as people quote it: « TH001987 », a reference, a name. */
  readonly object?: string | undefined
  readonly reason?: string | undefined
  readonly changes?: Changes | undefined
}
