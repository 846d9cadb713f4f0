// What awaits somebody without being a task, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'

export type PendingMessage = {
  readonly outcome: 'refused_test' | 'waiting' | 'failed'
  readonly shopNumber: string
  readonly since: Instant
  readonly note: string | null
  /** What the bank said it took, in cents; read from the message as it came. */
  readonly amount: string | null
}

/**
 * Messages of the bank that were not booked, oldest first: those still to apply, and those refused
 * since `refusedSince`. What was set aside has a task of its own.
 */
export const listPendingMessages = (
  read: Read,
  organisationId: OrganisationId,
  refusedSince: Instant,
): Promise<PendingMessage[]> =>
  rows(
    read,
    sql<PendingMessage>`select m.outcome, c.shop_number as "shopNumber", m.received_at as since, m.note,
        substring(m.raw from 'vads_amount=([0-9]{1,12})(&|$)') as amount
      from bank_message m
      join bank_contract c on c.organisation_id = m.organisation_id and c.id = m.contract_id
      where m.organisation_id = ${organisationId}
        and (m.outcome in ('waiting', 'failed') or m.outcome = 'refused_test' and m.received_at > ${refusedSince})
      order by m.received_at, m.id`,
  )

export type FailingMail = {
  readonly kind: string
  readonly recipient: string
  readonly since: Instant
  readonly attempts: number
  readonly error: string
}

/** Mails that were tried and have not left. */
export const listFailingMails = (read: Read, organisationId: OrganisationId): Promise<FailingMail[]> =>
  rows(
    read,
    sql<FailingMail>`select kind, recipient, planned_at as since, attempts, last_error as error from mail
      where organisation_id = ${organisationId} and sent_at is null and last_error is not null
      order by planned_at, id`,
  )

/** How many there are, their sum in cents, and since when the oldest waits. */
export type Pile = {
  readonly count: number
  readonly cents: Cents | null
  readonly oldest: Instant | null
}

const NONE: Pile = { count: 0, cents: null, oldest: null }

/** Billing units that a query is narrowed to; undefined: all of them. */
type Units = readonly BillingUnitId[] | undefined
const within = (units: Units) =>
  units === undefined ? sql`` : sql`and billing_unit_id = any(${[...units]}::uuid[])`

/** Refunds asked for and not yet paid. */
export const pileOfRefunds = async (
  read: Read,
  organisationId: OrganisationId,
  units: Units,
): Promise<Pile> =>
  (await row<Pile>(
    read,
    sql`select count(*)::integer as count, sum(amount_cents)::bigint as cents, min(requested_at) as oldest
      from refund where organisation_id = ${organisationId} and state = 'requested' ${within(units)}`,
  )) ?? NONE

/** Cheques and vouchers at the desk that are on no slip, undone ones left out. */
export const pileOfDeposits = async (
  read: Read,
  organisationId: OrganisationId,
  units: Units,
): Promise<Pile> =>
  (await row<Pile>(
    read,
    sql`select count(*)::integer as count, sum(amount_cents)::bigint as cents, min(recorded_at) as oldest
      from desk_payment d
      where d.organisation_id = ${organisationId} and d.method in ('cheque', 'voucher', 'cesu') ${within(units)}
        and not exists (select from deposited_payment p
          where p.organisation_id = d.organisation_id and p.desk_payment_id = d.id)
        and not exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id)`,
  )) ?? NONE
