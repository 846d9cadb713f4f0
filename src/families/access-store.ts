// How far each adult's access to the portal is, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'

export type Access = {
  readonly adultId: AdultId
  readonly name: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly leftOn: Day | null
  readonly loginId: LoginId | null
  readonly identifier: string | null
  readonly activatedAt: Instant | null
  readonly blockedAt: Instant | null
  readonly blockedReason: string | null
  readonly letterPrintedAt: Instant | null
  readonly linkSentAt: Instant | null
  /** An address that waits to be confirmed, and until when its link works. */
  readonly nextEmail: string | null
  readonly nextEmailUntil: Instant | null
}

/** The adults of a family, those who left last, each with what opens the portal to them. */
export const listAccesses = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  now: Instant,
): Promise<Access[]> =>
  rows(
    read,
    sql<Access>`select a.id as "adultId", trim(a.first_name || ' ' || a.last_name) as name,
        a.first_name as "firstName", a.last_name as "lastName", coalesce(a.email, l.email) as email,
        a.left_on as "leftOn", l.id as "loginId", l.identifier, l.activated_at as "activatedAt",
        l.blocked_at as "blockedAt", l.blocked_reason as "blockedReason",
        l.letter_printed_at as "letterPrintedAt", l.link_sent_at as "linkSentAt",
        t.new_email as "nextEmail", t.expires_at as "nextEmailUntil"
      from adult a left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
      left join lateral (select new_email, expires_at from access_token t
        where t.login_id = l.id and t.purpose = 'email' and t.used_at is null and t.expires_at > ${now}
        order by t.created_at desc limit 1) t on true
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId}
      order by a.left_on desc nulls first, a.created_at, a.id`,
  )

/** When staff last printed the letter of a login. */
export async function markLetter(tx: Tx, loginId: LoginId, now: Instant): Promise<void> {
  await tx.updateTable('login').set({ letter_printed_at: now }).where('id', '=', loginId).execute()
}

/** When staff last sent its link. */
export async function markLinkSent(tx: Tx, loginId: LoginId, now: Instant): Promise<void> {
  await tx.updateTable('login').set({ link_sent_at: now }).where('id', '=', loginId).execute()
}
