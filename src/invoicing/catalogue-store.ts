// The catalogue of charge items, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { EstablishmentId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { ChargeItem } from './charge-item.ts'

const ITEM = sql`id, establishment_id as "establishmentId", label, unit_cents as unit, vat,
  account_code as "accountCode" from charge_item`

/** The items in use at these establishments, by label. */
export const listItems = (
  read: Read,
  organisationId: OrganisationId,
  establishmentIds: readonly EstablishmentId[],
): Promise<ChargeItem[]> =>
  rows<ChargeItem>(
    read,
    sql`select ${ITEM} where organisation_id = ${organisationId} and retired_at is null
      and establishment_id = any(${[...establishmentIds]}::uuid[]) order by label`,
  )

export const findItem = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<ChargeItem | undefined> =>
  row<ChargeItem>(
    read,
    sql`select ${ITEM} where organisation_id = ${organisationId} and id = ${id} and retired_at is null`,
  )

/** Keeps an item, new or known. Gives false when the establishment already has that label. */
export async function saveItem(
  tx: Tx,
  organisationId: OrganisationId,
  item: ChargeItem,
  now: Instant,
): Promise<boolean> {
  const { id, establishmentId, label, unit, vat, accountCode } = item
  const taken = await rows(
    tx,
    sql`select 1 from charge_item where organisation_id = ${organisationId} and retired_at is null
      and establishment_id = ${establishmentId} and lower(label) = lower(${label}) and id <> ${id}`,
  )
  if (taken.length > 0) return false
  await sql`insert into charge_item
      (organisation_id, id, establishment_id, label, unit_cents, vat, account_code, created_at)
    values (${organisationId}, ${id}, ${establishmentId}, ${label}, ${unit}, ${vat}, ${accountCode}, ${now})
    on conflict (organisation_id, id) do update set label = excluded.label,
      unit_cents = excluded.unit_cents, vat = excluded.vat, account_code = excluded.account_code`.execute(tx)
  return true
}

/** Takes an item out of use; what it was charged as stays on the invoices. */
export async function retireItem(
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
  now: Instant,
): Promise<void> {
  await sql`update charge_item set retired_at = ${now}
    where organisation_id = ${organisationId} and id = ${id} and retired_at is null`.execute(tx)
}
