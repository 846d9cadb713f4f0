// A printable document as a PDF: A4, tagged, French, with its fonts inside. The same document always
// gives the same bytes.
import { unreachable } from '../kernel/assert.ts'
import { drawCoupon, drawFacts, drawHeading, drawPay, drawText } from './draw-blocks.ts'
import { drawTable } from './draw-table.ts'
import type { Block, Printable } from './printable.ts'
import {
  BOTTOM,
  closeSheet,
  decorate,
  LEFT,
  lineHeight,
  openSheet,
  PAGE,
  RIGHT,
  RULE,
  type Sheet,
  SOFT,
  type Style,
  tag,
  TEAL,
  TILE,
  WIDTH,
  WINDOW,
  wrap,
  writeAmount,
  writeLines,
} from './sheet.ts'

const SELLER: Style = { size: 12, weight: 'bold' }
const SMALL: Style = { size: 9, color: SOFT }
const FOOTER: Style = { size: 8, color: SOFT }
const ADDRESS: Style = { size: 11 }
const HEAD_Y = 42
const LETTERHEAD_WIDTH = WINDOW.x - LEFT - 24
const MARK: Style = { size: 11, weight: 'bold', color: TILE }

/** Draws the document, about 30 ms for one page. */
export async function drawPdf(printable: Printable): Promise<Buffer> {
  const sheet = openSheet(printable)
  drawRoof(sheet)
  drawTop(sheet, printable)
  for (const block of printable.blocks) drawBlock(sheet, block)
  drawFooters(sheet, printable)
  return closeSheet(sheet)
}

/** The portal's signature, a shallow roof over the page. */
function drawRoof(sheet: Sheet): void {
  decorate(sheet, () => {
    const { doc } = sheet
    doc.polygon([LEFT, 28], [LEFT, 26], [PAGE.width / 2, 16], [RIGHT, 26], [RIGHT, 28]).fill(TEAL)
    doc.rect(LEFT, 28, WIDTH, 1.6).fill(TILE)
  })
}

function drawTop(sheet: Sheet, { letterhead, heading, addressee }: Printable): void {
  const title = wrap(sheet, heading.title, RIGHT - WINDOW.x, titleStyle(heading.title))
  tag(sheet, sheet.root, 'H1', {}, () =>
    writeLines(sheet, title, { x: WINDOW.x, y: HEAD_Y }, titleStyle(heading.title)),
  )
  let right = HEAD_Y + title.length * lineHeight(titleStyle(heading.title)) + 2
  const paragraph = (text: string, style: Style, at: { x: number; y: number; width: number }): number => {
    const lines = wrap(sheet, text, at.width, style)
    let below = at.y
    tag(sheet, sheet.root, 'P', {}, () => {
      below = writeLines(sheet, lines, at, style)
    })
    return below
  }
  for (const line of heading.lines)
    right = paragraph(line, { size: 10 }, { x: WINDOW.x, y: right, width: RIGHT - WINDOW.x })
  if (heading.mark !== undefined)
    right = paragraph(heading.mark, MARK, { x: WINDOW.x, y: right, width: RIGHT - WINDOW.x })
  let left = paragraph(letterhead.name, SELLER, { x: LEFT, y: HEAD_Y, width: LETTERHEAD_WIDTH }) + 2
  for (const line of letterhead.lines)
    left = paragraph(line, SMALL, { x: LEFT, y: left, width: LETTERHEAD_WIDTH })
  const window = addressee.flatMap((line) => wrap(sheet, line, WINDOW.width, ADDRESS))
  let below = Math.max(WINDOW.y, right + 6)
  tag(sheet, sheet.root, 'P', {}, () => {
    below = writeLines(sheet, window, { x: WINDOW.x, y: below }, ADDRESS)
  })
  sheet.y = Math.max(left, below) + 22
}

/** Long titles, as « REPORT DE SOLDE N° … », are set smaller to stay on one line. */
const titleStyle = (title: string): Style => ({
  size: title.length > 24 ? 13 : 16,
  weight: 'bold',
  color: TEAL,
})

function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'heading':
      return drawHeading(sheet, block)
    case 'text':
      return drawText(sheet, block)
    case 'facts':
      return drawFacts(sheet, block)
    case 'table':
      return drawTable(sheet, block)
    case 'pay':
      return drawPay(sheet, block)
    case 'coupon':
      return drawCoupon(sheet, block)
    default:
      return unreachable(block)
  }
}

function drawFooters(sheet: Sheet, { title, footer, page }: Printable): void {
  const { start, count } = sheet.doc.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    sheet.doc.switchToPage(index)
    decorate(sheet, () => {
      const y = BOTTOM + 12
      sheet.doc.lineWidth(0.5).strokeColor(RULE).moveTo(LEFT, y).lineTo(RIGHT, y).stroke()
      const pageText = `${title} · ${page(index + 1, count)}`
      writeAmount(sheet, pageText, RIGHT, y + 5, FOOTER)
      const [line = ''] = wrap(sheet, footer, WIDTH - 200, FOOTER)
      writeLines(sheet, [line], { x: LEFT, y: y + 5 }, FOOTER)
    })
  }
}
