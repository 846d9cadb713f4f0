import { expect, test } from 'vitest'
import { day } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { csvCell } from '../kernel/csv.ts'
import { paymentsCsv } from './payments-csv.ts'
import type { PaymentPart } from './payments-store.ts'

const PART: PaymentPart = {
  paidOn: day('2012-04-12'),
  receipt: 'R-TH-2012-000001',
  reference: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  bankTransaction: 'b7c1',
  family: 'MARTIN',
  familyKey: 'F1',
  unit: 'THONON',
  account: 'receivable',
  invoice: 'TH001987',
  amount: cents(450),
  means: 'CB •••• 0055',
  operation: 'capture',
}

test('a part is a line: French date, decimal comma, semicolons', () => {
  expect(paymentsCsv([PART]).split('\r\n')[1]).toBe(
    '12/04/2012;R-TH-2012-000001;01ARZ3NDEKTSV4RRFFQ69G5FAV;b7c1;F1;MARTIN;THONON;TH001987;4,50;CB •••• 0055;Paiement en ligne',
  )
})

test('what settled no invoice says what it became', () => {
  const [, credit, suspense] = paymentsCsv([
    { ...PART, invoice: null, account: 'credit' },
    { ...PART, invoice: null, account: 'suspense', family: null, familyKey: null },
  ]).split('\r\n')
  expect([credit?.split(';')[7], suspense?.split(';')[7]]).toEqual(['crédit', 'en attente'])
})

test.each([
  ['=1+1', "'=1+1"],
  ['@SOMME(A1)', "'@SOMME(A1)"],
  ['-12,00', '-12,00'],
  ['+33 6', "'+33 6"],
  ['MARTIN; DUPONT', '"MARTIN; DUPONT"'],
  ['dit "Léo"', '"dit ""Léo"""'],
  ['MARTIN', 'MARTIN'],
])('%s is written %s', (text, written) => {
  expect(csvCell(text)).toBe(written)
})
