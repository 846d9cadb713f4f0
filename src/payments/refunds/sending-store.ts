// What is asked of the banks for refunds, and their refusals, in SQL.
import { type Instant, MINUTE_MS } from '../../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../../kernel/ids.ts'
import type { Cents } from '../../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../../platform/db.ts'
import { AT_BANK, lockRefund } from './store.ts'

/** At most so many refunds in one pass. */
const BATCH = 200
/** A try whose fate is unknown is looked for after a minute, then two, four… never later than this. */
const LONGEST_WAIT_MINUTES = 60

export type RefundToPay = {
  readonly organisationId: OrganisationId
  readonly refundId: string
  readonly contractId: ContractId
  /** The order's reference, as the bank knows it. */
  readonly reference: string
  readonly bankTransaction: string
  readonly amount: Cents
  /** What the bank still counts under this transaction, this refund included. */
  readonly captured: Cents
  /** How many times it was sent before. */
  readonly tries: number
  readonly knownCredits: readonly string[]
}

/**
 * Refunds asked, that no bank has refused, and that are due: never sent, or sent long enough ago.
 * One of an order at a time, so that the bank's credit is never taken for another's of the same amount.
 */
export async function listRefundsToPay(read: Read, now: Instant): Promise<RefundToPay[]> {
  return rows<RefundToPay>(
    read,
    sql`with asked as (
        select r.organisation_id, r.id, r.capture_id, r.amount_cents, r.requested_at, c.contract_id,
          c.bank_transaction, c.amount_cents as captured, a.id as attempt_id, a.reference,
          (select count(*) from refund_sending s where s.organisation_id = r.organisation_id
            and s.refund_id = r.id)::integer as tries,
          (select max(s.sent_at) from refund_sending s where s.organisation_id = r.organisation_id
            and s.refund_id = r.id) as last_sent_at,
          row_number() over (partition by a.organisation_id, a.id
            order by (${AT_BANK}) desc, r.requested_at, r.id) as place
        from refund r
        join capture c on c.organisation_id = r.organisation_id and c.id = r.capture_id
        join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
        where r.state = 'requested' and not exists (select from refund_refusal f
          where f.organisation_id = r.organisation_id and f.refund_id = r.id)
      )
      select r.organisation_id as "organisationId", r.id as "refundId", r.contract_id as "contractId", r.reference,
        coalesce((select k.bank_transaction from capture_alias k where k.organisation_id = r.organisation_id
          and k.capture_id = r.capture_id and r.bank_transaction ~ '^[0-9]{14}-'), r.bank_transaction)
          as "bankTransaction",
        r.amount_cents as amount, r.tries,
        (r.captured - (select coalesce(sum(k.amount_cents + k.refunded_cents), 0) from capture_cancellation k
          where k.organisation_id = r.organisation_id and k.capture_id = r.capture_id))::bigint as captured,
        array(select substring(o.settlement_key from 6) from refund o
            join capture c on c.organisation_id = o.organisation_id and c.id = o.capture_id
            where c.organisation_id = r.organisation_id and c.attempt_id = r.attempt_id
              and o.settlement_key like 'bank %'
          union all
          select b.bank_transaction from bank_refund b
            join capture c on c.organisation_id = b.organisation_id and c.id = b.capture_id
            where c.organisation_id = r.organisation_id and c.attempt_id = r.attempt_id) as "knownCredits"
      from asked r
      where r.place = 1 and (r.last_sent_at is null or r.last_sent_at
        + least(power(2, least(r.tries, 10) - 1), ${LONGEST_WAIT_MINUTES}) * ${MINUTE_MS} * interval '1 millisecond' <= ${now})
      order by r.last_sent_at nulls first, r.requested_at, r.id limit ${BATCH}`,
  )
}

/** Remembers that a refund is about to be sent, once per try; false when it is not to be any more. */
export async function recordSending(
  tx: Tx,
  { organisationId, refundId, tries }: RefundToPay,
  now: Instant,
): Promise<boolean> {
  const refund = await lockRefund(tx, organisationId, refundId)
  if (refund?.state !== 'requested') return false
  const recorded = await tx
    .insertInto('refund_sending')
    .values({ organisation_id: organisationId, refund_id: refundId, number: tries + 1, sent_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst()
  return recorded !== undefined
}

/** Whether a refund was sent, and nothing says yet what became of it. */
export async function isStillAsked(read: Read, { organisationId, refundId }: RefundToPay): Promise<boolean> {
  const found = await row<{ id: string }>(
    read,
    sql`select id from refund where organisation_id = ${organisationId} and id = ${refundId}
      and state = 'requested'`,
  )
  return found !== undefined
}

/** Remembers, once per refund, that the bank does not pay it: nothing more is asked of it. */
export async function recordRefusal(
  tx: Tx,
  organisationId: OrganisationId,
  refundId: string,
  refusal: {
    readonly kind: 'incapable' | 'refused' | 'unread' | 'failed' | 'given_up'
    readonly code: string
  },
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('refund_refusal')
    .values({ organisation_id: organisationId, refund_id: refundId, ...refusal, refused_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether the bank's failed credit was heard of before. */
export async function wasRefusedBy(
  read: Read,
  organisationId: OrganisationId,
  bankTransaction: string,
): Promise<boolean> {
  const found = await rows<{ id: string }>(
    read,
    sql`select refund_id as id from refund_refusal
      where organisation_id = ${organisationId} and code = ${bankTransaction}`,
  )
  return found.length > 0
}
