import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenInvariant } from './assert.ts'
import { add, cents, negate, readAmount, smaller, subtract, sum, ZERO } from './money.ts'

test.each([
  ['50', 5_000],
  ['50,5', 5_050],
  ['50.50', 5_050],
  ['0', 0],
  ['0,01', 1],
  ['007', 700],
  ['1 234,50 €', 123_450],
  ['1\u00A0234,50\u00A0€', 123_450],
  ['1\u202F234,50\u202F€', 123_450],
  [' 12 ', 1_200],
  ['999999999,99', 99_999_999_999],
])('« %s » is read as %i cents', (text, amount) => {
  expect(readAmount(text)).toBe(amount)
})

test.each([
  '',
  ' ',
  '€',
  'abc',
  '-5',
  '+5',
  '1e9',
  '1e2',
  '9 999,999',
  '1.234',
  '1.234,50',
  '1,2,3',
  ',50',
  '50,',
  '1234567890',
  '12€50',
  '€12',
  '0x10',
  'Infinity',
  'NaN',
  '١٢',
  '1_000',
  "1'000",
])('« %s » is no amount', (text) => {
  expect(readAmount(text)).toBeUndefined()
})

test('whatever two decimals are typed, the cents are exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (amount) => {
      const typed = `${Math.floor(amount / 100)},${String(amount % 100).padStart(2, '0')}`
      expect(readAmount(typed)).toBe(amount)
    }),
    { numRuns: 500 },
  )
})

test('cents are whole, safe and never minus zero', () => {
  expect(Object.is(cents(-0), 0)).toBe(true)
  expect(Object.is(negate(ZERO), 0)).toBe(true)
  for (const wrong of [0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    expect(() => cents(wrong)).toThrow(BrokenInvariant)
  expect(() => add(cents(Number.MAX_SAFE_INTEGER), cents(1))).toThrow(BrokenInvariant)
})

test('amounts add up', () => {
  expect(sum([])).toBe(0)
  expect(sum([cents(10), cents(20), cents(-5)])).toBe(25)
  expect([add(cents(1), cents(2)), subtract(cents(1), cents(2)), smaller(cents(1), cents(2))]).toEqual([
    3, -1, 1,
  ])
})
