// Files of transfers and what they carry, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, ContractId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'

/** A refund that waits to leave by transfer. */
export type ReadyTransfer = {
  readonly refundId: string
  readonly requestId: string
  readonly unitId: BillingUnitId
  readonly unitName: string
  /** The shop that could not give it back. */
  readonly contractId: ContractId
  readonly familyName: string
  readonly amount: Cents
  readonly approvedAt: Instant
  /** Null while no account was given. */
  readonly accountId: string | null
  readonly holder: string | null
  readonly masked: string | null
  readonly sealed: string | null
  readonly isChecked: boolean
  /** The account that pays: null when the unit has none. */
  readonly beneficiary: string | null
  readonly iban: string | null
  readonly bic: string | null
}

/** So many at once: a file is read by a person. */
const MOST = 500

const READY = sql`select r.id as "refundId", q.id as "requestId", r.billing_unit_id as "unitId",
    u.name as "unitName", c.contract_id as "contractId", f.name as "familyName", r.amount_cents as amount, d.decided_at as "approvedAt",
    a.id as "accountId", a.holder, a.iban_masked as masked, a.iban_sealed as sealed,
    k.account_id is not null as "isChecked", u.transfer_beneficiary as beneficiary,
    u.transfer_iban as iban, u.transfer_bic as bic
  from refund r
  join capture c on c.organisation_id = r.organisation_id and c.id = r.capture_id
  join refund_refusal x on x.organisation_id = r.organisation_id and x.refund_id = r.id
  join refund_decision d on d.organisation_id = r.organisation_id and d.refund_id = r.id
  join refund_request q on q.organisation_id = d.organisation_id and q.id = d.request_id
  join billing_unit u on u.organisation_id = r.organisation_id and u.id = r.billing_unit_id
  join family f on f.organisation_id = r.organisation_id and f.id = r.family_id
  left join lateral (select o.id, o.holder, o.iban_masked, o.iban_sealed from payout_account o
    where o.organisation_id = q.organisation_id and o.request_id = q.id
    order by o.given_at desc, o.id desc limit 1) a on true
  left join payout_account_check k on k.organisation_id = r.organisation_id and k.account_id = a.id`
const waiting = (organisationId: OrganisationId) => sql`r.organisation_id = ${organisationId}
  and r.state = 'requested' and not exists (select from transfer_file_line l
    where l.organisation_id = r.organisation_id and l.refund_id = r.id)`

/** Approved refunds that no card takes and no file carries, the oldest first. */
export const listReady = (read: Read, organisationId: OrganisationId): Promise<ReadyTransfer[]> =>
  rows(
    read,
    sql<ReadyTransfer>`${READY} where ${waiting(organisationId)} order by d.decided_at, r.id limit ${MOST}`,
  )

/** Those of them, locked until the transaction ends, in one order for everybody. */
export const lockReady = (
  tx: Tx,
  organisationId: OrganisationId,
  refundIds: readonly string[],
): Promise<ReadyTransfer[]> =>
  rows(
    tx,
    sql<ReadyTransfer>`${READY} where ${waiting(organisationId)} and r.id = any(${[...refundIds]}::uuid[])
      order by r.id for update of r`,
  )

export type TransferFile = {
  readonly id: string
  readonly messageId: string
  readonly executionOn: Day
  readonly transfers: number
  readonly total: Cents
  readonly madeName: string
  readonly madeAt: Instant
  readonly downloads: number
  readonly firstName: string | null
  readonly firstAt: Instant | null
  /** How many ended, one way or another. */
  readonly ended: number
  readonly unitIds: readonly BillingUnitId[]
}

const FILE = sql`select t.id, t.message_id as "messageId", t.execution_on as "executionOn", t.transfers,
    t.total_cents as total, t.made_name as "madeName", t.made_at as "madeAt",
    (select count(*) from transfer_file_download w where w.organisation_id = t.organisation_id
      and w.file_id = t.id)::integer as downloads,
    w.downloaded_name as "firstName", w.downloaded_at as "firstAt",
    (select count(distinct o.refund_id) from transfer_file_line l
      join transfer_outcome o on o.organisation_id = l.organisation_id and o.refund_id = l.refund_id
      where l.organisation_id = t.organisation_id and l.file_id = t.id)::integer as ended,
    array(select distinct r.billing_unit_id::text from transfer_file_line l
      join refund r on r.organisation_id = l.organisation_id and r.id = l.refund_id
      where l.organisation_id = t.organisation_id and l.file_id = t.id) as "unitIds"
  from transfer_file t
  left join transfer_file_download w on w.organisation_id = t.organisation_id and w.file_id = t.id
    and w.number = 1`

/** The latest files. */
export const listFiles = (read: Read, organisationId: OrganisationId): Promise<TransferFile[]> =>
  rows(
    read,
    sql<TransferFile>`${FILE} where t.organisation_id = ${organisationId} order by t.made_at desc limit 50`,
  )

export const findFile = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<TransferFile | undefined> =>
  row(read, sql<TransferFile>`${FILE} where t.organisation_id = ${organisationId} and t.id = ${id}`)

export type Outcome = 'sent' | 'executed' | 'rejected' | 'returned'
export type SentTransfer = {
  readonly refundId: string
  readonly requestId: string
  readonly familyId: FamilyId
  readonly familyName: string
  readonly holder: string
  readonly masked: string
  readonly endToEnd: string
  readonly amount: Cents
  readonly outcome: Outcome
  readonly happenedOn: Day | null
  readonly reason: string | null
}

/** What a file carries, in its own order. */
export const listSent = (
  read: Read,
  organisationId: OrganisationId,
  fileId: string,
): Promise<SentTransfer[]> =>
  rows(
    read,
    sql<SentTransfer>`select l.refund_id as "refundId", d.request_id as "requestId",
        r.family_id as "familyId", f.name as "familyName", a.holder, a.iban_masked as masked,
        l.end_to_end as "endToEnd", l.amount_cents as amount, coalesce(o.outcome, 'sent') as outcome,
        o.happened_on as "happenedOn", o.reason
      from transfer_file_line l
      join refund r on r.organisation_id = l.organisation_id and r.id = l.refund_id
      join refund_decision d on d.organisation_id = r.organisation_id and d.refund_id = r.id
      join family f on f.organisation_id = r.organisation_id and f.id = r.family_id
      join payout_account a on a.organisation_id = l.organisation_id and a.id = l.account_id
      left join lateral (select x.outcome, x.happened_on, x.reason from transfer_outcome x
        where x.organisation_id = l.organisation_id and x.refund_id = l.refund_id
        order by x.outcome = 'executed' limit 1) o on true
      where l.organisation_id = ${organisationId} and l.file_id = ${fileId}
      order by f.name, l.refund_id`,
  )

export type FileLine = {
  readonly refundId: string
  readonly unitId: BillingUnitId
  readonly endToEnd: string
  readonly amount: Cents
  readonly isExecuted: boolean
  readonly isRejected: boolean
  readonly isReturned: boolean
}

/**
 * The transfers that the bank's own references name: one by its end-to-end id, or all of a payment
 * information, or of a file, booked as one debit.
 */
export const listNamed = (
  read: Read,
  organisationId: OrganisationId,
  references: readonly string[],
): Promise<(FileLine & { readonly isWhole: boolean })[]> =>
  rows(
    read,
    sql<FileLine & { isWhole: boolean }>`select l.refund_id as "refundId", r.billing_unit_id as "unitId", l.end_to_end as "endToEnd",
        l.amount_cents as amount, not l.end_to_end = any(${[...references]}::text[]) as "isWhole",
        ${ended('executed')} as "isExecuted", ${ended('rejected')} as "isRejected",
        ${ended('returned')} as "isReturned"
      from transfer_file_line l
      join refund r on r.organisation_id = l.organisation_id and r.id = l.refund_id
      where l.organisation_id = ${organisationId} and (
        l.end_to_end = any(${[...references]}::text[]) or l.payment_id = any(${[...references]}::text[])
        or l.file_id in (select id from transfer_file t where t.organisation_id = ${organisationId}
          and t.message_id = any(${[...references]}::text[])))
      order by l.refund_id`,
  )
const ended = (outcome: Outcome) => sql`exists (select from transfer_outcome o
  where o.organisation_id = l.organisation_id and o.refund_id = l.refund_id and o.outcome = ${outcome})`

/** Whether a file carries this refund to the bank: nothing else may pay it. */
export async function isInFile(
  read: Read,
  organisationId: OrganisationId,
  refundId: string,
): Promise<boolean> {
  const found = await row<{ id: string }>(
    read,
    sql`select file_id as id from transfer_file_line
      where organisation_id = ${organisationId} and refund_id = ${refundId}`,
  )
  return found !== undefined
}
