// Mails that were tried and have not left, where somebody reaches the family they are for.
import type { Instant } from '../kernel/dates.ts'
import type { MailId } from '../kernel/ids.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { Pile } from './pile-store.ts'
import { counted, type Scope } from './scope.ts'

export type FailedMail = {
  readonly id: MailId
  readonly kind: string
  readonly recipient: string
  readonly since: Instant
  readonly attempts: number
  readonly error: string
}

/** The units of a mail: its own, its entry's, or those of the family it is for. */
const UNITS = sql`select (m.details ->> 'billingUnitId')::uuid as id where m.details ? 'billingUnitId'
  union select e.billing_unit_id from entry e
    where e.organisation_id = m.organisation_id and e.id = (m.details ->> 'entryId')::uuid
  union select f.billing_unit_id from family_unit f
    where f.organisation_id = m.organisation_id and f.family_id = coalesce((m.details ->> 'familyId')::uuid,
      (select a.family_id from adult a where a.organisation_id = m.organisation_id
        and a.id = coalesce((m.details ->> 'adultId')::uuid,
          (select l.adult_id from login l where l.id = (m.details ->> 'loginId')::uuid))))`

const failing = (scope: Scope) => sql`m.organisation_id = ${scope.organisationId}
  and m.sent_at is null and m.last_error is not null
  and exists (select from (select id from (${UNITS}) known
    union all select null::uuid where not exists (select from (${UNITS}) known)) u where ${counted(scope, sql`u.id`)})`

/** The oldest ones. */
export const listFailedMails = (read: Read, scope: Scope, limit: number): Promise<FailedMail[]> =>
  rows(
    read,
    sql<FailedMail>`select m.id, m.kind, m.recipient, m.planned_at as since, m.attempts, m.last_error as error
      from mail m where ${failing(scope)} order by m.planned_at, m.id limit ${limit}`,
  )

/** How many, counted up to a hundred: a mail server that is down fails thousands. */
export async function pileOfMails(read: Read, scope: Scope): Promise<Pile> {
  const found = await row<Pile>(
    read,
    sql`select count(*)::integer as count, null as cents, min(since) as oldest from (
      select m.planned_at as since from mail m where ${failing(scope)} order by m.planned_at limit 100) oldest_ones`,
  )
  return found ?? { count: 0, cents: null, oldest: null }
}

/** Whether this mail is one of them. */
export async function isFailing(read: Read, scope: Scope, id: MailId): Promise<boolean> {
  const found = await row<{ id: MailId }>(
    read,
    sql`select m.id from mail m where m.id = ${id} and ${failing(scope)}`,
  )
  return found !== undefined
}
