// Two files compared, merged and separated again, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { File, FileAdult, FileChild, FileUnit } from './merge.ts'
import type { Moved } from './move-household.ts'

type Head = Omit<File, 'units' | 'adults' | 'children' | 'address'> & {
  readonly street: string
  readonly postalCode: string
  readonly city: string
}

/** A file with its money and its people; undefined when the organisation has none of this id. */
export async function findFile(
  read: Read,
  organisationId: OrganisationId,
  id: FamilyId,
): Promise<File | undefined> {
  const head = await row<Head>(
    read,
    sql`select f.id, f.name, f.external_key as key, f.address as street, f.postal_code as "postalCode", f.city,
        f.created_at as since, f.merged_into as "mergedInto",
        (select count(*)::integer from family m
          where m.organisation_id = f.organisation_id and m.merged_into = f.id) as absorbed,
        (select count(*)::integer from payment_attempt a where a.organisation_id = f.organisation_id
          and a.family_id = any(dossiers_of(f.organisation_id, f.id)) and a.state = 'redirected') as "underWay",
        (select count(*)::integer from invoice_draft d where d.organisation_id = f.organisation_id
          and d.family_id = f.id and d.state in ('draft', 'checked')) as drafts
      from family f where f.organisation_id = ${organisationId} and f.id = ${id}`,
  )
  if (!head) return undefined
  const { street, postalCode, city, ...rest } = head
  return {
    ...rest,
    address: [...street.split('\n'), `${postalCode} ${city}`],
    units: await listFileUnits(read, organisationId, id),
    adults: await rows<FileAdult>(
      read,
      sql`select a.id, trim(a.first_name || ' ' || a.last_name) as name,
          plain_words(a.first_name || ' ' || a.last_name) as plain, a.role,
          coalesce(a.email, l.email) as email, l.id as "loginId", l.identifier
        from adult a
        left join adult_access x on x.organisation_id = a.organisation_id and x.adult_id = a.id
        left join login o on o.organisation_id = a.organisation_id and o.adult_id = a.id
        left join login l on l.id = coalesce(o.id, x.login_id)
        where a.organisation_id = ${organisationId} and a.family_id = ${id} order by a.created_at, a.id`,
    ),
    children: await rows<FileChild>(
      read,
      sql`select id, trim(first_name || ' ' || last_name) as name,
          plain_words(first_name || ' ' || last_name) as plain, born_on as "bornOn"
        from child where organisation_id = ${organisationId} and family_id = ${id}
        order by born_on, first_name, id`,
    ),
  }
}

const listFileUnits = (read: Read, organisationId: OrganisationId, id: FamilyId): Promise<FileUnit[]> =>
  rows<FileUnit>(
    read,
    sql`select u.id as "unitId", u.name,
        (count(*) filter (where a.kind = 'receivable'))::integer as invoices,
        (count(*) filter (where a.kind = 'receivable' and b.cents > 0))::integer as unsettled,
        coalesce(sum(b.cents) filter (where a.kind = 'receivable'), 0)::bigint as due,
        coalesce(-sum(b.cents) filter (where a.kind = 'credit'), 0)::bigint as credit
      from (select billing_unit_id from family_unit where organisation_id = ${organisationId} and family_id = ${id}
        union select billing_unit_id from account where organisation_id = ${organisationId}
          and family_id = any(dossiers_of(${organisationId}, ${id}))) f
      join billing_unit u on u.organisation_id = ${organisationId} and u.id = f.billing_unit_id
      left join account a on a.organisation_id = u.organisation_id and a.billing_unit_id = u.id
        and a.family_id = any(dossiers_of(${organisationId}, ${id}))
      left join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      group by u.id, u.name, u.code order by u.code`,
  )

/** Nobody pays, is paid or merges these families until the transaction ends: locked in the order of ids. */
export async function lockFamilies(
  tx: Tx,
  organisationId: OrganisationId,
  ids: readonly FamilyId[],
): Promise<void> {
  await sql`select from family where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])
    order by id for update`.execute(tx)
}

/** Points a closed file to the one kept; null: it stands alone again. */
export async function pointTo(
  tx: Tx,
  organisationId: OrganisationId,
  closed: FamilyId,
  kept: FamilyId | null,
): Promise<void> {
  await sql`update family set merged_into = ${kept}
    where organisation_id = ${organisationId} and id = ${closed}`.execute(tx)
}

export type Merge = {
  readonly id: string
  readonly closedId: FamilyId
  readonly closedName: string
  readonly keptId: FamilyId
  readonly keptName: string
  readonly moved: Moved
  readonly mergedAt: Instant
  readonly mergedBy: string
  readonly undoneAt: Instant | null
  readonly undoneBy: string | null
}

const MERGE = sql`select m.id, m.closed_family_id as "closedId", c.name as "closedName",
    m.kept_family_id as "keptId", k.name as "keptName", m.moved, m.merged_at as "mergedAt",
    m.merged_by as "mergedBy", m.undone_at as "undoneAt", m.undone_by as "undoneBy"
  from family_merge m
  join family c on c.organisation_id = m.organisation_id and c.id = m.closed_family_id
  join family k on k.organisation_id = m.organisation_id and k.id = m.kept_family_id`

export const findMerge = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<Merge | undefined> =>
  row<Merge>(read, sql`${MERGE} where m.organisation_id = ${organisationId} and m.id = ${id}`)

/** As `findMerge`; nobody undoes it until the transaction ends. */
export const lockMerge = (tx: Tx, organisationId: OrganisationId, id: string): Promise<Merge | undefined> =>
  row<Merge>(tx, sql`${MERGE} where m.organisation_id = ${organisationId} and m.id = ${id} for update of m`)

/** The merges of a file that stand, whichever side it is, the latest first. */
export const listMerges = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<Merge[]> =>
  rows<Merge>(
    read,
    sql`${MERGE} where m.organisation_id = ${organisationId} and m.undone_at is null
      and (m.kept_family_id = ${familyId} or m.closed_family_id = ${familyId})
      order by m.merged_at desc, m.id desc limit 50`,
  )

/** The entries by which the merge moved credit, with what each moved. */
export const listTransfers = (
  read: Read,
  organisationId: OrganisationId,
  mergeId: string,
): Promise<{ id: EntryId; unitId: BillingUnitId; cents: Cents }[]> =>
  rows(
    read,
    sql<{ id: EntryId; unitId: BillingUnitId; cents: Cents }>`
      select e.id, e.billing_unit_id as "unitId", max(p.cents) as cents from entry e
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      where e.organisation_id = ${organisationId} and e.kind = 'merge' and e.source_key = ${mergeId}
      group by e.id, e.billing_unit_id order by e.id`,
  )

/** Whether money moved on the accounts of either file since the merge, or a payment began. */
export async function hasMoved(read: Read, organisationId: OrganisationId, merge: Merge): Promise<boolean> {
  const found = await row<{ moved: boolean }>(
    read,
    sql`select exists (select from account a
          join posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
          join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
          where a.organisation_id = ${organisationId}
            and a.family_id = any(dossiers_of(${organisationId}, ${merge.keptId}))
            and e.booked_at >= ${merge.mergedAt} and not (e.kind = 'merge' and e.source_key = ${merge.id}))
      or exists (select from payment_attempt t where t.organisation_id = ${organisationId}
          and t.family_id = any(dossiers_of(${organisationId}, ${merge.keptId}))
          and (t.state = 'redirected' or t.created_at >= ${merge.mergedAt})) as moved`,
  )
  return found?.moved ?? true
}
