// Issued invoices under lock, and what corrected them, in SQL.
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, add, subtract } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Correctable } from './credit-note.ts'

export type LockedInvoice = {
  readonly id: InvoiceId
  readonly number: string
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly series: string
  readonly purpose: 'sale' | 'opening'
  readonly total: Cents
}

/** An invoice of the organisation, locked until the transaction ends, visible or not. */
export async function lockInvoice(
  tx: Tx,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<LockedInvoice | undefined> {
  return row<LockedInvoice>(
    tx,
    sql`select i.id, i.number, i.billing_unit_id as "billingUnitId", i.family_id as "familyId", u.series,
        i.purpose, i.total_cents as total
      from invoice i
      join billing_unit u on u.organisation_id = i.organisation_id and u.id = i.billing_unit_id
      where i.organisation_id = ${organisationId} and i.id = ${invoiceId} for no key update of i`,
  )
}

/** What stands of an invoice after its earlier credit notes. */
export async function readCorrectable(
  read: Read,
  organisationId: OrganisationId,
  { id, total }: Pick<LockedInvoice, 'id' | 'total'>,
): Promise<Correctable> {
  const notes = await rows<{ amount: Cents }>(
    read,
    sql`select amount_cents as amount from credit_note
      where organisation_id = ${organisationId} and invoice_id = ${id}`,
  )
  const lines = await rows<{ line: number; amount: Cents; credited: Cents }>(
    read,
    sql`select l.line, l.amount_cents as amount,
        (select coalesce(sum(c.amount_cents), 0)::bigint from credit_note_line c
          where c.organisation_id = l.organisation_id and c.invoice_id = l.invoice_id
            and c.line = l.line) as credited
      from invoice_line l where l.organisation_id = ${organisationId} and l.invoice_id = ${id}`,
  )
  const credited = notes.reduce((so, note) => add(so, note.amount), ZERO)
  return {
    total: subtract(total, credited),
    lines: new Map(lines.map((one) => [one.line, subtract(one.amount, one.credited)])),
  }
}

export type IssuedCreditNote = {
  readonly id: string
  readonly number: string
  readonly invoiceId: InvoiceId
  readonly reason: string
  readonly amount: Cents
  readonly content: string
}

/** The credit note issued under the caller's key. */
export async function findCreditNote(
  read: Read,
  organisationId: OrganisationId,
  requestKey: string,
): Promise<IssuedCreditNote | undefined> {
  return row<IssuedCreditNote>(
    read,
    sql`select id, number, invoice_id as "invoiceId", reason, amount_cents as amount, content from credit_note
      where organisation_id = ${organisationId} and request_key = ${requestKey}`,
  )
}

/** The next number of the unit's own series of credit notes: TH-A000001. Held until the transaction ends. */
export async function nextCreditNoteNumber(
  tx: Tx,
  organisationId: OrganisationId,
  series: string,
): Promise<string> {
  const next = await row<{ last: number }>(
    tx,
    sql`insert into number_series (organisation_id, name, last)
      values (${organisationId}, ${`credit note ${series}`}, 1)
      on conflict (organisation_id, name) do update set last = number_series.last + 1
      returning last`,
  )
  return `${series}-A${String(next?.last).padStart(6, '0')}`
}

export type WrittenOff = {
  readonly invoiceId: InvoiceId
  readonly amount: Cents
  readonly reason: string
  readonly decidedBy: string
  readonly approvedBy: string
}

/** What was written off by a decision. */
export async function findWriteOff(
  read: Read,
  organisationId: OrganisationId,
  decision: string,
): Promise<WrittenOff | undefined> {
  return row<WrittenOff>(
    read,
    sql`select invoice_id as "invoiceId", amount_cents as amount, reason, decided_by as "decidedBy",
        approved_by as "approvedBy"
      from write_off where organisation_id = ${organisationId} and decision = ${decision}`,
  )
}
