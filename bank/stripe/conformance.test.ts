// The bank's Stripe is held to the same published messages as the portal's adapter, read without its code.
import { expect, test } from 'vitest'
import vectors from '../../test/vectors/stripe.json' with { type: 'json' }
import {
  describeCharge,
  describeDispute,
  describeIntent,
  describeRefund,
  describeSession,
} from './describe.ts'
import { signatureHeader, writeEvent } from './send-events.ts'
import { createStripeStore, type Charge, type Intent, type Session } from './store.ts'

type Tree = { readonly [name: string]: unknown }
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Signed = {
  readonly name: string
  readonly raw: string
  readonly secret: string
  readonly header: string
}
const signed = vectors.flatMap((one) => ('raw' in one ? [one as Signed] : []))
const messages = vectors.flatMap((one) => ('message' in one ? [one.message as Tree] : []))
const events = messages.filter(({ object }) => object === 'event')
const objects = messages.map((one) => (one['object'] === 'event' ? (one['data'] as Tree)['object'] : one))

test.each(signed.map((one) => [one.name, one] as const))('%s is signed here as it was there', (_, one) => {
  const time = Number(/^t=(\d+)/.exec(one.header)?.[1])
  const ours = signatureHeader(one.raw, time, [one.secret])
  // A live event has no v0: that one is for the endpoints of tests.
  expect(one.header.startsWith(`${ours},v0=`)).toBe(true)
})

/** The names that published objects of a kind have, over their versions. */
const namesOf = (kind: string): Set<string> =>
  new Set(objects.flatMap((one) => (isTree(one) && one['object'] === kind ? Object.keys(one) : [])))

const session: Session = {
  id: 'cs_test_1',
  createdAt: 0,
  expiresAt: 0,
  amount: 3100,
  name: 'x',
  clientReferenceId: null,
  email: null,
  metadata: {},
  intentMetadata: {},
  description: null,
  methods: ['card'],
  successUrl: '',
  cancelUrl: null,
  faults: {},
  status: 'complete',
  paymentStatus: 'paid',
  intent: undefined,
  challenged: undefined,
}
const charge: Charge = {
  id: 'ch_1',
  createdAt: 0,
  amount: 3100,
  method: { kind: 'card', brand: 'visa', last4: '4242' },
  status: 'succeeded',
  error: undefined,
  disputed: false,
}
const intent: Intent = {
  id: 'pi_1',
  createdAt: 0,
  amount: 3100,
  session,
  charges: [charge],
  status: 'succeeded',
}
const store = createStripeStore()
const refund = {
  id: 're_1',
  createdAt: 0,
  intent,
  charge,
  amount: 100,
  reason: null,
  metadata: {},
  status: 'succeeded',
  failureReason: undefined,
} as const
const dispute = {
  id: 'du_1',
  createdAt: 0,
  intent,
  charge,
  amount: 3100,
  reason: 'fraudulent',
  status: 'needs_response',
} as const

/** `latest_charge` came with the version of 2022-11, after the intents that were published. */
const LATER: Readonly<Record<string, readonly string[]>> = { payment_intent: ['latest_charge'] }

test.each<[string, object]>([
  ['checkout.session', describeSession(store, session, 'https://bank.example')],
  ['payment_intent', describeIntent(store, intent)],
  ['charge', describeCharge(store, intent, charge)],
  ['refund', describeRefund(refund)],
  ['dispute', describeDispute(dispute)],
])('a %s has no name that published ones have not', (kind, ours) => {
  const published = namesOf(kind)
  const unknown = Object.keys(ours).filter(
    (name) => !published.has(name) && !(LATER[kind] ?? []).includes(name),
  )
  expect(unknown).toEqual([])
  expect(ours).toMatchObject({ object: kind })
})

test('an event has the envelope of published ones', () => {
  const ours = JSON.parse(writeEvent({ id: 'evt_1', type: 'ping', object: {} }, 'v', 0, false)) as Tree
  const recent = events.find(({ api_version: version }) => version === '2020-08-27') ?? {}
  expect(Object.keys(ours).toSorted()).toEqual(Object.keys(recent).toSorted())
  expect(isTree(ours['request']) && Object.keys(ours['request'])).toEqual(
    isTree(recent['request']) && Object.keys(recent['request']),
  )
})
