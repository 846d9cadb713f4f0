import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { assert, BrokenInvariant, present, unreachable } from './assert.ts'
import { publicReference, quotedReference, uuidV7 } from './ids.ts'
import { fail, ok } from './result.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

test('identifiers are UUIDs of version 7, in the order of time', () => {
  fc.assert(
    fc.property(
      fc.nat(4_000_000_000_000),
      fc.integer({ min: 1, max: 1_000_000 }),
      bytes(10),
      bytes(10),
      (at, gap, a, b) => {
        const [first, second] = [uuidV7(new Date(at), a), uuidV7(new Date(at + gap), b)]
        expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
        expect(first < second).toBe(true)
        expect(Number.parseInt(first.replace('-', '').slice(0, 12), 16)).toBe(at)
      },
    ),
  )
})

test('an identifier needs ten random bytes, a reference sixteen', () => {
  expect(() => uuidV7(new Date(0), new Uint8Array(9))).toThrow('needs ten random bytes')
  expect(() => publicReference(new Uint8Array(15))).toThrow('needs sixteen random bytes')
})

test('a public reference is 26 signs that are read without mistake, and tells all its bits', () => {
  expect(publicReference(new Uint8Array(16))).toBe('0'.repeat(26))
  expect(publicReference(new Uint8Array(16).fill(255))).toBe(`7${'Z'.repeat(25)}`)
  fc.assert(
    fc.property(bytes(16), bytes(16), (a, b) => {
      const reference = publicReference(a)
      expect(reference).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
      expect(reference === publicReference(b)).toBe(Buffer.compare(a, b) === 0)
    }),
  )
})

test('people quote the last eight signs', () => {
  expect(quotedReference('0A1B2C3D4E5F6G7H8J2M9X7QFK')).toBe('2M9X-7QFK')
})

test('a broken invariant says why', () => {
  expect(() => assert(true, 'never')).not.toThrow()
  expect(() => assert(0, 'no')).toThrow(new BrokenInvariant('no'))
  expect(present(0, 'there')).toBe(0)
  expect(() => present(null, 'gone')).toThrow('gone')
  expect(() => present(undefined, 'gone')).toThrow('gone')
  expect(() => unreachable('forgotten' as never)).toThrow('unexpected value: forgotten')
})

test('an outcome is a value or a failure', () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 })
  expect(fail('no')).toEqual({ ok: false, failure: 'no' })
})
