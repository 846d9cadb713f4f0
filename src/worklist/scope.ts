// Whose work is counted: what a person reaches, less what was put off, or that alone.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { type RawBuilder, sql } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'

/** A check put off: at these units, and for what is of no unit. */
export type PutOff = { readonly unitIds: readonly BillingUnitId[]; readonly rest: boolean }
export const NOTHING_PUT_OFF: PutOff = { unitIds: [], rest: false }

export type Scope = {
  readonly organisationId: OrganisationId
  readonly reach: Reach
  readonly putOff: PutOff
  /** due: all but what was put off · later: what was put off. */
  readonly side: 'due' | 'later'
  readonly now: Instant
}

/** Whether a row of this unit is counted; what has no unit is for those who reach all. */
export function counted({ reach, putOff, side }: Scope, unit: RawBuilder<unknown>): RawBuilder<unknown> {
  const later = sql`coalesce(${unit} = any(${[...putOff.unitIds]}::uuid[]), ${putOff.rest}::boolean)`
  const seen = reach === 'all' ? sql`true` : sql`${unit} = any(${[...reach.unitIds]}::uuid[])`
  return side === 'due' ? sql`(${seen} and not ${later})` : sql`(${seen} and ${later})`
}

/** As `counted`, for what also has an establishment: holding that one is enough to see it. */
export function countedAt(
  scope: Scope,
  unit: RawBuilder<unknown>,
  establishment: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { reach } = scope
  if (reach === 'all') return counted(scope, unit)
  return sql`(${counted({ ...scope, reach: 'all' }, unit)} and (${unit} = any(${[...reach.unitIds]}::uuid[])
    or ${establishment} = any(${[...reach.establishmentIds]}::uuid[])))`
}

/** As `counted`, for what belongs to every unit of a contract. */
export const countedContract = (scope: Scope, contract: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select from billing_unit u where u.organisation_id = ${scope.organisationId}
    and u.contract_id = ${contract} and ${counted(scope, sql`u.id`)})`
