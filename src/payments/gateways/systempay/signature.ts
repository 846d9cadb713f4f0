// Systempay form V2, gateways.md 1.4.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A message's fields, in the order they came. */
export type Fields = readonly (readonly [name: string, value: string])[]

/** A setting of the shop, the same both ways. SHA-1 is read for the shops that still have it. */
export type Algorithm = 'HMAC-SHA-256' | 'SHA-1'

/**
 * Over the values of all vads_ fields, sorted by name in byte order, joined with `+`, the key last:
 * HMAC-SHA-256 under the same key, base64, 44 characters; or SHA-1, 40 small hexadecimal digits.
 * Empty values count.
 */
export function sign(fields: Fields, key: string, algorithm: Algorithm): string {
  const signed = fields
    .filter((field) => field[0].startsWith('vads_'))
    // Not taken apart: this is the hot loop of a signature.
    .toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
    .map((field) => field[1])
  const text = [...signed, key].join('+')
  return algorithm === 'SHA-1'
    ? createHash('sha1').update(text, 'utf8').digest('hex')
    : createHmac('sha256', key).update(text, 'utf8').digest('base64')
}

/** Whether the signature is the fields' own, compared in constant time; a wrong length is simply wrong. */
export function isSigned(fields: Fields, signature: string, key: string, algorithm: Algorithm): boolean {
  const expected = Buffer.from(sign(fields, key, algorithm))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
