// What the command line reads for the association: payments as booked, and what awaits somebody.
import type { Day, Instant } from '../kernel/dates.ts'
import type { OrganisationId, TaskId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'

/** A part of a payment: what it settled on one invoice, or what it left as credit. */
export type PaymentPart = {
  readonly paidOn: Day
  readonly receipt: string | null
  readonly reference: string | null
  readonly bankTransaction: string
  readonly family: string | null
  readonly familyKey: string | null
  readonly unit: string
  /** receivable, credit or suspense: the account the part was booked to. */
  readonly account: string
  readonly invoice: string | null
  readonly amount: Cents
  readonly means: string
}

/** Every part of every payment taken online in a period of Paris days, as the ledger booked it. */
export const listCaptureParts = (
  read: Read,
  organisationId: OrganisationId,
  from: Day,
  to: Day,
): Promise<PaymentPart[]> =>
  rows(
    read,
    sql<PaymentPart>`select (c.captured_at at time zone 'Europe/Paris')::date as "paidOn", r.number as receipt,
        pr.reference, c.bank_transaction as "bankTransaction", f.name as family, f.external_key as "familyKey",
        u.code as unit, a.kind as account, i.number as invoice, -p.cents as amount,
        trim(c.card_brand || ' ' || c.card_masked) as means
      from capture c
      join billing_unit u on u.organisation_id = c.organisation_id and u.id = c.billing_unit_id
      join posting p on p.organisation_id = c.organisation_id and p.entry_id = c.entry_id and p.cents < 0
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      left join family f on f.organisation_id = c.organisation_id and f.id = coalesce(a.family_id, c.family_id)
      left join receipt r on r.organisation_id = c.organisation_id and r.capture_id = c.id
      left join payment_reference pr on pr.organisation_id = c.organisation_id and pr.attempt_id = c.attempt_id
      where c.organisation_id = ${organisationId}
        and c.captured_at >= ${from}::timestamp at time zone 'Europe/Paris'
        and c.captured_at < (${to}::date + 1)::timestamp at time zone 'Europe/Paris'
      order by c.captured_at, c.bank_transaction, p.line`,
  )

/** The same for payments received elsewhere and taken over by imports. */
export const listElsewhereParts = (
  read: Read,
  organisationId: OrganisationId,
  from: Day,
  to: Day,
): Promise<PaymentPart[]> =>
  rows(
    read,
    sql<PaymentPart>`select e.received_on as "paidOn", null as receipt, e.external_key as reference,
        '' as "bankTransaction", f.name as family, f.external_key as "familyKey", u.code as unit,
        a.kind as account, i.number as invoice, -p.cents as amount, e.method as means
      from elsewhere_payment e
      join billing_unit u on u.organisation_id = e.organisation_id and u.id = e.billing_unit_id
      join family f on f.organisation_id = e.organisation_id and f.id = e.family_id
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.entry_id and p.cents < 0
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      where e.organisation_id = ${organisationId} and e.received_on between ${from} and ${to}
      order by e.received_on, e.external_key, p.line`,
  )

export type OpenTask = {
  readonly id: TaskId
  readonly kind: string
  readonly details: { readonly [name: string]: unknown }
  readonly since: Instant
}

/** The tasks nobody has done yet, oldest first. */
export const listOpenTasks = (read: Read, organisationId: OrganisationId): Promise<OpenTask[]> =>
  rows(
    read,
    sql<OpenTask>`select id, kind, details, created_at as since from task
      where organisation_id = ${organisationId} and done_at is null order by created_at, id`,
  )

/** Marks a task as done; false when there is no such open task. */
export async function finishTask(
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
  now: Instant,
): Promise<boolean> {
  const done = await tx
    .updateTable('task')
    .set({ done_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .returning('id')
    .execute()
  return done.length > 0
}

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

type OwnAddress = { readonly gateway: string; readonly id: string; readonly shopNumber: string }

/** Contracts that the bank notifies at an address of their own; Systempay's platform has one for all. */
export const listOwnAddresses = (read: Read, organisationId: OrganisationId): Promise<OwnAddress[]> =>
  rows(
    read,
    sql<OwnAddress>`select gateway, id, shop_number as "shopNumber" from bank_contract
      where organisation_id = ${organisationId} and gateway <> 'systempay' order by shop_number`,
  )
