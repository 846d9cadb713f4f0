// What an import would do, decided before anything is written.
import type { AdultId, ChildId, FamilyId, InvoiceId } from '../kernel/ids.ts'
import type { Remark } from './format.ts'
import type {
  AdultRecord,
  ChildRecord,
  FamilyRecord,
  InvoiceRecord,
  LineRecord,
  OpeningRecord,
  PaymentRecord,
} from './records.ts'

/** Records sorted by what becomes of them. */
export type Sorted<Created, Id extends string = never> = {
  readonly created: Created[]
  readonly changed: { readonly id: Id; readonly record: Created }[]
  unchanged: number
}

/** A line of an invoice, with its child's name found when a key stood for it. */
export type PlannedLine = { readonly record: LineRecord; readonly childName: string }

/** An invoice to issue; beneficiary and referent are filled in. */
export type PlannedInvoice = { readonly record: InvoiceRecord; readonly lines: readonly PlannedLine[] }

/** A PDF of the folder that is to be kept with an invoice. */
type PlannedPdf = {
  readonly number: string
  readonly file: string
  /** undefined: the invoice is issued by this very import. */
  readonly invoiceId: InvoiceId | undefined
}

export type Plan = {
  readonly families: Sorted<FamilyRecord, FamilyId>
  readonly adults: Sorted<AdultRecord, AdultId>
  readonly children: Sorted<ChildRecord, ChildId>
  readonly invoices: Sorted<PlannedInvoice>
  readonly payments: Sorted<PaymentRecord>
  readonly openings: Sorted<OpeningRecord>
  readonly pdfs: PlannedPdf[]
  /** Worth knowing, and no obstacle: changes listed, differences left alone. */
  readonly notes: Remark[]
  /** Any of these, and nothing is written. */
  readonly problems: Remark[]
}

const nothing = <T, Id extends string>(): Sorted<T, Id> => ({ created: [], changed: [], unchanged: 0 })

export const emptyPlan = (problems: readonly Remark[]): Plan => ({
  families: nothing(),
  adults: nothing(),
  children: nothing(),
  invoices: nothing(),
  payments: nothing(),
  openings: nothing(),
  pdfs: [],
  notes: [],
  problems: [...problems],
})
