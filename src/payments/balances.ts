// What a family has, or owes, at each billing unit, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'

/** The family's credit at each unit where it has some. */
export async function listCredits(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<ReadonlyMap<BillingUnitId, Cents>> {
  const found = await rows<{ unitId: BillingUnitId; credit: Cents }>(
    read,
    sql`select a.billing_unit_id as "unitId", -b.cents as credit from account a
      join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and a.kind = 'credit' and b.cents < 0`,
  )
  return new Map(found.map(({ unitId, credit }) => [unitId, credit]))
}

/** The family's balance at a unit: its credit less what is due on visible invoices. */
export async function balanceOf(
  read: Read,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  familyId: FamilyId,
  now: Instant,
): Promise<Cents> {
  const found = await row<{ balance: Cents }>(
    read,
    sql`select coalesce(-sum(b.cents), 0)::bigint as balance from account a
      join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      where a.organisation_id = ${organisationId} and a.billing_unit_id = ${billingUnitId}
        and a.family_id = any(dossiers_of(${organisationId}, ${familyId})) and (a.invoice_id is null or i.visible_at <= ${now})`,
  )
  return found?.balance ?? ZERO
}
