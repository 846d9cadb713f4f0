import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'

/** Drafts not yet issued go to another file of the family; gives those that went. */
export async function moveDrafts(
  tx: Tx,
  organisationId: OrganisationId,
  from: FamilyId,
  to: FamilyId,
  ids?: readonly string[],
): Promise<string[]> {
  const moved = await rows<{ id: string }>(
    tx,
    sql`update invoice_draft set family_id = ${to} where organisation_id = ${organisationId}
      and family_id = ${from} and state in ('draft', 'checked')
      and (${ids === undefined} or id = any(${[...(ids ?? [])]}::uuid[])) returning id`,
  )
  return moved.map(({ id }) => id)
}
