import { readFile } from 'node:fs/promises'
import type { Instant } from '../kernel/dates.ts'
import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'

/** The bytes of one PDF; a folder of thousands is read one by one. */
export const readPdf = (file: string): Promise<Buffer> => readFile(file)

/** Keeps the other software's own PDF of an invoice, to be served byte for byte. */
export async function keepPdf(
  tx: Tx,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
  file: string,
  now: Instant,
): Promise<void> {
  const pdf = await readPdf(file)
  await tx
    .insertInto('invoice_pdf')
    .values({
      organisation_id: organisationId,
      invoice_id: invoiceId,
      origin: 'original',
      pdf,
      sha256: sha256(pdf),
      kept_at: now,
    })
    // Drawn for a family since the check: that one was handed out, and stays.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
