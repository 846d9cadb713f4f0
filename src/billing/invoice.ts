// An issued invoice and what it says. What is due on it, the ledger knows.
import { assert } from '../kernel/assert.ts'
import type { Day, Instant, Period } from '../kernel/dates.ts'
import type {
  BillingUnitId,
  ChildId,
  EstablishmentId,
  FamilyId,
  InvoiceId,
  OrganisationId,
} from '../kernel/ids.ts'
import { type Cents, sum } from '../kernel/money.ts'
import type { Vat } from './vat.ts'

export type InvoiceLine = {
  readonly childId: ChildId | undefined
  readonly childName: string
  readonly happenedOn: Day | undefined
  readonly label: string
  /** Thousandths of a unit: half a day is 500. */
  readonly quantityThousandths: number
  readonly unit: Cents
  readonly amount: Cents
  /** « Tarif appliqué : tranche C, quotient 642 », or empty. */
  readonly rateNote: string
  /** What the catalogue said of it on the day of issue; absent when the line came from elsewhere. */
  readonly vat?: Vat | undefined
  readonly accountCode?: string | undefined
}

/** What is to be issued. `number` comes from the other software, or from the series. */
export type NewInvoice = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly establishmentId: EstablishmentId
  readonly familyId: FamilyId
  readonly number: string
  readonly externalKey: string | undefined
  /** `opening` carries over a debt of the other software; it is not a sale. */
  readonly purpose: 'sale' | 'opening'
  readonly issuedOn: Day
  readonly visibleAt: Instant
  /** The deadline that is shown. */
  readonly dueOn: Day | undefined
  /** The last days on which it is taken online, and at the desk. */
  readonly onlineUntil?: Day | undefined
  readonly deskUntil?: Day | undefined
  /** The invoice that this one corrects. */
  readonly replaces?: { readonly id: InvoiceId; readonly number: string } | undefined
  readonly period: Period | undefined
  readonly beneficiary: string
  readonly activity: string
  readonly referent: string
  readonly total: Cents
  readonly lines: readonly InvoiceLine[]
}

/** The number of a series: letters, then at least six digits, as TH002048. */
export const isInvoiceNumber = (text: string): boolean => /^[A-Z]{2,4}\d{6,}$/.test(text)

/** The series of a number: TH002048 → TH. */
export const seriesOf = (number: string): string => number.replace(/\d+$/, '')

/** An invoice adds up: its lines, when it has any, sum to its total. */
export function assertAddsUp(invoice: NewInvoice): void {
  assert(isInvoiceNumber(invoice.number), `not an invoice number: ${invoice.number}`)
  assert(invoice.total > 0, `invoice ${invoice.number} has no positive total`)
  const lines = sum(invoice.lines.map((line) => line.amount))
  assert(
    invoice.lines.length === 0 || lines === invoice.total,
    `invoice ${invoice.number}: lines ${lines}, total ${invoice.total} cents`,
  )
}

/** How an invoice stands, from its total and what is due on it. */
export type InvoiceState = 'settled' | 'partly-settled' | 'unsettled'

export function stateOf(total: Cents, due: Cents): InvoiceState {
  if (due === 0) return 'settled'
  return due < total ? 'partly-settled' : 'unsettled'
}
