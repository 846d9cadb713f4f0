// Families, adults, children and their logins, written by the hundred: one statement per batch,
// its rows in one parameter, so that ten thousand families cost a few dozen statements.
import type { Day, Instant } from '../kernel/dates.ts'
import type { AdultId, BillingUnitId, ChildId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'

const BATCH = 500

type Identified<Id extends string> = { readonly id: Id; readonly key: string | undefined }

export type FamilyRow = Identified<FamilyId> & {
  readonly name: string
  readonly address: string
  readonly postalCode: string
  readonly city: string
}
export type AdultRow = Identified<AdultId> & {
  readonly familyId: FamilyId
  readonly role: 'payer' | 'reader'
  readonly firstName: string
  readonly lastName: string
  readonly email: string | undefined
  readonly mobile: string | undefined
}
export type ChildRow = Identified<ChildId> & {
  readonly familyId: FamilyId
  readonly firstName: string
  readonly lastName: string
  readonly bornOn: Day | undefined
}
export type LoginRow = {
  readonly id: LoginId
  readonly adultId: AdultId
  readonly identifier: string
  readonly email: string | undefined
}

async function inBatches<T>(list: readonly T[], write: (batch: string) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < list.length; start += BATCH)
    await write(JSON.stringify(list.slice(start, start + BATCH)))
}

/** Inserts families, or updates those whose ids are known. */
export const saveFamilies = (
  tx: Tx,
  organisationId: OrganisationId,
  list: readonly FamilyRow[],
  now: Instant,
): Promise<void> =>
  inBatches(list, (batch) =>
    sql`insert into family (organisation_id, id, external_key, name, address, postal_code, city, created_at)
      select ${organisationId}, id, key, name, address, "postalCode", city, ${now}
      from jsonb_to_recordset(${batch}::jsonb)
        as one (id uuid, key text, name text, address text, "postalCode" text, city text)
      on conflict (organisation_id, id) do update set name = excluded.name, address = excluded.address,
        postal_code = excluded.postal_code, city = excluded.city`.execute(tx),
  )

/** Inserts adults, or updates those whose ids are known. */
export const saveAdults = (
  tx: Tx,
  organisationId: OrganisationId,
  list: readonly AdultRow[],
  now: Instant,
): Promise<void> =>
  inBatches(list, (batch) =>
    sql`insert into adult
        (organisation_id, id, external_key, family_id, role, first_name, last_name, email, mobile, created_at)
      select ${organisationId}, id, key, "familyId", role, "firstName", "lastName", email, mobile, ${now}
      from jsonb_to_recordset(${batch}::jsonb) as one (id uuid, key text, "familyId" uuid, role text,
        "firstName" text, "lastName" text, email text, mobile text)
      on conflict (organisation_id, id) do update set role = excluded.role, first_name = excluded.first_name,
        last_name = excluded.last_name, email = excluded.email, mobile = excluded.mobile`.execute(tx),
  )

/** Inserts children, or updates those whose ids are known. */
export const saveChildren = (
  tx: Tx,
  organisationId: OrganisationId,
  list: readonly ChildRow[],
  now: Instant,
): Promise<void> =>
  inBatches(list, (batch) =>
    sql`insert into child
        (organisation_id, id, external_key, family_id, first_name, last_name, born_on, created_at)
      select ${organisationId}, id, key, "familyId", "firstName", "lastName", "bornOn", ${now}
      from jsonb_to_recordset(${batch}::jsonb)
        as one (id uuid, key text, "familyId" uuid, "firstName" text, "lastName" text, "bornOn" date)
      on conflict (organisation_id, id) do update set first_name = excluded.first_name,
        last_name = excluded.last_name, born_on = excluded.born_on`.execute(tx),
  )

/** Inserts logins that await their activation. Throws when an identifier is taken (23505). */
export const insertLogins = (
  tx: Tx,
  organisationId: OrganisationId,
  list: readonly LoginRow[],
  now: Instant,
): Promise<void> =>
  inBatches(list, (batch) =>
    sql`insert into login (id, organisation_id, adult_id, identifier, email, created_at)
      select id, ${organisationId}, "adultId", identifier, lower(email), ${now}
      from jsonb_to_recordset(${batch}::jsonb) as one (id uuid, "adultId" uuid, identifier text, email text)`.execute(
      tx,
    ),
  )

/** Gives a login that is not yet activated its adult's e-mail. */
export async function updateLoginEmail(tx: Tx, adultId: AdultId, email: string | undefined): Promise<void> {
  await tx
    .updateTable('login')
    .set({ email: email ?? null })
    .where('adult_id', '=', adultId)
    .where('activated_at', 'is', null)
    .execute()
}

/** Opens the block of a unit on a family's pages, once. */
export const openUnits = (
  tx: Tx,
  organisationId: OrganisationId,
  list: readonly { readonly familyId: FamilyId; readonly unitId: BillingUnitId }[],
  now: Instant,
): Promise<void> =>
  inBatches(list, (batch) =>
    sql`insert into family_unit (organisation_id, family_id, billing_unit_id, since)
      select ${organisationId}, "familyId", "unitId", ${now}
      from jsonb_to_recordset(${batch}::jsonb) as one ("familyId" uuid, "unitId" uuid)
      on conflict do nothing`.execute(tx),
  )

/** Every identifier in use that is one of these, with or without a number behind. */
export async function listIdentifiers(read: Read, wanted: readonly string[]): Promise<string[]> {
  const found = await rows<{ identifier: string }>(
    read,
    sql`select identifier from login
      where regexp_replace(identifier, '[0-9]+$', '') = any(${[...new Set(wanted)]})
        or identifier = any(${[...new Set(wanted)]})`,
  )
  return found.map((one) => one.identifier)
}

/** An adult with the login to activate, and the family's address for a letter. */
export type AccessHolder = {
  readonly adultId: AdultId
  readonly loginId: LoginId
  readonly identifier: string
  readonly name: string
  readonly email: string | null
  readonly activatedAt: Instant | null
  readonly familyKey: string | null
  readonly familyName: string
  readonly address: string
  readonly postalCode: string
  readonly city: string
}

const HOLDER = sql`select a.id as "adultId", l.id as "loginId", l.identifier,
    trim(a.first_name || ' ' || a.last_name) as name, coalesce(l.email, a.email) as email,
    l.activated_at as "activatedAt", f.external_key as "familyKey", f.name as "familyName", f.address,
    f.postal_code as "postalCode", f.city
  from login l
  join adult a on a.organisation_id = l.organisation_id and a.id = l.adult_id
  join family f on f.organisation_id = a.organisation_id and f.id = a.family_id`

/** The adults of one family who may sign in. */
export const listHolders = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<AccessHolder[]> =>
  rows(
    read,
    sql<AccessHolder>`${HOLDER}
      where f.organisation_id = ${organisationId} and f.id = ${familyId} order by a.created_at, a.external_key, a.id`,
  )

/** The holders of these logins, in the order of their families' names. */
export const listHoldersOf = (
  read: Read,
  organisationId: OrganisationId,
  loginIds: readonly LoginId[],
): Promise<AccessHolder[]> =>
  rows(
    read,
    sql<AccessHolder>`${HOLDER}
      where l.organisation_id = ${organisationId} and l.id = any(${[...loginIds]}::uuid[])
      order by f.name, f.id, a.created_at, a.external_key, a.id`,
  )

export type FoundFamily = {
  readonly id: FamilyId
  readonly key: string | null
  readonly name: string
  readonly city: string
}

/** The family of this key, else every family of this name, whatever its case. */
export async function findFamilies(
  read: Read,
  organisationId: OrganisationId,
  keyOrName: string,
): Promise<FoundFamily[]> {
  const found = await rows<FoundFamily>(
    read,
    sql`select id, external_key as key, name, city from family
      where organisation_id = ${organisationId}
        and (external_key = ${keyOrName} or lower(name) = lower(${keyOrName}))
      order by external_key, id`,
  )
  const exact = found.filter((one) => one.key === keyOrName)
  return exact.length > 0 ? exact : found
}
