import { expect, test } from 'vitest'
import { later, MINUTE_MS } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { buildContract, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { applyFact } from './apply-fact.ts'
import { dropPayment } from './drop-payment.ts'
import { expireAttempts } from './expire-attempts.ts'
import type { BankFact } from './gateway.ts'
import { getContract } from './shops.ts'

const db = await testDatabase()

const apply = (till: Till, fact: BankFact) =>
  db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))

async function sent(till: Till, amount: number) {
  const invoice = await till.issue(amount)
  const reference = await till.start([invoice])
  return { invoice, reference, form: await till.send(reference, amount) }
}

const receiptsOf = async (till: Till) =>
  (
    await db
      .selectFrom('receipt')
      .select(['number', 'content'])
      .where('organisation_id', '=', till.organisationId)
      .orderBy('number')
      .execute()
  ).map((receipt) => ({
    number: receipt.number,
    ...(JSON.parse(receipt.content) as { creditCents: number }),
  }))

const mailsOf = async (till: Till) =>
  (await db.selectFrom('mail').select('kind').where('organisation_id', '=', till.organisationId).execute())
    .length

test('an accepted payment settles its invoice, with a receipt and one mail', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  expect(await apply(till, factOf(form))).toBe('applied')
  expect(await till.due(invoice)).toBe(0)
  expect(await till.stateOf(reference)).toBe('captured')
  expect(await till.internal('clearing')).toBe(3_100)
  expect(await receiptsOf(till)).toMatchObject([{ number: `R-${till.series}-2012-000001`, creditCents: 0 }])
  expect(await mailsOf(till)).toBe(1)
  expect(await till.tasks()).toEqual([])
})

test('the same fact again, even ten at once, is booked once', async () => {
  const till = await openTill(db)
  const { invoice, form } = await sent(till, 3_100)
  const fact = factOf(form)
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => apply(till, fact)))
  expect(outcomes.toSorted()).toEqual(['applied', ...Array.from({ length: 9 }, () => 'repeated')])
  expect(await apply(till, fact)).toBe('repeated')
  expect([await till.due(invoice), await till.credit(), await till.internal('clearing')]).toEqual([
    0, 0, 3_100,
  ])
  expect(await receiptsOf(till)).toHaveLength(1)
  expect(await mailsOf(till)).toBe(1)
})

test('a payment accepted after it was dropped, refused or expired is booked all the same', async () => {
  for (const before of ['dropped', 'refused', 'expired'] as const) {
    const till = await openTill(db)
    const { invoice, reference, form } = await sent(till, 3_100)
    if (before === 'dropped') await dropPayment(till.services, till.actor, reference)
    else if (before === 'refused') await apply(till, factOf(form, { verdict: 'refused', reason: '51' }))
    else await expireAttempts(db, later(till.services.clock.now(), 30 * MINUTE_MS))
    expect(await till.stateOf(reference)).not.toBe('redirected')
    expect(await apply(till, factOf(form))).toBe('applied')
    expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['captured', 0])
  }
})

test('a refusal or an abandonment never undoes an acceptance', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  await apply(till, factOf(form))
  await apply(till, factOf(form, { verdict: 'refused', reason: '05' }))
  await apply(till, factOf(form, { verdict: 'abandoned' }))
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['captured', 0])
  expect(await till.tasks()).toEqual([])
})

test('a refusal frees the invoice and keeps the bank’s code', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  expect(await apply(till, factOf(form, { verdict: 'refused', reason: '51' }))).toBe('applied')
  const found = await db
    .selectFrom('payment_attempt')
    .select(['state', 'reason'])
    .where('reference', '=', reference)
    .executeTakeFirst()
  expect(found).toEqual({ state: 'refused', reason: '51' })
  expect(await till.due(invoice)).toBe(3_100)
  expect(await till.start([invoice])).not.toBe(reference)
})

test('an answer to an earlier sending does not free what a later sending holds', async () => {
  const till = await openTill(db)
  const { reference, form } = await sent(till, 3_100)
  till.services.clock.advance(MINUTE_MS)
  const second = await till.send(reference, 3_100)
  for (const verdict of ['refused', 'abandoned'] as const) {
    await apply(till, factOf(form, { verdict }))
    expect(await till.stateOf(reference)).toBe('redirected')
  }
  expect(await apply(till, factOf(second, { verdict: 'refused' }))).toBe('applied')
  expect(await till.stateOf(reference)).toBe('refused')
})

test('an acceptance of an earlier sending is booked at the amount of that sending', async () => {
  const till = await openTill(db)
  const first = await till.issue(3_100)
  const second = await till.issue(2_000)
  const reference = await till.start([first, second])
  const form = await till.send(reference, 5_100)
  const other = await till.start([second]).catch((error: Error) => error.message)
  expect(other).toBe('in-progress')
  await dropPayment(till.services, till.actor, reference)
  const apart = await till.start([second])
  await apply(till, factOf(await till.send(apart, 2_000)))
  till.services.clock.advance(24 * 60 * MINUTE_MS)
  // The next day's first number is the same as the first day's.
  const again = await till.send(reference, 3_100)
  expect(again.get('vads_trans_id')).toBe(form.get('vads_trans_id'))
  expect(await apply(till, factOf(form))).toBe('applied')
  expect([await till.due(first), await till.credit(), await till.internal('suspense')]).toEqual([0, 2_000, 0])
})

test('F33: a wrong amount goes to suspense, with a task, and the attempt waits for a person', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  const fact = factOf(form, { amount: cents(3_099) })
  expect(await apply(till, fact)).toBe('set_aside')
  expect(await apply(till, fact)).toBe('repeated')
  expect([await till.due(invoice), await till.internal('suspense')]).toEqual([3_100, -3_099])
  expect([await till.stateOf(reference), await till.tasks()]).toEqual(['review', ['amount-mismatch']])
  expect(await receiptsOf(till)).toEqual([])
})

test('the same transaction told with more books nothing and asks for a person', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  const fact = factOf(form)
  await apply(till, fact)
  expect(await apply(till, { ...fact, amount: cents(4_000) })).toBe('set_aside')
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([0, 3_100])
  expect([await till.stateOf(reference), await till.tasks()]).toEqual(['captured', ['amount-mismatch']])
})

test('F34: another currency is never booked', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  expect(await apply(till, factOf(form, { isEuro: false }))).toBe('set_aside')
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
  expect([await till.stateOf(reference), await till.tasks()]).toEqual(['review', ['foreign-currency']])
})

test('F35: a message of another mode than the contract’s is never booked', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  expect(await apply(till, factOf(form, { mode: 'PRODUCTION' }))).toBe('refused_test')
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
  expect(await till.stateOf(reference)).toBe('redirected')
  expect(await apply(till, factOf(form))).toBe('applied')
})

test('a refund, a verification or an unknown status is set aside with a task', async () => {
  for (const strange of [{ operation: 'other' }, { verdict: 'unknown' }] as const) {
    const till = await openTill(db)
    const { invoice, form } = await sent(till, 3_100)
    expect(await apply(till, factOf(form, strange))).toBe('set_aside')
    expect([await till.due(invoice), await till.tasks()]).toEqual([3_100, ['unread-operation']])
  }
})

test('an order that is not ours goes to suspense, with a task, once', async () => {
  const till = await openTill(db)
  const fact = factOf(new Map([['vads_amount', '4200']]), { reference: 'SOMEONE-ELSES-ORDER' })
  const outcomes = await Promise.all([apply(till, fact), apply(till, fact), apply(till, fact)])
  expect(outcomes.toSorted()).toEqual(['repeated', 'repeated', 'set_aside'])
  expect([await till.internal('clearing'), await till.internal('suspense')]).toEqual([4_200, -4_200])
  expect(await till.tasks()).toEqual(['unknown-order'])
})

test('F81: another shop’s order is not ours either, even with its true reference', async () => {
  const till = await openTill(db)
  const stranger = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  expect(await apply(stranger, factOf(form))).toBe('set_aside')
  expect([await till.due(invoice), await till.stateOf(reference)]).toEqual([3_100, 'redirected'])
  expect([await stranger.internal('suspense'), await stranger.tasks()]).toEqual([-3_100, ['unknown-order']])
})

test('two shops of one organisation do not answer for each other either', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till, 3_100)
  const sealedKey = till.services.keys.seal('another key')
  const contractId = await buildContract(db, till.organisationId, { sealedKey })
  await buildUnit(db, till.organisationId, { contractId })
  const contract = await getContract(db, till.services.keys, till.organisationId, contractId)
  const now = till.services.clock.now()
  expect(await db.transaction((tx) => applyFact(tx, contract, factOf(form), now))).toBe('set_aside')
  expect([await till.due(invoice), await till.stateOf(reference)]).toEqual([3_100, 'redirected'])
  expect(await till.tasks()).toEqual(['unknown-order'])
})

test('F40: a second acceptance of one attempt becomes credit, with its receipt and a task', async () => {
  const till = await openTill(db)
  const { invoice, form } = await sent(till, 3_100)
  await apply(till, factOf(form))
  expect(await apply(till, factOf(form))).toBe('applied')
  expect([await till.due(invoice), await till.credit(), await till.internal('clearing')]).toEqual([
    0, 3_100, 6_200,
  ])
  expect((await receiptsOf(till)).map((receipt) => receipt.creditCents)).toEqual([0, 3_100])
  expect([await till.tasks(), await mailsOf(till)]).toEqual([['second-capture'], 2])
})

test('F55: two attempts for one invoice, both accepted at once: one settles it, the other is credit', async () => {
  const till = await openTill(db)
  const { invoice, form } = await sent(till, 3_100)
  await expireAttempts(db, later(till.services.clock.now(), 30 * MINUTE_MS))
  const second = await till.send(await till.start([invoice]), 3_100)
  const outcomes = await Promise.all([apply(till, factOf(form)), apply(till, factOf(second))])
  expect(outcomes).toEqual(['applied', 'applied'])
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 3_100])
  expect((await receiptsOf(till)).map((receipt) => receipt.creditCents).toSorted((a, b) => a - b)).toEqual([
    0, 3_100,
  ])
  expect(await till.tasks()).toEqual(['surplus'])
})
