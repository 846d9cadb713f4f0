// Whose file a page may show: another organisation's is not found, another establishment's is refused.
import type { Context } from 'hono'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { Detour, RightMissing } from '../staff/guard.ts'
import { reachOf, type Right } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'
import { type FamilyHeader, findFamily } from './file-store.ts'
import { isVisible, type Whose } from './search-store.ts'

/** The families that somebody may see, or do this with. */
export const whoseOf = (actor: StaffActor, right: Right = 'family.read'): Whose => ({
  organisationId: actor.organisationId,
  reach: reachOf(actor.grants, right),
})

/**
 * The family of this address; a file merged into another leads to the one kept. Throws
 * `RightMissing` when it is another establishment's.
 */
export async function requireFamilyFile(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  right: Right,
): Promise<FamilyHeader> {
  const id = readId<'family'>(c.req.param('id'))
  const family = id && (await findFamily(db, actor.organisationId, id))
  if (!family) return notFound()
  if (!(await isVisible(db, whoseOf(actor, right), family.id))) throw new RightMissing(right)
  if (family.mergedInto !== null) throw new Detour(`${paths.office.family(family.mergedInto)}?note=fusionne`)
  return family
}
