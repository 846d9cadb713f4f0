import { drawPdf } from '../documents/draw-pdf.ts'
import { invoiceDocument } from './invoice-document.ts'
import type { JobOf } from '../jobs/job.ts'
import { assert, present } from '../kernel/assert.ts'
import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import type { InvoiceContent } from './content.ts'
import { findContent, findPdf, type KeptPdf } from './store.ts'

/**
 * The invoice's document, drawn once from its frozen content and kept, then reissued byte for byte.
 * Two first requests at once get the same bytes: what was kept first. Throws when the content or the
 * kept file no longer has the hash it was kept with: an altered invoice is not handed out.
 */
export async function invoicePdf(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<KeptPdf> {
  const { db, clock, config } = services
  const kept = await findPdf(db, organisationId, invoiceId)
  if (kept) return verified(kept, invoiceId)
  const frozen = present(
    await findContent(db, organisationId, invoiceId),
    `no content of invoice ${invoiceId}`,
  )
  assert(sha256(frozen.content).equals(frozen.sha256), `invoice ${frozen.number}: its content was altered`)
  const content = JSON.parse(frozen.content) as InvoiceContent
  const url = `${config.publicUrl}${paths.invoice(frozen.number)}`
  const pdf = await drawPdf(invoiceDocument(content, url))
  await db.transaction((tx) =>
    tx
      .insertInto('invoice_pdf')
      .values({
        organisation_id: organisationId,
        invoice_id: invoiceId,
        origin: 'drawn',
        pdf,
        sha256: sha256(pdf),
        kept_at: clock.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
  const stored = await findPdf(db, organisationId, invoiceId)
  return verified(present(stored, `no document of invoice ${invoiceId}`), invoiceId)
}

function verified(kept: KeptPdf, invoiceId: InvoiceId): KeptPdf {
  assert(sha256(kept.pdf).equals(kept.sha256), `invoice ${invoiceId}: its document was altered`)
  return kept
}

/** The planned work: draws ahead of the family's first request. */
export async function drawInvoice(services: Services, job: JobOf<'draw-invoice'>): Promise<void> {
  await invoicePdf(services, job.organisationId, job.invoiceId)
}
