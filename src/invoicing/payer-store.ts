// Who else may pay what is invoiced of a family's children, in SQL.
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'

export type OtherPayer = {
  readonly familyId: FamilyId
  readonly name: string
  /** The children that both files have, « Léo, Zoé ». */
  readonly children: string
}

/** The other payers' files that have a child of this one too. */
export const listOtherPayers = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<OtherPayer[]> =>
  rows<OtherPayer>(
    read,
    sql`with mine as (
        select id from child where organisation_id = ${organisationId} and family_id = ${familyId}
        union select child_id from child_dossier
          where organisation_id = ${organisationId} and family_id = ${familyId} and until_on is null
      ), files as (
        select c.family_id, c.id from mine join child c on c.organisation_id = ${organisationId} and c.id = mine.id
        union select d.family_id, d.child_id from mine
          join child_dossier d on d.organisation_id = ${organisationId} and d.child_id = mine.id
            and d.until_on is null
      )
      select f.id as "familyId", f.name, string_agg(c.first_name, ', ' order by c.born_on, c.first_name) as children
      from files join child c on c.organisation_id = ${organisationId} and c.id = files.id
      join family f on f.organisation_id = ${organisationId} and f.id = files.family_id
      where f.id <> ${familyId} and f.merged_into is null
      group by f.id, f.name order by f.name, f.id`,
  )
