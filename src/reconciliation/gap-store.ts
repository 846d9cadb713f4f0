// What the last comparison of an open day found, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import type { CheckedDay } from './store.ts'

/** Contracts that serve a unit, of every organisation. */
export const listServingContracts = (
  read: Read,
): Promise<{ readonly organisationId: OrganisationId; readonly contractId: ContractId }[]> =>
  rows(
    read,
    sql`select distinct organisation_id as "organisationId", contract_id as "contractId"
      from billing_unit where contract_id is not null`,
  )

/**
 * Open days of a contract to compare: those never compared, those with differences, those of which a
 * journal was read since, and all of them now and then. Those compared longest ago come first.
 */
export async function listDaysToCompare(
  read: Read,
  { organisationId, contractId }: Omit<CheckedDay, 'day'>,
  asked: { readonly since: Instant; readonly staleAt: Instant; readonly limit: number },
): Promise<Day[]> {
  const found = await rows<{ day: Day }>(
    read,
    sql`with told as (
        select (l.happened_at at time zone 'Europe/Paris')::date as day, max(f.read_at) as read_at
        from journal_line l
        join journal_file f on f.organisation_id = l.organisation_id and f.id = l.file_id
        where l.organisation_id = ${organisationId} and l.contract_id = ${contractId}
          and l.happened_at >= ${asked.since}
        group by 1
        union select g.day_on, null from reconciliation_gap g
          where g.organisation_id = ${organisationId} and g.contract_id = ${contractId} and g.differences > 0)
      select told.day from told
      left join reconciliation_gap g on g.organisation_id = ${organisationId}
        and g.contract_id = ${contractId} and g.day_on = told.day
      where not exists (select from reconciliation_closing c where c.organisation_id = ${organisationId}
          and c.contract_id = ${contractId} and c.day_on = told.day)
        and (g.compared_at is null or g.differences > 0 or g.compared_at <= told.read_at
          or g.compared_at <= ${asked.staleAt})
      group by told.day, g.compared_at order by g.compared_at nulls first, told.day limit ${asked.limit}`,
  )
  return found.map(({ day }) => day)
}

/** Writes what a comparison found: differences that no task tells of, and what they make of the gap. */
export async function keepGap(
  tx: Tx,
  { organisationId, contractId, day }: CheckedDay,
  found: { readonly differences: number; readonly gap: Cents },
  now: Instant,
): Promise<void> {
  await sql`insert into reconciliation_gap
      (organisation_id, contract_id, day_on, gap_cents, differences, compared_at)
    values (${organisationId}, ${contractId}, ${day}, ${found.gap}, ${found.differences}, ${now})
    on conflict (organisation_id, contract_id, day_on) do update
      set gap_cents = excluded.gap_cents, differences = excluded.differences,
        compared_at = excluded.compared_at`.execute(tx)
}
