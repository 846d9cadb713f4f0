// The pages of one invoice: its detail and its document.
import type { Context, Hono } from 'hono'
import type { FamilyActor } from '../identity/actor.ts'
import { present } from '../kernel/assert.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, viewOf } from '../web/request.ts'
import { invoicePdf } from './draw-invoice.ts'
import { isInvoiceNumber } from './invoice.ts'
import { InvoicePage } from './pages.tsx'
import { listRelated } from './related-store.ts'
import { findInvoice, findPdfSize, type InvoiceDetail, listLines, listSettlements } from './store.ts'

/** GET /factures/:numero and its PDF. Another family's invoice, or one not yet visible, is not found. */
export function billingDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.invoice(':numero'), async (c) => {
    const actor = requireFamily(c)
    const invoice = await invoiceOf(c, services, actor)
    const { db } = services
    const [lines, settlements, unit, organisation, pdfSize, related] = await Promise.all([
      listLines(db, actor.organisationId, invoice.id),
      listSettlements(db, actor.organisationId, invoice.id),
      findUnit(db, actor.organisationId, invoice.billingUnitId),
      findOrganisation(db, actor.organisationId),
      sizeOf(services, actor, invoice),
      listRelated(db, actor.organisationId, [invoice.id], services.clock.now()),
    ])
    return render(
      c,
      <InvoicePage
        view={viewOf(c)}
        invoice={invoice}
        lines={lines}
        settlements={settlements}
        unit={present(unit, 'an invoice of no unit')}
        openingHours={organisation?.openingHours ?? ''}
        pdfSize={pdfSize}
        related={related.get(invoice.id)}
      />,
    )
  })

  app.get(paths.invoicePdf(':numero'), async (c) => {
    const actor = requireFamily(c)
    const invoice = await invoiceOf(c, services, actor)
    const { pdf } = await invoicePdf(services, actor.organisationId, invoice.id)
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="facture-${invoice.number}.pdf"`)
    return c.body(new Uint8Array(pdf))
  })
}

async function invoiceOf(
  c: Context<Env>,
  { db, clock }: Services,
  { organisationId, familyId }: FamilyActor,
): Promise<InvoiceDetail> {
  const number = c.req.param('numero') ?? ''
  if (!isInvoiceNumber(number)) notFound()
  const invoice = await findInvoice(db, organisationId, familyId, number, clock.now())
  return invoice ?? notFound()
}

/** The document's size, drawn now if it never was; undefined when it cannot be: the page stays readable. */
async function sizeOf(services: Services, actor: FamilyActor, invoice: InvoiceDetail) {
  const known = await findPdfSize(services.db, actor.organisationId, invoice.id)
  if (known !== undefined) return known
  try {
    const { pdf } = await invoicePdf(services, actor.organisationId, invoice.id)
    return pdf.length
  } catch (error) {
    services.log.error({ invoice: invoice.number, err: error }, 'document not drawn')
    return undefined
  }
}
