// Deposit slips, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { DeskMethod } from './desk-payment.ts'
import { METHOD_OF, type SlipKind } from './slip.ts'

export type SlipLine = {
  readonly id: string
  readonly familyId: FamilyId
  readonly familyName: string
  readonly payerName: string
  readonly drawer: string
  readonly bankName: string
  readonly mark: string
  readonly amount: Cents
  readonly receivedOn: Day
  readonly recordedAt: Instant
  /** Bounced since, or undone. */
  readonly undone: boolean
}

const LINE = sql`select d.id, d.family_id as "familyId", f.name as "familyName", d.payer_name as "payerName",
    d.drawer, d.bank_name as "bankName", d.mark, d.amount_cents as amount, d.received_on as "receivedOn",
    d.recorded_at as "recordedAt", exists (select from entry e
      where e.organisation_id = d.organisation_id and e.reverses = d.entry_id) as undone
  from desk_payment d
  join family f on f.organisation_id = d.organisation_id and f.id = d.family_id`

/** What lies at a unit's desk and would leave on a slip of this kind: the first ones, in the order of entry. */
export const listDepositable = (
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
  kind: SlipKind,
  limit: number,
): Promise<SlipLine[]> =>
  rows(
    read,
    sql<SlipLine>`${LINE}
      where d.organisation_id = ${organisationId} and d.billing_unit_id = ${unitId}
        and d.method = ${METHOD_OF[kind]}
        and not exists (select from deposited_payment p
          where p.organisation_id = d.organisation_id and p.desk_payment_id = d.id)
        and not exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id)
      order by d.recorded_at, d.id limit ${limit}`,
  )

export type Pile = { readonly method: DeskMethod; readonly count: number; readonly cents: Cents }

/** How many wait at a unit's desk, by means of payment. */
export const listPiles = (
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
): Promise<Pile[]> =>
  rows(
    read,
    sql<Pile>`select d.method, count(*)::integer as count, sum(d.amount_cents)::bigint as cents
      from desk_payment d
      where d.organisation_id = ${organisationId} and d.billing_unit_id = ${unitId}
        and not exists (select from deposited_payment p
          where p.organisation_id = d.organisation_id and p.desk_payment_id = d.id)
        and not exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id)
      group by d.method`,
  )

export type ClosedSlip = {
  readonly id: string
  readonly number: string
  readonly billingUnitId: BillingUnitId
  readonly kind: SlipKind
  readonly payments: number
  readonly amount: Cents
  readonly depositedOn: Day
  readonly closedBy: string
  readonly closedAt: Instant
}

const SLIP = sql`select id, number, billing_unit_id as "billingUnitId", kind, payments, amount_cents as amount,
    deposited_on as "depositedOn", closed_by as "closedBy", closed_at as "closedAt" from deposit_slip`

/** A unit's latest slips, the newest first. */
export const listSlips = (
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
  limit: number,
): Promise<ClosedSlip[]> =>
  rows(
    read,
    sql<ClosedSlip>`${SLIP} where organisation_id = ${organisationId} and billing_unit_id = ${unitId}
      order by closed_at desc, id desc limit ${limit}`,
  )

export const findSlip = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<ClosedSlip | undefined> =>
  row(read, sql<ClosedSlip>`${SLIP} where organisation_id = ${organisationId} and id = ${id}`)

/** What a slip carries, in the order of entry. */
export const listSlipLines = (
  read: Read,
  organisationId: OrganisationId,
  number: string,
): Promise<SlipLine[]> =>
  rows(
    read,
    sql<SlipLine>`${LINE}
      join deposited_payment p on p.organisation_id = d.organisation_id and p.desk_payment_id = d.id
      where p.organisation_id = ${organisationId} and p.slip = ${number} order by d.recorded_at, d.id`,
  )
