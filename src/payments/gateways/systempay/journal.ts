// The journal of transactions that the back office exports: gateways.md 1.12, docs/gateways/systempay.md.
import { cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { ContractMode } from '../../../organisations/organisation.ts'
import type { Journal, JournalLine, JournalProblem } from '../../bank-reports.ts'
import type { BankFact } from '../../gateway.ts'
import { masked, readTransDate, verdictOf } from './fields.ts'

/** What a line is read from; the file's own header says where each stands, and may have more. */
const NEEDED = [
  'PAYMENT_DATE',
  'TRANSACTION_ID',
  'TRANSACTION_UUID',
  'ORDER_ID',
  'OPERATION_TYPE',
  'ORIGIN_AMOUNT',
  'CURRENCY_CODE',
  'STATUS',
] as const

/** Reads the journal of transactions. */
export function readJournal(text: string): Result<Journal, readonly JournalProblem[]> {
  const read = readReport(text, NEEDED, readLine)
  if (!read.ok) return read
  const { shopNumber, mode, lines } = read.value
  return ok({
    gateway: 'systempay',
    shopNumber,
    mode,
    lines: lines.map(({ number, raw, value }): JournalLine => ({ number, raw, fact: value })),
  })
}

type Report<Line> = {
  readonly shopNumber: string
  readonly mode: ContractMode
  readonly lines: readonly { readonly number: number; readonly raw: string; readonly value: Line }[]
}

/** A line's columns by their names; gives the line, or the name of the column that cannot be read. */
type ReadLine<Line> = (of: (name: string) => string, mode: ContractMode) => Line | string

/**
 * Reads a file of the back office: a TITRE line with the shop and the mode, an ENTETE line with the
 * names of the columns, then DETAILS lines. All or nothing: every unreadable line is told by its number.
 */
export function readReport<Line extends object>(
  text: string,
  needed: readonly string[],
  readLine: ReadLine<Line>,
): Result<Report<Line>, readonly JournalProblem[]> {
  const rows = text.split(/\r?\n/).map((raw, index) => ({ number: index + 1, raw, cells: raw.split(';') }))
  const title = rows.find(({ cells }) => cells[0] === 'TITRE')
  const head = rows.find(({ cells }) => cells[0] === 'ENTETE')
  const [, , shopNumber = '', modeText = ''] = title?.cells ?? []
  const mode = readMode(modeText)
  if (!/^\d{8}$/.test(shopNumber) || mode === undefined)
    return fail([{ line: title?.number ?? 1, kind: 'title', column: '' }])
  const missing = needed.filter((name) => !head?.cells.includes(name))
  if (!head || missing.length > 0)
    return fail([{ line: head?.number ?? 2, kind: 'header', column: missing.join(', ') }])
  const problems: JournalProblem[] = []
  const lines: Report<Line>['lines'][number][] = []
  for (const { number, raw, cells } of rows) {
    if (raw === '' || number === title?.number || number === head.number) continue
    const of = (name: string): string => cells[head.cells.indexOf(name)] ?? ''
    const read = cells[0] === 'DETAILS' ? readLine(of, mode) : undefined
    if (read === undefined) problems.push({ line: number, kind: 'tag', column: '' })
    else if (typeof read === 'string') problems.push({ line: number, kind: 'value', column: read })
    else lines.push({ number, raw, value: read })
  }
  return problems.length > 0 ? fail(problems) : ok({ shopNumber, mode, lines })
}

const readMode = (text: string): ContractMode | undefined =>
  text === 'TEST' || text === 'PRODUCTION' ? text : undefined

/** One line in our words, or the name of the column that cannot be read. */
function readLine(of: (name: string) => string, mode: ContractMode): BankFact | string {
  const happenedAt = readTransDate(of('PAYMENT_DATE'))
  if (happenedAt === undefined) return 'PAYMENT_DATE'
  if (of('TRANSACTION_UUID') === '') return 'TRANSACTION_UUID'
  if (!/^\d{1,12}$/.test(of('ORIGIN_AMOUNT'))) return 'ORIGIN_AMOUNT'
  if (!/^(?:DT|CT)$/.test(of('OPERATION_TYPE'))) return 'OPERATION_TYPE'
  if (of('STATUS') === '') return 'STATUS'
  return {
    mode,
    reference: of('ORDER_ID'),
    transactionNumber: of('TRANSACTION_ID'),
    bankTransaction: of('TRANSACTION_UUID'),
    operation: of('OPERATION_TYPE') === 'DT' ? 'debit' : 'credit',
    verdict: verdictOf(of('STATUS')),
    amount: cents(Number(of('ORIGIN_AMOUNT'))),
    isEuro: of('CURRENCY_CODE') === '978' || of('CURRENCY_CODE') === 'EUR',
    happenedAt,
    cardBrand: of('CARD_TYPE'),
    cardMasked: masked(of('CARD_NUMBER')),
    authorisation: of('AUTH_NUMBER'),
    reason: '',
  }
}
