// Answers of Order/Get, one per situation, as the platform writes them.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { systempayContract } from '../../../../test/support/contracts.ts'
import { ok } from '../../../kernel/result.ts'
import { cents } from '../../../kernel/money.ts'
import type { BankFact, BankQuestion } from '../../gateway.ts'
import { readAnswer, restOf } from './rest.ts'

const REFERENCE = '0A1B2C3D4E5F6G7H8J9K0M1N2P'
const CONTRACT = systempayContract({
  settings: { restUrl: 'https://api.systempay.fr' },
  secrets: { restPassword: 'testpassword_secret' },
})
/** On one line, as it comes. */
const recorded = (name: string) =>
  JSON.stringify(JSON.parse(readFileSync(path.join(import.meta.dirname, 'answers', `${name}.json`), 'utf8')))
const read = (text: string, status = 200) => readAnswer(CONTRACT, REFERENCE, { status, text })
const factsOf = (name: string) => {
  const answer = read(recorded(name))
  return answer.ok ? answer.value.facts : answer.failure
}

const ACCEPTED: BankFact = {
  mode: 'TEST',
  reference: REFERENCE,
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

test('a question names the order, and the shop by its password, nothing else', async () => {
  const asked: BankQuestion[] = []
  const { enquire } = restOf(CONTRACT)
  const answer = await enquire?.(
    { reference: REFERENCE, sendings: [], askedAt: new Date('2012-04-12T16:46:00Z') },
    (question) => {
      asked.push(question)
      return Promise.resolve(ok({ status: 200, headers: {}, text: recorded('accepted') }))
    },
  )
  expect(answer).toMatchObject({ ok: true, value: { facts: [ACCEPTED] } })
  expect(asked).toEqual([
    {
      method: 'POST',
      url: 'https://api.systempay.fr/api-payment/V4/Order/Get',
      headers: {
        // printf '12345678:testpassword_secret' | base64
        authorization: 'Basic MTIzNDU2Nzg6dGVzdHBhc3N3b3JkX3NlY3JldA==',
        'content-type': 'application/json',
      },
      body: `{"orderId":"${REFERENCE}"}`,
    },
  ])
})

test('a shop without the interface, or without its password, cannot be asked', () => {
  const none = { enquire: null, cancelOrRefund: null, testConnection: null }
  expect(restOf(systempayContract({ secrets: { restPassword: 'testpassword_secret' } }))).toEqual(none)
  expect(restOf(systempayContract({ settings: { restUrl: 'https://api.systempay.fr' } }))).toEqual(none)
})

test('an accepted payment is the very fact that its notification tells', () => {
  expect(factsOf('accepted')).toEqual([ACCEPTED])
  expect(read(recorded('accepted'))).toMatchObject({ value: { raw: recorded('accepted') } })
})

test('a refusal and the acceptance that followed are told in their order', () => {
  const facts = factsOf('refused-then-accepted')
  expect(facts).toMatchObject([{ verdict: 'refused', reason: '51' }, { verdict: 'accepted' }])
})

test('a refund is no payment, and what waits is no money yet', () => {
  expect(factsOf('refunded')).toMatchObject([
    { operation: 'debit', verdict: 'accepted' },
    { operation: 'credit' },
  ])
  expect(factsOf('waiting')).toMatchObject([{ verdict: 'pending' }])
  expect(factsOf('refused')).toMatchObject([{ verdict: 'refused' }])
})

test('another currency than the euro, on either side, is not euro', () => {
  expect(factsOf('converted')).toMatchObject([{ isEuro: false }])
})

test('an order that the bank does not know brings no fact', () => {
  expect(factsOf('unknown-order')).toEqual([])
})

test.each([
  ['bad-credentials', 'refused'],
  ['bad-input', 'unreadable'],
  ['another-order', 'unreadable'],
  ['another-shop', 'unreadable'],
])('%s is %s', (name, failure) => {
  expect(factsOf(name)).toBe(failure)
})

test.each([
  ['a page of maintenance', '<!doctype html>'],
  ['nothing', ''],
  ['half an answer', recorded('accepted').slice(0, 400)],
  ['a list', '[]'],
  ['null', 'null'],
  ['an amount with cents', recorded('accepted').replace('"amount":3100', '"amount":31.5')],
  ['a negative amount', recorded('accepted').replace('"amount":3100', '"amount":-3100')],
  ['an amount as text', recorded('accepted').replace('"amount":3100', '"amount":"3100"')],
  ['no transaction id', recorded('accepted').replace(/"uuid":"[^"]+"/, '"uuid":""')],
  ['no date', recorded('accepted').replace(/"creationDate":"[^"]+"/, '"creationDate":"hier"')],
  ['no mode', recorded('accepted').replace('"mode":"TEST","orderId"', '"mode":"","orderId"')],
  ['no list of transactions', recorded('accepted').replace('"transactions":', '"transaction":')],
])('%s is unreadable as a whole', (_, text) => {
  expect(read(text)).toEqual({ ok: false, failure: 'unreadable' })
})

test.each([
  [401, 'refused'],
  [403, 'refused'],
  [302, 'unreachable'],
  [404, 'unreachable'],
  [500, 'unreachable'],
  [503, 'unreachable'],
])('the status %s is %s, whatever the body says', (status, failure) => {
  expect(read(recorded('accepted'), status)).toEqual({ ok: false, failure })
})
