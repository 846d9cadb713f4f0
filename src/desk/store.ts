// Payments at the desk, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, FamilyId, OrganisationId, ReceiptId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { DeskMethod } from './desk-payment.ts'

export type DeskPayment = {
  readonly id: string
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly familyName: string
  readonly payerName: string
  readonly method: DeskMethod
  readonly amount: Cents
  readonly entryId: EntryId
  /** It left on a slip. */
  readonly deposited: boolean
  /** It was undone, or bounced. */
  readonly undone: boolean
}

/** These payments of the organisation, locked until the transaction ends, by id; a stranger is left out. */
export async function lockDeskPayments(
  tx: Tx,
  organisationId: OrganisationId,
  ids: readonly string[],
): Promise<DeskPayment[]> {
  await rows<{ id: string }>(
    tx,
    sql`select id from desk_payment where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])
      order by id for no key update`,
  )
  return rows<DeskPayment>(
    tx,
    sql`select d.id, d.billing_unit_id as "billingUnitId", d.family_id as "familyId", f.name as "familyName",
        d.payer_name as "payerName", d.method, d.amount_cents as amount, d.entry_id as "entryId",
        exists (select 1 from deposited_payment p
          where p.organisation_id = d.organisation_id and p.desk_payment_id = d.id) as deposited,
        exists (select 1 from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id) as undone
      from desk_payment d
      join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
      where d.organisation_id = ${organisationId} and d.id = any(${[...ids]}::uuid[]) order by d.id`,
  )
}

export type Recorded = {
  readonly paymentId: string
  readonly receiptId: ReceiptId
  readonly billingUnitId: BillingUnitId
}

/** What was recorded under the caller's key. */
export async function findRecorded(
  read: Read,
  organisationId: OrganisationId,
  requestKey: string,
): Promise<Recorded | undefined> {
  return row<Recorded>(
    read,
    sql`select d.id as "paymentId", r.id as "receiptId", d.billing_unit_id as "billingUnitId"
      from desk_payment d
      join receipt r on r.organisation_id = d.organisation_id and r.desk_payment_id = d.id
      where d.organisation_id = ${organisationId} and d.request_key = ${requestKey}`,
  )
}

/** A payment at the desk with its receipt, and what became of it. */
export type KnownPayment = DeskPayment & {
  readonly receivedOn: Day
  readonly mark: string
  readonly bankName: string
  readonly drawer: string
  readonly recordedBy: string
  readonly recordedAt: Instant
  readonly receiptId: ReceiptId
  readonly receiptNumber: string
  /** The frozen words of the receipt. */
  readonly receipt: string
  readonly slipId: string | null
  readonly slip: string | null
  readonly undoneAt: Instant | null
  readonly undoneAs: 'reversal' | 'bounced' | null
  readonly undoneBy: string | null
  readonly undoneFor: string | null
}

/** One payment of the organisation, as its page shows it; `id` is its own or its receipt's. */
export const findDeskPayment = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<KnownPayment | undefined> =>
  row(
    read,
    sql<KnownPayment>`select d.id, d.billing_unit_id as "billingUnitId", d.family_id as "familyId",
        f.name as "familyName", d.payer_name as "payerName", d.method, d.amount_cents as amount,
        d.entry_id as "entryId", p.slip is not null as deposited, e.id is not null as undone,
        d.received_on as "receivedOn", d.mark, d.bank_name as "bankName", d.drawer,
        d.recorded_by as "recordedBy", d.recorded_at as "recordedAt",
        r.id as "receiptId", r.number as "receiptNumber", r.content as receipt, s.id as "slipId", p.slip,
        e.booked_at as "undoneAt", e.kind as "undoneAs", e.actor as "undoneBy", e.reason as "undoneFor"
      from desk_payment d
      join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
      join receipt r on r.organisation_id = d.organisation_id and r.desk_payment_id = d.id
      left join deposited_payment p on p.organisation_id = d.organisation_id and p.desk_payment_id = d.id
      left join deposit_slip s on s.organisation_id = p.organisation_id and s.number = p.slip
      left join entry e on e.organisation_id = d.organisation_id and e.reverses = d.entry_id
      where d.organisation_id = ${organisationId} and d.id in (${id}, (select desk_payment_id from receipt
        where organisation_id = ${organisationId} and id = ${id}))`,
  )
