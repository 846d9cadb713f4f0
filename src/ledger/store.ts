// What the ledger knows of a family. Amounts due are positive; a credit in the family's favour too.
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, cents, negate } from '../kernel/money.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'

/**
 * What is due on the family's invoices of a unit, locked until the transaction ends, oldest first.
 * Locks in the order of ids (reliability.md 3.5), then the family's credit.
 */
export async function lockDues(
  tx: Tx,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  familyId: FamilyId,
): Promise<{ dues: ReadonlyMap<InvoiceId, Cents>; credit: Cents }> {
  const locked = await rows<{ kind: string; invoice_id: InvoiceId | null; cents: Cents }>(
    tx,
    sql`select b.kind, a.invoice_id, b.cents
      from account a
      join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId}
        and a.billing_unit_id = ${billingUnitId} and (b.kind = 'credit' or b.cents <> 0)
      order by b.account_id for update of b`,
  )
  const dues = new Map<InvoiceId, Cents>()
  let credit = ZERO
  for (const one of locked)
    if (one.invoice_id === null) credit = negate(cents(one.cents))
    else dues.set(one.invoice_id, one.cents)
  return { dues, credit }
}

/** The credit a family holds at a unit, zero when it has none. */
export async function creditOf(
  read: Read,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  familyId: FamilyId,
): Promise<Cents> {
  const found = await rows<{ cents: Cents }>(
    read,
    sql`select b.cents from account a
      join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId}
        and a.billing_unit_id = ${billingUnitId} and a.kind = 'credit'`,
  )
  return negate(cents(found[0]?.cents ?? 0))
}
