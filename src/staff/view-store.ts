// « Voir comme la famille », in SQL: which adult a session of staff looks at the portal as.
import type { FamilyActor } from '../identity/actor.ts'
import type { AdultId } from '../kernel/ids.ts'
import { type Read, row, sql, type Tx } from '../platform/db.ts'
import type { StaffActor } from './actor.ts'

/** Begins, or with null ends, looking at the portal as an adult. */
export async function setViewedAdult(tx: Tx, sessionHash: Buffer, adultId: AdultId | null): Promise<void> {
  await tx
    .updateTable('staff_session')
    .set({ viewed_adult_id: adultId })
    .where('token_hash', '=', sessionHash)
    .execute()
}

/** The adult this session looks at the portal as: a reader, whatever the adult may do. */
export const findViewedAdult = async (
  read: Read,
  { sessionHash }: StaffActor,
  viewedBy: string,
): Promise<FamilyActor | undefined> => {
  const found = await row<Omit<FamilyActor, 'sessionHash' | 'role' | 'viewedBy'>>(
    read,
    sql`select a.organisation_id as "organisationId", a.family_id as "familyId", a.id as "adultId",
        l.id as "loginId", f.name as "familyName", a.first_name as "firstName", a.last_name as "lastName",
        coalesce(a.email, l.email) as email,
        array(select m.id from family m where m.organisation_id = f.organisation_id and m.merged_into = f.id)::text[]
          as merged
      from staff_session s
      join adult a on a.organisation_id = s.organisation_id and a.id = s.viewed_adult_id
      left join adult_access x on x.organisation_id = a.organisation_id and x.adult_id = a.id
      left join login o on o.organisation_id = a.organisation_id and o.adult_id = a.id
      join login l on l.id = coalesce(o.id, x.login_id)
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      where s.token_hash = ${sessionHash}`,
  )
  return found && { ...found, sessionHash, role: 'reader', viewedBy }
}
