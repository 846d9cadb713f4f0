// The mails about payments: the receipt, and money that the bank took back.
import { drawPdf } from '../documents/draw-pdf.ts'
import { readReceiptContent, receiptDocument } from '../documents/receipt-document.ts'
import { composeMail } from '../documents/mail-page.tsx'
import { writeReceiptMail as compose } from '../documents/receipt-mail.tsx'
import type { OrganisationId } from '../kernel/ids.ts'
import type { MailPlanOf, WrittenMail } from '../mail/mail.ts'
import { formatInstantDay } from '../kernel/french.ts'
import { quotedReference } from '../kernel/ids.ts'
import { ZERO } from '../kernel/money.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { findTakenBack } from './capture-store.ts'
import { getReceiptContent } from './store.ts'
import { texts } from './texts.ts'

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

/** The mail that a payment was taken back by the bank: how much, and which invoices are to pay again. */
export async function writeTakenBackMail(
  { db, config }: Services,
  organisationId: OrganisationId,
  { entryId }: MailPlanOf<'taken-back'>,
): Promise<WrittenMail | undefined> {
  const taken = await findTakenBack(db, organisationId, entryId)
  const organisation = await findOrganisation(db, organisationId)
  if (!taken || !organisation) return undefined
  const unit = await findUnit(db, organisationId, taken.billingUnitId)
  const { takenBackMail: said } = texts
  const due = taken.invoices.filter((invoice) => invoice.due > ZERO)
  const isAccount = unit?.mode === 'prepaid'
  return composeMail({
    subject: said.subject,
    parts: [
      { kind: 'text', text: said.intro(taken.amount, formatInstantDay(taken.capturedAt), unit?.name ?? '') },
      ...(due.length === 0
        ? [{ kind: 'text' as const, text: said.fromAccount }]
        : [
            { kind: 'text' as const, text: said.again(due.length), strong: true },
            { kind: 'list' as const, items: due.map(({ number, due }) => said.invoice(number, due)) },
          ]),
      { kind: 'text', text: said.check },
      ...(taken.reference === null
        ? []
        : [{ kind: 'text' as const, text: said.reference(quotedReference(taken.reference)) }]),
    ],
    action: isAccount ? said.seeAccount : said.seeInvoices,
    url: config.publicUrl + (isAccount ? paths.account : paths.invoices),
    closing: [said.contact(organisation.phone, organisation.email), said.signature(organisation.name)],
  })
}
