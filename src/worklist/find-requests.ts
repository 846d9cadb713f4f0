import { pileOfRequests } from '../households/request-store.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may, reachOf } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import type { Pile } from './store.ts'
import { texts } from './texts.ts'

/** What families asked to have changed and nobody answered, of those that this person sees. */
export async function findRequests({ read, actor }: { readonly read: Read; readonly actor: StaffActor }) {
  const { organisationId, grants } = actor
  const whose = { organisationId, reach: reachOf(grants, 'worklist.read') }
  const pile: Pile = { ...(await pileOfRequests(read, whose)), cents: null }
  return may(grants, 'family.edit', 'anywhere') && pile.count > 0
    ? { ...pile, action: { href: paths.office.requests, label: texts.checks.requests.action } }
    : pile
}
