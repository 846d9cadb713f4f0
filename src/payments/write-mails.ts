// The mail that carries a receipt.
import { drawPdf } from '../documents/draw-pdf.ts'
import { readReceiptContent, receiptDocument } from '../documents/receipt-document.ts'
import { writeReceiptMail as compose } from '../documents/receipt-mail.tsx'
import type { OrganisationId } from '../kernel/ids.ts'
import type { MailPlanOf, WrittenMail } from '../mail/mail.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { getReceiptContent } from './store.ts'

/** The receipt as it was frozen, with its first and only original as PDF. */
export async function writeReceiptMail(
  { db, config }: Services,
  organisationId: OrganisationId,
  { receiptId }: MailPlanOf<'receipt'>,
): Promise<WrittenMail> {
  const content = readReceiptContent(await getReceiptContent(db, organisationId, receiptId))
  const pdf = await drawPdf(receiptDocument(content, false))
  return compose(content, pdf, config.publicUrl + paths.receipt(receiptId))
}
