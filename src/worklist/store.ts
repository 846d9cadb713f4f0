// What awaits somebody without being a task, one by one, for the terminal.
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'

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
