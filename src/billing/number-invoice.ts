import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { row, rows, sql, type Tx } from '../platform/db.ts'

const DIGITS = 6

/**
 * The next `count` numbers of the unit's series: « TH002049 », without a gap, since the series stays
 * locked until the transaction ends. The first ones follow what was issued elsewhere. Refuses while
 * the other software numbers this series: two hands would give one number twice.
 */
export async function numberInvoices(
  tx: Tx,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
  count: number,
): Promise<Result<readonly string[], 'numbered-elsewhere'>> {
  const [unit] = await rows<{ series: string; source: string | null }>(
    tx,
    sql`update billing_unit set series_source = coalesce(series_source, 'preau')
      where organisation_id = ${organisationId} and id = ${unitId} returning series, series_source as source`,
  )
  if (unit?.source !== 'preau') return fail('numbered-elsewhere')
  const { series } = unit
  const name = `invoice ${series}`
  const known = await row<{ last: number }>(
    tx,
    sql`update number_series set last = last + ${count}
      where organisation_id = ${organisationId} and name = ${name} returning last`,
  )
  const last = known?.last ?? (await beginSeries(tx, organisationId, { name, series }, count))
  return ok(
    Array.from(
      { length: count },
      (_, index) => series + String(last - count + index + 1).padStart(DIGITS, '0'),
    ),
  )
}

/** After the highest number that the series had: the row of the unit, locked above, lets one in at a time. */
async function beginSeries(
  tx: Tx,
  organisationId: OrganisationId,
  { name, series }: { name: string; series: string },
  count: number,
): Promise<number> {
  const begun = await row<{ last: number }>(
    tx,
    sql`insert into number_series (organisation_id, name, last)
      select ${organisationId}, ${name}, coalesce(max(substring(number from '[0-9]+$')::integer), 0) + ${count}::integer
      from invoice where organisation_id = ${organisationId} and number ~ ${`^${series}[0-9]+$`}
      returning last`,
  )
  return begun?.last ?? 0
}

/** From now on Préau numbers this series, for good: an import of its invoices is refused. */
export async function takeOverSeries(
  tx: Tx,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
): Promise<void> {
  await sql`update billing_unit set series_source = 'preau'
    where organisation_id = ${organisationId} and id = ${unitId}`.execute(tx)
}
