// What the confirmation page shows: the amount is always computed again from what is due. Pure.
import { type Cents, ZERO, sum } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { capabilitiesOf } from './bank-limits.ts'
import type { Attempt } from './payment.ts'
import type { Queue } from './queue.ts'
import type { SelectedInvoice } from './store.ts'

/** Invoices shown before the rest is folded away. */
const SHOWN_LINES = 10

export type ConfirmationView = {
  readonly attempt: Attempt
  readonly unit: BillingUnit
  readonly payee: string
  readonly amount: Cents
  /** What the family saw before, when it differs. */
  readonly before: Cents | undefined
  readonly changes: readonly SelectedInvoice[]
  readonly shown: readonly SelectedInvoice[]
  readonly folded: readonly SelectedInvoice[]
  /** For a top-up: the account's balance once paid. */
  readonly balanceAfter: Cents | undefined
  readonly email: string
  /** The bank takes no payment without an address. */
  readonly needsEmail: boolean
  /** Where the bank takes one invoice at a time: what waits behind this one. */
  readonly queue: Queue | undefined
}

/** The page of an attempt from its selection as it stands now. */
export function confirmationView(
  attempt: Attempt,
  unit: BillingUnit,
  payee: string,
  selected: readonly SelectedInvoice[],
  balance: Cents | undefined,
  queue: Queue | undefined,
  email = attempt.receiptEmail ?? '',
): ConfirmationView {
  const due = selected.filter((invoice) => invoice.due > ZERO)
  const isTopUp = attempt.purpose === 'top_up'
  const amount = isTopUp ? attempt.amount : sum(due.map((invoice) => invoice.due))
  const changed = amount !== attempt.amount
  return {
    attempt,
    unit,
    payee,
    amount,
    before: changed ? attempt.amount : undefined,
    changes: changed ? selected.filter((invoice) => invoice.due !== invoice.shownDue) : [],
    shown: due.slice(0, SHOWN_LINES),
    folded: due.slice(SHOWN_LINES),
    balanceAfter: isTopUp && balance !== undefined ? sum([balance, attempt.amount]) : undefined,
    email,
    needsEmail: capabilitiesOf(unit)?.needsEmail === true,
    queue,
  }
}

/** The longest address the bank's form takes. */
const MAX_EMAIL = 150

/** The address typed for the receipt: null when left empty, undefined when it is none. */
export function readReceiptEmail(text: string): string | null | undefined {
  const email = text.trim()
  if (email === '') return null
  return email.length <= MAX_EMAIL && /^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;.]+$/.test(email)
    ? email
    : undefined
}
