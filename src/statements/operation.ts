// What happened on a family's accounts, as families read it: one operation per entry of the ledger.
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, EstablishmentId, InvoiceId, ReceiptId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate } from '../kernel/money.ts'

/**
 * invoice and opening-debit are owed; payment (online, for invoices), top-up, elsewhere, desk and
 * opening-credit came in; credit-note and write-off lessen what is owed; reversal, bounced (a cheque),
 * taken-back (by the bank) and dispute-lost undo a payment; refund goes back, unless it is refused.
 */
export type OperationKind =
  | 'invoice'
  | 'opening-debit'
  | 'payment'
  | 'top-up'
  | 'elsewhere'
  | 'desk'
  | 'opening-credit'
  | 'credit-note'
  | 'write-off'
  | 'reversal'
  | 'bounced'
  | 'taken-back'
  | 'dispute-lost'
  | 'refund'
  | 'refund-refused'

/** What undoes another operation. */
const UNDOING: readonly OperationKind[] = [
  'reversal',
  'bounced',
  'taken-back',
  'dispute-lost',
  'refund-refused',
]

type OperationInvoice = {
  readonly id: InvoiceId
  readonly number: string
  readonly establishmentId: EstablishmentId
  readonly establishment: string
  readonly activity: string
  readonly total: Cents
  readonly due: Cents
  /** A payment of it is at the bank. */
  readonly pending: boolean
}

export type Operation = {
  readonly id: EntryId
  readonly kind: OperationKind
  readonly billingUnitId: BillingUnitId
  readonly on: Day
  /** What the family's balance gains; negative for an invoice. */
  readonly amount: Cents
  readonly invoice: OperationInvoice | undefined
  readonly receipt: { readonly id: ReceiptId; readonly number: string } | undefined
  /** How it was paid elsewhere, « Chèque », or the means' name at the desk; empty otherwise. */
  readonly method: string
  /** The numbers of a credit note and of the invoice it corrects. */
  readonly creditNote?: { readonly number: string; readonly invoiceNumber: string }
}

/** The amount as « Montant facture » shows it, undefined when the operation owes nothing. */
export const chargedBy = (operation: Operation): Cents | undefined =>
  operation.amount < ZERO ? negate(operation.amount) : undefined

/** The amount as « Montant paiement » shows it, undefined when nothing came in. */
export const paidBy = (operation: Operation): Cents | undefined =>
  operation.amount > ZERO ? operation.amount : undefined

export type OperationState =
  'settled' | 'partly-settled' | 'unsettled' | 'pending' | 'received' | 'recorded' | 'reversed'

/** How an operation stands today. */
export function operationState({ kind, invoice }: Operation): OperationState {
  if (UNDOING.includes(kind)) return 'reversed'
  if (kind === 'payment' || kind === 'top-up') return 'received'
  if (!invoice) return 'recorded'
  if (invoice.pending) return 'pending'
  if (invoice.due === ZERO) return 'settled'
  return invoice.due < invoice.total ? 'partly-settled' : 'unsettled'
}
