// Money that came into an account, as the bank's statement tells it. Pure.
import type { Day } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'
import { findRfReferences, readRfReference } from '../kernel/transfer-reference.ts'

/** An incoming line of a statement. */
export type IncomingLine = {
  readonly bookedOn: Day
  readonly amount: Cents
  /** Empty when the bank does not say. */
  readonly payerName: string
  /** The creditor reference of its own field (ISO 11649 or other), or empty. */
  readonly reference: string
  /** What the payer wrote. */
  readonly words: string
  /** The bank's own references, which tell two equal lines apart. */
  readonly marks: readonly string[]
  /** It takes back a payment of the association: no family's payment, whatever it says. */
  readonly isReturn: boolean
  /** Our own end-to-end id, when it takes back a transfer of ours; else empty. */
  readonly endToEnd: string
  /** Why it came back, as the bank codes it; empty when it does not say. */
  readonly returnReason: string
  /** What the bank says that it kept of the sum: the line is what remains. */
  readonly fee: Cents
}

/** Money that left, with every reference of ours that the bank repeats. */
export type OutgoingLine = {
  readonly bookedOn: Day
  readonly amount: Cents
  /** End-to-end ids, payment informations and messages, as our own file named them. */
  readonly references: readonly string[]
}

export type Statement = {
  readonly iban: string
  readonly lines: readonly IncomingLine[]
  readonly outgoing: readonly OutgoingLine[]
  /** What the bank announces and has not booked: read again when it has. */
  readonly pending: number
}

/** The account of a statement, or the place in the file that cannot be read. */
export type StatementProblem = {
  readonly kind: 'encoding' | 'xml' | 'doctype' | 'not-camt' | 'account' | 'entry'
  /** The number of the entry in its statement, from 1; 0 when it is none. */
  readonly entry: number
}

const INVOICE_NUMBER = /^[A-Z]{2,4}\d{6,21}$/

/**
 * The invoice numbers a line names by references that check: that of its own field, else those found
 * in the payer's words. A number without its check digits is none: one figure typed for another
 * would settle a stranger's invoice.
 */
export function invoicesNamed({ reference, words }: Pick<IncomingLine, 'reference' | 'words'>): string[] {
  const structured = readRfReference(reference)
  if (structured !== undefined) return [structured]
  return findRfReferences(`${reference} ${words}`, INVOICE_NUMBER)
}

/**
 * What makes a line the same line in whatever file: its account and everything the bank says of it;
 * `twin` counts the lines of one statement that say exactly the same, from 0.
 */
export const lineText = (iban: string, line: IncomingLine, twin: number): string =>
  JSON.stringify([
    iban,
    line.bookedOn,
    line.amount,
    line.payerName,
    line.reference,
    line.words,
    ...line.marks,
    twin,
  ])
