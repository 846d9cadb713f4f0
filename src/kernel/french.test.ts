import { expect, test } from 'vitest'
import { day } from './dates.ts'
import * as french from './french.ts'
import { cents } from './money.ts'

test.each([
  [123_450, '1\u00A0234,50\u00A0€'],
  [123_456_789, '1\u00A0234\u00A0567,89\u00A0€'],
  [-1_200, '\u221212,00\u00A0€'],
  [-1, '\u22120,01\u00A0€'],
  [0, '0,00\u00A0€'],
  [-0, '0,00\u00A0€'],
  [5, '0,05\u00A0€'],
])('%i cents are written as people read them', (amount, text) => {
  expect(french.formatCents(cents(amount))).toBe(text)
})

test('a credit wears a plus sign, a debt a minus sign, and nothing neither', () => {
  const signed = [800, -800, 0, -0].map((amount) => french.formatSignedCents(cents(amount)))
  expect(signed).toEqual(['+8,00\u00A0€', '\u22128,00\u00A0€', '0,00\u00A0€', '0,00\u00A0€'])
})

test('spreadsheets get plain figures', () => {
  const csv = [123_450, -1_200, 0, -5].map((amount) => french.csvCents(cents(amount)))
  expect(csv).toEqual(['1234,50', '-12,00', '0,00', '-0,05'])
})

test('days are written in French', () => {
  expect(french.formatDay(day('2012-03-16'))).toBe('16/03/2012')
  expect(french.formatLongDay(day('2012-04-01'))).toBe('1er avril 2012')
  expect(french.formatLongDay(day('2012-04-11'))).toBe('11 avril 2012')
  expect(french.formatLongDay(day('2012-12-31'))).toBe('31 décembre 2012')
  expect(french.formatMonth(day('2012-08-31'))).toBe('août 2012')
})

test('an instant is told in Paris time, in winter and in summer', () => {
  const told = (at: string) => [french.formatInstantDay(new Date(at)), french.formatTime(new Date(at))]
  expect(told('2012-03-16T23:30:00Z')).toEqual(['17/03/2012', '00:30'])
  expect(told('2012-07-16T22:30:00Z')).toEqual(['17/07/2012', '00:30'])
})

test('zero and one are singular', () => {
  const counts = [0, 1, 1.5, 2, -1, -2].map((count) => french.plural(count, 'facture', 'factures'))
  expect(counts).toEqual(['facture', 'facture', 'facture', 'factures', 'facture', 'factures'])
})

test('a file is never of nothing', () => {
  expect([0, 1, 86_016, 2_048_000].map(french.formatSize)).toEqual([
    '1\u00A0ko',
    '1\u00A0ko',
    '84\u00A0ko',
    '2\u00A0000\u00A0ko',
  ])
})
