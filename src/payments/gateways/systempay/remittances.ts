// The bank reconciliation report that the back office exports: gateways.md 1.12, docs/gateways/systempay.md.
import { readIsoDay } from '../../../kernel/dates.ts'
import { cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { JournalProblem, RemittanceLine, RemittanceReport } from '../../bank-reports.ts'
import { readTransDate } from './fields.ts'
import { readReport } from './journal.ts'

/** What the platform's documentation names of a MATCHING record, the kind of card aside. */
const NEEDED = [
  'PAYMENT_DATE',
  'TRANSACTION_ID',
  'ORIGIN_AMOUNT',
  'CURRENCY_CODE',
  'ORDER_ID',
  'OPERATION_TYPE',
  'OPERATION_NUMBER',
]

/** Reads a report of what the bank credited; all or nothing, as a journal, which it is not. */
export function readRemittances(text: string): Result<RemittanceReport, readonly JournalProblem[]> {
  const read = readReport(text, NEEDED, readLine, ['DETAILS', 'MATCHING'])
  if (!read.ok) return read
  // A journal has these columns too, and tells of payments that were refused.
  const rows = text.split(/\r?\n/).map((raw) => raw.split(';'))
  const head = rows.findIndex((cells) => cells[0] === 'ENTETE')
  if (rows[head]?.includes('STATUS'))
    return fail([{ line: head + 1, kind: 'other-report', column: 'STATUS' }])
  const { shopNumber, mode, lines } = read.value
  return ok({
    gateway: 'systempay',
    shopNumber,
    mode,
    lines: lines.map(({ number, raw, value }) => ({ number, raw, ...value })),
  })
}

function readLine(of: (name: string) => string): Omit<RemittanceLine, 'number' | 'raw'> | string {
  const happenedAt = readTransDate(of('PAYMENT_DATE'))
  const remitted = of('REMITTANCE_DATE')
  const remittedOn = readIsoDay(remitted.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'))
  if (happenedAt === undefined) return 'PAYMENT_DATE'
  if (!/^\d{1,12}$/.test(of('ORIGIN_AMOUNT'))) return 'ORIGIN_AMOUNT'
  if (!/^(?:DT|CT)$/.test(of('OPERATION_TYPE'))) return 'OPERATION_TYPE'
  if (of('TRANSACTION_ID') === '') return 'TRANSACTION_ID'
  if (remitted !== '' && remittedOn === undefined) return 'REMITTANCE_DATE'
  return {
    remittance: of('REMITTANCE_NUMBER') || null,
    remittedOn: remittedOn ?? null,
    bankTransaction: of('TRANSACTION_UUID') || null,
    transactionNumber: of('TRANSACTION_ID'),
    reference: of('ORDER_ID'),
    operation: of('OPERATION_TYPE') === 'DT' ? 'debit' : 'credit',
    amount: cents(Number(of('ORIGIN_AMOUNT'))),
    isEuro: of('CURRENCY_CODE') === '978' || of('CURRENCY_CODE') === 'EUR',
    happenedAt,
    cardBrand: of('CARD_TYPE'),
  }
}
