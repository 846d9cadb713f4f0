// Debts proposed to be given up, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId, InvoiceId, OrganisationId, StaffId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'

export type WriteOffRequest = {
  readonly id: string
  readonly invoiceId: InvoiceId
  readonly number: string
  readonly familyId: string
  readonly familyName: string
  readonly unitId: BillingUnitId
  readonly amount: Cents
  readonly due: Cents
  readonly reason: string
  readonly preparedBy: StaffId
  readonly preparedName: string
  readonly preparedAt: Instant
  readonly state: 'waiting' | 'written' | 'refused'
  readonly decidedName: string | null
  readonly refusal: string | null
}

const REQUEST = sql`select q.id, q.invoice_id as "invoiceId", i.number, i.family_id as "familyId",
    f.name as "familyName", q.billing_unit_id as "unitId", q.amount_cents as amount, b.cents as due, q.reason,
    q.prepared_by as "preparedBy", q.prepared_name as "preparedName", q.prepared_at as "preparedAt", q.state,
    q.decided_name as "decidedName", q.refusal
  from write_off_request q
  join invoice i on i.organisation_id = q.organisation_id and i.id = q.invoice_id
  join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
  join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id`

/** Those that wait, the oldest first, then the latest decided; a hundred and fifty at most. */
export const listWriteOffs = (
  read: Read,
  organisationId: OrganisationId,
  reach: Reach,
): Promise<WriteOffRequest[]> =>
  rows(
    read,
    sql<WriteOffRequest>`${REQUEST} where q.organisation_id = ${organisationId}
        and (${reach === 'all'} or q.billing_unit_id = any(${reach === 'all' ? [] : [...reach.unitIds]}::uuid[]))
      order by q.state <> 'waiting', case when q.state = 'waiting' then q.prepared_at end, q.decided_at desc
      limit 150`,
  )

/** One of them, locked until the transaction ends. */
export const lockWriteOff = (
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
): Promise<WriteOffRequest | undefined> =>
  row(
    tx,
    sql<WriteOffRequest>`${REQUEST}
      where q.organisation_id = ${organisationId} and q.id = ${id} for update of q`,
  )

/** One of them, as it stands. */
export const findWriteOff = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<WriteOffRequest | undefined> =>
  row(read, sql<WriteOffRequest>`${REQUEST} where q.organisation_id = ${organisationId} and q.id = ${id}`)

export type DueInvoice = {
  readonly id: InvoiceId
  readonly number: string
  readonly unitId: BillingUnitId
  readonly establishmentId: EstablishmentId
  readonly familyName: string
  readonly due: Cents
}

/** An invoice on which something is due, by its number. */
export const findDue = (
  read: Read,
  organisationId: OrganisationId,
  number: string,
): Promise<DueInvoice | undefined> =>
  row(
    read,
    sql<DueInvoice>`select i.id, i.number, i.billing_unit_id as "unitId",
        i.establishment_id as "establishmentId", f.name as "familyName", b.cents as due
      from invoice i
      join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
      join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
      where i.organisation_id = ${organisationId} and i.number = ${number} and b.cents > 0`,
  )
