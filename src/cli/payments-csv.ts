// The payments of a period as a CSV for the accounts: one line per part of a payment. Pure.
import { formatDay } from '../kernel/french.ts'
import { csvCents } from '../kernel/french.ts'
import type { PaymentPart } from './payments-store.ts'
import { texts } from './texts.ts'

/** Lets Excel see that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

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
  return [texts.payments.columns, ...lines].map((line) => line.map(csvCell).join(';')).join('\r\n')
}

const AMOUNT = /^-?\d+,\d{2}$/

/** A cell that a spreadsheet would run as a formula gets an apostrophe (ASVS 1.2.10). */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !AMOUNT.test(text) ? `'${text}` : text
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
