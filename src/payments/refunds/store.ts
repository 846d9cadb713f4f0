// Refunds and disputes, in SQL.
import { present } from '../../kernel/assert.ts'
import type {
  AttemptId,
  BillingUnitId,
  ContractId,
  EntryId,
  FamilyId,
  OrganisationId,
} from '../../kernel/ids.ts'
import type { Cents } from '../../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../../platform/db.ts'

export type Refund = {
  readonly id: string
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly captureId: string
  /** The invoice whose credit note gave the money, when one was written for it. */
  readonly invoiceId: string | null
  readonly amount: Cents
  readonly reason: string
  readonly state: 'requested' | 'paid' | 'refused'
  readonly entryId: EntryId
  readonly settlementKey: string | null
}

const REFUND = sql`r.id, r.billing_unit_id as "billingUnitId", r.family_id as "familyId",
  r.capture_id as "captureId", r.amount_cents as amount, r.reason, r.state, r.entry_id as "entryId",
  r.settlement_key as "settlementKey", (select n.invoice_id from credit_note n
    where n.organisation_id = r.organisation_id and n.id = r.credit_note_id) as "invoiceId"`

/** What was asked for under the caller's key. */
export async function findRefund(
  read: Read,
  organisationId: OrganisationId,
  requestKey: string,
): Promise<Refund | undefined> {
  return row<Refund>(
    read,
    sql`select ${REFUND} from refund r
      where r.organisation_id = ${organisationId} and r.request_key = ${requestKey}`,
  )
}

/** A refund, locked until the transaction ends. */
export async function lockRefund(
  tx: Tx,
  organisationId: OrganisationId,
  refundId: string,
): Promise<Refund | undefined> {
  return row<Refund>(
    tx,
    sql`select ${REFUND} from refund r
      where r.organisation_id = ${organisationId} and r.id = ${refundId} for update`,
  )
}

/** Refunds that were sent to the bank, and that it has not refused: it may have paid them. */
export const AT_BANK = sql`exists (select from refund_sending s
    where s.organisation_id = r.organisation_id and s.refund_id = r.id)
  and not exists (select from refund_refusal f
    where f.organisation_id = r.organisation_id and f.refund_id = r.id)`

/** Whether the bank may be paying this refund. */
export async function isAtBank(
  read: Read,
  organisationId: OrganisationId,
  refundId: string,
): Promise<boolean> {
  const found = await row<{ id: string }>(
    read,
    sql`select r.id from refund r where r.organisation_id = ${organisationId} and r.id = ${refundId}
      and r.state = 'requested' and ${AT_BANK}`,
  )
  return found !== undefined
}

/** What was asked of a capture and is neither paid nor refused: those at the bank first, then the oldest. */
export async function listAskedRefunds(
  read: Read,
  organisationId: OrganisationId,
  captureId: string,
): Promise<{ refundId: string; amount: Cents }[]> {
  return rows<{ refundId: string; amount: Cents }>(
    read,
    sql`select r.id as "refundId", r.amount_cents as amount from refund r
      where r.organisation_id = ${organisationId} and r.capture_id = ${captureId} and r.state = 'requested'
      order by (${AT_BANK}) desc, r.requested_at, r.id`,
  )
}

/** The refund asked for on an attempt's payments, of this very amount, and not yet paid: one at the bank, or the oldest. */
export async function findAskedRefund(
  read: Read,
  organisationId: OrganisationId,
  attemptId: AttemptId,
  amount: Cents,
): Promise<string | undefined> {
  const found = await row<{ id: string }>(
    read,
    sql`select r.id from refund r
      join capture c on c.organisation_id = r.organisation_id and c.id = r.capture_id
      where c.organisation_id = ${organisationId} and c.attempt_id = ${attemptId}
        and r.state = 'requested' and r.amount_cents = ${amount}
      order by (${AT_BANK}) desc, r.requested_at, r.id limit 1`,
  )
  return found?.id
}

/** What was booked as given back under the bank's transaction, asked for or found; undefined when nothing was. */
export async function findPaidBack(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  bankTransaction: string,
): Promise<Cents | undefined> {
  const found = await row<{ amount: Cents }>(
    read,
    sql`select amount_cents as amount from refund
        where organisation_id = ${organisationId} and settlement_key = ${`bank ${bankTransaction}`}
      union all
      select amount_cents from bank_refund
        where organisation_id = ${organisationId} and contract_id = ${contractId}
          and bank_transaction = ${bankTransaction}`,
  )
  return found?.amount
}

/** The refund asked here that this transaction of the bank paid. */
export async function findRefundPaidBy(
  read: Read,
  organisationId: OrganisationId,
  bankTransaction: string,
): Promise<string | undefined> {
  const found = await row<{ id: string }>(
    read,
    sql`select id from refund
      where organisation_id = ${organisationId} and settlement_key = ${`bank ${bankTransaction}`}`,
  )
  return found?.id
}

/** The entry that booked the payment of a refund under its settlement's key. */
export async function getPaymentEntry(
  read: Read,
  organisationId: OrganisationId,
  settlementKey: string,
): Promise<EntryId> {
  const found = await row<{ id: EntryId }>(
    read,
    sql`select id from entry where organisation_id = ${organisationId} and kind = 'refund_paid'
      and source_key = ${settlementKey}`,
  )
  return present(found, `no refund was paid by ${settlementKey}`).id
}

/** The payments that an attempt brought, newest first. */
export async function listCaptureIds(
  read: Read,
  organisationId: OrganisationId,
  attemptId: AttemptId,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    read,
    sql`select id from capture where organisation_id = ${organisationId} and attempt_id = ${attemptId}
      order by booked_at desc, id desc`,
  )
  return found.map((one) => one.id)
}

export type Chargeback = {
  readonly id: string
  readonly captureId: string
  readonly amount: Cents
  readonly state: 'open' | 'won' | 'reopened' | 'written_off'
}

/** A dispute by the bank's own number. Whoever changes it holds its capture's lock. */
export async function findChargeback(
  read: Read,
  organisationId: OrganisationId,
  dispute: string,
): Promise<Chargeback | undefined> {
  return row<Chargeback>(
    read,
    sql`select id, capture_id as "captureId", amount_cents as amount, state from chargeback
      where organisation_id = ${organisationId} and dispute = ${dispute}`,
  )
}
