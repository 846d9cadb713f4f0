// Blocks of « À traiter » that were put off, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'

export type Postponement = {
  readonly check: string
  /** Null: what is of no unit. */
  readonly unitId: BillingUnitId | null
  readonly until: Instant
  readonly reason: string
  readonly by: string
}

/** Those that still hold. */
export const listPostponements = (
  read: Read,
  organisationId: OrganisationId,
  now: Instant,
): Promise<Postponement[]> =>
  rows(
    read,
    sql<Postponement>`select check_name as check, billing_unit_id as "unitId", until_at as until, reason,
        postponed_by as by from worklist_postponement
      where organisation_id = ${organisationId} and until_at > ${now} order by until_at`,
  )

/** The units and the rest that a reach covers, as rows of (unit). */
const reached = (organisationId: OrganisationId, reach: Reach) =>
  reach === 'all'
    ? sql`select id from billing_unit where organisation_id = ${organisationId} union all select null`
    : sql`select id from billing_unit where organisation_id = ${organisationId}
        and id = any(${[...reach.unitIds]}::uuid[])`

/** Puts a check off everywhere in this reach; what was said before is replaced. */
export async function putOff(
  tx: Tx,
  organisationId: OrganisationId,
  reach: Reach,
  said: Omit<Postponement, 'unitId'>,
  now: Instant,
): Promise<void> {
  await sql`insert into worklist_postponement
      (organisation_id, check_name, billing_unit_id, until_at, reason, postponed_by, postponed_at)
    select ${organisationId}, ${said.check}, id, ${said.until}, ${said.reason}, ${said.by}, ${now}
    from (${reached(organisationId, reach)}) unit
    on conflict (organisation_id, check_name, billing_unit_id) do update
      set until_at = excluded.until_at, reason = excluded.reason, postponed_by = excluded.postponed_by,
        postponed_at = excluded.postponed_at`.execute(tx)
}

/** Takes a check up again everywhere in this reach; false when it was put off nowhere there. */
export async function takeUp(
  tx: Tx,
  organisationId: OrganisationId,
  reach: Reach,
  check: string,
): Promise<boolean> {
  const taken = await sql<{ check: string }>`delete from worklist_postponement
    where organisation_id = ${organisationId} and check_name = ${check}
      and (${reach === 'all'} or billing_unit_id = any(${reach === 'all' ? [] : [...reach.unitIds]}::uuid[]))
    returning check_name as check`.execute(tx)
  return taken.rows.length > 0
}
