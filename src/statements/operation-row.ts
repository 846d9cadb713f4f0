// An entry of the ledger as the database gives it, read as an operation. Pure.
import { unreachable } from '../kernel/assert.ts'
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, EstablishmentId, InvoiceId, ReceiptId } from '../kernel/ids.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import type { EntryKind } from '../ledger/ledger.ts'
import type { Operation, OperationKind } from './operation.ts'

export type OperationRow = {
  id: EntryId
  kind: EntryKind
  billing_unit_id: BillingUnitId
  value_on: Day
  amount: Cents
  invoice_id: InvoiceId | null
  number: string
  establishment_id: EstablishmentId
  establishment: string
  activity: string
  total: Cents
  due: Cents
  pending: boolean
  purpose: 'invoices' | 'top_up' | null
  receipt_id: ReceiptId | null
  receipt_number: string
  method: string | null
  undone: EntryKind | null
  note_number: string | null
  noted_invoice: string | null
}

export const toOperation = (found: OperationRow): Operation => ({
  id: found.id,
  kind: kindOf(found),
  billingUnitId: found.billing_unit_id,
  on: found.value_on,
  amount: found.amount,
  invoice:
    found.invoice_id === null
      ? undefined
      : {
          id: found.invoice_id,
          number: found.number,
          establishmentId: found.establishment_id,
          establishment: found.establishment,
          activity: found.activity,
          total: found.total,
          due: found.due,
          pending: found.pending,
        },
  receipt: found.receipt_id === null ? undefined : { id: found.receipt_id, number: found.receipt_number },
  method: found.method ?? '',
  ...(found.note_number !== null && found.noted_invoice !== null
    ? { creditNote: { number: found.note_number, invoiceNumber: found.noted_invoice } }
    : {}),
})

function kindOf({ kind, amount, purpose, undone }: OperationRow): OperationKind {
  switch (kind) {
    case 'invoice':
      return 'invoice'
    case 'opening':
      return amount < ZERO ? 'opening-debit' : 'opening-credit'
    case 'capture':
      return purpose === 'top_up' ? 'top-up' : 'payment'
    case 'suspense_resolved':
      return 'payment'
    case 'bank_refund':
      return 'refund'
    case 'elsewhere':
      return 'elsewhere'
    case 'desk':
    case 'bounced':
    case 'refund':
      return kind
    case 'credit_note':
      return 'credit-note'
    case 'write_off':
      return 'write-off'
    case 'cancellation':
      return 'taken-back'
    case 'chargeback_lost':
      return 'dispute-lost'
    case 'reversal':
      return undone === 'refund' ? 'refund-refused' : 'reversal'
    // What moves a family's accounts among themselves, or none of them, is no operation.
    case 'allocation':
    case 'release':
    case 'merge':
    case 'deposit':
    case 'refund_paid':
    case 'chargeback':
    case 'chargeback_won':
      return 'reversal'
    default:
      return unreachable(kind)
  }
}
