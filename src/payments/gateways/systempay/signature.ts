// Systempay form V2, gateways.md 1.4.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** A message's fields, in the order they came. */
export type Fields = readonly (readonly [name: string, value: string])[]

/**
 * HMAC-SHA-256 over the values of all vads_ fields, sorted by name in byte order, joined with `+`,
 * the key last; base64, 44 characters. Empty values count.
 */
export function sign(fields: Fields, key: string): string {
  const signed = fields
    .filter(([name]) => name.startsWith('vads_'))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, value]) => value)
  return createHmac('sha256', key)
    .update([...signed, key].join('+'), 'utf8')
    .digest('base64')
}

/** Whether the signature is the fields' own, compared in constant time; a wrong length is simply wrong. */
export function isSigned(fields: Fields, signature: string, key: string): boolean {
  const expected = Buffer.from(sign(fields, key))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
