import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Fields of a form or of a message, by name; values decoded. */
export type Fields = Readonly<Record<string, string>>

/** A shop's setting in the back office, valid both ways; SHA-1 is the platform's older one. */
export type Algorithm = 'HMAC-SHA-256' | 'SHA-1'

/**
 * Signature of a message: values of its vads_ fields in byte order of their names, joined by « + », the key
 * last; HMAC-SHA-256 keyed with the same key, base64, or SHA-1 in hexadecimal. Empty values count.
 * Source: Systempay form V2, « Calculer la signature » (gateways 1.4).
 */
export function sign(fields: Fields, key: string, algorithm: Algorithm = 'HMAC-SHA-256'): string {
  const message = `${signedText(fields)}+${key}`
  if (algorithm === 'SHA-1') return createHash('sha1').update(message, 'utf8').digest('hex')
  return createHmac('sha256', key).update(message, 'utf8').digest('base64')
}

/** The values that a signature covers, in their order, without the key. */
export function signedText(fields: Fields): string {
  const names = Object.keys(fields).filter((name) => name.startsWith('vads_'))
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return names.map((name) => fields[name] ?? '').join('+')
}

/** True when the signature is that of the fields; compared in constant time, never throws. */
export function isSigned(
  fields: Fields,
  signature: string,
  key: string,
  algorithm: Algorithm = 'HMAC-SHA-256',
): boolean {
  const expected = Buffer.from(sign(fields, key, algorithm))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
