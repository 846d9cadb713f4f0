// The chargeback report that the back office exports: gateways.md 1.12, docs/gateways/systempay.md.
import { cents } from '../../../kernel/money.ts'
import { type Result, ok } from '../../../kernel/result.ts'
import type { ChargebackLine, ChargebackReport, JournalProblem } from '../../bank-reports.ts'
import { readTransDate } from './fields.ts'
import { readReport } from './journal.ts'

/** The platform's documentation names none of them but the amount and the currency: the others are ours. */
const NEEDED = ['CHARGEBACK_DATE', 'CHARGEBACK_NUMBER', 'TRANSACTION_UUID', 'ORIGIN_AMOUNT', 'CURRENCY_CODE']

/** Reads a report of disputes, in euros; all or nothing, as a journal. */
export function readChargebacks(text: string): Result<ChargebackReport, readonly JournalProblem[]> {
  const read = readReport(text, NEEDED, readLine)
  if (!read.ok) return read
  const { shopNumber, mode, lines } = read.value
  return ok({
    gateway: 'systempay',
    shopNumber,
    mode,
    lines: lines.map(({ number, value }) => ({ number, ...value })),
  })
}

function readLine(of: (name: string) => string): Omit<ChargebackLine, 'number'> | string {
  const openedAt = readTransDate(of('CHARGEBACK_DATE'))
  if (openedAt === undefined) return 'CHARGEBACK_DATE'
  if (of('CHARGEBACK_NUMBER') === '') return 'CHARGEBACK_NUMBER'
  if (of('TRANSACTION_UUID') === '') return 'TRANSACTION_UUID'
  if (!/^\d{1,12}$/.test(of('ORIGIN_AMOUNT'))) return 'ORIGIN_AMOUNT'
  if (of('CURRENCY_CODE') !== '978' && of('CURRENCY_CODE') !== 'EUR') return 'CURRENCY_CODE'
  return {
    dispute: of('CHARGEBACK_NUMBER'),
    bankTransaction: of('TRANSACTION_UUID'),
    amount: cents(Number(of('ORIGIN_AMOUNT'))),
    openedAt,
  }
}
