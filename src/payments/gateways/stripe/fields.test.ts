// Every message that Stripe's reference describes, in our words.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readEvent, readSession } from './fields.ts'

const FOLDER = path.join(import.meta.dirname, 'messages')
const message = (name: string, folder = FOLDER): unknown =>
  JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'))
const answer = (name: string) => message(name, path.join(import.meta.dirname, 'answers'))

const PAYMENT = 'pi_3PreauPayment0001'
const OURS = {
  mode: 'TEST',
  reference: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
  transactionNumber: '000042',
  operation: 'debit',
  amount: 3_100,
  isEuro: true,
}
const refunded = {
  ...OURS,
  operation: 'credit',
  parentTransaction: PAYMENT,
  amount: 450,
  transactionNumber: '',
}
const disputed = {
  ...OURS,
  operation: 'dispute',
  parentTransaction: PAYMENT,
  reference: '',
  transactionNumber: '',
}
const FACTS: Readonly<Record<string, object | 'ignored'>> = {
  'charge-succeeded': {
    ...OURS,
    verdict: 'accepted',
    bankTransaction: PAYMENT,
    cardBrand: 'VISA',
    cardMasked: '•••• 4242',
    authorisation: '3fed91',
    happenedAt: new Date('2012-04-12T16:41:00Z'),
  },
  'charge-succeeded-debit': {
    ...OURS,
    verdict: 'accepted',
    bankTransaction: PAYMENT,
    cardBrand: 'SEPA',
    cardMasked: '•••• 2606',
  },
  'charge-failed': 'ignored',
  'payment-failed': {
    ...OURS,
    verdict: 'refused',
    bankTransaction: 'ch_3PreauRefused0001',
    reason: 'insufficient_funds',
  },
  'payment-failed-before-charge': {
    ...OURS,
    verdict: 'refused',
    bankTransaction: `${PAYMENT}:failed`,
    reason: 'payment_intent_authentication_failure',
  },
  'session-completed': { ...OURS, verdict: 'accepted', bankTransaction: PAYMENT },
  'session-completed-unpaid': { ...OURS, verdict: 'pending', bankTransaction: PAYMENT },
  'session-debit-succeeded': { ...OURS, verdict: 'accepted', bankTransaction: PAYMENT },
  'session-debit-failed': { ...OURS, verdict: 'refused', bankTransaction: `${PAYMENT}:failed` },
  'session-expired': { ...OURS, verdict: 'abandoned', bankTransaction: 'cs_test_a1PreauSession0001' },
  'session-of-another-use': 'ignored',
  'session-in-pounds': { ...OURS, verdict: 'accepted', isEuro: false },
  'session-live': { ...OURS, verdict: 'accepted', mode: 'PRODUCTION' },
  'refund-created': { ...refunded, verdict: 'accepted', bankTransaction: 're_3PreauRefund0001' },
  'refund-pending': { ...refunded, verdict: 'pending' },
  'refund-updated': { ...refunded, verdict: 'accepted' },
  'refund-failed': { ...refunded, verdict: 'refused' },
  'refund-by-hand': {
    ...refunded,
    verdict: 'accepted',
    bankTransaction: 're_3PreauRefund0002',
    amount: 3_100,
    reference: '',
  },
  'dispute-created': { ...disputed, verdict: 'accepted', bankTransaction: 'du_1PreauDispute0001' },
  'dispute-won': { ...disputed, verdict: 'refused', reason: 'won' },
  'dispute-lost': { ...disputed, verdict: 'accepted', reason: 'lost' },
  'dispute-warning': { ...disputed, verdict: 'pending' },
  'payout-paid': 'ignored',
}

test.each(Object.entries(FACTS))('%s', (name, expected) => {
  expect(readEvent(message(name))).toMatchObject(
    expected === 'ignored'
      ? { ok: true, value: { kind: 'ignored' } }
      : { ok: true, value: { kind: 'facts', facts: [expected] } },
  )
})

test('every message is told in the table', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  expect(names.map((name) => name.replace('.json', '')).toSorted()).toEqual(Object.keys(FACTS).toSorted())
})

test('two witnesses of one payment name one money; a late refusal of an earlier try names another', () => {
  const nameOf = (name: string) => {
    const read = readEvent(message(name))
    return read.ok && read.value.kind === 'facts' ? read.value.facts[0]?.bankTransaction : undefined
  }
  expect(nameOf('charge-succeeded')).toBe(nameOf('session-completed'))
  expect(nameOf('payment-failed')).not.toBe(nameOf('session-completed'))
  expect(nameOf('payment-failed-before-charge')).not.toBe(nameOf('session-completed'))
})

type Tree = { [name: string]: unknown }
test.each(['amount_total', 'metadata', 'currency', 'livemode', 'payment_status'])(
  'a session with a %s that cannot be read is unreadable, and books nothing',
  (field) => {
    const event = message('session-completed') as { data: { object: Tree } }
    event.data.object[field] = field === 'amount_total' ? 31.5 : { strange: [] }
    expect(readEvent(event)).toEqual({ ok: false, failure: 'unreadable' })
  },
)

test('what is no event is unreadable; an unknown field changes nothing', () => {
  for (const strange of [null, 'text', [], {}, { type: 'charge.succeeded' }])
    expect(readEvent(strange)).toEqual({ ok: false, failure: 'unreadable' })
  const event = message('session-completed') as { data: { object: Tree } }
  event.data.object['invented_tomorrow'] = { deep: true }
  expect(readEvent(event)).toEqual(readEvent(message('session-completed')))
})

test('a state of a refund that nobody knows is told to a person', () => {
  const event = message('refund-created') as { data: { object: Tree } }
  event.data.object['status'] = 'invented'
  expect(readEvent(event)).toMatchObject({ value: { facts: [{ verdict: 'unknown' }] } })
})

test.each([
  ['session-open', []],
  ['session-paid', [{ ...OURS, verdict: 'accepted', bankTransaction: PAYMENT, cardMasked: '•••• 4242' }]],
  ['session-declined', [{ ...OURS, verdict: 'refused', reason: 'insufficient_funds' }]],
  ['session-expired', [{ ...OURS, verdict: 'abandoned' }]],
  ['session-debit-awaited', [{ ...OURS, verdict: 'pending' }]],
])('asked for, %s', (name, expected) => {
  const read = readSession(answer(name))
  expect(read).toHaveLength(expected.length)
  expect(read).toMatchObject(expected)
})
