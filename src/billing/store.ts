// What families may read of their invoices. Every read takes the organisation and the family first,
// and an invoice counts from the moment it is visible.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'

/** An invoice as lists show it. `due` is the balance of its account. */
export type InvoiceSummary = {
  readonly id: InvoiceId
  readonly billingUnitId: BillingUnitId
  readonly number: string
  readonly issuedOn: Day
  readonly dueOn: Day | null
  readonly establishment: string
  readonly referent: string
  readonly activity: string
  readonly total: Cents
  readonly due: Cents
}

const SUMMARY = sql`i.id, i.billing_unit_id as "billingUnitId", i.number, i.issued_on as "issuedOn",
  i.due_on as "dueOn", e.name as establishment, i.referent, i.activity,
  i.total_cents as total, b.cents as due`
const FROM = sql`from invoice i
  join establishment e on e.organisation_id = i.organisation_id and e.id = i.establishment_id
  join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id`

/** The family's visible invoices on which something is due, oldest first. */
export async function listUnsettled(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  now: Instant,
): Promise<InvoiceSummary[]> {
  return rows<InvoiceSummary>(
    read,
    sql`select ${SUMMARY} ${FROM}
      where i.organisation_id = ${organisationId} and i.family_id = ${familyId}
        and i.visible_at <= ${now} and b.cents > 0
      order by i.issued_on, i.number`,
  )
}

/** Of these invoices, the visible ones, oldest first: the order in which credit settles them. */
export async function listVisibleOldestFirst(
  read: Read,
  organisationId: OrganisationId,
  invoiceIds: readonly InvoiceId[],
  now: Instant,
): Promise<InvoiceId[]> {
  const found = await rows<{ id: InvoiceId }>(
    read,
    sql`select id from invoice
      where organisation_id = ${organisationId} and id = any(${[...invoiceIds]}::uuid[])
        and visible_at <= ${now}
      order by issued_on, number`,
  )
  return found.map((one) => one.id)
}

export type InvoiceDetail = InvoiceSummary & {
  readonly purpose: 'sale' | 'opening'
  readonly periodFrom: Day | null
  readonly periodTo: Day | null
  readonly beneficiary: string
}

/** One visible invoice of the family, by number; another family's is not found. */
export async function findInvoice(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  number: string,
  now: Instant,
): Promise<InvoiceDetail | undefined> {
  return row<InvoiceDetail>(
    read,
    sql`select ${SUMMARY}, i.purpose, i.period_from as "periodFrom", i.period_to as "periodTo", i.beneficiary
      ${FROM}
      where i.organisation_id = ${organisationId} and i.family_id = ${familyId}
        and i.number = ${number} and i.visible_at <= ${now}`,
  )
}

export type LineRow = {
  readonly line: number
  readonly childName: string
  readonly happenedOn: Day | null
  readonly label: string
  readonly quantityThousandths: number
  readonly unit: Cents
  readonly amount: Cents
  readonly rateNote: string
}

/** The lines of an invoice, in order. */
export async function listLines(
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<LineRow[]> {
  return rows<LineRow>(
    read,
    sql`select line, child_name as "childName", happened_on as "happenedOn", label,
        quantity_thousandths as "quantityThousandths", unit_cents as unit, amount_cents as amount,
        rate_note as "rateNote"
      from invoice_line
      where organisation_id = ${organisationId} and invoice_id = ${invoiceId} order by line`,
  )
}

export type SettlementRow = { readonly kind: string; readonly valueOn: Day; readonly amount: Cents }

/** What came in on an invoice: each credit of its account, as a positive amount, in order. */
export async function listSettlements(
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<SettlementRow[]> {
  return rows<SettlementRow>(
    read,
    sql`select e.kind, e.value_on as "valueOn", -p.cents as amount
      from posting p
      join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
      where p.organisation_id = ${organisationId} and p.account_id = ${invoiceId} and p.cents < 0
      order by e.value_on, e.booked_at`,
  )
}
