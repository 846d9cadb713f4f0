// What was typed into the search of everything, read every way it could be meant. Pure.
import { type Cents, cents } from '../kernel/money.ts'

export type Query = {
  /** The words as names are compared: « LE GOFF » is le, goff, without accents. */
  readonly words: readonly string[]
  readonly amount: Cents | undefined
  /** Numbers of invoices or receipts, in capitals: « th1987 » is TH1987 and TH001987. */
  readonly numbers: readonly string[]
  /** Digits alone: an invoice of any series, a cheque, an authorisation. */
  readonly digits: string | undefined
  /** A whole payment reference, or the eight last signs that people quote. */
  readonly reference: string | undefined
  readonly mobile: string | undefined
  readonly email: string | undefined
}

export const MAX_QUERY = 100

/** Reads the text; nothing in it is refused, most readings are simply empty. */
export function readQuery(typed: string): Query {
  const text = typed.normalize('NFC').trim().slice(0, MAX_QUERY)
  const compact = text.replaceAll(/[\s.\u00A0\u202F-]/g, '').toUpperCase()
  const digits = /^\d{3,19}$/.test(compact) ? compact : undefined
  const mobile = /^(?:0[1-9]\d{8}|\+\d{8,15})$/.test(compact) ? compact : undefined
  const email = /^[^\s@]+@[^\s@]*$/.test(text) ? text.toLowerCase() : undefined
  const isReference = /^[0-9A-HJKMNP-TV-Z]{26}$/.test(compact) || /^[0-9A-HJKMNP-TV-Z]{8}$/.test(compact)
  return {
    words: email === undefined ? wordsOf(text) : [],
    amount: readTypedAmount(text),
    numbers: numbersOf(text.replaceAll(/[\s\u00A0\u202F]/g, '').toUpperCase()),
    digits,
    reference: isReference ? compact : undefined,
    mobile,
    email,
  }
}

/** A French number in the three ways it may have been kept: « 0612345678 », « +33612345678 », « 0033612345678 ». */
export function writtenPhones(phone: string): string[] {
  const [, national] = /^(?:0|\+33|0033)([1-9]\d{8})$/.exec(phone) ?? []
  return national === undefined ? [phone] : [`0${national}`, `+33${national}`, `0033${national}`]
}

/** As the database's `plain_words`: no accents, no capitals, letters and digits. */
const plainWords = (text: string): string =>
  text
    .replaceAll(/[\u0153\u0152]/g, 'oe')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

const wordsOf = (text: string): readonly string[] => plainWords(text).split(' ').filter(Boolean).slice(0, 6)

/** « 74,50 », « 74.5 », « 12 € »; bare digits are no amount. */
function readTypedAmount(text: string): Cents | undefined {
  const match = /^(\d{1,3}(?:[\s\u00A0\u202F]?\d{3})*|\d{1,7})(?:[.,](\d{1,2}))?\s*(€)?$/.exec(text)
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined
  const euros = (match[1] ?? '').replaceAll(/\D/g, '')
  return cents(Number(euros) * 100 + Number((match[2] ?? '').padEnd(2, '0')))
}

/** A series and its number, with the zeros that people leave out. */
function numbersOf(text: string): readonly string[] {
  const match = /^([A-Z]{2,4}(?:-A)?)(\d{1,9})$/.exec(text)
  if (!match) return /^[A-Z0-9-]{5,30}$/.test(text) && /\d/.test(text) ? [text] : []
  const [, series = '', number = ''] = match
  return [...new Set([text, series + number.padStart(6, '0')])]
}

/** Every three signs of a word from its beginning, its end left open: as `grams` of the database. */
export const prefixGrams = (word: string): readonly string[] => windows(`  ${word}`)

const windows = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3))

/** A shorter word has too many neighbours for a slip to mean anything. */
const SHORTEST_SLIP = 4

/**
 * Sets of grams of which a name that is one slip away from this word has at least one: a slip spoils
 * one half or the other, or swaps two letters.
 */
export function slipGrams(word: string): readonly (readonly string[])[] {
  if (word.length < SHORTEST_SLIP) return []
  const half = Math.ceil(word.length / 2)
  const swapped = Array.from({ length: word.length - 1 }, (_, at) =>
    prefixGrams(word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)),
  )
  return [prefixGrams(word.slice(0, half)), windows(`${word.slice(half)} `), ...swapped].filter(
    (set) => set.length > 0,
  )
}

/** Whether every word is one of the name's, begun or with one slip. */
export const isNear = (words: readonly string[], name: string): boolean =>
  words.every((word) => name.split(' ').some((own) => own.startsWith(word) || isOneSlip(word, own)))

/** One letter more, less, other, or two swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length < SHORTEST_SLIP || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a.charAt(start) === b.charAt(start)) start += 1
  const rest = [a.slice(start), b.slice(start)] as const
  const [left, right] = rest
  if (left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1)) return true
  return (
    left.charAt(0) === right.charAt(1) &&
    left.charAt(1) === right.charAt(0) &&
    left.slice(2) === right.slice(2)
  )
}
