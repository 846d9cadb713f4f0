// Issued invoices as staff lists and pages show them, visible to the family or not.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'
import { reached } from './draft-store.ts'

export const LIST_STATES = ['due', 'settled', 'cancelled', 'hidden'] as const
type ListState = (typeof LIST_STATES)[number]

export type InvoiceFilter = {
  /** A number, or the beginning of a family's name, in plain words. */
  readonly query: string | undefined
  readonly number: string | undefined
  readonly establishmentId: EstablishmentId | undefined
  readonly state: ListState | undefined
  readonly from: Day | undefined
  readonly to: Day | undefined
}

export type ListedInvoice = {
  readonly id: InvoiceId
  readonly number: string
  readonly unitId: BillingUnitId
  readonly establishmentId: EstablishmentId
  readonly establishment: string
  readonly familyId: FamilyId
  readonly familyName: string
  readonly issuedOn: Day
  readonly purpose: 'sale' | 'opening'
  readonly total: Cents
  readonly due: Cents
  readonly credited: Cents
  /** Null: withheld, the family never sees it. */
  readonly visibleAt: Instant | null
}

const LISTED = sql`select i.id, i.number, i.billing_unit_id as "unitId",
    i.establishment_id as "establishmentId", e.name as establishment, i.family_id as "familyId",
    f.name as "familyName", i.issued_on as "issuedOn", i.purpose, i.total_cents as total, b.cents as due,
    c.credited, nullif(i.visible_at, 'infinity') as "visibleAt"
  from invoice i
  join establishment e on e.organisation_id = i.organisation_id and e.id = i.establishment_id
  join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
  join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
  cross join lateral (select coalesce(sum(n.amount_cents), 0)::bigint as credited from credit_note n
    where n.organisation_id = i.organisation_id and n.invoice_id = i.id) c`

/** Invoices of this reach and these filters, the latest first, after the one named. */
export function listInvoices(
  read: Read,
  organisationId: OrganisationId,
  reach: Reach,
  filter: InvoiceFilter,
  asked: { readonly after: string | undefined; readonly limit: number; readonly now: Instant },
): Promise<ListedInvoice[]> {
  const { query, number, establishmentId, from, to } = filter
  const wanted = [
    sql`i.organisation_id = ${organisationId}`,
    reached(reach, 'i'),
    ...(number === undefined ? [] : [sql`i.number = ${number}`]),
    ...(query === undefined ? [] : [sql`f.search_name like ${`${query}%`}`]),
    ...(establishmentId === undefined ? [] : [sql`i.establishment_id = ${establishmentId}`]),
    ...(from === undefined ? [] : [sql`i.issued_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`i.issued_on <= ${to}`]),
    ...(asked.after === undefined
      ? []
      : [
          sql`(i.issued_on, i.number) < (select l.issued_on, l.number from invoice l
            where l.organisation_id = ${organisationId} and l.number = ${asked.after})`,
        ]),
    ...stateIs(filter.state, asked.now),
  ]
  return rows<ListedInvoice>(
    read,
    sql`${LISTED} where ${sql.join(wanted, sql` and `)}
      order by i.issued_on desc, i.number desc limit ${asked.limit}`,
  )
}

function stateIs(state: ListState | undefined, now: Instant) {
  const wanted = {
    due: sql`b.cents > 0`,
    settled: sql`b.cents = 0 and c.credited < i.total_cents`,
    cancelled: sql`c.credited = i.total_cents`,
    hidden: sql`i.visible_at > ${now}`,
  }
  return state === undefined ? [] : [wanted[state]]
}

export type StaffInvoice = ListedInvoice & {
  readonly dueOn: Day | null
  readonly onlineUntil: Day | null
  readonly deskUntil: Day | null
  readonly isPublished: boolean
  readonly replaces: string | null
  readonly replacedBy: string | null
  readonly draftId: string | null
}

/** One invoice, whoever may see it; the door asks for the right where it is. */
export const findStaffInvoice = (
  read: Read,
  organisationId: OrganisationId,
  number: string,
): Promise<StaffInvoice | undefined> =>
  row<StaffInvoice>(
    read,
    sql`select l.*, i.due_on as "dueOn", i.online_until as "onlineUntil", i.desk_until as "deskUntil",
        p.published_at is not null as "isPublished", o.number as replaces,
        (select max(n.number) from invoice n where n.organisation_id = i.organisation_id
          and n.replaces_invoice_id = i.id) as "replacedBy",
        (select d.id from invoice_draft d where d.organisation_id = i.organisation_id
          and d.replaces_invoice_id = i.id and d.state in ('draft', 'checked') limit 1) as "draftId"
      from (${LISTED} where i.organisation_id = ${organisationId} and i.number = ${number}) l
      join invoice i on i.organisation_id = ${organisationId} and i.id = l.id
      join invoice_publication p on p.organisation_id = i.organisation_id and p.invoice_id = i.id
      left join invoice o on o.organisation_id = i.organisation_id and o.id = i.replaces_invoice_id`,
  )

export type CreditNoteRow = {
  readonly number: string
  readonly amount: Cents
  readonly reason: string
  readonly issuedOn: Day
}

/** The credit notes on an invoice, in order. */
export const listCreditNotes = (
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<CreditNoteRow[]> =>
  rows<CreditNoteRow>(
    read,
    sql`select number, amount_cents as amount, reason, issued_on as "issuedOn" from credit_note
      where organisation_id = ${organisationId} and invoice_id = ${invoiceId} order by issued_at, number`,
  )
