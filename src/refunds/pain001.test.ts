import { expect, test } from 'vitest'
import { problemsOf } from '../../test/support/pain001-schema.ts'
import { day } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { sepaText, writePain001, type TransferOrder } from './pain001.ts'

const account = { beneficiary: 'ifac – Thonon', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' }
const transfer = (endToEnd: string, amount: number) => ({
  endToEnd,
  amount: cents(amount),
  holder: 'Éloïse d’Œuvre & fils <test>',
  iban: 'FR7630006000011234567890189',
  words: 'Remboursement Thonon « été »',
})
const order = (changes: Partial<TransferOrder> = {}): TransferOrder => ({
  messageId: 'PREAU1',
  createdAt: new Date('2026-11-23T20:15:30.250Z'),
  initiator: 'ifac Île-de-France',
  executionOn: day('2026-11-24'),
  paying: [
    { paymentId: 'PREAU1-1', account, transfers: [transfer('RB1', 1_205), transfer('RB2', 100_000_000)] },
    { paymentId: 'PREAU1-2', account: { ...account, bic: 'AGRIFRPP' }, transfers: [transfer('RB3', 5)] },
  ],
  ...changes,
})

test('a file holds to the schema and says its count and its sum, whole and for each account', () => {
  const xml = writePain001(order())
  expect(problemsOf(xml)).toEqual([])
  expect(
    [...xml.matchAll(/<NbOfTxs>(\d+)<\/NbOfTxs><CtrlSum>([\d.]+)</g)].map((one) => one.slice(1)),
  ).toEqual([
    ['3', '1000012.10'],
    ['2', '1000012.05'],
    ['1', '0.05'],
  ])
  expect(xml).toContain("<Nm>Eloise d'OEuvre fils test</Nm>")
  expect(xml).toContain('<CreDtTm>2026-11-23T20:15:30Z</CreDtTm>')
})

test.each([
  ['an id of 36 signs', { messageId: 'A'.repeat(36) }, '/Document/CstmrCdtTrfInitn/GrpHdr/MsgId'],
  ['no account that pays', { paying: [] }, '/Document/CstmrCdtTrfInitn/PmtInf × 0'],
])('the rules of the schema refuse %s', (_, changes, problem) => {
  expect(problemsOf(writePain001(order(changes))).join()).toContain(problem)
})

test('the rules of the schema refuse another order, another version and an unknown element', () => {
  const xml = writePain001(order())
  expect(problemsOf(xml.replace(/(<Cdtr>.*<\/Cdtr>)\n(<CdtrAcct>.*<\/CdtrAcct>)/, '$2$1')).join()).toContain(
    'in another order',
  )
  expect(problemsOf(xml.replace('001.09', '001.03'))).toEqual(['another version'])
  expect(problemsOf(xml.replaceAll('BICFI', 'BIC')).join()).toContain('BIC is not in the subset')
})

test('SEPA text keeps its signs only, and neither begins nor ends with a slash', () => {
  expect(sepaText('L’été à Évian : 12 € // n°3_', 70)).toBe("L'ete a Evian : 12 / n 3")
  expect(sepaText('/ab/', 70)).toBe('ab')
  expect(sepaText('a'.repeat(80), 70)).toHaveLength(70)
})
