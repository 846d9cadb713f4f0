// What a batch would issue, asked of the database in one statement.
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'

/** Which drafts: of a unit, perhaps of one establishment, whose period lies within these days. */
export type BatchFilter = {
  readonly unitId: BillingUnitId
  readonly establishmentId: EstablishmentId | undefined
  readonly from: Day | undefined
  readonly to: Day | undefined
}

/** The average is of this many days of the family's invoices at the unit: three months. */
const AVERAGE_DAYS = 92

/** Every draft asked for, with what the control found; one statement for all of them. */
export const controlled = (organisationId: OrganisationId, filter: BatchFilter, today: Day) => sql`
  select d.id, d.family_id, f.name, d.total_cents, d.saved_at, array_remove(array[
    case when d.total_cents <= 0 then 'no-amount' when d.fault_count > 0 then 'incomplete' end,
    case when not p.payers then 'no-payer' end,
    case when d.has_double then 'double' end,
    case when d.total_cents > 2 * a.average then 'twice-average' end,
    case when p.payers and not p.emails then 'no-email' end,
    case when f.address = '' or f.postal_code = '' or f.city = '' then 'no-address' end], null) as reasons
  from invoice_draft d
  join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
  cross join lateral (select count(*) > 0 as payers,
      count(coalesce(l.email, m.email)) > 0 as emails
    from adult m left join login l on l.organisation_id = m.organisation_id and l.adult_id = m.id
    where m.organisation_id = d.organisation_id and m.family_id = d.family_id and m.role = 'payer'
      and m.left_on is null) p
  cross join lateral (select avg(i.total_cents) as average from invoice i
    where i.organisation_id = d.organisation_id and i.family_id = d.family_id
      and i.billing_unit_id = d.billing_unit_id and i.purpose = 'sale'
      and i.issued_on between ${today}::date - ${AVERAGE_DAYS}::integer and ${today}::date) a
  where d.organisation_id = ${organisationId} and d.billing_unit_id = ${filter.unitId}
    and d.state in ('draft', 'checked')
    and (${filter.establishmentId ?? null}::uuid is null or d.establishment_id = ${filter.establishmentId ?? null})
    and (${filter.from ?? null}::date is null or d.period_from >= ${filter.from ?? null})
    and (${filter.to ?? null}::date is null or d.period_to <= ${filter.to ?? null})
    and not exists (select from invoice_batch_row r where r.organisation_id = d.organisation_id
      and r.draft_id = d.id and r.state = 'waiting')`

export type Exception = {
  readonly id: string
  readonly familyId: FamilyId
  readonly familyName: string
  readonly total: Cents
  readonly reasons: readonly string[]
}
export type Control = {
  readonly ready: number
  readonly readyTotal: Cents
  readonly exceptionCount: number
  readonly exceptions: readonly Exception[]
}

/** What a batch would issue, and what it would leave out: the first `limit` exceptions. */
export async function readControl(
  read: Read,
  organisationId: OrganisationId,
  filter: BatchFilter,
  today: Day,
  limit: number,
): Promise<Control> {
  const counts = await row<{ ready: number; readyTotal: Cents; exceptionCount: number }>(
    read,
    sql`select count(*) filter (where reasons = '{}')::integer as ready,
        coalesce(sum(total_cents) filter (where reasons = '{}'), 0)::bigint as "readyTotal",
        count(*) filter (where reasons <> '{}')::integer as "exceptionCount"
      from (${controlled(organisationId, filter, today)}) c`,
  )
  const exceptions = await rows<Exception>(
    read,
    sql`select id, family_id as "familyId", name as "familyName", total_cents as total, reasons
      from (${controlled(organisationId, filter, today)}) c where reasons <> '{}'
      order by name, id limit ${limit}`,
  )
  return { ready: 0, readyTotal: ZERO, exceptionCount: 0, ...counts, exceptions }
}
