import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  findRfReferences,
  inFours,
  isBic,
  readIban,
  readRfReference,
  rfReference,
} from './transfer-reference.ts'

const NUMBER = /^[A-Z]{2,4}\d{6,}$/
const numbers = fc
  .tuple(fc.stringMatching(/^[A-Z]{2,4}$/), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([series, value]) => `${series}${String(value).padStart(6, '0')}`)

test('the published references check, and are made from their numbers', () => {
  // ISO 11649's usual example, and that of the Finnish banks' guide.
  expect(readRfReference('RF18 5390 0754 7034')).toBe('539007547034')
  expect(rfReference('539007547034')).toBe('RF18539007547034')
  expect(rfReference('TH002048')).toBe('RF36TH002048')
  expect(readRfReference('rf332348236')).toBe('2348236')
})

test('every invoice number makes a reference of at most 25 signs that reads back', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const reference = rfReference(number)
      expect(reference.length).toBeLessThanOrEqual(25)
      expect(readRfReference(reference)).toBe(number)
    }),
  )
})

test('one figure typed for another is not read', () => {
  fc.assert(
    fc.property(numbers, fc.nat(), fc.integer({ min: 0, max: 9 }), (number, at, figure) => {
      const reference = rfReference(number)
      const places = [...reference.matchAll(/\d/g)].map(({ index }) => index)
      const place = places[at % places.length] ?? 0
      const wrong = reference.slice(0, place) + String(figure) + reference.slice(place + 1)
      expect(readRfReference(wrong)).toBe(wrong === reference ? number : undefined)
    }),
  )
})

test('a number too long for a reference is a defect; the longest is taken', () => {
  expect(rfReference('A'.repeat(21))).toHaveLength(25)
  expect(() => rfReference('A'.repeat(22))).toThrow('no reference')
})

test.each([
  ['alone', (reference: string) => reference],
  ['in fours', (reference: string) => inFours(reference)],
  ['in words', (reference: string) => `facture ${reference.toLowerCase()} mercredis`],
  ['before figures', (reference: string) => `${reference} 150 EUR`],
  [
    'cut by the bank at 35 signs',
    (reference: string) => `VIREMENT ${reference.slice(0, 6)} ${reference.slice(6)}`,
  ],
  ['with dashes', (reference: string) => `${reference.slice(0, 4)}-${reference.slice(4)}`],
])('a reference is found %s', (_, typed) => {
  expect(findRfReferences(typed(rfReference('TH002048')), NUMBER)).toContain('TH002048')
})

test('two references in one text are both found, in order; a plain number is none', () => {
  const text = `${rfReference('TH002048')} et ${rfReference('CCV000001')}`
  expect(findRfReferences(text, NUMBER)).toEqual(['TH002048', 'CCV000001'])
  expect(findRfReferences('facture TH002048, surf 12', NUMBER)).toEqual([])
})

test('an account number checks by its remainder, a French one by its length too', () => {
  // The usual examples of the IBAN registry.
  expect(readIban('FR14 2004 1010 0505 0001 3M02 606')).toBe('FR1420041010050500013M02606')
  expect(readIban('de89370400440532013000')).toBe('DE89370400440532013000')
  expect(readIban('FR14 2004 1010 0505 0001 3M02 607')).toBeUndefined()
  expect(readIban('FR14')).toBeUndefined()
  // Right remainder, wrong length.
  expect(readIban('FR54 2004 1010 0505 00')).toBeUndefined()
})

test('a bank identifier has 8 or 11 signs', () => {
  expect(['AGRIFRPP', 'AGRIFRPP882', 'agrifrpp', 'AGRIFRPP8', 'AGRI'].map(isBic)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('an account number is read in fours', () => {
  expect(inFours('FR761234')).toBe('FR76\u00A01234')
})
