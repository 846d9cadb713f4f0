import { expect, test } from 'vitest'
import { addDays, day, later, parisDay, parisInstant, readFrenchDay, readIsoDay, utcDay } from './dates.ts'

test.each([
  ['2012-03-16T22:59:59Z', '2012-03-16'],
  ['2012-03-16T23:00:00Z', '2012-03-17'],
  ['2012-03-16T23:30:00Z', '2012-03-17'],
  ['2012-07-16T21:59:59Z', '2012-07-16'],
  ['2012-07-16T22:00:00Z', '2012-07-17'],
  // The nights the clocks change: 2026-03-29 has 23 hours, 2026-10-25 has 25.
  ['2026-03-28T22:59:59Z', '2026-03-28'],
  ['2026-03-28T23:00:00Z', '2026-03-29'],
  ['2026-03-29T22:00:00Z', '2026-03-30'],
  ['2026-10-24T22:00:00Z', '2026-10-25'],
  ['2026-10-25T22:59:59Z', '2026-10-25'],
  ['2026-10-25T23:00:00Z', '2026-10-26'],
  ['2012-12-31T23:00:00Z', '2013-01-01'],
])('%s is %s in Paris', (at, expected) => {
  expect(parisDay(new Date(at))).toBe(expected)
})

test('the bank’s day is UTC', () => {
  expect(utcDay(new Date('2012-03-16T23:30:00Z'))).toBe('2012-03-16')
})

test.each([
  ['2026-03-28', 0, '2026-03-27T23:00:00.000Z'],
  ['2026-03-29', 0, '2026-03-28T23:00:00.000Z'],
  // Two o'clock does not exist that night: it is three.
  ['2026-03-29', 2, '2026-03-29T01:00:00.000Z'],
  ['2026-03-29', 8, '2026-03-29T06:00:00.000Z'],
  ['2026-10-25', 0, '2026-10-24T22:00:00.000Z'],
  // Two o'clock comes twice that night: the first counts.
  ['2026-10-25', 2, '2026-10-25T00:00:00.000Z'],
  ['2026-10-25', 8, '2026-10-25T07:00:00.000Z'],
])('%s at %i o’clock in Paris is %s', (text, hour, expected) => {
  expect(parisInstant(day(text), hour).toISOString()).toBe(expected)
})

test('the day that an instant begins is that day', () => {
  for (let at = day('2026-03-01'); at < '2026-11-30'; at = addDays(at, 1)) {
    expect(parisDay(parisInstant(at))).toBe(at)
    expect(parisDay(later(parisInstant(at), -1))).toBe(addDays(at, -1))
  }
})

test('only real days are read', () => {
  expect(readIsoDay('2012-02-29')).toBe('2012-02-29')
  for (const wrong of [
    '2011-02-29',
    '2012-02-30',
    '2012-13-01',
    '2012-00-10',
    '2012-3-1',
    '12-03-16',
    '2012-03-16T00:00:00Z',
    '',
  ])
    expect(readIsoDay(wrong)).toBeUndefined()
  expect(readFrenchDay(' 16/03/2012 ')).toBe('2012-03-16')
  for (const wrong of ['31/04/2012', '16/3/2012', '2012-03-16', '16-03-2012', ''])
    expect(readFrenchDay(wrong)).toBeUndefined()
  expect(() => day('2012-02-30')).toThrow('not a day: 2012-02-30')
})

test('days are counted across months, years and changes of clock', () => {
  expect(addDays(day('2012-02-28'), 2)).toBe('2012-03-01')
  expect(addDays(day('2013-01-01'), -1)).toBe('2012-12-31')
  expect(addDays(day('2026-03-28'), 2)).toBe('2026-03-30')
})
