// What the portal already holds of the things an import file names, by the other software's keys.
import type { Day, Instant } from '../kernel/dates.ts'
import type {
  AdultId,
  BillingUnitId,
  ChildId,
  EstablishmentId,
  FamilyId,
  InvoiceId,
  LoginId,
} from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

export type KnownUnit = {
  readonly id: BillingUnitId
  readonly code: string
  readonly series: string
  readonly seriesSource: 'preau' | 'import' | null
  readonly visibilityDelayHours: number
}

export type KnownEstablishment = {
  readonly id: EstablishmentId
  readonly code: string
  readonly unitId: BillingUnitId
}

export type KnownFamily = {
  readonly id: FamilyId
  readonly key: string
  readonly name: string
  readonly address: string
  readonly postalCode: string
  readonly city: string
  /** Codes of the units the family already deals with. */
  readonly units: readonly string[]
  /** « MARTIN Claire », the first adult who pays. */
  readonly payer: string | null
}

export type KnownAdult = {
  readonly id: AdultId
  readonly key: string
  readonly family: string | null
  readonly role: 'payer' | 'reader'
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly mobile: string | null
  readonly loginId: LoginId | null
  readonly activatedAt: Instant | null
}

export type KnownChild = {
  readonly id: ChildId
  readonly key: string
  readonly family: string | null
  readonly firstName: string
  readonly lastName: string
  readonly bornOn: Day | null
}

type KnownLine = {
  readonly childId: ChildId | null
  readonly childName: string
  readonly happenedOn: Day | null
  readonly label: string
  readonly quantityThousandths: number
  readonly unit: Cents
  readonly amount: Cents
  readonly rateNote: string
}

export type KnownInvoice = {
  readonly id: InvoiceId
  readonly key: string | null
  readonly number: string
  readonly unitId: BillingUnitId
  readonly establishmentId: EstablishmentId
  readonly family: string | null
  readonly issuedOn: Day
  readonly periodFrom: Day | null
  readonly periodTo: Day | null
  readonly dueOn: Day | null
  readonly beneficiary: string
  readonly activity: string
  readonly referent: string
  readonly total: Cents
  readonly due: Cents
  readonly lines: readonly KnownLine[]
  /** The SHA-256 of the PDF kept, in hexadecimal. */
  readonly pdf: string | null
}

export type KnownPayment = {
  readonly key: string
  readonly unitId: BillingUnitId
  readonly family: string | null
  readonly receivedOn: Day
  readonly method: string
  readonly amount: Cents
}

export type KnownOpening = {
  readonly key: string
  readonly unitId: BillingUnitId
  readonly family: string | null
  readonly on: Day
  /** Positive in the family's favour. */
  readonly amount: Cents
}

export type Known = {
  readonly units: ReadonlyMap<string, KnownUnit>
  readonly establishments: ReadonlyMap<string, KnownEstablishment>
  readonly families: ReadonlyMap<string, KnownFamily>
  readonly adults: ReadonlyMap<string, KnownAdult>
  readonly children: ReadonlyMap<string, KnownChild>
  readonly invoices: ReadonlyMap<string, KnownInvoice>
  readonly invoicesByNumber: ReadonlyMap<string, KnownInvoice>
  readonly payments: ReadonlyMap<string, KnownPayment>
  readonly openings: ReadonlyMap<string, KnownOpening>
}

/** A debt taken over becomes an invoice; its key must not meet an invoice's own. */
export const openingInvoiceKey = (key: string): string => `solde ${key}`
