// The sheet of paper: a cursor that goes down A4 pages, text in Figtree, and tags for who cannot see.
import Pdf from 'pdfkit'
import { documentFont, printableText, type Weight } from './fonts.ts'
import type { Printable } from './printable.ts'

const MM = 72 / 25.4
export const PAGE = { width: 595.28, height: 841.89 }
export const LEFT = 18 * MM
export const RIGHT = PAGE.width - 18 * MM
export const WIDTH = RIGHT - LEFT
/** Top of the text on following pages, and the lowest point it may reach. */
const TOP = 20 * MM
export const BOTTOM = PAGE.height - 19 * MM
/** Where the window of a French envelope shows the addressee: 110 mm from the left, 45 mm from the top. */
export const WINDOW = { x: 110 * MM, y: 47 * MM, width: 82 * MM }

export const INK = '#1E2A2B'
export const SOFT = '#4E595A'
export const TEAL = '#0F5A63'
export const TILE = '#B4472A'
export const SAND = '#F7F2E8'
export const RULE = '#B9AD9A'
export const FAINT_RULE = '#DDD2C1'

export type Style = { readonly weight?: Weight; readonly size?: number; readonly color?: string }
export type TagOptions = { alt?: string; scope?: 'Row' | 'Column'; bbox?: number[]; title?: string }
export type Tag = PDFKit.PDFStructureElement

export type Sheet = {
  readonly doc: PDFKit.PDFDocument
  readonly root: Tag
  /** The cursor: where the next block begins. */
  y: number
}

const BODY = 10.5
const LINE = 1.32

/** A new tagged document of A4 pages, French, with its fonts embedded as subsets. */
export function openSheet(printable: Printable): Sheet {
  const doc = new Pdf({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: metadata(printable.title),
      Author: metadata(printable.author),
      Creator: 'Préau',
      Producer: 'Préau',
      CreationDate: printable.createdAt,
    },
  })
  for (const weight of ['regular', 'bold'] as const)
    // pdfkit takes a parsed font as well, which its types do not say.
    doc.registerFont(weight, documentFont(weight) as unknown as string)
  const root = doc.struct('Document')
  doc.addStructure(root)
  return { doc, root, y: TOP }
}

/** The library writes metadata into XML as it stands. */
const metadata = (text: string): string => printableText(text).replaceAll('&', 'et').replaceAll(/[<>]/g, '')

/** The whole file, once every page is drawn. */
export async function closeSheet({ doc, root }: Sheet): Promise<Buffer> {
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  root.end()
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

/** Adds an element under `parent`, and draws its content when there is any. */
export function tag(sheet: Sheet, parent: Tag, type: string, options: TagOptions, draw?: () => void): Tag {
  const element = sheet.doc.struct(type, options)
  parent.add(element)
  if (draw) {
    const content = sheet.doc.markStructureContent(type)
    draw()
    sheet.doc.endMarkedContent()
    element.add(content)
    element.end()
  }
  return element
}

/** Draws what only decorates: no reader announces it. */
export function decorate({ doc }: Sheet, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' })
  draw()
  doc.endMarkedContent()
}

/** A new page, when less than `height` is left on this one; says whether it turned. */
export function turnPage(sheet: Sheet, height: number): boolean {
  if (sheet.y + height <= BOTTOM) return false
  sheet.doc.addPage()
  sheet.y = TOP
  return true
}

export const lineHeight = (style: Style): number => (style.size ?? BODY) * LINE

/** The text cut into lines of at most `width` points; spaces that do not break stay whole. */
export function wrap(sheet: Sheet, text: string, width: number, style: Style = {}): string[] {
  use(sheet, style)
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of printableText(paragraph).split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && sheet.doc.widthOfString(longer) > width) {
        lines.push(line)
        line = word
      } else line = longer
      line = cutLongWord(sheet, line, width, lines)
    }
    lines.push(line)
  }
  return lines
}

/** A word wider than its column is cut where the column ends. */
function cutLongWord({ doc }: Sheet, word: string, width: number, lines: string[]): string {
  let rest = word
  while (!rest.includes(' ') && doc.widthOfString(rest) > width && rest.length > 1) {
    let length = rest.length - 1
    while (length > 1 && doc.widthOfString(rest.slice(0, length)) > width) length -= 1
    lines.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return rest
}

/** Draws lines from (x, y) down; gives the y below them. */
export function writeLines(
  sheet: Sheet,
  lines: readonly string[],
  at: { readonly x: number; readonly y: number },
  style: Style = {},
): number {
  use(sheet, style)
  let { y } = at
  for (const line of lines) {
    sheet.doc.text(line, at.x, y, { lineBreak: false })
    y += lineHeight(style)
  }
  return y
}

/** Draws an amount that ends at `right`, in figures of one width. */
export function writeAmount(sheet: Sheet, text: string, right: number, y: number, style: Style = {}): void {
  use(sheet, style)
  const printable = printableText(text)
  const options = { features: ['tnum' as const] }
  const width = sheet.doc.widthOfString(printable, options)
  sheet.doc.text(printable, right - width, y, { ...options, lineBreak: false })
}

function use({ doc }: Sheet, style: Style): void {
  doc
    .font(style.weight ?? 'regular')
    .fontSize(style.size ?? BODY)
    .fillColor(style.color ?? INK)
}
