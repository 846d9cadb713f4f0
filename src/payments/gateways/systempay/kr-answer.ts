// Messages of the REST interface's own form (kr-*): gateways.md 2.3.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Fields } from './signature.ts'

/** The text that is signed, and what it claims; undefined when this is no such message. */
export type KrMessage = { readonly answer: string; readonly hash: string; readonly algorithm: string }

export function krMessage(fields: Fields): KrMessage | undefined {
  const of = (name: string) => fields.find(([known]) => known === name)?.[1]
  const answer = of('kr-answer')
  if (answer === undefined) return undefined
  return { answer, hash: of('kr-hash') ?? '', algorithm: of('kr-hash-algorithm') ?? '' }
}

/**
 * Whether the answer is signed under this key: HMAC-SHA-256 of the text as it came, with `\/` read as
 * `/`, in small hexadecimal digits. The key is chosen by the way it came (the password for the bank's
 * server, the HMAC key for a browser), never by what `kr-hash-key` says: else one passes for the other.
 */
export function isKrSigned({ answer, hash, algorithm }: KrMessage, key: string): boolean {
  if (algorithm !== 'sha256_hmac') return false
  const expected = Buffer.from(
    createHmac('sha256', key)
      .update(answer.replaceAll(String.raw`\/`, '/'), 'utf8')
      .digest('hex'),
  )
  const given = Buffer.from(hash)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
