// The mails about payments: the receipt, and money that the bank took back.
import { drawPdf } from '../documents/draw-pdf.ts'
import { readReceiptContent, receiptDocument } from '../documents/receipt-document.ts'
import { composeMail } from '../documents/mail-page.tsx'
import { writeReceiptMail as compose } from '../documents/receipt-mail.tsx'
import type { OrganisationId } from '../kernel/ids.ts'
import type { MailPlanOf, WrittenMail } from '../mail/mail.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatInstantDay } from '../kernel/french.ts'
import { quotedReference } from '../kernel/ids.ts'
import { ZERO } from '../kernel/money.ts'
import type { BillingUnit, Organisation } from '../organisations/organisation.ts'
import { findUnitTexts } from '../organisations/setting-store.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { findTakenBack, type TakenBack } from './capture-store.ts'
import { getReceiptContent } from './store.ts'
import { texts } from './texts.ts'

/** The receipt as it was frozen, with its first and only original as PDF. */
export async function writeReceiptMail(
  { db, config, clock }: Services,
  organisationId: OrganisationId,
  { receiptId, billingUnitId }: MailPlanOf<'receipt'>,
): Promise<WrittenMail> {
  const content = readReceiptContent(await getReceiptContent(db, organisationId, receiptId))
  const pdf = await drawPdf(receiptDocument(content, false))
  const words = await findUnitTexts(db, organisationId, billingUnitId, parisDay(clock.now()))
  return compose(content, pdf, config.publicUrl + paths.receipt(receiptId), words.mail_signature)
}

/** The mail that a payment was taken back by the bank: how much, and which invoices are to pay again. */
export async function writeTakenBackMail(
  { db, config, clock }: Services,
  organisationId: OrganisationId,
  { entryId }: MailPlanOf<'taken-back'>,
): Promise<WrittenMail | undefined> {
  const taken = await findTakenBack(db, organisationId, entryId)
  const organisation = await findOrganisation(db, organisationId)
  if (!taken || !organisation) return undefined
  const unit = await findUnit(db, organisationId, taken.billingUnitId)
  const words = await findUnitTexts(db, organisationId, taken.billingUnitId, parisDay(clock.now()))
  const { publicUrl } = config
  return takenBackMail(taken, { organisation, unit, publicUrl, signature: words.mail_signature })
}

/** The mail of what was taken back. */
export function takenBackMail(
  taken: TakenBack,
  from: {
    readonly organisation: Pick<Organisation, 'name' | 'phone' | 'email'>
    readonly unit: Pick<BillingUnit, 'name' | 'mode'> | undefined
    readonly publicUrl: string
    readonly signature: string | undefined
  },
): WrittenMail {
  const { organisation, unit, publicUrl, signature } = from
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
    url: publicUrl + (isAccount ? paths.account : paths.invoices),
    closing: [
      said.contact(organisation.phone, organisation.email),
      signature ?? said.signature(organisation.name),
    ],
  })
}
