// What the ledger is made of. Debits are positive and credits negative, in cents.
import { assert } from '../kernel/assert.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import type { AccountId, BillingUnitId, EntryId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

/**
 * An account, named by what it is for (reliability.md 3.2):
 * receivable, what a family owes on one invoice · credit, what the association owes a family ·
 * revenue · clearing, money the bank took and has not yet paid out · elsewhere, payments received
 * before or outside Préau · opening, balances taken over · suspense, real money that fits nowhere ·
 * refund_payable, promised back to families · disputed, held by the bank while a cardholder disputes ·
 * write_off, debts given up · cash, cheques (vouchers too) and bank, what the desk holds and deposits.
 */
export type AccountName =
  | { readonly kind: 'receivable'; readonly familyId: FamilyId; readonly invoiceId: InvoiceId }
  | { readonly kind: 'credit'; readonly familyId: FamilyId }
  | { readonly kind: InternalKind }

export type InternalKind =
  | 'revenue'
  | 'clearing'
  | 'elsewhere'
  | 'opening'
  | 'suspense'
  | 'refund_payable'
  | 'disputed'
  | 'write_off'
  | 'cash'
  | 'cheques'
  | 'bank'

/**
 * release takes back what an allocation of credit settled; cancellation, what the bank took and gave
 * back; bank_refund is given back at the bank without us; suspense_resolved gives set-aside money its place;
 * merge moves the credit of a family's second file to the one kept.
 */
export type EntryKind =
  | 'invoice'
  | 'capture'
  | 'elsewhere'
  | 'opening'
  | 'allocation'
  | 'release'
  | 'reversal'
  | 'credit_note'
  | 'desk'
  | 'deposit'
  | 'bounced'
  | 'cancellation'
  | 'refund'
  | 'refund_paid'
  | 'chargeback'
  | 'chargeback_won'
  | 'chargeback_lost'
  | 'write_off'
  | 'bank_refund'
  | 'suspense_resolved'
  | 'merge'

export type Posting = { readonly account: AccountName; readonly cents: Cents }

export type Entry = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly kind: EntryKind
  /** The outside fact's own key: the same fact is booked once (L3). */
  readonly sourceKey: string
  /** What the fact says, in one canonical line: the same key with another content is refused. */
  readonly fact: string
  /** The Paris day the books carry, and the day of the fact itself. */
  readonly accountingOn: Day
  readonly valueOn: Day
  readonly bookedAt: Instant
  readonly actor: string
  readonly reverses?: EntryId
  /** Why it undoes another; required with `reverses`. */
  readonly reason?: string
  readonly postings: readonly Posting[]
}

/** Two lines or more, no empty line, sum zero. The database checks the same again at commit. */
export function assertBalanced(postings: readonly Posting[]): void {
  assert(postings.length >= 2, 'an entry needs two lines')
  assert(
    postings.every((posting) => posting.cents !== 0),
    'an entry has an empty line',
  )
  const total = postings.reduce((sum, posting) => sum + posting.cents, 0)
  assert(total === 0, `an entry does not balance: ${total} cents`)
}

/** The account's natural key, within its billing unit. */
export function accountKey(account: AccountName): { familyId: FamilyId | null; invoiceId: InvoiceId | null } {
  return {
    familyId: 'familyId' in account ? account.familyId : null,
    invoiceId: account.kind === 'receivable' ? account.invoiceId : null,
  }
}

/** A receivable account bears the invoice's own id, so that an invoice finds its balance directly. */
export const receivableAccountId = (invoiceId: InvoiceId): AccountId => invoiceId as string as AccountId
