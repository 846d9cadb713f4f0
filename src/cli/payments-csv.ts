// The payments of a period as a CSV for the accounts: one line per part of a payment. Pure.
import { csvLine } from '../kernel/csv.ts'
import { formatDay } from '../kernel/french.ts'
import { csvCents } from '../kernel/french.ts'
import type { PaymentPart } from './payments-store.ts'
import { texts } from './texts.ts'

/** Semicolons, decimal commas, CRLF (RFC 4180); amounts sum to the payments. */
export function paymentsCsv(parts: readonly PaymentPart[]): string {
  const lines = parts.map((part) => [
    formatDay(part.paidOn),
    part.receipt ?? '',
    part.reference ?? '',
    part.bankTransaction,
    part.familyKey ?? '',
    part.family ?? '',
    part.unit,
    part.invoice ?? texts.payments.accounts[part.account] ?? part.account,
    csvCents(part.amount),
    texts.payments.means[part.means] ?? part.means,
    texts.payments.operations[part.operation] ?? part.operation,
  ])
  return [texts.payments.columns, ...lines].map(csvLine).join('\r\n')
}
