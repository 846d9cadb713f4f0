// Messages as the bank sends them, one per situation, signed outside this code.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { systempayContract, testOrder } from '../../../../test/support/contracts.ts'
import { cents } from '../../../kernel/money.ts'
import type { BankFact } from '../../gateway.ts'
import { parseFields } from './fields.ts'
import { isSigned } from './signature.ts'
import { systempay } from './systempay.ts'

const KEY = 'clef-de-test-0001'
const CONTRACT = systempayContract({ secrets: { key: KEY } })
const { order, readNotification, readReturn, readKept } = systempay.open(CONTRACT)
const read = (raw: string, gateway = { readNotification }) =>
  gateway.readNotification({ headers: {}, raw }, new Date('2012-04-12T16:45:00Z'))
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
  expect(systempay.claimedShop?.(raw)).toBe('12345678')
  const told = { ok: true, value: { kind: 'facts', facts: [{ ...ACCEPTED, ...changes }] } }
  expect([read(raw), readReturn(raw), readKept(raw)]).toEqual([told, told, told])
})

test.each([
  ['an amount changed', (raw: string) => raw.replace('vads_amount=3100', 'vads_amount=3101')],
  ['a status changed', (raw: string) => raw.replace('AUTHORISED', 'CAPTURED')],
  ['an empty field dropped', (raw: string) => raw.replace('&vads_extra_result=', '')],
  ['a field of the bank’s kind added', (raw: string) => `${raw}&vads_new=1`],
  ['no signature', (raw: string) => raw.replace(/&signature=.*/, '')],
  ['an empty signature', (raw: string) => raw.replace(/&signature=.*/, '&signature=')],
])('%s breaks the signature', (_, change) => {
  const refused = { ok: false, failure: 'bad-signature' }
  const raw = change(recorded('accepted'))
  expect([read(raw), readReturn(raw)]).toEqual([refused, refused])
})

test('another shop’s key opens nothing', () => {
  const other = systempay.open(systempayContract({ secrets: { key: 'clef-de-test-0002' } }))
  expect(read(recorded('accepted'), other)).toEqual({ ok: false, failure: 'bad-signature' })
})

test('a foreign field is no part of the message; a repeated one makes it unreadable', () => {
  const raw = recorded('accepted')
  expect(read(`${raw}&utm_source=x`)).toMatchObject({ ok: true })
  expect(read(`${raw}&vads_amount=3100`)).toEqual({ ok: false, failure: 'unreadable' })
  expect(read(`${raw}&vads_new=%E9`)).toEqual({ ok: false, failure: 'unreadable' })
})

test('what names no shop is no message', () => {
  for (const raw of ['', 'a=1', 'vads_site_id=1&vads_site_id=2', '%'])
    expect(systempay.claimedShop?.(raw)).toBeUndefined()
})

test('a form is posted to the contract’s own address, signed with its key', async () => {
  const ordered = await order(testOrder(), () => {
    throw new Error('no call')
  })
  if (!ordered.ok || ordered.value.redirection.kind !== 'form') throw new Error('no form')
  const { url, fields } = ordered.value.redirection
  expect([url, ordered.value.providerReference]).toEqual([CONTRACT.settings.formUrl, null])
  const signature = fields.find(([name]) => name === 'signature')?.[1] ?? ''
  expect(isSigned(fields, signature, KEY)).toBe(true)
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  expect(parseFields(body.toString())).toEqual(fields)
})
