// One transaction of the bank under its two names: its own id, and the number it was sent under.
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { tell } from '../../test/support/refunds.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { DAY_MS, later } from '../kernel/dates.ts'
import type { BankFact } from './gateway.ts'

const db = await testDatabase()

async function sent(till: Till) {
  const invoice = await till.issue(3_100)
  const fact = factOf(await till.send(await till.start([invoice]), 3_100))
  const numbered: BankFact = { ...fact, bankTransaction: `20120412164400-${fact.transactionNumber}-1` }
  return { invoice, fact, numbered }
}
const captures = (till: Till) =>
  db
    .selectFrom('capture')
    .select('bank_transaction')
    .where('organisation_id', '=', till.organisationId)
    .execute()

test.each([
  ['its number first', ['numbered', 'fact']],
  ['the bank’s id first', ['fact', 'numbered']],
] as const)('a transaction told under both its names is one payment, %s', async (_, order) => {
  const till = await openTill(db)
  const facts = await sent(till)
  const [first, second] = order
  expect(await tell(db, till, facts[first])).toBe('applied')
  expect([
    await tell(db, till, facts[second]),
    await tell(db, till, facts[second]),
    await tell(db, till, facts[first]),
  ]).toEqual(['repeated', 'repeated', 'repeated'])
  expect([await till.due(facts.invoice), await till.internal('clearing'), await till.credit()]).toEqual([
    0, 3_100, 0,
  ])
  expect(await captures(till)).toEqual([{ bank_transaction: facts[first].bankTransaction }])
  expect(await till.tasks()).toEqual([])
})

test('both names at once are one payment, of a known order and of an unknown one', async () => {
  const till = await openTill(db)
  const { fact, numbered } = await sent(till)
  for (const reference of [fact.reference, 'ORDEROFANOTHERSITE']) {
    const told = await Promise.all(
      [fact, numbered].map((one) =>
        tell(db, till, {
          ...one,
          reference,
          bankTransaction: `${one.bankTransaction}${reference === fact.reference ? '' : '0'}`,
        }),
      ),
    )
    expect(told.toSorted()[0]).toMatch(/applied|repeated/)
    expect(told).toContain('repeated')
  }
  expect(await captures(till)).toHaveLength(2)
})

test('a taking back under the other name is booked on the same payment', async () => {
  const till = await openTill(db)
  const { invoice, fact, numbered } = await sent(till)
  await tell(db, till, numbered)
  expect(await tell(db, till, { ...fact, verdict: 'abandoned' })).toBe('applied')
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
})

test('a second acceptance under the same number is money of its own', async () => {
  const till = await openTill(db)
  const { fact, numbered } = await sent(till)
  await tell(db, till, numbered)
  await tell(db, till, fact)
  expect(await tell(db, till, { ...fact, bankTransaction: 'another-id' })).toBe('applied')
  expect([await till.internal('clearing'), await till.credit()]).toEqual([6_200, 3_100])
  expect(await till.tasks()).toEqual(['second-capture'])
})

test('the same number of the same order on another day is money of its own', async () => {
  const till = await openTill(db)
  const { fact, numbered } = await sent(till)
  await tell(db, till, numbered)
  expect(await tell(db, till, { ...fact, happenedAt: later(fact.happenedAt, DAY_MS) })).toBe('applied')
  expect(await captures(till)).toHaveLength(2)
})
