// The invoices of a past month, and the drafts prepared from them, in SQL.
import { type Day, type Instant, lastOfMonth } from '../kernel/dates.ts'
import type { EstablishmentId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Establishment } from '../organisations/organisation.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { ReadDraft, TypedDraft } from './draft.ts'
import type { MonthMove, PastInvoice } from './past-invoice.ts'

/** One preparation at a time per establishment, until the transaction ends. */
export async function lockPlace(tx: Tx, organisationId: OrganisationId, id: EstablishmentId): Promise<void> {
  await sql`select 1 from establishment where organisation_id = ${organisationId} and id = ${id}
    for no key update`.execute(tx)
}

/** Sales that credit notes did not bring to nothing. */
const LIVE = sql`i.purpose = 'sale' and i.total_cents > coalesce((select sum(c.amount_cents)
  from credit_note c where c.organisation_id = i.organisation_id and c.invoice_id = i.id), 0)`

const inMonth = (month: Day) =>
  sql`coalesce(i.period_from, i.issued_on) between ${month} and ${lastOfMonth(month)}`

export type PastFamily = { readonly id: FamilyId; readonly isServed: boolean }

/**
 * The next families invoiced at this place in the month, after that one; a merged file counts as the one
 * it went to. `isServed`: it already has an open draft or an invoice of the new month there.
 */
export const listPastFamilies = (
  read: Read,
  organisationId: OrganisationId,
  establishmentId: EstablishmentId,
  { from, to }: MonthMove,
  after: FamilyId | undefined,
  limit: number,
): Promise<PastFamily[]> =>
  rows<PastFamily>(
    read,
    sql`select p.id, exists (select from invoice_draft d
          where d.organisation_id = ${organisationId} and d.establishment_id = ${establishmentId}
            and d.family_id = p.id and d.state in ('draft', 'checked')
            and d.period_from between ${to} and ${lastOfMonth(to)})
        or exists (select from invoice i join family f
            on f.organisation_id = i.organisation_id and f.id = i.family_id
          where i.organisation_id = ${organisationId} and i.establishment_id = ${establishmentId}
            and coalesce(f.merged_into, f.id) = p.id and i.period_from is not null
            and ${inMonth(to)} and ${LIVE}) as "isServed"
      from (select distinct coalesce(f.merged_into, f.id) as id from invoice i
        join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
        where i.organisation_id = ${organisationId} and i.establishment_id = ${establishmentId}
          and ${inMonth(from)} and ${LIVE}
          and (${after ?? null}::uuid is null or coalesce(f.merged_into, f.id) > ${after ?? null})
        order by 1 limit ${limit}) p
      order by p.id`,
  )

/** What these families were invoiced at this place in the month, with its lines. */
export async function listPastInvoices(
  read: Read,
  organisationId: OrganisationId,
  establishmentId: EstablishmentId,
  month: Day,
  familyIds: readonly FamilyId[],
): Promise<PastInvoice[]> {
  const heads = await rows<Omit<PastInvoice, 'lines'>>(
    read,
    sql`select i.id, coalesce(f.merged_into, f.id) as "familyId", i.activity, i.beneficiary, i.referent,
        i.period_from as "periodFrom", i.period_to as "periodTo"
      from family f join invoice i on i.organisation_id = f.organisation_id and i.family_id = f.id
      where f.organisation_id = ${organisationId}
        and (f.id = any(${[...familyIds]}::uuid[]) or f.merged_into = any(${[...familyIds]}::uuid[]))
        and i.establishment_id = ${establishmentId} and ${inMonth(month)} and ${LIVE}
      order by i.id`,
  )
  const lines = await rows<PastInvoice['lines'][number] & { invoiceId: InvoiceId }>(
    read,
    sql`select l.invoice_id as "invoiceId", l.child_id as child, c.left_on as "leftOn", l.happened_on as day,
        l.label, l.quantity_thousandths as "quantityThousandths", l.unit_cents as unit, l.vat,
        l.account_code as "accountCode"
      from invoice_line l left join child c on c.organisation_id = l.organisation_id and c.id = l.child_id
      where l.organisation_id = ${organisationId} and l.invoice_id = any(${heads.map(({ id }) => id)}::uuid[])
      order by l.invoice_id, l.line`,
  )
  const byInvoice = Map.groupBy(lines, ({ invoiceId }) => invoiceId)
  return heads.map((head) => ({ ...head, lines: byInvoice.get(head.id) ?? [] }))
}

export type PreparedDraft = {
  readonly id: string
  readonly familyId: FamilyId
  readonly from: InvoiceId
  readonly typed: TypedDraft
  readonly read: ReadDraft
}

/** Keeps these drafts in one statement, and gives how many: one that stands for the month is left alone. */
export async function insertPrepared(
  tx: Tx,
  organisationId: OrganisationId,
  { id, billingUnitId }: Pick<Establishment, 'id' | 'billingUnitId'>,
  month: Day,
  drafts: readonly PreparedDraft[],
  by: string,
  now: Instant,
): Promise<number> {
  const values = drafts.map(({ read, ...draft }) => ({
    id: draft.id,
    family_id: draft.familyId,
    invoice_id: draft.from,
    typed: draft.typed,
    faults: read.faults.length,
    has_double: read.doubles.length > 0,
    total: read.total,
    period_from: read.period?.from ?? null,
    period_to: read.period?.to ?? null,
  }))
  const made = await row<{ count: number }>(
    tx,
    sql`with made as (insert into invoice_draft (organisation_id, id, billing_unit_id, establishment_id,
        family_id, state, version, typed, fault_count, has_double, total_cents, period_from, period_to,
        prepared_from_invoice_id, prepared_for, created_at, saved_at, saved_by)
      select ${organisationId}, v.id, ${billingUnitId}, ${id}, v.family_id, 'draft', 1, v.typed, v.faults,
        v.has_double, v.total, v.period_from, v.period_to, v.invoice_id, ${month}, ${now}, ${now}, ${by}
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v (id uuid, family_id uuid,
        invoice_id uuid, typed jsonb, faults integer, has_double boolean, total bigint, period_from date,
        period_to date)
      on conflict do nothing returning 1)
    select count(*)::integer as count from made`,
  )
  return made?.count ?? 0
}
