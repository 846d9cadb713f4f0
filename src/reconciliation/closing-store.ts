// Days that were closed, and days that have something to check, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Cents, subtract } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Comparison } from './comparison.ts'
import type { CheckedDay } from './store.ts'

export type Closing = {
  readonly comparison: Comparison
  readonly reserve: string | null
  readonly by: string
  readonly at: Instant
}

/** The closing of a day, with the comparison as it stood. */
export async function findClosing(
  read: Read,
  { organisationId, contractId, day }: CheckedDay,
): Promise<Closing | undefined> {
  const found = await row<Omit<Closing, 'comparison'> & { content: string }>(
    read,
    sql`select content, reserve, closed_name as by, closed_at as at from reconciliation_closing
      where organisation_id = ${organisationId} and contract_id = ${contractId} and day_on = ${day}`,
  )
  return found && { ...found, comparison: thaw(found.content) }
}

const thaw = (content: string): Comparison =>
  JSON.parse(content, (name, value: unknown) =>
    name === 'at' && typeof value === 'string' ? new Date(value) : value,
  ) as Comparison

/** Keeps a closing; false when somebody closed the day before. */
export async function insertClosing(
  tx: Tx,
  { organisationId, contractId, day }: CheckedDay,
  comparison: Comparison,
  signed: { readonly reserve: string | null; readonly staffId: StaffId; readonly name: string },
  now: Instant,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('reconciliation_closing')
    .values({
      organisation_id: organisationId,
      id: newId<'closing'>(now),
      contract_id: contractId,
      day_on: day,
      bank_cents: comparison.bank,
      portal_cents: comparison.portal,
      differences: comparison.differences.length,
      content: JSON.stringify(comparison),
      reserve: signed.reserve,
      closed_by: signed.staffId,
      closed_name: signed.name,
      closed_at: now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'contract_id', 'day_on']).doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type ClosedDay = {
  readonly day: Day
  readonly gap: Cents
  readonly differences: number
  readonly reserve: string | null
  readonly by: string
}

/** Closed days of a period. */
export async function listClosedDays(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  from: Day,
  to: Day,
): Promise<ClosedDay[]> {
  const found = await rows<Omit<ClosedDay, 'gap'> & { bank: Cents; portal: Cents }>(
    read,
    sql`select day_on as day, bank_cents as bank, portal_cents as portal, differences, reserve, closed_name as by
      from reconciliation_closing
      where organisation_id = ${organisationId} and contract_id = ${contractId}
        and day_on between ${from} and ${to}`,
  )
  return found.map(({ bank, portal, ...one }) => ({ ...one, gap: subtract(bank, portal) }))
}

/** Days of a period on which the bank or the portal moved money, latest first. */
export async function listBusyDays(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  from: Day,
  to: Day,
): Promise<Day[]> {
  const found = await rows<{ day: Day }>(
    read,
    sql`select day from (
        select (happened_at at time zone 'Europe/Paris')::date as day from journal_line
          where organisation_id = ${organisationId} and contract_id = ${contractId}
            and happened_at > ${from}::date - 1 and happened_at < ${to}::date + 2
        union select (captured_at at time zone 'Europe/Paris')::date from capture
          where organisation_id = ${organisationId} and contract_id = ${contractId}
            and captured_at > ${from}::date - 1 and captured_at < ${to}::date + 2
      ) busy where day between ${from} and ${to} order by day desc`,
  )
  return found.map(({ day }) => day)
}
