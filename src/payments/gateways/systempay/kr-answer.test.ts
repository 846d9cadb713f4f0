// The REST interface's own messages: one key for the bank's server, another for a browser.
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { systempayContract } from '../../../../test/support/contracts.ts'
import { systempay } from './systempay.ts'

const PASSWORD = 'testpassword_of_the_shop'
const HMAC_KEY = 'hmac-key-of-the-shop'
const NOW = new Date('2012-04-12T16:45:00Z')
const { readNotification, readReturn, readKept } = systempay.open(
  systempayContract({ secrets: { restPassword: PASSWORD, restHmacKey: HMAC_KEY } }),
)

const recorded = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'answers', 'accepted.json'), 'utf8'),
) as { answer: object }
const ANSWER = JSON.stringify(recorded.answer)
const signed = (key: string, answer = ANSWER, changes: Record<string, string> = {}) =>
  new URLSearchParams({
    'kr-hash-key': key === PASSWORD ? 'password' : 'sha256_hmac',
    'kr-hash-algorithm': 'sha256_hmac',
    'kr-answer-type': 'V4/Payment',
    'kr-answer': answer,
    'kr-hash': createHmac('sha256', key)
      .update(answer.replaceAll(String.raw`\/`, '/'))
      .digest('hex'),
    ...changes,
  }).toString()
const notified = (raw: string) => readNotification({ headers: {}, raw }, NOW)
const FACT = { reference: '0A1B2C3D4E5F6G7H8J9K0M1N2P', verdict: 'accepted', amount: 3_100 }
const PROVED = { ok: true, value: { kind: 'facts', facts: [FACT] } }
const FORGED = { ok: false, failure: 'bad-signature' }

test('the server’s message is signed with the password, a browser’s with the HMAC key', () => {
  expect(systempay.claimedShop?.(signed(PASSWORD))).toBe('12345678')
  expect(notified(signed(PASSWORD))).toMatchObject(PROVED)
  expect(readReturn(signed(HMAC_KEY))).toMatchObject(PROVED)
  expect(readKept(signed('whatever'))).toMatchObject(PROVED)
})

test('the way chooses the key: what a browser may sign never passes for the server', () => {
  expect(notified(signed(HMAC_KEY))).toEqual(FORGED)
  expect(notified(signed(HMAC_KEY, ANSWER, { 'kr-hash-key': 'password' }))).toEqual(FORGED)
  expect(readReturn(signed(PASSWORD))).toEqual(FORGED)
})

test('slashes may come escaped, and the text is never written again', () => {
  const escaped = ANSWER.replaceAll('V4/', String.raw`V4\/`)
  expect(escaped).not.toBe(ANSWER)
  expect(notified(signed(PASSWORD, escaped))).toMatchObject(PROVED)
  const spaced = JSON.stringify(recorded.answer, null, 1)
  expect(notified(signed(PASSWORD, ANSWER, { 'kr-answer': spaced }))).toEqual(FORGED)
})

test.each([
  ['another algorithm', { 'kr-hash-algorithm': 'sha1' }],
  ['no algorithm', { 'kr-hash-algorithm': '' }],
  ['no hash', { 'kr-hash': '' }],
  ['a hash of another length', { 'kr-hash': 'abc' }],
  ['another amount', { 'kr-answer': ANSWER.replaceAll('3100', '3101') }],
])('%s proves nothing', (_, changes) => {
  expect(notified(signed(PASSWORD, ANSWER, changes))).toEqual(FORGED)
})

test('without its key a route believes nobody; another shop’s message is not this one’s', () => {
  const bare = systempay.open(systempayContract())
  expect(bare.readNotification({ headers: {}, raw: signed(PASSWORD) }, NOW)).toEqual(FORGED)
  expect(bare.readReturn(signed('undefined'))).toEqual(FORGED)
  const elsewhere = ANSWER.replaceAll('"12345678"', '"87654321"')
  expect(notified(signed(PASSWORD, elsewhere))).toEqual({ ok: false, failure: 'unknown-shop' })
  expect(notified(signed(PASSWORD, '{"shopId":"12345678"}'))).toEqual({ ok: false, failure: 'unreadable' })
})
