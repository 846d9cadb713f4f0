// Slips and closings as the accounts want them, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { SlipKind } from './slip.ts'

/** The units whose money is told; undefined: all. */
export type Units = readonly BillingUnitId[] | undefined
const within = (column: string, units: Units) =>
  units === undefined ? sql`` : sql`and ${sql.ref(column)} = any(${[...units]}::uuid[])`

export type DepositedPiece = {
  readonly slip: string
  readonly unit: string
  readonly kind: SlipKind
  readonly depositedOn: Day
  readonly closedBy: string
  readonly family: string
  readonly payer: string
  readonly bank: string
  readonly mark: string
  readonly receivedOn: Day
  readonly amount: Cents
  readonly undone: boolean
}

/** Every piece of the latest slips, the newest slip first. */
export const listDepositedPieces = (
  read: Read,
  organisationId: OrganisationId,
  units: Units,
  limit: number,
): Promise<DepositedPiece[]> =>
  rows(
    read,
    sql<DepositedPiece>`select s.number as slip, u.code as unit, s.kind, s.deposited_on as "depositedOn",
        s.closed_by as "closedBy", f.name as family, d.payer_name as payer, d.bank_name as bank, d.mark,
        d.received_on as "receivedOn", d.amount_cents as amount, exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id) as undone
      from deposit_slip s
      join billing_unit u on u.organisation_id = s.organisation_id and u.id = s.billing_unit_id
      join deposited_payment p on p.organisation_id = s.organisation_id and p.slip = s.number
      join desk_payment d on d.organisation_id = p.organisation_id and d.id = p.desk_payment_id
      join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
      where s.organisation_id = ${organisationId} ${within('s.billing_unit_id', units)}
      order by s.closed_at desc, s.id desc, d.recorded_at, d.id limit ${limit}`,
  )

export type TillLine = {
  readonly unit: string
  readonly closedOn: Day
  readonly received: Cents
  readonly takenBack: Cents
  readonly deposited: Cents
  readonly float: Cents
  readonly counted: Cents
  readonly reason: string | null
  readonly closedBy: string
  readonly closedAt: Instant
}

/** The latest closings of the tills, the newest first. */
export const listTillLines = (
  read: Read,
  organisationId: OrganisationId,
  units: Units,
  limit: number,
): Promise<TillLine[]> =>
  rows(
    read,
    sql<TillLine>`select u.code as unit, t.closed_on as "closedOn", t.received_cents as received,
        t.taken_back_cents as "takenBack", t.deposited_cents as deposited, t.float_cents as float,
        t.counted_cents as counted, t.reason, t.closed_by as "closedBy", t.closed_at as "closedAt"
      from till_closing t
      join billing_unit u on u.organisation_id = t.organisation_id and u.id = t.billing_unit_id
      where t.organisation_id = ${organisationId} ${within('t.billing_unit_id', units)}
      order by t.closed_on desc, u.code limit ${limit}`,
  )
