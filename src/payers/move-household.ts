import { moveDrafts } from '../invoicing/move-drafts.ts'
import type { Instant } from '../kernel/dates.ts'
import type { AdultId, BillingUnitId, ChildId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'

/** What a merge brought to the file kept. */
export type Moved = {
  readonly adults: readonly AdultId[]
  readonly children: readonly ChildId[]
  readonly units: readonly BillingUnitId[]
  readonly drafts: readonly string[]
  /** Other payers' children shared with the file closed. */
  readonly links: readonly ChildId[]
  /** A person who could open both files now opens one. */
  readonly accesses: readonly { readonly adultId: AdultId; readonly loginId: LoginId }[]
}

/** Moves people, units and drafts from one file to another; gives those that moved. */
export async function moveHousehold(
  tx: Tx,
  organisationId: OrganisationId,
  from: FamilyId,
  to: FamilyId,
  people: { readonly adults: readonly AdultId[]; readonly children: readonly ChildId[] },
  now: Instant,
): Promise<Moved> {
  const accesses = await rows<{ adultId: AdultId; loginId: LoginId }>(
    tx,
    sql`delete from adult_access x using adult a, login l, adult o
      where x.organisation_id = ${organisationId} and a.organisation_id = x.organisation_id and a.id = x.adult_id
        and l.id = x.login_id and o.organisation_id = l.organisation_id and o.id = l.adult_id
        and a.family_id in (${from}, ${to}) and o.family_id in (${from}, ${to})
      returning x.adult_id as "adultId", x.login_id as "loginId"`,
  )
  await moveAdults(tx, organisationId, to, people.adults)
  await moveChildren(tx, organisationId, to, people.children)
  const units = await rows<{ id: BillingUnitId }>(
    tx,
    sql`insert into family_unit (organisation_id, family_id, billing_unit_id, since)
      select organisation_id, ${to}, billing_unit_id, ${now} from family_unit
      where organisation_id = ${organisationId} and family_id = ${from}
      on conflict do nothing returning billing_unit_id as id`,
  )
  const drafts = await moveDrafts(tx, organisationId, from, to)
  const links = await rows<{ id: ChildId }>(
    tx,
    sql`update child_dossier d set family_id = ${to} where d.organisation_id = ${organisationId}
      and d.family_id = ${from} and not exists (select from child_dossier o
        where o.organisation_id = d.organisation_id and o.child_id = d.child_id and o.family_id = ${to})
      returning d.child_id as id`,
  )
  const idsOf = <Id>(found: readonly { id: Id }[]) => found.map(({ id }) => id)
  return { ...people, units: idsOf(units), drafts, links: idsOf(links), accesses }
}

/** Gives back what a merge moved, where nobody moved it since. */
export async function moveBack(
  tx: Tx,
  organisationId: OrganisationId,
  from: FamilyId,
  to: FamilyId,
  moved: Moved,
  now: Instant,
): Promise<void> {
  await moveAdults(tx, organisationId, to, moved.adults)
  await moveChildren(tx, organisationId, to, moved.children)
  await sql`delete from family_unit where organisation_id = ${organisationId} and family_id = ${from}
    and billing_unit_id = any(${[...moved.units]}::uuid[])`.execute(tx)
  await moveDrafts(tx, organisationId, from, to, moved.drafts)
  await sql`update child_dossier set family_id = ${to} where organisation_id = ${organisationId}
    and family_id = ${from} and child_id = any(${[...moved.links]}::uuid[])`.execute(tx)
  for (const { adultId, loginId } of moved.accesses)
    await sql`insert into adult_access (organisation_id, adult_id, login_id, since)
      values (${organisationId}, ${adultId}, ${loginId}, ${now}) on conflict do nothing`.execute(tx)
}

const moveAdults = (tx: Tx, organisationId: OrganisationId, to: FamilyId, ids: readonly AdultId[]) =>
  sql`update adult set family_id = ${to}
    where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`.execute(tx)
const moveChildren = (tx: Tx, organisationId: OrganisationId, to: FamilyId, ids: readonly ChildId[]) =>
  sql`update child set family_id = ${to}
    where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`.execute(tx)
