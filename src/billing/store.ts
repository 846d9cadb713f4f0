// What families may read of their invoices. Every read takes the organisation and the family first,
// and an invoice counts from the moment it is visible.
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import type { AdultId, BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { PayerAddress } from './content.ts'

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
  /** Its last day online is over: it is still due, and no longer taken here. */
  readonly isOnlineOver?: boolean
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
    sql`select ${SUMMARY}, coalesce(i.online_until < ${parisDay(now)}, false) as "isOnlineOver" ${FROM}
      where i.organisation_id = ${organisationId} and i.family_id = any(dossiers_of(${organisationId}, ${familyId}))
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

export type InvoiceDetail = Omit<InvoiceSummary, 'issuedOn'> & {
  /** Null while it is a draft being looked at. */
  readonly issuedOn: Day | null
  readonly onlineUntil: Day | null
  readonly deskUntil: Day | null
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
    sql`select ${SUMMARY}, i.purpose, i.period_from as "periodFrom", i.period_to as "periodTo", i.beneficiary,
        i.online_until as "onlineUntil", i.desk_until as "deskUntil"
      ${FROM}
      where i.organisation_id = ${organisationId} and i.family_id = any(dossiers_of(${organisationId}, ${familyId}))
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

/** What settled an invoice, in order: positive, or negative where it was taken back. */
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
      where p.organisation_id = ${organisationId} and p.account_id = ${invoiceId}
        and e.kind not in ('invoice', 'opening')
      order by e.value_on, e.booked_at`,
  )
}

export type Frozen = { readonly number: string; readonly content: string; readonly sha256: Buffer }

/** The content that issue froze, with its hash. */
export async function findContent(
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<Frozen | undefined> {
  return row<Frozen>(
    read,
    sql`select i.number, c.content, c.sha256 from invoice_content c
      join invoice i on i.organisation_id = c.organisation_id and i.id = c.invoice_id
      where c.organisation_id = ${organisationId} and c.invoice_id = ${invoiceId}`,
  )
}

export type KeptPdf = { readonly pdf: Buffer; readonly sha256: Buffer }

/** The document as it was kept, drawn or original; undefined when it was never asked for. */
export async function findPdf(
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<KeptPdf | undefined> {
  return row<KeptPdf>(
    read,
    sql`select pdf, sha256 from invoice_pdf
      where organisation_id = ${organisationId} and invoice_id = ${invoiceId}`,
  )
}

/** Its size in bytes, without reading it. */
export async function findPdfSize(
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<number | undefined> {
  const found = await row<{ size: number }>(
    read,
    sql`select octet_length(pdf) as size from invoice_pdf
      where organisation_id = ${organisationId} and invoice_id = ${invoiceId}`,
  )
  return found?.size
}

/** The numbers of the family's invoices announced on this Paris day and still due, in order. */
export async function listAnnounced(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  day: Day,
): Promise<{ readonly number: string; readonly unitId: BillingUnitId }[]> {
  return rows<{ number: string; unitId: BillingUnitId }>(
    read,
    sql`select i.number, i.billing_unit_id as "unitId" from invoice i
      join invoice_publication p on p.organisation_id = i.organisation_id and p.invoice_id = i.id
      join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
      where i.organisation_id = ${organisationId} and i.family_id = any(dossiers_of(${organisationId}, ${familyId})) and b.cents > 0
        and p.announced_on = ${day}
      order by i.issued_on, i.number`,
  )
}

/** Where the family's payers read their mail; those without an address are not there. */
export async function listPayerAddresses(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<{ id: AdultId; email: string }[]> {
  return rows<{ id: AdultId; email: string }>(
    read,
    sql`select a.id, coalesce(l.email, a.email) as email from adult a
      left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = (select coalesce(f.merged_into, f.id)
          from family f where f.organisation_id = ${organisationId} and f.id = ${familyId})
        and a.role = 'payer' and a.left_on is null and coalesce(l.email, a.email) is not null
      order by a.id`,
  )
}

/** The address that each family's invoices are made out to; a family that is not the organisation's has none. */
export async function findPayerAddresses(
  read: Read,
  organisationId: OrganisationId,
  familyIds: readonly FamilyId[],
): Promise<ReadonlyMap<FamilyId, PayerAddress>> {
  const found = await rows<PayerAddress & { id: FamilyId }>(
    read,
    sql`select id, name, address, postal_code as "postalCode", city from family
      where organisation_id = ${organisationId} and id = any(${[...familyIds]}::uuid[])`,
  )
  return new Map(found.map(({ id, ...address }) => [id, address]))
}

/** The adult's name, while he or she pays for the family. */
export async function findPayer(
  read: Read,
  organisationId: OrganisationId,
  adultId: AdultId,
): Promise<{ readonly firstName: string; readonly lastName: string } | undefined> {
  return row<{ firstName: string; lastName: string }>(
    read,
    sql`select first_name as "firstName", last_name as "lastName" from adult
      where organisation_id = ${organisationId} and id = ${adultId} and role = 'payer' and left_on is null`,
  )
}
