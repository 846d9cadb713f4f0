// What a receipt says, frozen when the money is booked: the page, the mail and the PDF read it alone.
import type { Cents } from '../kernel/money.ts'

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
