import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'

/**
 * Keeps a cancelled invoice from the family for good, if it was never published: neither it nor its
 * credit note is then shown. The database refuses it for an invoice that a credit note did not bring
 * to nothing. Gives whether it was withheld.
 */
export async function withholdInvoice(
  tx: Tx,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<boolean> {
  if (!(await lockUnpublished(tx, organisationId, invoiceId))) return false
  await sql`update invoice set visible_at = 'infinity'
    where organisation_id = ${organisationId} and id = ${invoiceId}`.execute(tx)
  await sql`update invoice_publication set visible_at = 'infinity'
    where organisation_id = ${organisationId} and invoice_id = ${invoiceId}`.execute(tx)
  return true
}

/** Whether the invoice was not published yet; it then is not before this transaction ends. */
export async function lockUnpublished(
  tx: Tx,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<boolean> {
  const waiting = await rows(
    tx,
    sql`select 1 from invoice_publication where organisation_id = ${organisationId}
      and invoice_id = ${invoiceId} and published_at is null for update`,
  )
  return waiting.length > 0
}
