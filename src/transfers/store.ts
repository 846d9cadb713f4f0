// Incoming transfers, in SQL.
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, Id, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'

export type TransferId = Id<'transfer'>

/** A transfer that waits for a person. */
export type WaitingTransfer = {
  readonly id: TransferId
  readonly iban: string
  readonly bookedOn: Day
  readonly amount: Cents
  readonly payerName: string
  readonly words: string
}

const WAITING = sql`id, iban, booked_on as "bookedOn", amount_cents as amount, payer_name as "payerName", words
  from transfer`

/** Transfers that wait, oldest first. */
export const listWaiting = (read: Read, organisationId: OrganisationId): Promise<WaitingTransfer[]> =>
  rows<WaitingTransfer>(
    read,
    sql`select ${WAITING} where organisation_id = ${organisationId} and state = 'waiting' order by booked_on, id`,
  )

/** One of them, locked until the transaction ends; undefined when it waits no longer. */
export async function lockWaiting(
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
): Promise<WaitingTransfer | undefined> {
  return row<WaitingTransfer>(
    tx,
    sql`select ${WAITING} where organisation_id = ${organisationId} and id::text = ${id} and state = 'waiting'
      for update`,
  )
}

/** The organisations whose units receive transfers on this account. */
export async function findHolders(read: Read, iban: string): Promise<OrganisationId[]> {
  const found = await rows<{ id: OrganisationId }>(
    read,
    sql`select distinct organisation_id as id from billing_unit where transfer_iban = ${iban}`,
  )
  return found.map(({ id }) => id)
}

/** Every organisation with an account for transfers. */
export async function listHolders(read: Read): Promise<OrganisationId[]> {
  const found = await rows<{ id: OrganisationId }>(
    read,
    sql`select distinct organisation_id as id from billing_unit where transfer_iban is not null`,
  )
  return found.map(({ id }) => id)
}

/** An invoice that a transfer may settle. */
export type Payable = {
  readonly id: InvoiceId
  readonly number: string
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly familyName: string
  /** The account of its unit, when it has one. */
  readonly iban: string | null
}

/** The invoices of these numbers, in the order given; unknown ones are left out. */
export const listPayable = (
  read: Read,
  organisationId: OrganisationId,
  numbers: readonly string[],
): Promise<Payable[]> =>
  rows<Payable>(
    read,
    sql`select i.id, i.number, i.billing_unit_id as "billingUnitId", i.family_id as "familyId",
        f.name as "familyName", u.transfer_iban as iban
      from invoice i
      join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
      join billing_unit u on u.organisation_id = i.organisation_id and u.id = i.billing_unit_id
      where i.organisation_id = ${organisationId} and i.number = any(${[...numbers]}::text[])
      order by array_position(${[...numbers]}::text[], i.number)`,
  )
