// Money handed over at the desk: what it is, and where it lies. Pure.
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, cents } from '../kernel/money.ts'

/** In the order in which the desk offers them; `voucher` is a holiday voucher (ANCV). */
export const DESK_METHODS = ['cheque', 'cash', 'terminal', 'voucher', 'cesu', 'e_cesu', 'transfer'] as const
export type DeskMethod = (typeof DESK_METHODS)[number]

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
  /** Of a cheque: the bank it is drawn on, and who signed it when the payer did not. */
  readonly bankName?: string
  readonly drawer?: string
  /** The invoices it settles, in order; what they do not take becomes credit. */
  readonly invoices: readonly InvoiceId[]
  /** At most so much on these; the others take up to what is due. */
  readonly limits?: ReadonlyMap<InvoiceId, Cents>
}

/** Cash to a professional is capped at 1 000 € (domain 6.4). */
export const CASH_LIMIT = cents(100_000)

/** « Annuler » asks no reason for this long, and the receipt's mail waits as long (ux.md 2.6). */
export const UNDO_FREELY_MS = 60_000

/**
 * The account that holds it: vouchers lie with the cheques until they leave on a slip; what nobody
 * carries to the bank (transfers, the card terminal, e-CESU) is there already.
 */
export function accountOf(method: DeskMethod): 'cheques' | 'cash' | 'bank' {
  if (method === 'cash') return 'cash'
  return ON_PAPER.includes(method) ? 'cheques' : 'bank'
}

const ON_PAPER: readonly DeskMethod[] = ['cheque', 'voucher', 'cesu']

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
    ...[payment.bankName, payment.drawer].filter((one) => one !== undefined && one !== ''),
    ...payment.invoices.map((id) =>
      [id, payment.limits?.get(id)].filter((one) => one !== undefined).join('<='),
    ),
  ].join(' ')
