import { pileOfRequests } from '../households/request-store.ts'
import { type Read, row, sql } from '../platform/db.ts'
import type { Pile } from './pile-store.ts'
import { counted, type Scope } from './scope.ts'

/** What families asked to have changed and nobody answered, of those that this person sees. */
export async function findRequests(read: Read, scope: Scope): Promise<Pile> {
  const { putOff, side, organisationId } = scope
  if (side === 'due' && putOff.unitIds.length === 0 && !putOff.rest)
    return { ...(await pileOfRequests(read, scope)), cents: null }
  const found = await row<Pile>(
    read,
    sql`select count(*)::integer as count, null as cents, min(r.asked_at) as oldest from change_request r
      where r.organisation_id = ${organisationId} and r.decided_at is null
        and exists (select from family_unit u where u.organisation_id = r.organisation_id
          and u.family_id = r.family_id and ${counted(scope, sql`u.billing_unit_id`)})`,
  )
  return found ?? { count: 0, cents: null, oldest: null }
}
