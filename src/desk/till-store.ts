// The till and its closings, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { CashMoves, Counts } from './till.ts'

/** What the ledger says moved in a unit's cash since ever. */
export async function readCashMoves(
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
): Promise<CashMoves> {
  const [found] = await rows<CashMoves>(
    read,
    sql`select coalesce(sum(p.cents) filter (where e.kind = 'desk'), 0)::bigint as received,
        coalesce(-sum(p.cents) filter (where e.kind not in ('desk', 'deposit')), 0)::bigint as "takenBack",
        coalesce(-sum(p.cents) filter (where e.kind = 'deposit'), 0)::bigint as deposited
      from account a
      join posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
      join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
      where a.organisation_id = ${organisationId} and a.billing_unit_id = ${unitId} and a.kind = 'cash'`,
  )
  return found as CashMoves
}

export type Closing = CashMoves & {
  readonly id: string
  readonly billingUnitId: BillingUnitId
  readonly closedOn: Day
  readonly float: Cents
  readonly counts: Counts
  readonly counted: Cents
  readonly reason: string | null
  readonly closedBy: string
  readonly closedAt: Instant
}

const CLOSING = sql`select id, billing_unit_id as "billingUnitId", closed_on as "closedOn",
    received_cents as received, taken_back_cents as "takenBack", deposited_cents as deposited,
    float_cents as float, counts, counted_cents as counted, reason, closed_by as "closedBy",
    closed_at as "closedAt" from till_closing`

/** A unit's latest closings, the newest first; those before `before` when it is given. */
export const listClosings = (
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
  limit: number,
  before?: Day,
): Promise<Closing[]> =>
  rows(
    read,
    sql<Closing>`${CLOSING} where organisation_id = ${organisationId} and billing_unit_id = ${unitId}
      and closed_on < coalesce(${before ?? null}::date, 'infinity') order by closed_on desc limit ${limit}`,
  )

export const findClosing = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<Closing | undefined> =>
  row(read, sql<Closing>`${CLOSING} where organisation_id = ${organisationId} and id = ${id}`)
