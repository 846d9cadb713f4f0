// From the bytes of an import file to rows and cells. Pure.
import { CsvError, parse } from 'csv-parse/sync'
import { columnsOf, isRequired, KINDS, type RawRow, type Remark } from './format.ts'
import { texts } from './texts.ts'

/** Longer than any name or label that prints on an invoice. */
const MAX_SIGNS = 500
/** Control signs, save the end of line that an address may hold. */
const CONTROL = /[^\P{Cc}\n\r\t]/u

/** The text of a file: UTF-8 with or without its mark, else Windows-1252. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/**
 * Cuts a file into rows: semicolons, quotes where a cell holds one, lines that begin with # skipped.
 * Unknown kinds, too many cells and empty required cells are remarked.
 */
export function readFile(content: string | Uint8Array): { rows: RawRow[]; problems: Remark[] } {
  const rows: RawRow[] = []
  const problems: Remark[] = []
  const parsed = cut(typeof content === 'string' ? content.replace(/^\uFEFF/, '') : decode(content))
  if ('line' in parsed) return { rows, problems: [parsed] }
  for (const { line, cells } of parsed.records) {
    const [first = '', ...rest] = cells
    const kind = KINDS.find((one) => one === first.toLowerCase())
    if (kind) rows.push(checkCells({ line, kind, cells: rest }, problems))
    else problems.push({ line, column: texts.kindColumn, value: first, reason: texts.reasons.kind(KINDS) })
  }
  if (rows.length === 0 && problems.length === 0)
    problems.push({ line: 1, column: texts.kindColumn, value: '', reason: texts.reasons.empty })
  return { rows, problems }
}

type Parsed = { readonly records: readonly { readonly line: number; readonly cells: readonly string[] }[] }

function cut(text: string): Parsed | Remark {
  try {
    const found = parse(text, {
      delimiter: ';',
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    const records = found
      .map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
    return { records }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error && typeof error['lines'] === 'number' ? error['lines'] : 1
    return { line, column: '', value: '', reason: texts.reasons.quotes }
  }
}

function checkCells(row: RawRow, problems: Remark[]): RawRow {
  const { line, kind } = row
  const columns = columnsOf(kind)
  for (const value of row.cells.slice(columns.length))
    if (value !== '')
      problems.push({ line, column: '', value, reason: texts.reasons.tooMany(kind, columns.length + 1) })
  const cells = columns.map((_, index) => row.cells[index] ?? '')
  cells.forEach((value, index) => {
    const reason = refusal(value, isRequired(kind, index))
    if (reason !== undefined) problems.push({ line, column: columns[index] ?? '', value, reason })
  })
  return { line, kind, cells }
}

function refusal(value: string, required: boolean): string | undefined {
  if (required && value === '') return texts.reasons.missing
  if (value.length > MAX_SIGNS) return texts.reasons.tooLong(MAX_SIGNS)
  return CONTROL.test(value) ? texts.reasons.control : undefined
}
