// Money handed over at the desk: what it is, and where it lies. Pure.
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, cents } from '../kernel/money.ts'

export type DeskMethod = 'cheque' | 'cash' | 'transfer' | 'voucher'

/** What a person of the association records. */
export type NewDeskPayment = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  /** The caller's own key: the same form sent twice is one payment. */
  readonly requestKey: string
  readonly method: DeskMethod
  readonly amount: Cents
  readonly receivedOn: Day
  /** Who paid: a parent, a grandparent, a works council. */
  readonly payerName: string
  /** The cheque's number, the transfer's own words; may be empty. */
  readonly mark: string
  /** The invoices it settles, in order; what they do not take becomes credit. */
  readonly invoices: readonly InvoiceId[]
}

/** Cash to a professional is capped at 1 000 € (domain 6.4). */
export const CASH_LIMIT = cents(100_000)

/** The account that holds it: vouchers lie with the cheques until they leave on a slip. */
export function accountOf(method: DeskMethod): 'cheques' | 'cash' | 'bank' {
  if (method === 'cash') return 'cash'
  return method === 'transfer' ? 'bank' : 'cheques'
}

/** What the payment says, in one line: the same key with another is refused. */
export const factOf = (payment: NewDeskPayment): string =>
  [
    payment.requestKey,
    payment.familyId,
    payment.method,
    payment.amount,
    payment.receivedOn,
    payment.payerName,
    payment.mark,
    ...payment.invoices,
  ].join(' ')
