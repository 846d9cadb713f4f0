import { expect, test } from 'vitest'
import { squareCode } from '../documents/square-code.ts'
import { cents } from '../kernel/money.ts'
import { transferOrder } from './transfer-order.ts'

const account = {
  beneficiary: 'Association Les Écoliers d’Hé\u00ADricourt',
  iban: 'FR1420041010050500013M02606',
  bic: 'PSSTFRPPPAR',
}

test('the lines are those of EPC069-12, the reference structured and the text absent', () => {
  expect(
    transferOrder({ ...account, beneficiary: 'Les Écoliers' }, 'TH002048', cents(7_405)).split('\n'),
  ).toEqual([
    'BCD',
    '002',
    '1',
    'SCT',
    'PSSTFRPPPAR',
    'Les Ecoliers',
    'FR1420041010050500013M02606',
    'EUR74.05',
    '',
    'RF36TH002048',
  ])
})

test.each([
  [1, 'EUR0.01'],
  [100, 'EUR1.00'],
  [123_456, 'EUR1234.56'],
])('%i cents are written %s', (amount, written) => {
  expect(transferOrder(account, 'TH002048', cents(amount)).split('\n')[7]).toBe(written)
})

test('nothing to pay makes no transfer', () => {
  expect(() => transferOrder(account, 'TH002048', cents(0))).toThrow('no transfer of 0 cents')
})

test('the longest order is plain text of 331 bytes at most, and fits a code of version 13', () => {
  const longest = { ...account, beneficiary: 'É'.repeat(70) }
  const text = transferOrder(longest, `ABCD${'9'.repeat(17)}`, cents(99_999_999_999))
  expect(text).toMatch(/^[\n -~]+$/)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(331)
  // A side of version v has 17 + 4 v modules.
  expect(squareCode(text).size).toBeLessThanOrEqual(17 + 4 * 13)
  expect(() => squareCode('a'.repeat(400))).toThrow()
})
