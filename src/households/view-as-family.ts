import type { AdultId, FamilyId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { setViewedAdult } from '../staff/view-store.ts'

/**
 * From now on this session shows the portal as this adult of the family sees it, read-only: written
 * in the journal, with the adult's name. False when the family has no such adult with an access.
 */
export function startViewing(
  { db, clock }: Services,
  actor: StaffActor,
  who: { readonly familyId: FamilyId; readonly adultId: AdultId },
  author: Author,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const adult = await tx
      .selectFrom('adult')
      .select(['adult.first_name', 'adult.last_name'])
      .where((eb) =>
        eb.or([
          eb(
            'adult.id',
            'in',
            eb.selectFrom('login').select('login.adult_id').whereRef('login.adult_id', '=', 'adult.id'),
          ),
          eb(
            'adult.id',
            'in',
            eb
              .selectFrom('adult_access')
              .select('adult_access.adult_id')
              .whereRef('adult_access.adult_id', '=', 'adult.id'),
          ),
        ]),
      )
      .where('adult.organisation_id', '=', actor.organisationId)
      .where('adult.family_id', '=', who.familyId)
      .where('adult.id', '=', who.adultId)
      .executeTakeFirst()
    if (!adult) return false
    await setViewedAdult(tx, actor.sessionHash, who.adultId)
    const object = `${adult.first_name} ${adult.last_name}`.trim()
    await recordAct(tx, author, { kind: 'family.viewed-as', familyId: who.familyId, object }, clock.now())
    return true
  })
}

/** Back to one's own work; gives the family that was looked at. */
export async function stopViewing({ db }: Services, actor: StaffActor): Promise<FamilyId | undefined> {
  const viewed = await db
    .selectFrom('staff_session')
    .innerJoin('adult', (join) =>
      join
        .onRef('adult.organisation_id', '=', 'staff_session.organisation_id')
        .onRef('adult.id', '=', 'staff_session.viewed_adult_id'),
    )
    .select('adult.family_id')
    .where('staff_session.token_hash', '=', actor.sessionHash)
    .executeTakeFirst()
  await db.transaction((tx) => setViewedAdult(tx, actor.sessionHash, null))
  return viewed && (viewed.family_id as FamilyId)
}
