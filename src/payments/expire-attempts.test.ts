import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { openTill } from '../../test/support/till.ts'
import { later, MINUTE_MS } from '../kernel/dates.ts'
import { expireAttempts } from './expire-attempts.ts'

const db = await testDatabase()
const SILENCE = 30 * MINUTE_MS

test('at thirty minutes, and not a millisecond before, a silent attempt frees its invoices', async () => {
  const till = await openTill(db)
  const now = till.services.clock.now()
  const [first, second] = [await till.issue(3_100), await till.issue(7_000)]
  const [sent, unsent] = [await till.start([first]), await till.start([second])]
  await till.send(sent, 3_100)
  expect(await expireAttempts(db, later(now, SILENCE - 1))).toBe(0)
  expect([await till.stateOf(sent), await till.stateOf(unsent)]).toEqual(['redirected', 'created'])
  expect(await expireAttempts(db, later(now, SILENCE))).toBe(2)
  expect([await till.stateOf(sent), await till.stateOf(unsent)]).toEqual(['expired', 'abandoned'])
  expect(await expireAttempts(db, later(now, SILENCE))).toBe(0)
  expect(await till.start([first])).toBeTruthy()
})

test('the thirty minutes run from the last sending', async () => {
  const till = await openTill(db)
  const start = till.services.clock.now()
  await expireAttempts(db, later(start, SILENCE))
  const reference = await till.start([await till.issue(3_100)])
  await till.send(reference, 3_100)
  till.services.clock.advance(20 * MINUTE_MS)
  await till.send(reference, 3_100)
  expect(await expireAttempts(db, later(start, SILENCE))).toBe(0)
  expect(await expireAttempts(db, later(start, 20 * MINUTE_MS + SILENCE))).toBe(1)
})

test('two clerks at once expire each attempt once, batch after batch', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const now = till.services.clock.now()
  await expireAttempts(db, later(now, 3 * SILENCE))
  await Promise.all(Array.from({ length: 205 }, (_, index) => till.start(1_000 + index)))
  const counts = await Promise.all([1, 2, 3].map(() => expireAttempts(db, later(now, SILENCE))))
  const left = await expireAttempts(db, later(now, SILENCE))
  expect(counts.reduce((total, count) => total + count, left)).toBe(205)
})
