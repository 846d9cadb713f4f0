import { expect, test } from 'vitest'
import {
  deriveKeys,
  hashPassword,
  hashToken,
  newId,
  newReference,
  newToken,
  sameSecret,
  verifyPassword,
} from './secrets.ts'

const keys = deriveKeys('a secret key for tests, never for people')

test('what is sealed opens, and never looks the same twice', () => {
  for (const secret of ['', 'clef-de-test-0001', 'é€😀', 'x'.repeat(10_000)])
    expect(keys.open(keys.seal(secret))).toBe(secret)
  expect(keys.seal('clef')).not.toBe(keys.seal('clef'))
  expect(keys.seal('clef')).not.toContain('clef')
})

test('a seal changed anywhere, cut short, or of another key does not open', () => {
  const sealed = keys.seal('clef')
  const bytes = Buffer.from(sealed.slice(2), 'base64url')
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(() => keys.open(`1.${changed.toString('base64url')}`)).toThrow()
  }
  for (let length = 0; length < bytes.length; length += 1)
    expect(() => keys.open(`1.${bytes.subarray(0, length).toString('base64url')}`)).toThrow()
  expect(() => deriveKeys('another secret key').open(sealed)).toThrow(/authenticate/)
  expect(() => keys.open(sealed.slice(2))).toThrow('unknown seal')
  expect(keys.open(sealed)).toBe('clef')
})

test('a tag is one deployment’s, for one purpose and one content', () => {
  const tag = keys.sign('form', 'a')
  expect(keys.sign('form', 'a')).toBe(tag)
  const others = [keys.sign('form', 'b'), keys.sign('session', 'a'), deriveKeys('another').sign('form', 'a')]
  expect(others).not.toContain(tag)
})

test('a password is its own and no other, and without a hash nobody enters', async () => {
  const hash = await hashPassword('trois chats sous un préau')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword(hash, 'trois chats sous un préau')).toBe(true)
  expect(await verifyPassword(hash, 'trois chats sous un preau')).toBe(false)
  expect(await verifyPassword(undefined, 'trois chats sous un préau')).toBe(false)
  expect(await hashPassword('trois chats sous un préau')).not.toBe(hash)
})

test('secrets are compared whole', () => {
  expect([sameSecret('a', 'a'), sameSecret('a', 'b'), sameSecret('a', 'aa'), sameSecret('', '')]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('tokens and references are long and never come twice', () => {
  const drawn = Array.from({ length: 1_000 }, () => [newToken(), newReference(), newId(new Date(0))])
  expect(new Set(drawn.flat()).size).toBe(3_000)
  expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32)
  expect(hashToken('x')).toHaveLength(32)
})
