// Reading the staff journal: filters, and pages by the last id seen (ids follow time).
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { ActKind, Changes } from './act.ts'
import type { Reach } from './rights.ts'

export type JournalFilters = {
  readonly staffId?: StaffId | undefined
  /** One family by its id, as its own page links here. */
  readonly familyId?: FamilyId | undefined
  /** The beginning of a family's name, whatever the case. */
  readonly familyName?: string | undefined
  readonly object?: string | undefined
  readonly kind?: ActKind | undefined
  readonly from?: Instant | undefined
  /** Excluded. */
  readonly until?: Instant | undefined
}

/** Whose acts are shown: everybody's, or one's own and those on families of one's units. */
export type JournalReach = 'all' | { readonly staffId: StaffId; readonly places: Exclude<Reach, 'all'> }

export type JournalLine = {
  readonly id: string
  readonly at: Instant
  readonly staffName: string
  readonly kind: ActKind
  readonly familyId: FamilyId | null
  readonly familyName: string | null
  readonly object: string | null
  readonly reason: string | null
  readonly changes: Changes
  readonly screen: string
  readonly clientAddress: string
}

/** Acts of an organisation, newest first, at most `limit`, older than the act `before`. */
export const listActs = (
  read: Read,
  organisationId: OrganisationId,
  reach: JournalReach,
  filters: JournalFilters,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<JournalLine[]> =>
  rows(
    read,
    sql<JournalLine>`select a.id, a.acted_at as at, a.staff_name as "staffName", a.kind,
        a.family_id as "familyId", f.name as "familyName", a.object, a.reason, a.changes, a.screen,
        a.client_address as "clientAddress"
      from staff_act a
      left join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      where a.organisation_id = ${organisationId} ${within(organisationId, reach)}
        ${filters.staffId === undefined ? sql`` : sql`and a.staff_id = ${filters.staffId}`}
        ${filters.familyId === undefined ? sql`` : sql`and a.family_id = ${filters.familyId}`}
        ${
          filters.familyName === undefined
            ? sql``
            : sql`and a.family_id in (select id from family
          where organisation_id = ${organisationId} and starts_with(lower(name), lower(${filters.familyName})))`
        }
        ${filters.object === undefined ? sql`` : sql`and a.object = ${filters.object}`}
        ${filters.kind === undefined ? sql`` : sql`and a.kind = ${filters.kind}`}
        ${filters.from === undefined ? sql`` : sql`and a.acted_at >= ${filters.from}`}
        ${filters.until === undefined ? sql`` : sql`and a.acted_at < ${filters.until}`}
        ${page.before === undefined ? sql`` : sql`and a.id < ${page.before}`}
      order by a.id desc limit ${page.limit}`,
  )

const within = (organisationId: OrganisationId, reach: JournalReach) =>
  reach === 'all'
    ? sql``
    : sql`and (a.staff_id = ${reach.staffId} or exists (select from family_unit w
        where w.organisation_id = ${organisationId} and w.family_id = a.family_id
          and (w.billing_unit_id = any(${[...reach.places.unitIds]}::uuid[]) or w.billing_unit_id in (
            select e.billing_unit_id from establishment e where e.organisation_id = ${organisationId}
              and e.id = any(${[...reach.places.establishmentIds]}::uuid[])))))`

/** Everybody who ever belonged to the team, by name: for the filter. */
export const listStaffNames = (
  read: Read,
  organisationId: OrganisationId,
): Promise<{ id: StaffId; name: string }[]> =>
  rows(
    read,
    sql`select id, trim(first_name || ' ' || last_name) as name from staff_member
      where organisation_id = ${organisationId} order by last_name, first_name, id`,
  )
