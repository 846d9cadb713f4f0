import { expect, test } from 'vitest'
import { type Fields, isSigned, sign } from './signature.ts'

// The example of the platform's own documentation: paiement.systempay.fr, form V2, « Computing the
// signature »; the PayZen hosted page guide, chapter 13, has the same.
const DOCUMENTED: Fields = [
  ['vads_action_mode', 'INTERACTIVE'],
  ['vads_amount', '5124'],
  ['vads_ctx_mode', 'TEST'],
  ['vads_currency', '978'],
  ['vads_page_action', 'PAYMENT'],
  ['vads_payment_config', 'SINGLE'],
  ['vads_site_id', '12345678'],
  ['vads_trans_date', '20170129130025'],
  ['vads_trans_id', '123456'],
  ['vads_version', 'V2'],
]
const KEY = '1122334455667788'
const SIGNATURE = 'ycA5Do5tNvsnKdc/eP1bj2xa19z9q3iWPy9/rpesfS0='

test('the documented example has the documented signature', () => {
  expect(sign(DOCUMENTED, KEY, 'HMAC-SHA-256')).toBe(SIGNATURE)
})

test('neither the order of the fields nor foreign fields change it', () => {
  const foreign: Fields = [...DOCUMENTED.toReversed(), ['signature', 'x'], ['pay', 'y'], ['Vads_amount', '1']]
  expect(sign(foreign, KEY, 'HMAC-SHA-256')).toBe(SIGNATURE)
})

test('an empty value counts, and so does a plus sign or an accent', () => {
  // printf 'é+a b++clef' | openssl dgst -sha256 -hmac clef -binary | base64
  const accents: Fields = [
    ['vads_c', ''],
    ['vads_b', 'a b'],
    ['vads_a', 'é'],
  ]
  expect(sign(accents, 'clef', 'HMAC-SHA-256')).toBe('bP6qazxQJaKjAMlbG0FXcvCKLDfkfBHEQ1SGEuroM/c=')
  expect(sign([...DOCUMENTED, ['vads_order_info', '']], KEY, 'HMAC-SHA-256')).not.toBe(SIGNATURE)
})

test('names are in byte order: capitals before small letters', () => {
  // printf 'upper+lower+clef' | openssl dgst -sha256 -hmac clef -binary | base64
  const names: Fields = [
    ['vads_threeds_cavva', 'lower'],
    ['vads_threeds_cavvAlgorithm', 'upper'],
  ]
  expect(sign(names, 'clef', 'HMAC-SHA-256')).toBe('uul6l6hbaIPU8QAaD1app4rpbaI719ce7gBAhmGnKr8=')
})

test('without any field, the key alone is signed', () => {
  // printf 'clef' | openssl dgst -sha256 -hmac clef -binary | base64
  expect(sign([], 'clef', 'HMAC-SHA-256')).toBe('ygfoVA8q0zR1cyWDHTeLtDaWMTXXtgy8+5LHUp8T82g=')
})

test('only the whole right signature under the right key is taken, and a wrong one never throws', () => {
  expect(isSigned(DOCUMENTED, SIGNATURE, KEY, 'HMAC-SHA-256')).toBe(true)
  expect(isSigned(DOCUMENTED, SIGNATURE, '1122334455667789', 'HMAC-SHA-256')).toBe(false)
  const wrong = [
    '',
    'x',
    SIGNATURE.slice(1),
    `${SIGNATURE}=`,
    SIGNATURE.toLowerCase(),
    'é'.repeat(44),
    'é'.repeat(22),
  ]
  for (const signature of wrong) expect(isSigned(DOCUMENTED, signature, KEY, 'HMAC-SHA-256')).toBe(false)
})

test('SHA-1 has its own documented form, and neither algorithm passes for the other', () => {
  // printf 'INTERACTIVE+5124+TEST+978+PAYMENT+SINGLE+12345678+20170129130025+123456+V2+1122334455667788' | sha1sum
  const sha1 = '59c96b34c74b9375c332b0b6a32e6deeec87de2b'
  expect(sign(DOCUMENTED, KEY, 'SHA-1')).toBe(sha1)
  expect(isSigned(DOCUMENTED, sha1, KEY, 'SHA-1')).toBe(true)
  expect(isSigned(DOCUMENTED, sha1, KEY, 'HMAC-SHA-256')).toBe(false)
  expect(isSigned(DOCUMENTED, SIGNATURE, KEY, 'SHA-1')).toBe(false)
})
