// How an operation is named, on pages, in files and in statements. Pure.
import type { Operation } from './operation.ts'
import { texts } from './texts.ts'

/** « Facture n° TH002048 », « Rechargement en ligne ». */
export function operationTitle({ kind, invoice }: Operation): string {
  const name = texts.operations.kinds[kind]
  return invoice ? texts.operations.numbered(name, invoice.number) : name
}

/** What is said under the title: establishment and activity, the receipt's number, or the means. */
export function operationNote({ invoice, receipt, method }: Operation): string {
  if (invoice) return [invoice.establishment, invoice.activity].filter((part) => part !== '').join(' · ')
  return receipt ? texts.operations.receipt(receipt.number) : method
}
