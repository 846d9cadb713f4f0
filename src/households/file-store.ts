// A family's file as staff see it, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'

export type FamilyHeader = {
  readonly id: FamilyId
  readonly name: string
  /** Its number in the other software. */
  readonly key: string | null
  readonly address: string
  readonly postalCode: string
  readonly city: string
  readonly since: Instant
  /** How many changes the family asked for, and nobody answered. */
  readonly requests: number
  /** The file kept, once this one was merged into it. */
  readonly mergedInto: FamilyId | null
}

/** A family of this organisation. */
export const findFamily = (
  read: Read,
  organisationId: OrganisationId,
  id: FamilyId,
): Promise<FamilyHeader | undefined> =>
  row(
    read,
    sql<FamilyHeader>`select f.id, f.name, f.external_key as key, f.address, f.postal_code as "postalCode", f.city,
        f.created_at as since, f.merged_into as "mergedInto",
        (select count(*)::integer from change_request r where r.organisation_id = f.organisation_id
          and r.family_id = f.id and r.decided_at is null) as requests
      from family f where f.organisation_id = ${organisationId} and f.id = ${id}`,
  )

export type FileAdult = {
  readonly id: AdultId
  readonly name: string
  readonly role: 'payer' | 'reader'
  readonly email: string | null
  readonly mobile: string | null
  readonly loginId: LoginId | null
  readonly identifier: string | null
  readonly activatedAt: Instant | null
  readonly lastSeenAt: Instant | null
}

/** The adults, how they are reached and how far their access is. */
export const listFileAdults = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<FileAdult[]> =>
  rows(
    read,
    sql<FileAdult>`select a.id, trim(a.first_name || ' ' || a.last_name) as name, a.role,
        coalesce(a.email, l.email) as email, a.mobile, l.id as "loginId", l.identifier,
        l.activated_at as "activatedAt",
        (select max(s.seen_at) from session s where s.login_id = l.id) as "lastSeenAt"
      from adult a
      left join adult_access x on x.organisation_id = a.organisation_id and x.adult_id = a.id
      left join login o on o.organisation_id = a.organisation_id and o.adult_id = a.id
      left join login l on l.id = coalesce(o.id, x.login_id)
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId} order by a.created_at, a.id`,
  )

export type FileMail = {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly at: Instant
  readonly state: 'sent' | 'failing' | 'planned'
}

/** Mails to the family's addresses, but what names another family that shares one. Newest first. */
export const listFileMails = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  limit: number,
): Promise<FileMail[]> =>
  rows(
    read,
    sql<FileMail>`select m.id, m.kind, m.recipient, coalesce(m.sent_at, m.planned_at) as at,
        case when m.sent_at is not null then 'sent' when m.last_error is not null then 'failing' else 'planned' end
          as state
      from mail m
      where m.organisation_id = ${organisationId} and m.recipient in (
          select e.email from adult a left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
          cross join lateral (values (a.email), (l.email)) as e (email)
          where a.organisation_id = ${organisationId} and a.family_id = ${familyId} and e.email is not null)
        and coalesce(m.details->>'familyId', ${familyId}) = ${familyId}
        and (m.details->>'loginId' is null or exists (select from login l
          join adult a on a.organisation_id = l.organisation_id and a.id = l.adult_id
          where l.id::text = m.details->>'loginId' and a.family_id = ${familyId}))
        and (m.details->>'receiptId' is null or exists (select from receipt r
          where r.organisation_id = m.organisation_id and r.id::text = m.details->>'receiptId'
            and r.family_id = any(dossiers_of(${organisationId}, ${familyId}))))
        and m.details->>'staffId' is null
      order by at desc, m.id desc limit ${limit}`,
  )

/** Whether an invoice was ever issued to the family. */
export const hasInvoice = async (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<boolean> =>
  (await row(
    read,
    sql`select 1 as one from invoice where organisation_id = ${organisationId} and family_id = ${familyId} limit 1`,
  )) !== undefined
