import type { Hono } from 'hono'
import type { ReceiptId } from '../kernel/ids.ts'
import { drawPdf } from '../documents/draw-pdf.ts'
import { readReceiptContent, receiptDocument } from '../documents/receipt-document.ts'
import type { FamilyActor } from '../identity/actor.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, viewOf } from '../web/request.ts'
import { ReceiptPage } from './pages/receipt-page.tsx'
import { findReceipt, type ReceiptRow } from './store.ts'

const ID = ':id' as ReceiptId

/** Receipts, on a page and as PDF. */
export function receiptDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.receipt(ID), async (c) => {
    const receipt = await ownReceipt(services, requireFamily(c), c.req.param('id'))
    const content = readReceiptContent(receipt.content)
    return render(c, <ReceiptPage view={viewOf(c)} receipt={receipt} content={content} />)
  })

  app.get(paths.receiptPdf(ID), async (c) => {
    const receipt = await ownReceipt(services, requireFamily(c), c.req.param('id'))
    // The original left with the mail: what is printed again says so.
    const pdf = await drawPdf(receiptDocument(readReceiptContent(receipt.content), true))
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="recu-${receipt.number}.pdf"`)
    return c.body(new Uint8Array(pdf))
  })
}

/** The family's receipt of that id; another family's is not found. */
async function ownReceipt({ db }: Services, actor: FamilyActor, id: string | undefined): Promise<ReceiptRow> {
  if (id === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return notFound()
  const receipt = await findReceipt(db, actor.organisationId, actor.familyId, id as ReceiptId)
  return receipt ?? notFound()
}
