// What a bank transfer is recognised by: account numbers (ISO 13616) and references (ISO 11649). Pure.
import { assert } from './assert.ts'

/** The remainder by 97 of the text, its letters read as numbers from 10 (ISO 7064). */
function mod97(text: string): number {
  let remainder = 0
  for (const sign of text) {
    const value = Number.parseInt(sign, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}

/** Whether the first four signs, moved to the end, check the others. */
const isChecked = (text: string): boolean => mod97(text.slice(4) + text.slice(0, 4)) === 1

/** The account number without its spaces; undefined when its check digits, or a French length, are wrong. */
export function readIban(text: string): string | undefined {
  const iban = text.replaceAll(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(iban) || !isChecked(iban)) return undefined
  return iban.startsWith('FR') && iban.length !== 27 ? undefined : iban
}

/** Whether the text is a bank identifier (ISO 9362): 8 or 11 signs. */
export const isBic = (text: string): boolean => /^[A-Z]{4}[A-Z]{2}[A-Z\d]{2}(?:[A-Z\d]{3})?$/.test(text)

/**
 * The reference of ISO 11649 of an invoice: « RF », two check digits, its number (gateways.md 6.1).
 * `TH002048` gives `RF36TH002048`. Throws on a number that is not 1 to 21 capitals and digits.
 */
export function rfReference(number: string): string {
  assert(/^[A-Z\d]{1,21}$/.test(number), `no reference can be made of ${number}`)
  return `RF${String(98 - mod97(`${number}RF00`)).padStart(2, '0')}${number}`
}

/** The number inside a reference, spaces and case aside; undefined when it does not check. */
export function readRfReference(text: string): string | undefined {
  const reference = text.replaceAll(/\s/g, '').toUpperCase()
  if (!/^RF\d{2}[A-Z\d]{1,21}$/.test(reference) || !isChecked(reference)) return undefined
  return reference.slice(4)
}

/**
 * The numbers of every reference in words that a payer typed, in order: spaces and dashes may cut it,
 * other text may follow it. Only numbers of this shape are read, so that what follows is told apart.
 */
export function findRfReferences(text: string, shape: RegExp): string[] {
  const compact = text.replaceAll(/[\s.\-/]/g, '').toUpperCase()
  const found: string[] = []
  for (const { index } of compact.matchAll(/RF(?=\d{2})/g))
    for (let length = 25; length > 4; length -= 1) {
      const number = readRfReference(compact.slice(index, index + length))
      if (number === undefined || !shape.test(number) || index + length > compact.length) continue
      found.push(number)
    }
  return [...new Set(found)]
}

/** « FR76 3000 6000 0112 3456 7890 189 », as people read and type it. */
export const inFours = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1\u00A0')
