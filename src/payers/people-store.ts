// Who opens a family's file and with which role, and the children that files share, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { AdultId, ChildId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { FileRole } from './invitation.ts'

export type Member = {
  readonly id: AdultId
  readonly firstName: string
  readonly lastName: string
  readonly role: FileRole
  readonly email: string | null
  readonly identifier: string | null
  readonly activatedAt: Instant | null
  /** The file that the same person calls their own, where this one is opened besides. */
  readonly besides: string | null
}

/** The adults of a file, with the access of each. */
export const listMembers = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<Member[]> =>
  rows<Member>(
    read,
    sql`select a.id, a.first_name as "firstName", a.last_name as "lastName", a.role,
        coalesce(a.email, l.email) as email, l.identifier, l.activated_at as "activatedAt", f.name as besides
      from adult a
      left join adult_access x on x.organisation_id = a.organisation_id and x.adult_id = a.id
      left join login o on o.organisation_id = a.organisation_id and o.adult_id = a.id
      left join login l on l.id = coalesce(o.id, x.login_id)
      left join adult h on x.adult_id is not null and h.organisation_id = l.organisation_id and h.id = l.adult_id
      left join family f on f.organisation_id = h.organisation_id and f.id = h.family_id
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId} order by a.created_at, a.id`,
  )

/** As the member's role is now; nobody changes it until the transaction ends. */
export async function lockRole(
  tx: Tx,
  organisationId: OrganisationId,
  familyId: FamilyId,
  adultId: AdultId,
): Promise<FileRole | undefined> {
  const found = await row<{ role: FileRole }>(
    tx,
    sql`select role from adult where organisation_id = ${organisationId} and family_id = ${familyId}
      and id = ${adultId} for update`,
  )
  return found?.role
}

export async function setRole(
  tx: Tx,
  organisationId: OrganisationId,
  adultId: AdultId,
  role: FileRole,
): Promise<void> {
  await sql`update adult set role = ${role}
    where organisation_id = ${organisationId} and id = ${adultId}`.execute(tx)
}

/** Takes back what an invitation accepted with a login of another file gave; false when there was none. */
export async function deleteAccess(
  tx: Tx,
  organisationId: OrganisationId,
  adultId: AdultId,
): Promise<boolean> {
  const deleted = await rows(
    tx,
    sql`delete from adult_access where organisation_id = ${organisationId} and adult_id = ${adultId}
      returning adult_id`,
  )
  return deleted.length > 0
}

export type Opened = {
  readonly adultId: AdultId
  readonly familyId: FamilyId
  readonly familyName: string
  readonly role: FileRole
  readonly children: string
  readonly isCurrent: boolean
}

/** The files that a login opens, its own first; they are told apart by their names and children. */
export const listOpened = (
  read: Read,
  who: {
    readonly organisationId: OrganisationId
    readonly loginId: LoginId
    readonly adultId: AdultId
  },
): Promise<Opened[]> =>
  rows<Opened>(
    read,
    sql`select a.id as "adultId", f.id as "familyId", f.name as "familyName", a.role,
        coalesce((select string_agg(c.first_name, ', ' order by c.born_on, c.first_name)
          from (select id, first_name, born_on from child
              where organisation_id = f.organisation_id and family_id = f.id
            union select k.id, k.first_name, k.born_on from child_dossier d
              join child k on k.organisation_id = d.organisation_id and k.id = d.child_id
              where d.organisation_id = f.organisation_id and d.family_id = f.id
                and d.until_on is null) c), '') as children,
        a.id = ${who.adultId} as "isCurrent"
      from (select adult_id, 0 as place from login where id = ${who.loginId}
        union all select adult_id, 1 from adult_access
          where organisation_id = ${who.organisationId} and login_id = ${who.loginId}) o
      join adult a on a.organisation_id = ${who.organisationId} and a.id = o.adult_id
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      order by o.place, f.name, a.id`,
  )

export type SharedChild = {
  readonly id: ChildId
  readonly name: string
  readonly bornOn: Day | null
  /** The file that the child is of. */
  readonly homeId: FamilyId
  readonly homeName: string
  readonly links: readonly {
    readonly familyId: FamilyId
    readonly familyName: string
    readonly sinceOn: Day
    readonly untilOn: Day | null
  }[]
}

/** The children of a file, its own and those shared with it, each with the other payers' files. */
export const listSharedChildren = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<SharedChild[]> =>
  rows<SharedChild>(
    read,
    sql`select c.id, trim(c.first_name || ' ' || c.last_name) as name, c.born_on as "bornOn",
        h.id as "homeId", h.name as "homeName",
        coalesce((select jsonb_agg(jsonb_build_object('familyId', f.id, 'familyName', f.name,
            'sinceOn', d.since_on, 'untilOn', d.until_on) order by d.since_on, f.name)
          from child_dossier d join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
          where d.organisation_id = c.organisation_id and d.child_id = c.id and f.id <> h.id), '[]') as links
      from (select id from child where organisation_id = ${organisationId} and family_id = ${familyId}
        union select child_id from child_dossier
          where organisation_id = ${organisationId} and family_id = ${familyId}) mine
      join child c on c.organisation_id = ${organisationId} and c.id = mine.id
      join family h on h.organisation_id = c.organisation_id and h.id = c.family_id
      order by c.born_on, c.first_name, c.id`,
  )

/** Shares a child with another payer's file from a day on; again, from another day. */
export async function linkChild(
  tx: Tx,
  organisationId: OrganisationId,
  link: { readonly childId: ChildId; readonly familyId: FamilyId; readonly sinceOn: Day },
  by: string,
  now: Instant,
): Promise<void> {
  await sql`insert into child_dossier (organisation_id, child_id, family_id, since_on, linked_at, linked_by)
    values (${organisationId}, ${link.childId}, ${link.familyId}, ${link.sinceOn}, ${now}, ${by})
    on conflict (organisation_id, child_id, family_id) do update set since_on = excluded.since_on,
      until_on = null, linked_at = excluded.linked_at, linked_by = excluded.linked_by`.execute(tx)
}

/** The child is no longer shared after this day; false when it was not. A link of a coming day goes at once. */
export async function unlinkChild(
  tx: Tx,
  organisationId: OrganisationId,
  link: { readonly childId: ChildId; readonly familyId: FamilyId; readonly untilOn: Day },
): Promise<boolean> {
  const ended = await rows(
    tx,
    sql`update child_dossier set until_on = greatest(since_on, ${link.untilOn})
      where organisation_id = ${organisationId} and child_id = ${link.childId}
        and family_id = ${link.familyId} and until_on is null returning child_id`,
  )
  return ended.length > 0
}

/** Whether a payment of this file, or begun by this adult, is at the bank. */
export async function isPaying(
  read: Read,
  organisationId: OrganisationId,
  adultId: AdultId,
): Promise<boolean> {
  const found = await row<{ paying: boolean }>(
    read,
    sql`select exists (select from payment_attempt where organisation_id = ${organisationId}
      and adult_id = ${adultId} and state = 'redirected') as paying`,
  )
  return found?.paying ?? false
}
