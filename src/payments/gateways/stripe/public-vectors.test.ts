// Events and objects that others published, each with its source (test/vectors/stripe.json), over ten
// years of versions. The demonstration bank is held to the same table in bank/stripe/conformance.test.ts.
import { expect, test } from 'vitest'
import vectors from '../../../../test/vectors/stripe.json' with { type: 'json' }
import { stripeContract } from '../../../../test/support/contracts.ts'
import { METADATA, readEvent } from './fields.ts'
import { stripe } from './stripe.ts'

type Vector = {
  readonly name: string
  readonly situation: string
  readonly source: string
  /** Of an object published alone: the event that would bring it. */
  readonly type?: string
  readonly message?: { readonly [name: string]: unknown }
  readonly expected: object | 'ignored'
  /** What it is once it carries our marks. */
  readonly ours?: object
  readonly raw?: string
  readonly header?: string
  readonly secret?: string
}
const all = vectors as readonly Vector[]
const named = (which: (one: Vector) => boolean) =>
  all.filter(which).map((one) => [`${one.name}: ${one.situation}`, one] as const)

type Event = { readonly type: string; readonly data: { readonly object: object } }
const eventOf = ({ type, message = {} }: Vector): Event =>
  type === undefined
    ? (message as Event)
    : ({ type, created: 1_640_995_200, livemode: false, data: { object: message } } as Event)

function told(event: unknown): unknown {
  const read = readEvent(event)
  if (!read.ok) return read.failure
  if (read.value.kind !== 'facts') return read.value.kind
  return read.value.facts.map((fact) => ({ ...fact, happenedAt: fact.happenedAt.toISOString() }))
}

test('forty messages or more, each with a source and a name of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(40)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  expect(all.filter(({ source }) => source.length < 20)).toEqual([])
})

test.each(named(({ message }) => message !== undefined))('%s', (_, vector) => {
  const read = told(eventOf(vector))
  if (vector.expected === 'ignored') expect(read).toBe('ignored')
  else expect(read).toMatchObject([vector.expected])
})

test.each(named(({ ours }) => ours !== undefined))('%s; and with our marks', (_, vector) => {
  const event = eventOf(vector)
  const metadata = { [METADATA.reference]: 'R', [METADATA.transaction]: '000042' }
  const marked = { ...event, data: { object: { ...event.data.object, metadata } } }
  expect(told(marked)).toMatchObject([vector.ours])
})

test.each(named(({ raw }) => raw !== undefined))('%s is proved by its header', (_, vector) => {
  const { raw = '', header = '', secret = '' } = vector
  const { readNotification } = stripe.open(stripeContract({ secrets: { webhookSecret: secret } }))
  const signedAt = Number(/^t=(\d+)/.exec(header)?.[1])
  const read = (body: string, given: string, afterSeconds = 0) =>
    readNotification(
      { headers: { 'stripe-signature': given }, raw: body },
      new Date((signedAt + afterSeconds) * 1_000),
    )
  const proved = { ok: true, value: { kind: 'ignored' } }
  const forged = { ok: false, failure: 'bad-signature' }
  expect(read(raw, header)).toEqual(proved)
  expect(read(raw, header, 300)).toEqual(proved)
  expect(read(raw, header, 301)).toEqual(forged)
  expect(read(raw, header, -301)).toEqual(forged)
  expect(read(raw.trimEnd(), header)).toEqual(forged)
  // The signature of a test (v0) alone, or a wrong one before the right one.
  expect(read(raw, header.replace(/v1=\w+,/, ''))).toEqual(forged)
  expect(read(raw, header.replace('v1=', `v1=${'0'.repeat(64)},v1=`))).toEqual(proved)
})

test('money of another use, in whatever shape, is left; ours in a shape we cannot read is not', () => {
  const strange = (metadata: object) => ({
    type: 'checkout.session.completed',
    created: 1_640_995_200,
    livemode: false,
    data: { object: { id: 'cs_1', amount_total: null, currency: null, metadata } },
  })
  expect(told(strange({}))).toBe('ignored')
  expect(told(strange({ [METADATA.reference]: 'R' }))).toBe('unreadable')
})
