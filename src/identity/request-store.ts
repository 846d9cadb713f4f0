// What families ask to have changed, in SQL.
import type { Instant } from '../kernel/dates.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { FamilyActor } from './actor.ts'
import type { ChangeRequest, RequestId, RequestSubject, RequestValues } from './change-request.ts'

/** The family's requests that wait, then the last answers; newest first. */
export const listOwnRequests = (read: Read, actor: FamilyActor, limit: number): Promise<ChangeRequest[]> =>
  rows(
    read,
    sql<ChangeRequest>`select r.id, r.subject, r.about_id as "aboutId",
        coalesce(trim(c.first_name || ' ' || c.last_name), trim(a.first_name || ' ' || a.last_name)) as "aboutName",
        r.stood, r.wanted, r.asked_at as "askedAt", r.outcome, r.decided_at as "decidedAt", r.reason
      from change_request r
      left join child c on r.subject = 'child' and c.organisation_id = r.organisation_id and c.id = r.about_id
      left join adult a on r.subject = 'name' and a.organisation_id = r.organisation_id and a.id = r.about_id
      where r.organisation_id = ${actor.organisationId} and r.family_id = ${actor.familyId}
        and r.outcome is distinct from 'withdrawn'
        -- A name is its bearer's affair.
        and (r.subject <> 'name' or r.about_id = ${actor.adultId})
      order by r.asked_at desc, r.id desc limit ${limit}`,
  )

/** Keeps a request; one that waits about the same thing becomes this one. */
export async function putRequest(
  tx: Tx,
  actor: FamilyActor,
  asked: {
    readonly subject: RequestSubject
    readonly aboutId: string
    readonly stood: RequestValues
    readonly wanted: RequestValues
  },
  now: Instant,
): Promise<void> {
  await sql`insert into change_request
      (organisation_id, id, family_id, adult_id, subject, about_id, stood, wanted, asked_at)
    values (${actor.organisationId}, ${newId<'changeRequest'>(now)}, ${actor.familyId}, ${actor.adultId},
      ${asked.subject}, ${asked.aboutId}, ${JSON.stringify(asked.stood)}, ${JSON.stringify(asked.wanted)}, ${now})
    on conflict (organisation_id, subject, about_id) where decided_at is null do update set
      adult_id = excluded.adult_id, stood = excluded.stood, wanted = excluded.wanted, asked_at = excluded.asked_at
    `.execute(tx)
}

/** Takes back a request that nobody answered yet; false when there is none. */
export async function withdrawRequest(
  tx: Tx,
  actor: FamilyActor,
  id: RequestId,
  now: Instant,
): Promise<boolean> {
  const updated = await tx
    .updateTable('change_request')
    .set({ outcome: 'withdrawn', decided_at: now })
    .where('organisation_id', '=', actor.organisationId)
    .where('family_id', '=', actor.familyId)
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .where((eb) => eb.or([eb('subject', '!=', 'name'), eb('about_id', '=', actor.adultId)]))
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}
