import { expect, test } from 'vitest'
import { cents } from '../kernel/money.ts'
import { isInvoiceNumber, seriesOf, stateOf } from './invoice.ts'

test('a number is a series of two to four capitals, then six digits or more', () => {
  for (const number of ['TH002048', 'AB000001', 'ABCD1234567']) expect(isInvoiceNumber(number)).toBe(true)
  for (const wrong of [
    '',
    'T002048',
    'ABCDE002048',
    'TH02048',
    'th002048',
    'TH002048 ',
    'TH-002048',
    'TH002048A',
  ])
    expect(isInvoiceNumber(wrong)).toBe(false)
})

test('a number tells its series', () => {
  expect(seriesOf('TH002048')).toBe('TH')
})

test.each([
  [0, 'settled'],
  [1, 'partly-settled'],
  [3_099, 'partly-settled'],
  [3_100, 'unsettled'],
])('an invoice of 31,00 € with %i cents due is %s', (due, state) => {
  expect(stateOf(cents(3_100), cents(due))).toBe(state)
})
