import { findFamily, type FamilyHeader } from '../households/file-store.ts'
import { isVisible } from '../households/search-store.ts'
import type { FamilyId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { RightMissing } from '../staff/guard.ts'
import { reachOf, type Right } from '../staff/rights.ts'

/** A file of the organisation where the actor has the right; undefined when there is none. */
export async function reachFile(
  { db }: Services,
  actor: StaffActor,
  right: Right,
  id: FamilyId,
): Promise<FamilyHeader | undefined> {
  const { organisationId, grants } = actor
  const family = await findFamily(db, organisationId, id)
  if (!family) return undefined
  if (!(await isVisible(db, { organisationId, reach: reachOf(grants, right) }, family.id)))
    throw new RightMissing(right)
  return family
}
