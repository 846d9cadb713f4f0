// The rows of an import file once understood. Keys are the other software's; units and
// establishments are named by their codes.
import type { Day, Instant, Period } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'

type Keyed = { readonly line: number; readonly key: string }

export type FamilyRecord = Keyed & {
  readonly name: string
  readonly address: string
  readonly postalCode: string
  readonly city: string
  /** Units whose block the family sees even before a first invoice. */
  readonly units: readonly string[]
}

export type AdultRecord = Keyed & {
  readonly family: string
  readonly role: 'payer' | 'reader'
  readonly firstName: string
  readonly lastName: string
  readonly email: string | undefined
  readonly mobile: string | undefined
}

export type ChildRecord = Keyed & {
  readonly family: string
  readonly firstName: string
  readonly lastName: string
  readonly bornOn: Day | undefined
}

/** From when families see it: after the unit's delay, at once, or at a given instant. */
export type Visibility = 'after-delay' | 'at-once' | Instant

export type InvoiceRecord = Keyed & {
  readonly number: string
  readonly unit: string
  readonly establishment: string
  readonly family: string
  readonly issuedOn: Day
  readonly period: Period | undefined
  readonly dueOn: Day | undefined
  readonly beneficiary: string
  readonly activity: string
  readonly referent: string
  readonly total: Cents
  readonly visible: Visibility
}

export type LineRecord = {
  readonly line: number
  readonly invoice: string
  /** A child's key, or a name as it is to be written. */
  readonly child: string
  readonly happenedOn: Day | undefined
  readonly label: string
  readonly quantityThousandths: number
  readonly unit: Cents
  readonly amount: Cents
  readonly rateNote: string
}

export type PaymentRecord = Keyed & {
  readonly unit: string
  readonly family: string
  readonly receivedOn: Day
  readonly method: string
  readonly amount: Cents
  /** Numbers, in the order the payment settles them. */
  readonly invoices: readonly string[]
}

export type OpeningRecord = Keyed & {
  readonly unit: string
  readonly family: string
  readonly on: Day
  /** Positive in the family's favour, negative when it owes. */
  readonly amount: Cents
  readonly visible: Visibility
}

export type Records = {
  readonly families: readonly FamilyRecord[]
  readonly adults: readonly AdultRecord[]
  readonly children: readonly ChildRecord[]
  readonly invoices: readonly InvoiceRecord[]
  readonly lines: readonly LineRecord[]
  readonly payments: readonly PaymentRecord[]
  readonly openings: readonly OpeningRecord[]
}

/** People are written with their name first, as on the invoices: « TEST Fabien ». */
export const fullName = (person: { lastName: string; firstName: string }): string =>
  `${person.lastName} ${person.firstName}`.trim()
