// Whose money that fits nowhere may be, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { BankOperation } from './comparison.ts'
import type { CheckedDay } from './store.ts'

/** An attempt that money of an unknown order may be meant for. */
export type Proposal = {
  readonly familyId: FamilyId
  readonly familyName: string
  readonly unitId: BillingUnitId
  readonly sentAt: Instant
  readonly invoices: readonly string[]
}

/**
 * The one unpaid attempt of this very amount sent within a day of it, to the unit that holds the money;
 * undefined when none or several are.
 */
export async function findProposal(
  read: Read,
  { organisationId, contractId }: CheckedDay,
  { amount, at }: BankOperation,
  unitId: BillingUnitId,
): Promise<Proposal | undefined> {
  const found = await rows<Proposal>(
    read,
    sql`select a.family_id as "familyId", f.name as "familyName", a.billing_unit_id as "unitId",
        a.sent_at as "sentAt", array(select i.number from attempt_invoice x
          join invoice i on i.organisation_id = x.organisation_id and i.id = x.invoice_id
          where x.organisation_id = a.organisation_id and x.attempt_id = a.id order by x.position) as invoices
      from payment_attempt a
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      where a.organisation_id = ${organisationId} and a.contract_id = ${contractId}
        and a.billing_unit_id = ${unitId} and a.state <> 'captured' and a.amount_cents = ${amount}
        and abs(extract(epoch from a.sent_at - ${at}::timestamptz)) < 86400
      limit 2`,
  )
  return found.length === 1 ? found[0] : undefined
}

/** The invoice of a capture's attempt, when it was for one alone. */
export async function findOnlyInvoice(
  read: Read,
  organisationId: OrganisationId,
  captureId: string,
): Promise<InvoiceId | undefined> {
  const found = await rows<{ id: InvoiceId }>(
    read,
    sql`select x.invoice_id as id from capture c
      join attempt_invoice x on x.organisation_id = c.organisation_id and x.attempt_id = c.attempt_id
      where c.organisation_id = ${organisationId} and c.id = ${captureId} limit 2`,
  )
  return found.length === 1 ? found[0]?.id : undefined
}

/** Families of the unit under this number or this very name, two at most. */
export const findFamiliesCalled = (
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
  typed: string,
): Promise<{ readonly id: FamilyId; readonly name: string }[]> =>
  rows(
    read,
    sql<{ id: FamilyId; name: string }>`select f.id, f.name from family f
      join family_unit u on u.organisation_id = f.organisation_id and u.family_id = f.id
      where f.organisation_id = ${organisationId} and u.billing_unit_id = ${unitId}
        and (f.external_key = ${typed} or f.search_name = plain_words(${typed})) limit 2`,
  )
