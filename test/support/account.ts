// A family's accounts to read: units of both modes, invoices, payments received elsewhere.
import { issueInvoice } from '../../src/billing/issue-invoice.ts'
import type { InvoiceLine, NewInvoice } from '../../src/billing/invoice.ts'
import { recordElsewherePayment } from '../../src/billing/record-elsewhere.ts'
import { type Day, day } from '../../src/kernel/dates.ts'
import type {
  BillingUnitId,
  EstablishmentId,
  FamilyId,
  InvoiceId,
  OrganisationId,
} from '../../src/kernel/ids.ts'
import { cents } from '../../src/kernel/money.ts'
import type { Db } from '../../src/platform/db.ts'
import { TEST_NOW } from './services.ts'

type BuiltUnit = { readonly unitId: BillingUnitId; readonly establishmentId: EstablishmentId }
type Whose = {
  readonly organisationId: OrganisationId
  readonly familyId: FamilyId
  readonly unit: BuiltUnit
}

/** A line of so many cents, one unit. */
export const invoiceLine = (childName: string, label: string, amount: number): InvoiceLine => ({
  childId: undefined,
  childName,
  happenedOn: day('2012-03-07'),
  label,
  quantityThousandths: 1_000,
  unit: cents(amount),
  amount: cents(amount),
  rateNote: '',
})

/** Issues an invoice of so many cents, visible at once unless told otherwise. */
export function buildInvoice(
  db: Db,
  { organisationId, familyId, unit }: Whose,
  number: string,
  amount: number,
  values: Partial<NewInvoice> = {},
): Promise<InvoiceId> {
  const invoice: NewInvoice = {
    organisationId,
    billingUnitId: unit.unitId,
    establishmentId: unit.establishmentId,
    familyId,
    number,
    externalKey: undefined,
    purpose: 'sale',
    issuedOn: day('2012-03-16'),
    visibleAt: TEST_NOW,
    dueOn: undefined,
    period: undefined,
    beneficiary: 'MARTIN Léo',
    activity: 'Mercredis',
    referent: 'MARTIN Claire',
    total: cents(amount),
    lines: [],
    ...values,
  }
  return db.transaction((tx) => issueInvoice(tx, invoice, TEST_NOW, 'test'))
}

/** Books a cheque of so many cents, on these invoices in order; the rest is credit. */
export function buildCheque(
  db: Db,
  { organisationId, familyId, unit }: Whose,
  key: string,
  amount: number,
  values: { receivedOn?: Day; invoices?: readonly InvoiceId[] } = {},
): Promise<void> {
  return db.transaction((tx) =>
    recordElsewherePayment(
      tx,
      {
        organisationId,
        billingUnitId: unit.unitId,
        familyId,
        externalKey: key,
        receivedOn: values.receivedOn ?? day('2012-03-20'),
        method: 'Chèque',
        amount: cents(amount),
        invoices: values.invoices ?? [],
      },
      TEST_NOW,
      'test',
    ),
  )
}
