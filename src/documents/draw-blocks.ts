// The blocks of a document other than tables, each drawn from the cursor down and kept on one page.
import type { Block, Fact } from './printable.ts'
import { squareCode } from './square-code.ts'
import {
  BOTTOM,
  decorate,
  INK,
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
  writeLines,
} from './sheet.ts'

type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

const GAP = 10
const PAD = 10
const LABEL: Style = { size: 8.5, color: SOFT }
const VALUE: Style = { size: 10.5 }
const STRONG: Style = { size: 12.5, weight: 'bold' }
const HEADING: Style = { size: 12.5, weight: 'bold', color: TEAL }
const LOOKS: { readonly [Look in 'normal' | 'small' | 'strong']: Style } = {
  normal: {},
  small: { size: 9, color: SOFT },
  strong: { weight: 'bold' },
}
const CODE_SIDE = 76
const COUPON_CODE_SIDE = 56

export function drawHeading(sheet: Sheet, { text }: BlockOf<'heading'>): void {
  const lines = wrap(sheet, text, WIDTH, HEADING)
  // A heading stays with at least three lines of what follows.
  turnPage(sheet, lines.length * lineHeight(HEADING) + 60)
  tag(sheet, sheet.root, 'H2', {}, () => {
    sheet.y = writeLines(sheet, lines, { x: LEFT, y: sheet.y + 4 }, HEADING) + 4
  })
}

export function drawText(sheet: Sheet, { text, look }: BlockOf<'text'>): void {
  const style = LOOKS[look ?? 'normal']
  const lines = wrap(sheet, text, WIDTH, style)
  turnPage(sheet, lines.length * lineHeight(style))
  tag(sheet, sheet.root, 'P', {}, () => {
    sheet.y = writeLines(sheet, lines, { x: LEFT, y: sheet.y }, style) + 6
  })
}

type PlacedFact = { readonly fact: Fact; readonly lines: readonly string[]; readonly height: number }

function placeFact(sheet: Sheet, fact: Fact, width: number): PlacedFact {
  const style = fact.strong ? STRONG : VALUE
  const lines = wrap(sheet, fact.value, width, style)
  return { fact, lines, height: lineHeight(LABEL) + lines.length * lineHeight(style) + 4 }
}

/** The name small, its value under it; read aloud as one paragraph. */
function drawFact(sheet: Sheet, parent: Tag, placed: PlacedFact, at: { x: number; y: number }): void {
  const { fact, lines } = placed
  tag(sheet, parent, 'P', {}, () => {
    const below = writeLines(sheet, [`${fact.label}\u00A0:`], at, LABEL)
    writeLines(sheet, lines, { x: at.x, y: below }, fact.strong ? STRONG : VALUE)
  })
}

/** The facts two by two in a tinted box. */
export function drawFacts(sheet: Sheet, { facts, note }: BlockOf<'facts'>): void {
  const columnWidth = (WIDTH - 3 * PAD) / 2
  const placed = facts.map((fact) => placeFact(sheet, fact, columnWidth))
  const noteLines = note === undefined ? [] : wrap(sheet, note, WIDTH - 2 * PAD, LOOKS.small)
  const rows: { left: PlacedFact; right: PlacedFact | undefined; height: number }[] = []
  for (let index = 0; index < placed.length; index += 2) {
    const [left, right] = placed.slice(index, index + 2)
    if (left) rows.push({ left, right, height: Math.max(left.height, right?.height ?? 0) })
  }
  const height =
    rows.reduce((sum, row) => sum + row.height, 0) + noteLines.length * lineHeight(LOOKS.small) + 2 * PAD - 2
  turnPage(sheet, height)
  decorate(sheet, () => {
    sheet.doc.roundedRect(LEFT, sheet.y, WIDTH, height, 6).fill(SAND)
    sheet.doc.rect(LEFT, sheet.y + 6, 2.5, height - 12).fill(TEAL)
  })
  const section = tag(sheet, sheet.root, 'Sect', {})
  let y = sheet.y + PAD
  for (const row of rows) {
    drawFact(sheet, section, row.left, { x: LEFT + PAD, y })
    if (row.right) drawFact(sheet, section, row.right, { x: LEFT + 2 * PAD + columnWidth, y })
    y += row.height
  }
  if (noteLines.length > 0)
    tag(sheet, section, 'P', {}, () => writeLines(sheet, noteLines, { x: LEFT + PAD, y }, LOOKS.small))
  section.end()
  sheet.y += height + GAP
}

/** « Pour payer »: the words on the left, the square code on the right. */
export function drawPay(sheet: Sheet, { title, lines, code, alt }: BlockOf<'pay'>): void {
  const width = WIDTH - CODE_SIDE - 20
  const texts = lines.map((line) => wrap(sheet, line, width, { size: 10 }))
  const count = texts.reduce((sum, text) => sum + text.length, 0)
  const height = Math.max(
    CODE_SIDE + 8,
    lineHeight(HEADING) + 6 + count * lineHeight({ size: 10 }) + texts.length * 3,
  )
  turnPage(sheet, height)
  const section = tag(sheet, sheet.root, 'Sect', {})
  const top = sheet.y
  tag(sheet, section, 'H2', {}, () => writeLines(sheet, [title], { x: LEFT, y: top + 4 }, HEADING))
  let y = top + 6 + lineHeight(HEADING)
  for (const text of texts)
    tag(sheet, section, 'P', {}, () => {
      y = writeLines(sheet, text, { x: LEFT, y }, { size: 10 }) + 3
    })
  drawCode(sheet, section, code, alt, { x: RIGHT - CODE_SIDE, y: top + 6, side: CODE_SIDE })
  section.end()
  sheet.y = top + height + GAP
}

/** The part to cut off, under a dashed line at the foot of the page. */
export function drawCoupon(sheet: Sheet, { title, facts, code, alt }: BlockOf<'coupon'>): void {
  const width = (WIDTH - COUPON_CODE_SIDE - 20) / 2 - PAD
  const placed = facts.map((fact) => placeFact(sheet, fact, width))
  const columns = [placed.filter((_, index) => index % 2 === 0), placed.filter((_, index) => index % 2 === 1)]
  const tallest = Math.max(
    ...columns.map((column) => column.reduce((sum, { height }) => sum + height, 0)),
    COUPON_CODE_SIDE,
  )
  const height = 14 + lineHeight(HEADING) + 4 + tallest
  turnPage(sheet, height)
  sheet.y = BOTTOM - height
  decorate(sheet, () => {
    sheet.doc.lineWidth(0.8).strokeColor(RULE).dash(4, { space: 3 })
    sheet.doc.moveTo(LEFT, sheet.y).lineTo(RIGHT, sheet.y).stroke().undash()
  })
  const section = tag(sheet, sheet.root, 'Sect', {})
  const top = sheet.y + 8
  tag(sheet, section, 'H2', {}, () =>
    writeLines(sheet, [title], { x: LEFT, y: top }, { ...HEADING, color: INK }),
  )
  columns.forEach((column, index) => {
    let y = top + lineHeight(HEADING) + 4
    for (const one of column) {
      drawFact(sheet, section, one, { x: LEFT + index * (width + PAD), y })
      y += one.height
    }
  })
  const side = COUPON_CODE_SIDE
  drawCode(sheet, section, code, alt, { x: RIGHT - side, y: top + 4, side })
  section.end()
  sheet.y += height + GAP
}

/** A square code (QR) of the text, as one figure with its alternative. */
function drawCode(
  sheet: Sheet,
  parent: Tag,
  text: string,
  alt: string,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  const { size, runs } = squareCode(text)
  const module = side / size
  tag(sheet, parent, 'Figure', { alt, bbox: [x, y, x + side, y + side] }, () => {
    for (const { column, row, length } of runs)
      sheet.doc.rect(x + column * module, y + row * module, length * module, module)
    sheet.doc.fill(INK)
  })
}
