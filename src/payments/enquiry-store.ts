// Whom to ask the bank about, and what was asked, in SQL.
import { type Instant, DAY_MS, later } from '../kernel/dates.ts'
import type { AttemptId, ContractId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import { LADDER_MS, LONG_LADDER_MS, rungsAsked } from './chase-ladder.ts'

/** Rungs missed for longer than the platform keeps its orders are not caught up (F26). */
const CAUGHT_UP_MS = 90 * DAY_MS
/** At most so many attempts in one pass, in all and of one contract: a silent bank starves no other. */
const BATCH = 1_000
const BATCH_OF_CONTRACT = 400

export type AskedAttempt = {
  readonly organisationId: OrganisationId
  readonly id: AttemptId
  readonly contractId: ContractId
  readonly reference: string
}

/** A page of the bank that was left open beside a paid one is asked about as long as the ladder. */
const STILL_OPEN_MS = 4 * DAY_MS

/** Every sending, with when its next rung is due. */
const SENDINGS = sql`select a.organisation_id, a.id, a.contract_id, a.reference, s.sent_at
    + (case when a.state = 'awaited' then ${[...LONG_LADDER_MS]}::bigint[] else ${[...LADDER_MS]}::bigint[] end)[1 + coalesce((select max(e.rung) from enquiry e
        where e.organisation_id = s.organisation_id and e.attempt_id = s.attempt_id
          and e.sending = s.number), 0)] * interval '1 millisecond' as due_at
  from payment_attempt a
  join bank_contract c on c.organisation_id = a.organisation_id and c.id = a.contract_id
  join attempt_sending s on s.organisation_id = a.organisation_id and s.attempt_id = a.id`

/**
 * Attempts without a capture, whatever their state, that have a rung to ask, and those whose bank
 * opened more pages than brought money; the longest due first.
 */
export async function listDueAttempts(read: Read, now: Instant): Promise<AskedAttempt[]> {
  return rows<AskedAttempt>(
    read,
    sql`with sending as (
        ${SENDINGS} where a.sent_at > ${later(now, -CAUGHT_UP_MS)} and a.state <> 'captured' and c.askable
          and not exists (select from capture p where p.organisation_id = a.organisation_id and p.attempt_id = a.id)
        union all
        ${SENDINGS} where s.sent_at > ${later(now, -STILL_OPEN_MS)} and s.provider_reference is not null and c.askable
          and (select count(*) from capture p where p.organisation_id = a.organisation_id and p.attempt_id = a.id)
            between 1 and (select count(n.provider_reference) - 1 from attempt_sending n
              where n.organisation_id = a.organisation_id and n.attempt_id = a.id)
      ), attempt as (
        select organisation_id, id, contract_id, reference, min(due_at) as due_at,
          row_number() over (partition by organisation_id, contract_id order by min(due_at)) as place
        from sending where due_at <= ${now}
        group by organisation_id, id, contract_id, reference
      )
      select organisation_id as "organisationId", id, contract_id as "contractId", reference from attempt
      where place <= ${BATCH_OF_CONTRACT} order by place, due_at limit ${BATCH}`,
  )
}

/** Contracts that cannot be asked about what was sent to them, with the shop's number. */
export async function listSilentContracts(
  read: Read,
  now: Instant,
): Promise<{ organisationId: OrganisationId; contractId: ContractId; shopNumber: string }[]> {
  return rows(
    read,
    sql<{ organisationId: OrganisationId; contractId: ContractId; shopNumber: string }>`
      select c.organisation_id as "organisationId", c.id as "contractId", c.shop_number as "shopNumber"
      from bank_contract c
      where not c.askable and exists (select from payment_attempt a
        where a.organisation_id = c.organisation_id and a.contract_id = c.id and a.state <> 'captured'
          and a.sent_at between ${later(now, -CAUGHT_UP_MS)} and ${later(now, -(LADDER_MS[0] ?? 0))})`,
  )
}

/** Puts behind every sending of the attempt the rungs that one question asked at this instant. */
export async function recordEnquiry(
  tx: Tx,
  { organisationId, id }: AskedAttempt,
  askedAt: Instant,
  outcome: 'answered' | 'nothing' | 'failed',
): Promise<void> {
  const sendings = await rows<{ number: number; sentAt: Instant; rung: number }>(
    tx,
    sql`select s.number, s.sent_at as "sentAt", coalesce(max(e.rung), 0) as rung from attempt_sending s
      left join enquiry e on e.organisation_id = s.organisation_id and e.attempt_id = s.attempt_id
        and e.sending = s.number
      where s.organisation_id = ${organisationId} and s.attempt_id = ${id}
      group by s.number, s.sent_at`,
  )
  const asked = sendings.flatMap((sending) =>
    rungsAsked(sending, askedAt).map(({ rung, isSkipped }) => ({
      organisation_id: organisationId,
      attempt_id: id,
      sending: sending.number,
      rung,
      asked_at: askedAt,
      outcome: isSkipped ? 'skipped' : outcome,
    })),
  )
  if (asked.length === 0) return
  await tx
    .insertInto('enquiry')
    .values(asked)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
