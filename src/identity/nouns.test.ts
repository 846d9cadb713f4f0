import { describe, expect, test } from 'vitest'
import { deviceName } from './device.ts'
import { linkState } from './links.ts'
import { formatMobile, plainIdentifier, plainName, readEmail, readMobile } from './names.ts'
import { delayMs, waitMs } from './throttle.ts'

describe('names', () => {
  test('are compared without accents, case, dashes or double spaces', () => {
    expect(plainName('  LÉO-Paul ')).toBe(plainName('leo  paul'))
    expect(plainName('Zoé')).not.toBe(plainName('Zoélie'))
  })
  test('identifiers are compared trimmed and in lower case', () => {
    expect(plainIdentifier(' Claire.MARTIN\t')).toBe('claire.martin')
  })
  test.each(['claire@famille.example', ' Claire+cantine@Famille.Example ', 'c@a.b-c.fr'])(
    '« %s » is an address',
    (text) => expect(readEmail(text)).toBe(text.trim().toLowerCase()),
  )
  test.each([
    '',
    'claire',
    'claire@',
    '@famille.example',
    'a@b',
    'a b@c.fr',
    'a@c.fr,b@c.fr',
    'a@c.fr\r\nBcc: x@y.fr',
  ])('« %s » is not an address', (text) => expect(readEmail(text)).toBeUndefined())
  test.each([
    ['06 12 34 56 78', '0612345678'],
    ['06.12.34.56.78', '0612345678'],
    ['+41 79 123 45 67', '+41791234567'],
  ])('« %s » is a number', (text, read) => expect(readMobile(text)).toBe(read))
  test.each(['6 12 34 56 78', '06 12 34 56', 'abc', '0012345678', '+33'])('« %s » is not a number', (text) =>
    expect(readMobile(text)).toBeUndefined(),
  )
  test('numbers are shown two by two', () => {
    expect(formatMobile('0612345678')).toBe('06\u00A012\u00A034\u00A056\u00A078')
    expect(formatMobile('+41791234567')).toBe('+41791234567')
  })
})

describe('a delay', () => {
  test('is nothing for four failures, then doubles up to a quarter of an hour', () => {
    expect([4, 5, 6, 7, 10, 50].map((failures) => delayMs(failures, 4) / 1_000)).toEqual([
      0, 32, 64, 128, 900, 900,
    ])
  })
  test('ends by itself, and a day wipes the slate', () => {
    const lastAt = new Date('2012-04-12T10:00:00Z')
    expect(waitMs({ failures: 5, lastAt }, 4, new Date('2012-04-12T10:00:31Z'))).toBe(1_000)
    expect(waitMs({ failures: 5, lastAt }, 4, new Date('2012-04-12T10:00:32Z'))).toBe(0)
    expect(waitMs({ failures: 50, lastAt }, 4, new Date('2012-04-13T10:00:00Z'))).toBe(0)
  })
})

describe('a link', () => {
  const now = new Date('2012-04-12T10:00:00Z')
  const link = {
    purpose: 'reset',
    loginId: 'x' as never,
    newEmail: undefined,
    failures: 0,
    expiresAt: new Date('2012-04-12T11:00:00Z'),
    usedAt: undefined,
  } as const
  test('is open before its end, and not at its end', () => {
    expect(linkState(link, now)).toBe('open')
    expect(linkState(link, link.expiresAt)).toBe('expired')
  })
  test('is closed once used, or after five wrong answers', () => {
    expect(linkState({ ...link, usedAt: now }, now)).toBe('used')
    expect(linkState({ ...link, failures: 4 }, now)).toBe('open')
    expect(linkState({ ...link, failures: 5 }, now)).toBe('blocked')
  })
})

test('a device is named for its holder', () => {
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'
  expect(deviceName(firefox)).toBe('Firefox sur Windows')
  expect(deviceName('<script>')).toBe('Navigateur inconnu')
  expect(deviceName(undefined)).toBe('Navigateur inconnu')
})
