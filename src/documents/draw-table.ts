// Tables: the header row comes again on each page, no row is split, each cell is tagged.
import type { Block, Column, TableRow } from './printable.ts'
import {
  decorate,
  FAINT_RULE,
  LEFT,
  lineHeight,
  RIGHT,
  RULE,
  SAND,
  type Sheet,
  SOFT,
  type Style,
  tag,
  type Tag,
  TEAL,
  turnPage,
  WIDTH,
  wrap,
  writeAmount,
  writeLines,
} from './sheet.ts'

type Table = Extract<Block, { kind: 'table' }>
type Cell = { readonly column: Column; readonly x: number; readonly width: number }
type Row = { readonly row: TableRow; readonly cells: readonly string[][]; readonly note: string[] }

const PAD = 4
const HEADER: Style = { weight: 'bold', size: 8.5, color: SOFT }
const NOTE: Style = { size: 8.5, color: SOFT }
const STYLES: { readonly [Kind in TableRow['kind']]: Style } = {
  line: { size: 10 },
  group: { size: 10, weight: 'bold', color: TEAL },
  subtotal: { size: 10, weight: 'bold' },
  total: { size: 11, weight: 'bold' },
}

/** Draws a table from the cursor down, over as many pages as it takes. */
export function drawTable(sheet: Sheet, table: Table): void {
  const columns = placeColumns(table.columns)
  const rows = table.rows.map((row) => measure(sheet, columns, row))
  const element = tag(sheet, sheet.root, 'Table', { title: table.summary })
  const header = table.columns.map((column, index) =>
    wrap(sheet, column.title, widthAt(columns, index), HEADER),
  )
  const headerHeight = Math.max(...header.map((lines) => lines.length)) * lineHeight(HEADER) + 2 * PAD
  turnPage(sheet, headerHeight + heightFrom(rows, 0))
  const head = tag(sheet, element, 'TR', {})
  drawHeader(sheet, columns, header, headerHeight, head)
  head.end()
  rows.forEach((row, index) => {
    if (turnPage(sheet, heightFrom(rows, index))) drawHeader(sheet, columns, header, headerHeight)
    drawRow(sheet, columns, row, element)
  })
  element.end()
  sheet.y += 2 * PAD
}

function placeColumns(columns: readonly Column[]): Cell[] {
  const fixed = columns.reduce((sum, { width }) => sum + (width === 'wide' ? 0 : width), 0)
  let x = LEFT
  return columns.map((column) => {
    const width = column.width === 'wide' ? WIDTH - fixed : column.width
    const cell = { column, x, width }
    x += width
    return cell
  })
}

const widthAt = (columns: readonly Cell[], index: number): number => (columns[index]?.width ?? 0) - 2 * PAD

/** A group's name may run over the columns that it leaves empty. */
function measure(sheet: Sheet, columns: readonly Cell[], row: TableRow): Row {
  const style = STYLES[row.kind]
  const cells = columns.map(({ column }, index) => {
    const text = row.cells[index] ?? ''
    if (text === '' || column.amount) return text === '' ? [] : [text]
    return wrap(sheet, text, spanFrom(columns, row, index), style)
  })
  const wide = columns.findIndex(({ column }) => column.width === 'wide')
  return { row, cells, note: row.note ? wrap(sheet, row.note, widthAt(columns, wide), NOTE) : [] }
}

function spanFrom(columns: readonly Cell[], row: TableRow, index: number): number {
  let width = widthAt(columns, index)
  for (let next = index + 1; next < columns.length && (row.cells[next] ?? '') === ''; next += 1)
    width += columns[next]?.width ?? 0
  return width
}

function heightOf({ row, cells, note }: Row): number {
  const lines = Math.max(1, ...cells.map((cell) => cell.length))
  return lines * lineHeight(STYLES[row.kind]) + note.length * lineHeight(NOTE) + 2 * PAD
}

/** What must stay together from this row on: a group's name with its first line, a line with its sums. */
function heightFrom(rows: readonly Row[], index: number): number {
  const row = rows[index]
  if (!row) return 0
  const next = rows[index + 1]
  const isTied = row.row.kind === 'group' || (next && next.row.kind !== 'line' && next.row.kind !== 'group')
  return heightOf(row) + (isTied ? heightFrom(rows, index + 1) : 0)
}

/** The header row; without `parent` it is a repetition, which no reader announces. */
function drawHeader(
  sheet: Sheet,
  columns: readonly Cell[],
  header: readonly string[][],
  height: number,
  parent?: Tag,
): void {
  const bottom = sheet.y + height
  columns.forEach(({ column, x, width }, index) => {
    const lines = header[index] ?? []
    const top = bottom - PAD - lines.length * lineHeight(HEADER)
    const draw = () => {
      if (!column.amount) writeLines(sheet, lines, { x: x + PAD, y: top }, HEADER)
      else
        lines.forEach((line, row) =>
          writeAmount(sheet, line, x + width - PAD, top + row * lineHeight(HEADER), HEADER),
        )
    }
    if (parent) tag(sheet, parent, 'TH', { scope: 'Column' }, draw)
    else decorate(sheet, draw)
  })
  decorate(sheet, () => rule(sheet, bottom, 1.2))
  sheet.y = bottom
}

function drawRow(sheet: Sheet, columns: readonly Cell[], row: Row, table: Tag): void {
  const { kind } = row.row
  const style = STYLES[kind]
  const height = heightOf(row)
  const y = sheet.y + PAD
  decorate(sheet, () => {
    if (kind === 'total') sheet.doc.rect(LEFT, sheet.y, WIDTH, height).fill(SAND)
    rule(sheet, sheet.y + height, kind === 'total' || kind === 'subtotal' ? 1 : 0.6)
  })
  const element = tag(sheet, table, 'TR', {})
  columns.forEach(({ column, x, width }, index) => {
    const lines = row.cells[index] ?? []
    const isHeader = kind !== 'line' && index === 0
    tag(sheet, element, isHeader ? 'TH' : 'TD', isHeader ? { scope: 'Row' } : {}, () => {
      if (column.amount) for (const line of lines) writeAmount(sheet, line, x + width - PAD, y, style)
      else {
        const below = writeLines(sheet, lines, { x: x + PAD, y }, style)
        if (column.width === 'wide') writeLines(sheet, row.note, { x: x + PAD, y: below }, NOTE)
      }
    })
  })
  element.end()
  sheet.y += height
}

function rule({ doc }: Sheet, y: number, width: number): void {
  doc
    .lineWidth(width)
    .strokeColor(width < 1 ? FAINT_RULE : RULE)
    .moveTo(LEFT, y)
    .lineTo(RIGHT, y)
    .stroke()
}
