// Messages as the bank sends them, one per situation, signed outside this code.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ContractId, OrganisationId } from '../../../kernel/ids.ts'
import { cents } from '../../../kernel/money.ts'
import type { BankFact, OpenContract } from '../../gateway.ts'
import { parseFields } from './fields.ts'
import { isSigned } from './signature.ts'
import { systempay } from './systempay.ts'

const KEY = 'clef-de-test-0001'
const CONTRACT: OpenContract = {
  organisationId: 'o' as OrganisationId,
  id: 'c' as ContractId,
  mode: 'TEST',
  shopNumber: '12345678',
  formUrl: 'https://paiement.systempay.fr/vads-payment/',
  key: KEY,
  bankName: 'Caisse d’Épargne',
  rest: null,
}
const recorded = (name: string) =>
  readFileSync(path.join(import.meta.dirname, 'messages', `${name}.txt`), 'utf8').trimEnd()

const ACCEPTED: BankFact = {
  mode: 'TEST',
  reference: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
  transactionNumber: '000042',
  bankTransaction: '7a4a508dd2504ad5a4d4cd35f2c7d45f',
  operation: 'debit',
  verdict: 'accepted',
  amount: cents(3_100),
  isEuro: true,
  happenedAt: new Date('2012-04-12T16:44:31Z'),
  cardBrand: 'CB',
  cardMasked: '•••• 0055',
  authorisation: '3fed91',
  reason: '',
}

test.each<[string, Partial<BankFact>]>([
  ['accepted', {}],
  ['returned', {}],
  ['replayed-by-hand', {}],
  [
    'refused',
    {
      verdict: 'refused',
      reason: '51',
      authorisation: '',
      bankTransaction: '8b5a508dd2504ad5a4d4cd35f2c7d46a',
    },
  ],
  [
    'abandoned',
    {
      verdict: 'abandoned',
      authorisation: '',
      cardBrand: '',
      cardMasked: '',
      bankTransaction: '9c6a508dd2504ad5a4d4cd35f2c7d47b',
      happenedAt: new Date('2012-04-12T16:44:00Z'),
    },
  ],
  ['refunded', { operation: 'credit', bankTransaction: '0d7a508dd2504ad5a4d4cd35f2c7d48c' }],
  ['converted', { isEuro: false, bankTransaction: '1e8a508dd2504ad5a4d4cd35f2c7d49d' }],
  [
    'card-verified',
    {
      operation: 'other',
      verdict: 'unknown',
      amount: cents(0),
      bankTransaction: '2f9a508dd2504ad5a4d4cd35f2c7d4ae',
    },
  ],
])('the message %s is read as it is', (name, changes) => {
  const raw = recorded(name)
  expect(systempay.claimedShop(raw)).toBe('12345678')
  expect(systempay.read(CONTRACT, raw)).toEqual({ ok: true, value: { ...ACCEPTED, ...changes } })
})

test.each([
  ['an amount changed', (raw: string) => raw.replace('vads_amount=3100', 'vads_amount=3101')],
  ['a status changed', (raw: string) => raw.replace('AUTHORISED', 'CAPTURED')],
  ['an empty field dropped', (raw: string) => raw.replace('&vads_extra_result=', '')],
  ['a field of the bank’s kind added', (raw: string) => `${raw}&vads_new=1`],
  ['no signature', (raw: string) => raw.replace(/&signature=.*/, '')],
  ['an empty signature', (raw: string) => raw.replace(/&signature=.*/, '&signature=')],
])('%s breaks the signature', (_, change) => {
  expect(systempay.read(CONTRACT, change(recorded('accepted')))).toEqual({
    ok: false,
    failure: 'bad-signature',
  })
})

test('another shop’s key opens nothing', () => {
  const other = { ...CONTRACT, key: 'clef-de-test-0002' }
  expect(systempay.read(other, recorded('accepted'))).toEqual({ ok: false, failure: 'bad-signature' })
})

test('a foreign field is no part of the message; a repeated one makes it unreadable', () => {
  const raw = recorded('accepted')
  expect(systempay.read(CONTRACT, `${raw}&utm_source=x`)).toMatchObject({ ok: true })
  expect(systempay.read(CONTRACT, `${raw}&vads_amount=3100`)).toEqual({ ok: false, failure: 'unreadable' })
  expect(systempay.read(CONTRACT, `${raw}&vads_new=%E9`)).toEqual({ ok: false, failure: 'unreadable' })
})

test('what names no shop is no message', () => {
  for (const raw of ['', 'a=1', 'vads_site_id=1&vads_site_id=2', '%'])
    expect(systempay.claimedShop(raw)).toBeUndefined()
})

test('a form is posted to the contract’s own address, signed with its key', () => {
  const order = {
    reference: 'R',
    transactionNumber: '000042',
    amount: cents(3100),
    receiptEmail: null,
    sentAt: new Date('2012-04-12T16:44:00Z'),
    returnUrl: 'https://portail.example/',
  }
  const { url, fields } = systempay.order(CONTRACT, order)
  expect(url).toBe(CONTRACT.formUrl)
  const signature = fields.find(([name]) => name === 'signature')?.[1] ?? ''
  expect(isSigned(fields, signature, KEY)).toBe(true)
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  expect(parseFields(body.toString())).toEqual(fields)
})
