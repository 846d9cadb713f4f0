// What is asked of Stripe, and what becomes of its answers: the official client on a transport of ours.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { stripeContract, testOrder } from '../../../../test/support/contracts.ts'
import { cents } from '../../../kernel/money.ts'
import type { BankQuestion, ContractOf, Transport } from '../../gateway.ts'
import { API_VERSION } from './client.ts'
import { loadStripe } from './load-stripe.ts'
import { stripe } from './stripe.ts'

const answerOf = (name: string) =>
  readFileSync(path.join(import.meta.dirname, `answers/${name}.json`), 'utf8')

/** A bank that answers this, and remembers what it was asked. */
function bank(
  contract: ContractOf<'stripe'>,
  ...answers: ([number, string] | 'timed-out' | 'unreachable')[]
) {
  const asked: BankQuestion[] = []
  const transport: Transport = (question) => {
    asked.push(question)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer === undefined || typeof answer === 'string')
      return Promise.resolve({ ok: false, failure: answer ?? 'unreachable' })
    const [status, name] = answer
    const text = name.startsWith('<') || name.startsWith('{') ? name : answerOf(name)
    return Promise.resolve({ ok: true, value: { status, headers: {}, text } })
  }
  const gateway = stripe.open(contract)
  const { enquire, cancelOrRefund, testConnection } = gateway
  if (!enquire || !cancelOrRefund || !testConnection) throw new Error('a capability is missing')
  const sendings = [
    {
      transactionNumber: '000042',
      amount: cents(3_100),
      sentAt: new Date(0),
      providerReference: 'cs_test_1',
    },
  ]
  return {
    asked,
    order: (changes: Parameters<typeof testOrder>[0] = {}) => gateway.order(testOrder(changes), transport),
    enquire: (more: typeof sendings = []) =>
      enquire(
        { reference: testOrder().reference, sendings: [...sendings, ...more], askedAt: new Date(0) },
        transport,
      ),
    refund: (isFirst = true) =>
      cancelOrRefund(
        {
          key: 'r1',
          reference: testOrder().reference,
          bankTransaction: 'pi_3PreauPayment0001',
          amount: cents(450),
          captured: cents(3_100),
          knownCredits: [],
          isFirst,
        },
        transport,
      ),
    test: () => testConnection(transport),
  }
}
const open = (...answers: Parameters<typeof bank> extends [unknown, ...infer Rest] ? Rest : never) =>
  bank(stripeContract(), ...answers)

test('the version of the API is that of the library, and is sent with every question', async () => {
  expect(loadStripe().API_VERSION).toBe(API_VERSION)
  const { asked, enquire } = open([200, 'session-open'])
  await enquire()
  expect(asked[0]?.headers).toMatchObject({
    'Stripe-Version': API_VERSION,
    Authorization: 'Bearer sk_test_of_the_tests',
  })
})

test('an order is a session in euro cents, marked on itself and on its payment, under a key of its own', async () => {
  const { asked, order } = open([200, 'session-open'])
  expect(await order()).toEqual({
    ok: true,
    value: {
      redirection: { kind: 'visit', url: 'https://checkout.stripe.com/c/pay/cs_test_a1PreauSession0001' },
      providerReference: 'cs_test_a1PreauSession0001',
    },
  })
  const [question] = asked
  expect([question?.method, question?.url]).toEqual(['POST', 'https://api.stripe.com/v1/checkout/sessions'])
  expect(Object.fromEntries(new URLSearchParams(question?.body))).toEqual({
    mode: 'payment',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'eur',
    'line_items[0][price_data][unit_amount]': '3100',
    'line_items[0][price_data][product_data][name]': 'ACCUEIL DE LOISIRS THONON',
    'line_items[0][price_data][product_data][description]': 'TH000001',
    'adaptive_pricing[enabled]': 'false',
    success_url:
      'https://portail.example/paiement/0A1B2C3D4E5F6G7H8J9K0M1N2P/retour?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://portail.example/paiement/0A1B2C3D4E5F6G7H8J9K0M1N2P/retour',
    client_reference_id: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
    customer_email: 'claire@famille.example',
    'metadata[preau_reference]': '0A1B2C3D4E5F6G7H8J9K0M1N2P',
    'metadata[preau_transaction]': '000042',
    'payment_intent_data[metadata][preau_reference]': '0A1B2C3D4E5F6G7H8J9K0M1N2P',
    'payment_intent_data[metadata][preau_transaction]': '000042',
    expires_at: String(Date.UTC(2012, 3, 12, 23, 34, 59) / 1000),
    locale: 'fr',
    'allowed_payment_method_types[0]': 'card',
  })
})

test('the same sending has the same key, another has another', async () => {
  const { asked, order } = open([200, 'session-open'])
  await order()
  await order()
  await order({ transactionNumber: '000043' })
  const [first, again, other] = asked.map(({ headers }) => headers['Idempotency-Key'])
  expect([again === first, other === first, first]).toEqual([
    true,
    false,
    `order:0A1B2C3D4E5F6G7H8J9K0M1N2P:000042:${Date.UTC(2012, 3, 12, 22, 59, 59, 999)}`,
  ])
})

test('without an address for the receipt none is sent, and without a choice the account’s means are offered', async () => {
  const { asked, order } = bank(stripeContract({ settings: { methods: null } }), [200, 'session-open'])
  await order({ receiptEmail: null, invoiceNumbers: [] })
  const names = [...new URLSearchParams(asked[0]?.body).keys()]
  expect(names.filter((name) => /email|method|description/.test(name))).toEqual([])
})

test.each([
  ['a wrong key', [401, 'bad-key'], 'refused'],
  ['an address it refuses', [400, 'bad-email'], 'bad-email'],
  ['the same key for something else', [400, 'other-parameters'], 'refused'],
  ['its own failure', [500, '{"error":{"type":"api_error","message":"down"}}'], 'unreachable'],
  ['a page of maintenance', [200, '<!doctype html><title>Maintenance</title>'], 'unreachable'],
  ['a redirection', [302, '{}'], 'unreachable'],
  ['a failure that says nothing', [500, '{}'], 'unreachable'],
  ['an answer that is no session', [200, '{}'], 'unreachable'],
  ['a session without a page', [200, '{"id":"cs_test_1","url":"nowhere"}'], 'unreachable'],
  ['no answer in time', 'timed-out', 'unreachable'],
] as const)('an order that meets %s fails as such', async (_, answer, failure) => {
  const { order } = open(typeof answer === 'string' ? answer : [...answer])
  expect(await order()).toEqual({ ok: false, failure })
})

test('a key of the other mode is never used', async () => {
  for (const [mode, key, ok] of [
    ['TEST', 'sk_live_1', false],
    ['PRODUCTION', 'sk_test_1', false],
    ['PRODUCTION', 'rk_live_1', true],
    ['TEST', 'sk_test_1', true],
  ] as const) {
    const { asked, order, refund } = bank(stripeContract({ mode, secrets: { key } }), [200, 'session-open'])
    expect((await order()).ok).toBe(ok)
    if (!ok) expect(await refund()).toEqual({ ok: false, failure: { kind: 'refused', code: 'wrong-mode' } })
    expect(asked).toHaveLength(ok ? 1 : 0)
  }
})

test('every session of the order is asked for, with its payment and its card', async () => {
  const { asked, enquire } = open([200, 'session-expired'], [200, 'session-paid'])
  const second = {
    transactionNumber: '000043',
    amount: cents(3_100),
    sentAt: new Date(0),
    providerReference: 'cs_test_2',
  }
  const answer = await enquire([second, { ...second, providerReference: null as unknown as string }])
  expect(asked.map(({ url }) => decodeURIComponent(url))).toEqual([
    'https://api.stripe.com/v1/checkout/sessions/cs_test_1?expand[0]=payment_intent.latest_charge',
    'https://api.stripe.com/v1/checkout/sessions/cs_test_2?expand[0]=payment_intent.latest_charge',
  ])
  expect(answer).toMatchObject({
    ok: true,
    value: { facts: [{ verdict: 'abandoned' }, { verdict: 'accepted', cardBrand: 'VISA' }] },
  })
})

test.each([
  [[401, 'bad-key'], 'refused'],
  [[404, 'unknown-session'], 'refused'],
  [[200, '{"object":"checkout.session"}'], 'unreadable'],
  [[200, '<!doctype html>'], 'unreadable'],
  [[503, '{"error":{"type":"api_error"}}'], 'unreadable'],
  ['timed-out', 'timed-out'],
  ['unreachable', 'unreachable'],
] as const)('a question answered with %j fails as %s', async (answer, failure) => {
  const { enquire } = open(typeof answer === 'string' ? answer : [...answer])
  expect(await enquire()).toEqual({ ok: false, failure })
})

test('a refund is asked for under its own key, and told as a credit', async () => {
  const { asked, refund } = open([200, 'refund'])
  expect(await refund()).toMatchObject({
    ok: true,
    value: { facts: [{ operation: 'credit', bankTransaction: 're_3PreauRefund0001', amount: 450 }] },
  })
  expect(asked.map(({ url, headers }) => [url, headers['Idempotency-Key']])).toEqual([
    ['https://api.stripe.com/v1/refunds', 'refund:r1'],
  ])
})

test('a refund that was lost on the way is looked for before it is asked again', async () => {
  const list = (...data: string[]) =>
    `{"object":"list","has_more":false,"url":"/v1/refunds","data":[${data.join()}]}`
  const found = open([200, list(answerOf('refund'))])
  expect(await found.refund(false)).toMatchObject({
    value: { facts: [{ bankTransaction: 're_3PreauRefund0001' }] },
  })
  expect(found.asked.map(({ method }) => method)).toEqual(['GET'])
  const another = answerOf('refund').replace('"r1"', '"r2"')
  const missing = open([200, list(another)], [200, 'refund'])
  expect(await missing.refund(false)).toMatchObject({ ok: true })
  expect(missing.asked.map(({ method }) => method)).toEqual(['GET', 'POST'])
})

test.each([
  [[400, 'already-refunded'], { kind: 'refused', code: 'charge_already_refunded' }],
  [[401, 'bad-key'], { kind: 'refused', code: 'StripeAuthenticationError' }],
  [[500, '{"error":{"type":"api_error"}}'], { kind: 'unsure', code: 'unreadable' }],
  [[429, '{"error":{"type":"rate_limit_error"}}'], { kind: 'unsure', code: 'unreadable' }],
  ['timed-out', { kind: 'unsure', code: 'timed-out' }],
] as const)('a refund answered with %j is %j', async (answer, failure) => {
  const { refund } = open(typeof answer === 'string' ? answer : [...answer])
  expect(await refund()).toEqual({ ok: false, failure })
})

test('the connection is good when the key opens an account of the contract’s mode', async () => {
  const balance = (livemode: boolean) =>
    `{"object":"balance","livemode":${livemode},"available":[],"pending":[]}`
  expect(await open([200, balance(false)]).test()).toEqual({ ok: true, value: null })
  expect(await open([200, balance(true)]).test()).toEqual({ ok: false, failure: 'refused' })
  expect(await open([401, 'bad-key']).test()).toEqual({ ok: false, failure: 'refused' })
})

test('a return only has its session asked for, and what is no session is nothing', () => {
  const { readReturn } = stripe.open(stripeContract())
  expect(readReturn('session_id=cs_test_a1B2&autre=1')).toEqual({
    ok: true,
    value: { kind: 'ask', providerReference: 'cs_test_a1B2' },
  })
  for (const raw of ['', 'session_id=', 'session_id=cs_test_%2F..', 'session_id=pi_1'])
    expect(readReturn(raw)).toEqual({ ok: false, failure: 'unreadable' })
})
