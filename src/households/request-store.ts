// What families asked to have changed, for those who answer, in SQL.
import type { ChangeRequest, RequestId } from '../identity/change-request.ts'
import type { Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { visible, type Whose } from './search-store.ts'

export type FamilyRequest = ChangeRequest & {
  readonly familyId: FamilyId
  readonly familyName: string
  /** Who asked; null when it was taken over from a task. */
  readonly adultId: AdultId | null
  readonly askedBy: string | null
  readonly decidedBy: string | null
}

const REQUEST = sql`select r.id, r.family_id as "familyId", f.name as "familyName", r.adult_id as "adultId",
    trim(p.first_name || ' ' || p.last_name) as "askedBy", r.subject, r.about_id as "aboutId",
    coalesce(trim(c.first_name || ' ' || c.last_name), trim(a.first_name || ' ' || a.last_name)) as "aboutName",
    r.stood, r.wanted, r.asked_at as "askedAt", r.outcome, r.decided_at as "decidedAt",
    r.decided_by as "decidedBy", r.reason
  from change_request r
  join family f on f.organisation_id = r.organisation_id and f.id = r.family_id
  left join adult p on p.organisation_id = r.organisation_id and p.id = r.adult_id
  left join child c on r.subject = 'child' and c.organisation_id = r.organisation_id and c.id = r.about_id
  left join adult a on r.subject = 'name' and a.organisation_id = r.organisation_id and a.id = r.about_id`

/** Requests nobody answered yet, oldest first. */
export const listWaitingRequests = (read: Read, whose: Whose, limit: number): Promise<FamilyRequest[]> =>
  rows(
    read,
    sql<FamilyRequest>`${REQUEST} where r.organisation_id = ${whose.organisationId} and r.decided_at is null
      ${visible(whose, sql`r.family_id`)} order by r.asked_at, r.id limit ${limit}`,
  )

/** One request, of a family that one may see. */
export const findRequest = (read: Read, whose: Whose, id: RequestId): Promise<FamilyRequest | undefined> =>
  row(
    read,
    sql<FamilyRequest>`${REQUEST} where r.organisation_id = ${whose.organisationId} and r.id = ${id}
      ${visible(whose, sql`r.family_id`)}`,
  )

/** As `findRequest`, and nobody else answers it until this transaction ends. */
export async function lockRequest(tx: Tx, whose: Whose, id: RequestId): Promise<FamilyRequest | undefined> {
  await sql`select 1 from change_request where organisation_id = ${whose.organisationId} and id = ${id}
    for update`.execute(tx)
  return findRequest(tx, whose, id)
}

/** Writes the answer. */
export async function writeAnswer(
  tx: Tx,
  { organisationId }: Whose,
  id: RequestId,
  answer: {
    readonly outcome: 'accepted' | 'refused'
    readonly by: string
    readonly reason: string | undefined
  },
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('change_request')
    .set({ outcome: answer.outcome, decided_at: now, decided_by: answer.by, reason: answer.reason ?? null })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
}

/** Where to write to who asked, while they may sign in. */
export const findAsker = (
  read: Read,
  { organisationId }: Whose,
  adultId: AdultId,
): Promise<{ loginId: LoginId; email: string } | undefined> =>
  row(
    read,
    sql<{ loginId: LoginId; email: string }>`select l.id as "loginId", coalesce(l.email, a.email) as email
      from adult a
      left join adult_access x on x.organisation_id = a.organisation_id and x.adult_id = a.id
      join login l on l.organisation_id = a.organisation_id and (l.adult_id = a.id or l.id = x.login_id)
      where a.organisation_id = ${organisationId} and a.id = ${adultId} and coalesce(l.email, a.email) is not null
        and l.blocked_at is null and a.left_on is null`,
  )
