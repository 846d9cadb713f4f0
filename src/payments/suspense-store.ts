// Money set aside and what became of it, in SQL.
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { assert, present } from '../kernel/assert.ts'
import { type Cents, ZERO, smaller, subtract } from '../kernel/money.ts'
import { type Read, row, sql } from '../platform/db.ts'
import { type Capture, leftOf } from './capture.ts'
import type { Resolution } from './resolve-suspense.ts'

/** What of a capture still stands in suspense: less what the bank took back and what was resolved. */
export async function suspenseLeft(read: Read, capture: Capture): Promise<Cents> {
  const { organisationId, id, entryId } = capture
  const found = await row<{ booked: Cents; resolved: Cents }>(
    read,
    sql`select
        (select coalesce(-sum(p.cents), 0)::bigint from posting p
          join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
          where p.organisation_id = ${organisationId} and p.entry_id = ${entryId} and a.kind = 'suspense') as booked,
        (select coalesce(sum(s.amount_cents), 0)::bigint from suspense_resolution s
          where s.organisation_id = ${organisationId} and s.capture_id = ${id}) as resolved`,
  )
  assert(found, 'a question without an answer')
  const left = subtract(smaller(found.booked, leftOf(capture)), found.resolved)
  return left > ZERO ? left : ZERO
}

/** What was resolved under the caller's key. */
export async function findResolution(
  read: Read,
  organisationId: OrganisationId,
  requestKey: string,
): Promise<Pick<Resolution, 'captureId' | 'amount' | 'destination' | 'reason'> | undefined> {
  const found = await row<{
    captureId: string
    amount: Cents
    kind: Resolution['destination']['kind']
    familyId: FamilyId | null
    invoiceId: InvoiceId | null
    transfer: string | null
    reason: string
  }>(
    read,
    sql`select capture_id as "captureId", amount_cents as amount, destination as kind,
        family_id as "familyId", invoice_id as "invoiceId", transfer, reason
      from suspense_resolution where organisation_id = ${organisationId} and request_key = ${requestKey}`,
  )
  if (!found) return undefined
  const { captureId, amount, kind, reason } = found
  const destination =
    kind === 'credit'
      ? { kind, familyId: present(found.familyId, 'a credit of no family') }
      : kind === 'invoice'
        ? { kind, invoiceId: present(found.invoiceId, 'a settlement of no invoice') }
        : { kind, transfer: present(found.transfer, 'given back by no transfer') }
  return { captureId, amount, destination, reason }
}

/** Whether the family deals with the unit: only then may it have credit there. */
export async function dealsWith(
  read: Read,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  familyId: FamilyId,
): Promise<boolean> {
  const found = await row<{ known: boolean }>(
    read,
    sql`select exists (select from family_unit where organisation_id = ${organisationId}
      and billing_unit_id = ${billingUnitId} and family_id = ${familyId}) as known`,
  )
  return found?.known ?? false
}
