// A credit note: what it corrects, how much it may, and what its issue freezes. Pure.
import type { Day } from '../kernel/dates.ts'
import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, subtract, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { InvoiceContent } from './content.ts'

type CorrectedLine = { readonly line: number; readonly amount: Cents }

/** What is to be credited on an issued invoice: an amount, or so much of some of its lines. */
export type NewCreditNote = {
  readonly organisationId: OrganisationId
  readonly invoiceId: InvoiceId
  /** The caller's own key: the same form sent twice is one credit note. */
  readonly requestKey: string
  readonly reason: string
  readonly corrects: Cents | readonly CorrectedLine[]
}

/** What stands of the invoice: its lines and total, less what earlier credit notes took. */
export type Correctable = {
  readonly total: Cents
  readonly lines: ReadonlyMap<number, Cents>
}

export type CorrectionFailure = 'no-amount' | 'unknown-line' | 'above-line' | 'above-invoice'

/** The lines of a note, none when it was written for an amount. */
export const linesOf = ({ corrects }: NewCreditNote): readonly CorrectedLine[] =>
  typeof corrects === 'number' ? [] : corrects

/** The amount of a note, if what stands of the invoice bears it. */
export function amountOf(note: NewCreditNote, standing: Correctable): Result<Cents, CorrectionFailure> {
  const lines = linesOf(note)
  if (new Set(lines.map((one) => one.line)).size < lines.length) return fail('unknown-line')
  for (const { line, amount } of lines) {
    const left = standing.lines.get(line)
    if (left === undefined) return fail('unknown-line')
    if (amount <= ZERO) return fail('no-amount')
    if (amount > left) return fail('above-line')
  }
  const amount = typeof note.corrects === 'number' ? note.corrects : sum(lines.map((one) => one.amount))
  if (amount <= ZERO) return fail('no-amount')
  return amount > standing.total ? fail('above-invoice') : ok(amount)
}

export type CreditNoteContent = {
  readonly version: 1
  readonly number: string
  readonly issuedOn: Day
  readonly reason: string
  readonly invoice: { readonly number: string; readonly issuedOn: Day; readonly totalCents: Cents }
  readonly seller: InvoiceContent['seller']
  readonly establishment: InvoiceContent['establishment']
  readonly payer: InvoiceContent['payer']
  readonly beneficiary: string
  readonly lines: readonly { readonly line: number; readonly label: string; readonly amountCents: Cents }[]
  readonly amountCents: Cents
  /** What was still due of it, and what went to the family's credit. */
  readonly settledCents: Cents
  readonly creditedCents: Cents
}

/** Freezes a credit note as it is issued, from what its invoice froze. */
export function freezeCreditNote(
  invoice: InvoiceContent,
  note: NewCreditNote,
  issued: { number: string; issuedOn: Day; amount: Cents; settled: Cents },
): CreditNoteContent {
  return {
    version: 1,
    number: issued.number,
    issuedOn: issued.issuedOn,
    reason: note.reason,
    invoice: { number: invoice.number, issuedOn: invoice.issuedOn, totalCents: invoice.totalCents },
    seller: invoice.seller,
    establishment: invoice.establishment,
    payer: invoice.payer,
    beneficiary: invoice.beneficiary,
    lines: linesOf(note).map(({ line, amount }) => ({
      line,
      label: invoice.lines[line - 1]?.label ?? '',
      amountCents: amount,
    })),
    amountCents: issued.amount,
    settledCents: issued.settled,
    creditedCents: subtract(issued.amount, issued.settled),
  }
}
