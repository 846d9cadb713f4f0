import type { Context } from 'hono'
import { findFamily, type FamilyHeader } from '../households/file-store.ts'
import { isVisible } from '../households/search-store.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { Detour, RightMissing } from '../staff/guard.ts'
import { reachOf, type Right } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'

/**
 * The file of this address: another organisation's is not found, another establishment's is refused, and
 * one that was closed leads to the file kept.
 */
export async function openFile(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  right: Right,
): Promise<FamilyHeader> {
  const id = readId<'family'>(c.req.param('id'))
  const family = id && (await reachFile(services, actor, right, id))
  if (!family) return notFound()
  if (family.mergedInto !== null) throw new Detour(paths.office.family(family.mergedInto))
  return family
}

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
