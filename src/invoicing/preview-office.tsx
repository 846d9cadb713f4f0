// Beside the editor: the document a draft would become.
import type { Context, Hono } from 'hono'
import { freezeContent } from '../billing/content.ts'
import { invoiceDocument } from '../billing/invoice-document.ts'
import { findIssuer } from '../billing/issue-invoice.ts'
import { findPayerAddresses } from '../billing/store.ts'
import { drawPdf } from '../documents/draw-pdf.ts'
import { present } from '../kernel/assert.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { openOffice } from '../staff/open-office.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'
import { listItems } from './catalogue-store.ts'
import { requireDraft } from './require-draft.ts'
import { findDraftFamily } from './draft-store.ts'
import { readDraft } from './draft.ts'
import { invoiceOf } from './issue-draft.ts'
import { draftTexts as words } from './texts.ts'

export function previewDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.draftPdf(':id'), 'invoice.draft', (c, actor) => sendPreview(c, services, actor))
}

/** The very document that issue would freeze, with no number: drawn afresh, kept nowhere. */
async function sendPreview(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const { db, clock, config } = services
  const draft = await requireDraft(c, services, actor)
  const { organisationId } = actor
  const family = (await findDraftFamily(db, organisationId, draft.familyId)) ?? notFound()
  const items = await listItems(db, organisationId, [draft.establishmentId])
  const read = readDraft(draft.typed, { children: family.children, items })
  const place = { organisationId, billingUnitId: draft.unitId, establishmentId: draft.establishmentId }
  const issuer = await findIssuer(db, place)
  const payers = await findPayerAddresses(db, organisationId, [draft.familyId])
  const payer = present(payers.get(draft.familyId), 'a draft of no family')
  const invoice = invoiceOf(organisationId, { draft, read }, words.draftNumber, issuer, clock.now())
  const content = freezeContent(invoice, issuer.seller, issuer.establishment, payer, issuer.unit)
  const pdf = await drawPdf(invoiceDocument(content, `${config.publicUrl}${paths.invoices}`))
  c.header('content-type', 'application/pdf')
  c.header('content-disposition', 'inline; filename="apercu.pdf"')
  return c.body(new Uint8Array(pdf))
}
