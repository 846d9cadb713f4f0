// One family, adult or child at a time, as staff type them, in SQL. By the hundred: store.ts.
import type { Day, Instant } from '../kernel/dates.ts'
import { parisDay, readFrenchDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { AdultId, ChildId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { RecordKind, Values } from './record.ts'

/** A person of a family: `leftOn` once it is known when they leave. */
export type Person = { readonly values: Values; readonly leftOn: Day | null }

const ESTABLISHMENTS = sql`coalesce((select string_agg(e.code, ', ' order by e.code)
  from child_establishment w join establishment e on e.organisation_id = w.organisation_id and e.id = w.establishment_id
  where w.organisation_id = p.organisation_id and w.child_id = p.id), '')`

/** A family's own fields; `lock`: nobody else changes them until this transaction ends. */
export async function readFamily(
  read: Read,
  organisationId: OrganisationId,
  id: FamilyId,
  lock = false,
): Promise<Values | undefined> {
  return row<Values>(
    read,
    sql`select name, address, postal_code as "postalCode", city, coalesce(phone, '') as phone from family
      where organisation_id = ${organisationId} and id = ${id} ${lock ? sql`for update` : sql``}`,
  )
}

type PersonRow = { leftOn: Day | null; bornOn?: Day | null } & { [field: string]: string | null }

/** An adult or a child of this very family. */
export async function readPerson(
  read: Read,
  organisationId: OrganisationId,
  who: { readonly kind: 'adult' | 'child'; readonly familyId: FamilyId; readonly id: string },
  lock = false,
): Promise<Person | undefined> {
  const own =
    who.kind === 'adult'
      ? sql`coalesce(p.email, '') as email, coalesce(p.mobile, '') as mobile`
      : sql`p.born_on as "bornOn", ${ESTABLISHMENTS} as establishments`
  const found = await row<PersonRow>(
    read,
    sql`select p.first_name as "firstName", p.last_name as "lastName", p.left_on as "leftOn", ${own}
      from ${sql.table(who.kind)} p
      where p.organisation_id = ${organisationId} and p.family_id = ${who.familyId} and p.id = ${who.id}
      ${lock ? sql`for update` : sql``}`,
  )
  if (!found) return undefined
  const { leftOn, ...fields } = found
  return { leftOn, values: toText(fields) }
}

const toText = ({
  bornOn,
  ...fields
}: {
  bornOn?: Day | null
  [field: string]: string | null | undefined
}): Values => ({
  ...Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? ''])),
  ...(bornOn === undefined ? {} : { bornOn: bornOn === null ? '' : formatDay(bornOn) }),
})

/** Writes a family, new or known. */
export async function writeFamily(
  tx: Tx,
  organisationId: OrganisationId,
  id: FamilyId,
  values: Values,
  now: Instant,
): Promise<void> {
  await sql`insert into family (organisation_id, id, name, address, postal_code, city, phone, created_at)
    values (${organisationId}, ${id}, ${values['name']}, ${values['address']}, ${values['postalCode']},
      ${values['city']}, ${values['phone'] || null}, ${now})
    on conflict (organisation_id, id) do update set name = excluded.name, address = excluded.address,
      postal_code = excluded.postal_code, city = excluded.city, phone = excluded.phone`.execute(tx)
}

/** Writes an adult, new or known; a new one pays. */
export async function writeAdult(
  tx: Tx,
  organisationId: OrganisationId,
  who: { readonly familyId: FamilyId; readonly id: AdultId },
  values: Values,
  now: Instant,
): Promise<void> {
  await sql`insert into adult
      (organisation_id, id, family_id, role, first_name, last_name, email, mobile, created_at)
    values (${organisationId}, ${who.id}, ${who.familyId}, 'payer', ${values['firstName']},
      ${values['lastName']}, ${values['email'] || null}, ${values['mobile'] || null}, ${now})
    on conflict (organisation_id, id) do update set first_name = excluded.first_name,
      last_name = excluded.last_name, email = excluded.email, mobile = excluded.mobile
      where adult.family_id = excluded.family_id`.execute(tx)
}

/** Writes a child, new or known, and where it is taken in, by the establishments' codes. */
export async function writeChild(
  tx: Tx,
  organisationId: OrganisationId,
  who: { readonly familyId: FamilyId; readonly id: ChildId },
  values: Values,
  now: Instant,
): Promise<void> {
  const bornOn = readFrenchDay(values['bornOn'] ?? '') ?? null
  await sql`insert into child (organisation_id, id, family_id, first_name, last_name, born_on, created_at)
    values (${organisationId}, ${who.id}, ${who.familyId}, ${values['firstName']}, ${values['lastName']},
      ${bornOn}, ${now})
    on conflict (organisation_id, id) do update set first_name = excluded.first_name,
      last_name = excluded.last_name, born_on = excluded.born_on
      where child.family_id = excluded.family_id`.execute(tx)
  if (values['establishments'] === undefined) return
  const codes = values['establishments'].split(', ').filter(Boolean)
  await sql`delete from child_establishment where organisation_id = ${organisationId} and child_id = ${who.id}
    and establishment_id not in (select id from establishment
      where organisation_id = ${organisationId} and code = any(${codes}::text[]))`.execute(tx)
  await sql`insert into child_establishment (organisation_id, child_id, establishment_id)
    select organisation_id, ${who.id}, id from establishment
    where organisation_id = ${organisationId} and code = any(${codes}::text[])
    on conflict do nothing`.execute(tx)
}

/** Writes the day on which an adult or a child leaves, or with null that they stay. */
export async function writeLeaving(
  tx: Tx,
  organisationId: OrganisationId,
  who: { readonly kind: RecordKind & ('adult' | 'child'); readonly id: string },
  leftOn: Day | null,
): Promise<void> {
  await tx
    .updateTable(who.kind)
    .set({ left_on: leftOn })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', who.id)
    .execute()
}

export type ListedChild = {
  readonly id: ChildId
  readonly name: string
  readonly bornOn: Day | null
  readonly leftOn: Day | null
  readonly establishments: string | null
}

/** A family's children, those who left last. */
export const listChildren = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<ListedChild[]> =>
  rows(
    read,
    sql<ListedChild>`select c.id, trim(c.first_name || ' ' || c.last_name) as name, c.born_on as "bornOn",
        c.left_on as "leftOn", (select string_agg(e.name, ', ' order by e.name) from child_establishment w
          join establishment e on e.organisation_id = w.organisation_id and e.id = w.establishment_id
          where w.organisation_id = c.organisation_id and w.child_id = c.id) as establishments
      from child c where c.organisation_id = ${organisationId} and c.family_id = ${familyId}
      order by c.left_on desc nulls first, c.born_on, c.first_name, c.id`,
  )

export type Quotient = {
  readonly id: string
  readonly quotient: number
  readonly from: Day
  readonly recordedBy: string
  readonly recordedAt: Instant
}

/** The family's quotients that stand, the latest first. */
export const listQuotients = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<Quotient[]> =>
  rows(
    read,
    sql<Quotient>`select id, quotient, from_on as "from", recorded_by as "recordedBy", recorded_at as "recordedAt"
      from family_quotient
      where organisation_id = ${organisationId} and family_id = ${familyId} and withdrawn_at is null
      order by from_on desc limit 50`,
  )

/** The quotient of a day: the last that began. */
export const quotientOn = (list: readonly Quotient[], at: Instant): Quotient | undefined =>
  list.find(({ from }) => from <= parisDay(at))

/** Records a quotient from a day on; one that began that very day is withdrawn, and given back. */
export async function putQuotient(
  tx: Tx,
  organisationId: OrganisationId,
  one: {
    readonly id: string
    readonly familyId: FamilyId
    readonly quotient: number
    readonly from: Day
    readonly by: string
  },
  now: Instant,
): Promise<number | undefined> {
  const replaced = await row<{ quotient: number }>(
    tx,
    sql`update family_quotient set withdrawn_at = ${now} where organisation_id = ${organisationId}
      and family_id = ${one.familyId} and from_on = ${one.from} and withdrawn_at is null returning quotient`,
  )
  await sql`insert into family_quotient
      (organisation_id, id, family_id, quotient, from_on, recorded_by, recorded_at)
    values (${organisationId}, ${one.id}, ${one.familyId}, ${one.quotient}, ${one.from}, ${one.by}, ${now})
    `.execute(tx)
  return replaced?.quotient
}
