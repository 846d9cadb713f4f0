import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../kernel/dates.ts'
import { LADDER_MS, rungAt, rungsAsked, SILENCE_RUNG } from './chase-ladder.ts'
import { SILENCE_MS } from './payment.ts'

const SENT = new Date('2012-04-12T16:44:00Z')

test('the bank is asked at 2, 5, 15 and 30 minutes, 1, 4 and 24 hours, and 3 days', () => {
  const [minutes, hours] = [LADDER_MS.slice(0, 4), LADDER_MS.slice(4, 7)]
  expect(minutes.map((ms) => ms / MINUTE_MS)).toEqual([2, 5, 15, 30])
  expect(hours.map((ms) => ms / HOUR_MS)).toEqual([1, 4, 24])
  expect(LADDER_MS.slice(7)).toEqual([3 * DAY_MS])
})

test('each rung is reached at its time, and not a millisecond before', () => {
  for (const [index, ms] of LADDER_MS.entries()) {
    expect(rungAt(SENT, later(SENT, ms - 1))).toBe(index)
    expect(rungAt(SENT, later(SENT, ms))).toBe(index + 1)
  }
})

test('the rung that expiry waits for is the one of the silence', () => {
  expect(LADDER_MS[SILENCE_RUNG - 1]).toBe(SILENCE_MS)
})

test('one question asks the highest rung and skips those it overtakes', () => {
  const sending = { number: 1, sentAt: SENT, rung: 1 }
  expect(rungsAsked(sending, later(SENT, 30 * MINUTE_MS))).toEqual([
    { rung: 2, isSkipped: true },
    { rung: 3, isSkipped: true },
    { rung: 4, isSkipped: false },
  ])
  expect(rungsAsked({ ...sending, rung: 4 }, later(SENT, 30 * MINUTE_MS))).toEqual([])
  expect(rungsAsked({ ...sending, rung: 0 }, SENT)).toEqual([])
})

test('a clock that goes back asks nothing again', () => {
  expect(rungsAsked({ number: 1, sentAt: SENT, rung: 3 }, later(SENT, -HOUR_MS))).toEqual([])
})
