// Captures and what became of their money, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, ContractId, EntryId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Capture } from './capture.ts'

/**
 * A capture, locked until the transaction ends, with what was taken back, refunded and disputed of it.
 * Two statements: the sums are read once the lock is held, so that five refunds at once see each other.
 */
export async function lockCapture(
  tx: Tx,
  organisationId: OrganisationId,
  captureId: string,
): Promise<Capture | undefined> {
  const locked = await row<{ id: string }>(
    tx,
    sql`select id from capture where organisation_id = ${organisationId} and id = ${captureId}
      for no key update`,
  )
  if (!locked) return undefined
  return row<Capture>(
    tx,
    sql`select c.organisation_id as "organisationId", c.id, c.billing_unit_id as "billingUnitId",
        c.family_id as "familyId", c.bank_transaction as "bankTransaction", c.amount_cents as amount,
        c.entry_id as "entryId",
        (select coalesce(sum(k.amount_cents), 0)::bigint from capture_cancellation k
          where k.organisation_id = c.organisation_id and k.capture_id = c.id) as cancelled,
        (select coalesce(sum(k.refunded_cents), 0)::bigint from capture_cancellation k
          where k.organisation_id = c.organisation_id and k.capture_id = c.id) as uncollected,
        (select coalesce(sum(r.amount_cents), 0)::bigint from refund r
          where r.organisation_id = c.organisation_id and r.capture_id = c.id and r.state <> 'refused') as refunded,
        (select coalesce(sum(g.amount_cents), 0)::bigint from bank_refund g
          where g.organisation_id = c.organisation_id and g.capture_id = c.id) as "givenBack",
        (select coalesce(sum(d.amount_cents), 0)::bigint from chargeback d
          where d.organisation_id = c.organisation_id and d.capture_id = c.id and d.state <> 'won') as disputed,
        (select coalesce(sum(d.amount_cents), 0)::bigint from chargeback d
          where d.organisation_id = c.organisation_id and d.capture_id = c.id
            and d.state = 'reopened') as reopened
      from capture c where c.organisation_id = ${organisationId} and c.id = ${captureId}`,
  )
}

/** The capture that booked the bank's own transaction. */
export async function findCaptureId(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  bankTransaction: string,
): Promise<string | undefined> {
  const found = await row<{ id: string }>(
    read,
    sql`select id from capture where organisation_id = ${organisationId} and contract_id = ${contractId}
      and bank_transaction = ${bankTransaction}`,
  )
  return found?.id
}

/** Whether the capture was brought down to this amount before. */
export async function wasBroughtTo(read: Read, capture: Capture, left: Cents): Promise<boolean> {
  const { organisationId, id } = capture
  const found = await row<{ isKnown: boolean }>(
    read,
    sql`select true as "isKnown" from capture_cancellation
      where organisation_id = ${organisationId} and capture_id = ${id} and left_cents = ${left}`,
  )
  return found !== undefined
}

/** What the bank took back by one entry, and how the invoices that it reopened stand now. */
export type TakenBack = {
  readonly amount: Cents
  readonly capturedAt: Instant
  readonly billingUnitId: BillingUnitId
  readonly reference: string | null
  readonly invoices: readonly { readonly number: string; readonly due: Cents }[]
}

/** The taking back that an entry booked. */
export async function findTakenBack(
  read: Read,
  organisationId: OrganisationId,
  entryId: EntryId,
): Promise<TakenBack | undefined> {
  const found = await row<Omit<TakenBack, 'invoices'>>(
    read,
    sql`select k.amount_cents as amount, c.captured_at as "capturedAt",
        c.billing_unit_id as "billingUnitId", a.reference
      from capture_cancellation k
      join capture c on c.organisation_id = k.organisation_id and c.id = k.capture_id
      left join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
      where k.organisation_id = ${organisationId} and k.entry_id = ${entryId}`,
  )
  if (!found) return undefined
  const invoices = await rows<{ number: string; due: Cents }>(
    read,
    sql`select i.number, b.cents as due from posting p
      join invoice i on i.organisation_id = p.organisation_id and i.id = p.account_id
      join balance b on b.organisation_id = p.organisation_id and b.account_id = p.account_id
      where p.organisation_id = ${organisationId} and p.entry_id = ${entryId} order by p.line`,
  )
  return { ...found, invoices }
}
