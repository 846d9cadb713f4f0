// The receipt by mail: the words of its page, and the PDF beside them.
import { formatCents, formatInstantDay, formatTime } from '../kernel/french.ts'
import { ZERO } from '../kernel/money.ts'
import type { WrittenMail } from '../mail/mail.ts'
import { composeMail, type MailPart } from './mail-page.tsx'
import { type ReceiptContent, receiptFacts } from './receipt-document.ts'
import { texts } from './texts.ts'

const { receipt: words } = texts

/** The mail of a receipt; `url` is its page, `pdf` its document, `signature` the unit's own words. */
export function writeReceiptMail(
  content: ReceiptContent,
  pdf: Buffer,
  url: string,
  signature?: string,
): WrittenMail {
  const { payee, number } = content
  const paidAt = new Date(content.paidAt)
  const mail = composeMail({
    subject: words.mailSubject(number),
    parts: [
      {
        kind: 'text',
        text: words.mailIntro(formatCents(content.amountCents), formatInstantDay(paidAt), formatTime(paidAt)),
      },
      { kind: 'facts', facts: receiptFacts(content) },
      ...settled(content),
      { kind: 'text', text: words.notAnInvoice, strong: true },
    ],
    action: words.mailLink,
    url,
    closing: [words.contact(payee.phone, payee.email), signature ?? texts.signature(payee.organisation)],
  })
  return { ...mail, attachments: [{ filename: `recu-${number}.pdf`, content: pdf }] }
}

/** Each invoice settled with what remains due on it, then what was put on the account. */
function settled(content: ReceiptContent): MailPart[] {
  const facts = content.lines.map((line) => ({
    label: words.settledLine(line.invoiceNumber, line.label),
    value: words.settledValue(formatCents(line.settledCents), formatCents(line.dueAfterCents)),
  }))
  if (content.creditCents > ZERO) facts.push({ label: words.credit, value: formatCents(content.creditCents) })
  return facts.length === 0
    ? []
    : [
        { kind: 'text', text: words.lines, strong: true },
        { kind: 'facts', facts },
      ]
}
