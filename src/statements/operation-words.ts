// How an operation is named, on pages, in files and in statements. Pure.
import { texts as documents } from '../documents/texts.ts'
import type { Operation } from './operation.ts'
import { texts } from './texts.ts'

/** « Facture n° TH002048 », « Avoir n° TH-A000003 », « Rechargement en ligne ». */
export function operationTitle({ kind, invoice, creditNote }: Operation): string {
  const name = texts.operations.kinds[kind]
  const number = invoice?.number ?? creditNote?.number
  return number === undefined ? name : texts.operations.numbered(name, number)
}

/** What is said under the title: establishment and activity, the means, the receipt's number. */
export function operationNote({ invoice, receipt, method, creditNote }: Operation): string {
  const { operations } = texts
  const { means } = documents
  const parts = invoice
    ? [invoice.establishment, invoice.activity]
    : [
        creditNote ? operations.onInvoice(creditNote.invoiceNumber) : '',
        means[method] ?? method,
        receipt ? operations.receipt(receipt.number) : '',
      ]
  return parts.filter((part) => part !== '').join(' · ')
}
