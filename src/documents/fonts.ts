// Figtree (OFL), the portal's own face, as TrueType: parsed once, then subset into each document.
import { create, type Font } from 'fontkit'
import { readFileSync } from 'node:fs'
import { projectFile } from '../platform/files.ts'

export type Weight = 'regular' | 'bold'

const FOLDER = 'node_modules/@expo-google-fonts/figtree'
const FILES: { readonly [Name in Weight]: string } = {
  regular: `${FOLDER}/400Regular/Figtree_400Regular.ttf`,
  bold: `${FOLDER}/700Bold/Figtree_700Bold.ttf`,
}

const parsed = new Map<Weight, Font>()

/** The font, parsed the first time: parsing again for each document costs ten times the drawing. */
export function documentFont(weight: Weight): Font {
  const known = parsed.get(weight)
  if (known) return known
  const font = create(readFileSync(projectFile(FILES[weight])))
  parsed.set(weight, font)
  return font
}

/** Signs that French text holds and the font does not, with what is printed instead. */
const STAND_INS: { readonly [sign: string]: string } = {
  '\u202F': '\u00A0',
  '\u2009': '\u00A0',
  '\u2011': '-',
  '\u2010': '-',
  '№': 'n°',
  ţ: 'ț',
  Ţ: 'Ț',
}

/**
 * The text in signs that the font can print: a letter that it lacks loses its accents (« Nguyễn »
 * → « Nguyên »), and what is left unknown becomes « ? ». Never an empty box.
 */
export function printableText(text: string): string {
  const font = documentFont('regular')
  let printable = ''
  for (const sign of text.normalize('NFC')) printable += printableSign(font, sign)
  return printable
}

function printableSign(font: Font, sign: string): string {
  const has = (one: string): boolean => font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0)
  if (/\p{Cc}/u.test(sign)) return ' '
  const standIn = STAND_INS[sign]
  if (standIn !== undefined) return standIn
  if (has(sign)) return sign
  const [base = '', ...accents] = sign.normalize('NFD')
  // Of several accents, one at least: what composes into a single sign of the font.
  const composed = accents
    .map((accent) => (base + accent).normalize('NFC'))
    .find((one) => one.length === 1 && has(one))
  return composed ?? (base !== '' && has(base) ? base : '?')
}
