import { expect, test } from 'vitest'
import { buildFamily } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill } from '../../test/support/till.ts'
import { cents } from '../kernel/money.ts'
import { applyFact } from './apply-fact.ts'
import { dropPayment } from './drop-payment.ts'
import { sendPayment } from './send-payment.ts'

const db = await testDatabase()

test('a family drops its attempt, before or after leaving for the bank, as often as it likes', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  for (const sent of [false, true]) {
    const reference = await till.start([invoice])
    if (sent) await till.send(reference, 3_100)
    for (let time = 0; time < 2; time += 1)
      expect(await dropPayment(till.services, till.actor, reference)).toEqual({ ok: true, value: 'dropped' })
    expect(await till.stateOf(reference)).toBe('abandoned')
  }
})

test('a stranger’s attempt is unknown, in another organisation or next door, and stays as it is', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const { familyId } = await buildFamily(db, till.organisationId)
  const reference = await till.start([await till.issue(3_100)])
  const seen = { amount: cents(3_100), receiptEmail: null }
  for (const actor of [stranger.actor, { ...till.actor, familyId }]) {
    const unknown = { ok: false, failure: 'unknown-payment' }
    expect(await dropPayment(till.services, actor, reference)).toEqual(unknown)
    expect(await sendPayment(till.services, till.shops, actor, reference, seen)).toEqual(unknown)
  }
  expect(await till.stateOf(reference)).toBe('created')
})

test('a paid attempt is not dropped', async () => {
  const till = await openTill(db)
  const reference = await till.start([await till.issue(3_100)])
  const form = await till.send(reference, 3_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  expect(await dropPayment(till.services, till.actor, reference)).toEqual({ ok: false, failure: 'too-late' })
  expect(await till.stateOf(reference)).toBe('captured')
})
