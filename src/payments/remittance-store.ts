// What the bank's reconciliation reports proved, in SQL.
import { addDays, type Day, type Instant, type Period, parisInstant } from '../kernel/dates.ts'
import type { AttemptId, ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { RemittanceLine } from './bank-reports.ts'
import type { OpenContract } from './gateway.ts'

const HALF_A_DAY = 43_200
const MOST_LISTED = 1_000

/** The payment of this order and number, when the line does not name its transaction: one of this amount first. */
export async function findNumberedCapture(
  read: Read,
  { organisationId, id: contractId }: OpenContract,
  { transactionNumber, amount, happenedAt }: RemittanceLine,
  attemptId: AttemptId | undefined,
): Promise<string | undefined> {
  const found = await row<{ bankTransaction: string }>(
    read,
    sql`select bank_transaction as "bankTransaction" from capture
      where organisation_id = ${organisationId} and contract_id = ${contractId}
        and transaction_number = ${transactionNumber}
        and attempt_id is not distinct from ${attemptId ?? null}::uuid
        and abs(extract(epoch from captured_at - ${happenedAt}::timestamptz)) < ${HALF_A_DAY}
      order by (amount_cents = ${amount}) desc, captured_at, id limit 1`,
  )
  return found?.bankTransaction
}

/** Whether another line credited the same payment. Whoever asks holds the capture's lock. */
export async function isCreditedElsewhere(
  read: Read,
  organisationId: OrganisationId,
  captureId: string,
  hash: Buffer,
): Promise<boolean> {
  const found = await row<{ known: boolean }>(
    read,
    sql`select exists (select from remittance_line
      where organisation_id = ${organisationId} and capture_id = ${captureId} and sha256 <> ${hash}) as known`,
  )
  return found?.known ?? false
}

/** Whether a refund of this amount was paid on this order, asked for here or found at the bank. */
export async function isPaidBack(
  read: Read,
  { organisationId, id: contractId }: OpenContract,
  { reference, amount }: RemittanceLine,
): Promise<boolean> {
  const found = await row<{ known: boolean }>(
    read,
    sql`select exists (
        select from capture c
        join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
        where c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
          and a.reference = ${reference}
          and (exists (select from refund r where r.organisation_id = c.organisation_id
              and r.capture_id = c.id and r.state = 'paid' and r.amount_cents = ${amount})
            or exists (select from bank_refund g where g.organisation_id = c.organisation_id
              and g.capture_id = c.id and g.amount_cents = ${amount}))) as known`,
  )
  return found?.known ?? false
}

type Contract = { readonly organisationId: OrganisationId; readonly contractId: ContractId }

const inPeriod = (column: string, { from, to }: Period) =>
  sql`${sql.ref(column)} >= ${parisInstant(from)} and ${sql.ref(column)} < ${parisInstant(addDays(to, 1))}`

/** One movement on the account: what the bank credited at once, less what it gave back. */
export type Remittance = {
  /** The bank's number and day of it; null when its reports do not say. */
  readonly remittance: string | null
  readonly remittedOn: Day | null
  readonly lines: number
  readonly amount: Cents
  /** Lines that the portal could not match with what it had booked. */
  readonly differences: number
}

/** The remittances that credited payments of these days of Paris, oldest first; a thousand at most. */
export const listRemittances = (
  read: Read,
  { organisationId, contractId }: Contract,
  period: Period,
): Promise<Remittance[]> =>
  rows(
    read,
    sql<Remittance>`select remittance, remitted_on as "remittedOn", count(*)::int as lines,
        coalesce(sum(case operation when 'debit' then amount_cents else -amount_cents end), 0)::bigint as amount,
        (count(*) filter (where outcome in ('set_aside', 'differs', 'unknown')))::int as differences
      from remittance_line
      where organisation_id = ${organisationId} and contract_id = ${contractId}
        and ${inPeriod('happened_at', period)}
      group by remittance, remitted_on
      order by remitted_on nulls last, remittance nulls last limit ${MOST_LISTED}`,
  )

/** A payment that no report has credited. */
export type Uncredited = {
  readonly captureId: string
  readonly bankTransaction: string
  readonly at: Instant
  /** What is left of it once what the bank took back before collecting is out. */
  readonly amount: Cents
}

/** The payments of these days of Paris that no report has credited yet, oldest first; a thousand at most. */
export const listUncredited = (
  read: Read,
  { organisationId, contractId }: Contract,
  period: Period,
): Promise<Uncredited[]> =>
  rows(
    read,
    sql<Uncredited>`select id as "captureId", bank_transaction as "bankTransaction", at, amount from (
        select c.id, c.bank_transaction, c.captured_at as at,
          (c.amount_cents - coalesce((select sum(k.amount_cents + k.refunded_cents) from capture_cancellation k
            where k.organisation_id = c.organisation_id and k.capture_id = c.id), 0))::bigint as amount
        from capture c
        where c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
          and ${inPeriod('c.captured_at', period)}
          and not exists (select from remittance_line l
            where l.organisation_id = c.organisation_id and l.capture_id = c.id)) waiting
      where amount > 0 order by at, id limit ${MOST_LISTED}`,
  )
