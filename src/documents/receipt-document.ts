// What a receipt says, frozen when the money is booked: the page, the mail and the PDF read it alone.
import { formatCents, formatInstantDay, formatTime } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { Block, Printable, TableRow } from './printable.ts'
import { texts } from './texts.ts'

const { receipt: words } = texts

export type ReceiptContent = {
  readonly version: 1
  /** « R-2012-000397 ». */
  readonly number: string
  /** The payment's public reference, whole. */
  readonly reference: string
  /** When the bank took the money: an ISO instant. */
  readonly paidAt: string
  readonly payer: { readonly name: string }
  readonly payee: {
    readonly organisation: string
    readonly siret: string
    readonly unit: string
    readonly address: string
    readonly phone: string
    readonly email: string
  }
  readonly purpose: 'invoices' | 'top_up'
  /** How it was paid, in French: « Carte bancaire ». */
  readonly mode: string
  readonly cardBrand: string
  /** « •••• 0055 »; empty when the bank did not say. */
  readonly cardMasked: string
  readonly authorisation: string
  readonly bankTransaction: string
  readonly bankName: string
  readonly amountCents: Cents
  /** What was settled, in order; empty for a top-up that settled nothing. */
  readonly lines: readonly {
    readonly invoiceNumber: string
    readonly label: string
    readonly settledCents: Cents
    readonly dueAfterCents: Cents
  }[]
  /** What was put on the family's account at the unit. */
  readonly creditCents: Cents
}

/** Reads back what `JSON.stringify` kept. */
export const readReceiptContent = (content: string): ReceiptContent => JSON.parse(content) as ReceiptContent

/** The receipt's document; a reprint is marked « Duplicata ». */
export function receiptDocument(content: ReceiptContent, duplicate: boolean): Printable {
  const { payee, payer, number } = content
  const paidAt = new Date(content.paidAt)
  return {
    title: words.title(number),
    author: payee.organisation,
    createdAt: paidAt,
    letterhead: {
      name: payee.organisation,
      lines: [
        payee.unit,
        ...payee.address.split('\n'),
        texts.siret(payee.siret),
        [texts.phone(payee.phone), payee.email].join(' · '),
      ],
    },
    heading: {
      title: words.heading(number),
      lines: [words.paidOn(formatInstantDay(paidAt), formatTime(paidAt))],
      ...(duplicate ? { mark: words.duplicate } : {}),
    },
    addressee: [payer.name],
    blocks: [
      {
        kind: 'facts',
        facts: receiptFacts(content).map((fact, index) => ({ ...fact, strong: index === 0 })),
      },
      { kind: 'heading', text: words.lines },
      settledTable(content),
      ...(content.creditCents > 0
        ? [{ kind: 'text' as const, text: words.creditNote, look: 'small' as const }]
        : []),
      { kind: 'text', text: words.notAnInvoice, look: 'strong' },
      { kind: 'text', text: words.contact(payee.phone, payee.email), look: 'small' },
    ],
    footer: texts.footer(payee.organisation, payee.siret),
    page: texts.page,
  }
}

/** The facts of a receipt in the order of its page, its mail and its PDF; what the bank did not say is left out. */
export function receiptFacts(content: ReceiptContent): { label: string; value: string }[] {
  const { payee } = content
  const paidAt = new Date(content.paidAt)
  return [
    { label: words.amount, value: formatCents(content.amountCents) },
    { label: words.date, value: words.dateValue(formatInstantDay(paidAt), formatTime(paidAt)) },
    { label: words.payer, value: content.payer.name },
    { label: words.payee, value: words.payeeValue(payee.organisation, payee.unit) },
    { label: words.siret, value: payee.siret },
    { label: words.mode, value: content.mode },
    { label: words.card, value: [content.cardBrand, content.cardMasked].join(' ').trim() },
    { label: words.authorisation, value: content.authorisation },
    { label: words.bank, value: content.bankName },
    { label: words.transaction, value: content.bankTransaction },
    { label: words.reference, value: content.reference },
  ].filter((fact) => fact.value !== '')
}

function settledTable(content: ReceiptContent): Block {
  return {
    kind: 'table',
    summary: words.lines,
    columns: [
      { title: words.columns.invoice, width: 92 },
      { title: words.columns.label, width: 'wide' },
      { title: words.columns.settled, width: 84, amount: true },
      { title: words.columns.dueAfter, width: 84, amount: true },
    ],
    rows: [
      ...content.lines.map((line): TableRow => ({
        kind: 'line',
        cells: [
          line.invoiceNumber,
          line.label,
          formatCents(line.settledCents),
          formatCents(line.dueAfterCents),
        ],
      })),
      ...(content.creditCents > 0
        ? [{ kind: 'line' as const, cells: ['', words.credit, formatCents(content.creditCents), ''] }]
        : []),
      { kind: 'total', cells: [words.total, '', formatCents(content.amountCents), ''] },
    ],
  }
}
