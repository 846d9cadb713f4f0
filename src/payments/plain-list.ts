// A list of card operations without the form of any bank: a CSV with a date, a reference and an amount,
// as a back office or a spreadsheet gives it.
import { CsvError, parse } from 'csv-parse/sync'
import { type Day, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import { type Cents, cents, negate } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'

export type PlainLine = {
  /** Its number in the file, the header's being 1. */
  readonly number: number
  /** The line as it stands, its cells joined. */
  readonly raw: string
  readonly on: Day
  readonly reference: string
  /** What the bank took, or gave back when negative. */
  readonly amount: Cents
}

/** Where it cannot be read: the line's number, and the column at fault when one is. */
export type PlainProblem = {
  readonly kind: 'not-a-list' | 'columns' | 'empty' | 'date' | 'amount' | 'reference'
  readonly line: number
  /** What stands there, or the columns that are missing. */
  readonly found: string
}

/** How each column may be called, accents and case aside; the first that fits is it. */
const NAMES = {
  date: /^(?:date|jour)\b/,
  reference:
    /^(?:reference|ref|order|commande|transaction|n(?:o|°)? ?(?:de )?(?:commande|transaction)|libelle)\b/,
  amount: /^(?:montant|amount|somme|credit)\b/,
} as const
const SEPARATORS = [';', ',', '\t'] as const
const BOM = /^\uFEFF/

/** Reads the bytes, as UTF-8 or else Windows-1252; all the lines, or the first that cannot be read. */
export function readPlainList(content: Uint8Array): Result<readonly PlainLine[], PlainProblem> {
  const text = decode(content)
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const counts = SEPARATORS.map((one) => [one, head.split(one).length] as const)
  const [separator] = counts.toSorted((a, b) => b[1] - a[1])[0] ?? [';']
  const rows = readRows(text, separator)
  if (!rows.ok) return rows
  const [header, ...others] = rows.value
  if (!header) return fail({ kind: 'not-a-list', line: 1, found: '' })
  const names = header.cells.map(plain)
  const at = {
    date: names.findIndex((name) => NAMES.date.test(name)),
    reference: names.findIndex((name) => NAMES.reference.test(name)),
    amount: names.findIndex((name) => NAMES.amount.test(name)),
  }
  if (Object.values(at).includes(-1))
    return fail({ kind: 'columns', line: header.number, found: header.cells.join(', ').slice(0, 120) })
  const lines: PlainLine[] = []
  for (const { number, cells } of others) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const read = readLine(number, cells, at)
    if (!read.ok) return read
    lines.push(read.value)
  }
  return lines.length === 0 ? fail({ kind: 'empty', line: header.number, found: '' }) : ok(lines)
}

type Row = { readonly number: number; readonly cells: readonly string[] }

function readRows(text: string, delimiter: string): Result<readonly Row[], PlainProblem> {
  try {
    const found = parse(text, { delimiter, info: true, relax_column_count: true, skip_empty_lines: true })
    return ok(
      (found as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
        number: info.lines,
        cells: record,
      })),
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return fail({ kind: 'not-a-list', line: Number(error['lines'] ?? 1), found: '' })
  }
}

function readLine(
  number: number,
  cells: readonly string[],
  at: { readonly date: number; readonly reference: number; readonly amount: number },
): Result<PlainLine, PlainProblem> {
  const cell = (index: number) => (cells[index] ?? '').trim()
  const bad = (kind: PlainProblem['kind'], index: number) =>
    fail({ kind, line: number, found: cell(index).slice(0, 60) })
  // « 12/04/2012 18:44:30 » too.
  const [day = ''] = cell(at.date).split(/[ T]/)
  const on = readFrenchDay(day) ?? readIsoDay(day)
  if (on === undefined) return bad('date', at.date)
  const amount = readSigned(cell(at.amount))
  if (amount === undefined) return bad('amount', at.amount)
  const reference = cell(at.reference)
  if (reference === '') return bad('reference', at.reference)
  return ok({ number, raw: cells.join(';'), on, reference, amount })
}

/** « 1 234,50 », « 1.234,50 », « -12.5 », « 12 € »: what a spreadsheet writes; undefined for anything else. */
function readSigned(text: string): Cents | undefined {
  const bare = text.replaceAll(/[\s\u00A0\u202F€]|EUR$/g, '').replaceAll('\u2212', '-')
  const grouped = /,\d{1,2}$/.test(bare) ? bare.replaceAll('.', '') : bare
  const match = /^([+-]?)(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(grouped)
  if (!match) return undefined
  const value = cents(Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0')))
  return match[1] === '-' ? negate(value) : value
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content).replace(BOM, '')
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}
