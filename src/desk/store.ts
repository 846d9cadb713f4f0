// Payments at the desk, in SQL.
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
