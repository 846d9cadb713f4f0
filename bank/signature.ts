import { createHmac, timingSafeEqual } from 'node:crypto'

/** Fields of a form or of a message, by name; values decoded. */
export type Fields = Readonly<Record<string, string>>

/**
 * Signature of a message: values of its vads_ fields in byte order of their names, joined by « + », the key
 * last; HMAC-SHA-256 keyed with the same key, base64. Empty values count.
 * Source: Systempay form V2, « Calculer la signature » (gateways 1.4).
 */
export function sign(fields: Fields, key: string): string {
  const names = Object.keys(fields).filter((name) => name.startsWith('vads_'))
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const values = names.map((name) => fields[name] ?? '')
  const message = [...values, key].join('+')
  return createHmac('sha256', key).update(message, 'utf8').digest('base64')
}

/** True when the signature is that of the fields; compared in constant time, never throws. */
export function isSigned(fields: Fields, signature: string, key: string): boolean {
  const expected = Buffer.from(sign(fields, key))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
