// Headers are made by the official library, or by hand from its documentation: never by our code.
import { createHmac } from 'node:crypto'
import { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { readSigned } from './signature.ts'

const SECRET = 'whsec_first'
const NOW = new Date('2012-04-12T16:44:00Z')
const SECONDS = NOW.getTime() / 1000
const RAW = '{"id":"evt_1","object":"event","é":"\\u00e9"}'
const { webhooks } = new Stripe('sk_test_nothing')
const header = (values: { timestamp?: number; secret?: string; payload?: string } = {}) =>
  webhooks.generateTestHeaderString({ payload: RAW, secret: SECRET, timestamp: SECONDS, ...values })
const read = (given: string, raw = RAW, secrets: (string | undefined)[] = [SECRET]) => {
  const result = readSigned(raw, given, secrets, NOW)
  return result.ok ? 'signed' : result.failure
}

test('the header is the HMAC of the time and the raw body', () => {
  const digest = createHmac('sha256', SECRET).update(`${SECONDS}.${RAW}`).digest('hex')
  expect(header()).toBe(`t=${SECONDS},v1=${digest}`)
  expect(read(header())).toBe('signed')
})

test.each([
  ['another secret', header({ secret: 'whsec_other' })],
  ['no header', ''],
  ['no time', header().replace(/^t=\d+,/, '')],
  ['no signature', `t=${SECONDS}`],
  ['an unknown scheme only', header().replace('v1=', 'v0=')],
  ['a time that is none', header().replace(/^t=\d+/, 't=soon')],
])('%s: refused', (_, given) => {
  expect(read(given)).toBe('bad-signature')
})

test('one byte more, or another spacing of the same JSON, is refused', () => {
  expect(read(header(), `${RAW} `)).toBe('bad-signature')
  expect(read(header(), RAW.replace(',', ', '))).toBe('bad-signature')
})

test('five minutes old is taken, and a second more is not; nor from the future', () => {
  expect(read(header({ timestamp: SECONDS - 300 }))).toBe('signed')
  expect(read(header({ timestamp: SECONDS - 301 }))).toBe('bad-signature')
  expect(read(header({ timestamp: SECONDS + 300 }))).toBe('signed')
  // The library alone would take it (gateways 5.2).
  const future = header({ timestamp: SECONDS + 301 })
  expect(webhooks.constructEvent(RAW, future, SECRET, 300, undefined, NOW.getTime())).toMatchObject({
    id: 'evt_1',
  })
  expect(read(future)).toBe('bad-signature')
})

test('while a secret is rolled either signs, in the header or in the settings', () => {
  const old = header()
  expect(read(old, RAW, ['whsec_second', SECRET])).toBe('signed')
  expect(read(old, RAW, ['whsec_second', undefined])).toBe('bad-signature')
  const both = `${header({ secret: 'whsec_second' })},${old.replace(/^t=\d+,/, '')}`
  expect(read(both)).toBe('signed')
  expect(read(old, RAW, [undefined, undefined])).toBe('bad-signature')
})

test('what is signed and is no JSON is unreadable', () => {
  expect(read(header({ payload: '{"id":' }), '{"id":')).toBe('unreadable')
})
