import { expect, test } from 'vitest'
import { listOperations } from '../statements/store.ts'
import { day, later, MINUTE_MS } from '../kernel/dates.ts'
import { cents, sum } from '../kernel/money.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { applyFact } from './apply-fact.ts'
import type { BankFact } from './gateway.ts'

const db = await testDatabase()

const apply = (till: Till, fact: BankFact) =>
  db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))

async function paid(till: Till, amounts: readonly number[]) {
  const invoices = []
  for (const amount of amounts) invoices.push(await till.issue(amount))
  const reference = await till.start(invoices)
  const fact = factOf(
    await till.send(
      reference,
      amounts.reduce((total, amount) => total + amount, 0),
    ),
  )
  await apply(till, fact)
  return { invoices, reference, fact }
}

const dues = (till: Till, invoices: readonly { id: string; number: string }[]) =>
  Promise.all(invoices.map((invoice) => till.due(invoice as Parameters<typeof till.due>[0])))

const operationsOf = async (till: Till) => {
  const found = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  return found.map(({ kind, amount }) => [kind, amount])
}

test('a payment that the bank takes back makes its invoices due again, with a task, once', async () => {
  for (const verdict of ['abandoned', 'refused'] as const) {
    const till = await openTill(db)
    const { invoices, reference, fact } = await paid(till, [450, 7_000])
    till.services.clock.advance(MINUTE_MS)
    const takenBack = { ...fact, verdict, happenedAt: later(fact.happenedAt, MINUTE_MS) }
    expect(await apply(till, takenBack)).toBe('applied')
    expect([await apply(till, takenBack), await apply(till, fact)]).toEqual(['repeated', 'repeated'])
    expect(await dues(till, invoices)).toEqual([450, 7_000])
    expect([await till.internal('clearing'), await till.credit()]).toEqual([0, 0])
    expect([await till.stateOf(reference), await till.tasks()]).toEqual(['captured', ['taken-back']])
    const operations = await operationsOf(till)
    expect(operations[0]).toEqual(['taken-back', -7_450])
    expect(sum(operations.map(([, amount]) => cents(Number(amount))))).toBe(-7_450)
  }
})

test('what was taken back may be paid again', async () => {
  const till = await openTill(db)
  const { invoices, fact } = await paid(till, [3_100])
  await apply(till, { ...fact, verdict: 'abandoned' })
  const again = factOf(await till.send(await till.start(invoices), 3_100))
  expect(await apply(till, again)).toBe('applied')
  expect([await dues(till, invoices), await till.internal('clearing')]).toEqual([[0], 3_100])
})

test('ten takings back at once are one', async () => {
  const till = await openTill(db)
  const { invoices, fact } = await paid(till, [3_100])
  const takenBack = { ...fact, verdict: 'abandoned' as const }
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => apply(till, takenBack)))
  expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1)
  expect([await dues(till, invoices), await till.internal('clearing')]).toEqual([[3_100], 0])
})

test('a payment brought down takes back from the last invoice first, then the rest', async () => {
  const till = await openTill(db)
  const { invoices, fact } = await paid(till, [450, 7_000])
  expect(await apply(till, { ...fact, amount: cents(5_000) })).toBe('applied')
  expect(await dues(till, invoices)).toEqual([0, 2_450])
  expect(await apply(till, { ...fact, amount: cents(400) })).toBe('applied')
  expect(await dues(till, invoices)).toEqual([50, 7_000])
  // Told again, whole or in part, in any order.
  for (const amount of [7_450, 5_000, 400])
    expect(await apply(till, { ...fact, amount: cents(amount) })).toBe('repeated')
  expect(await apply(till, { ...fact, amount: cents(6_000) })).toBe('set_aside')
  expect(await apply(till, { ...fact, verdict: 'abandoned' })).toBe('applied')
  expect([await dues(till, invoices), await till.internal('clearing')]).toEqual([[450, 7_000], 0])
})

test('a top-up taken back after it settled an invoice reopens that invoice', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const fact = factOf(await till.send(await till.start(5_000), 5_000))
  await apply(till, fact)
  const older = await till.issue(3_100, { issuedOn: day('2012-03-01') })
  const newer = await till.issue(1_200)
  await till.settle()
  expect([await till.credit(), ...(await dues(till, [older, newer]))]).toEqual([700, 0, 0])
  expect(await apply(till, { ...fact, verdict: 'refused' })).toBe('applied')
  expect([await till.credit(), ...(await dues(till, [older, newer]))]).toEqual([0, 3_100, 1_200])
  expect([await till.internal('clearing'), await till.internal('suspense')]).toEqual([0, 0])
})

test('other credit of the family settles what a taking back made due', async () => {
  const till = await openTill(db)
  const { invoices, fact } = await paid(till, [3_100])
  await till.give(2_000)
  await apply(till, { ...fact, verdict: 'abandoned' })
  expect([await dues(till, invoices), await till.credit()]).toEqual([[1_100], 0])
})

test('money set aside that the bank takes back leaves suspense', async () => {
  const till = await openTill(db)
  const fact = factOf(new Map([['vads_amount', '4200']]), { reference: 'SOMEONE-ELSES-ORDER' })
  await apply(till, fact)
  expect(await apply(till, { ...fact, verdict: 'abandoned' })).toBe('applied')
  expect([await till.internal('clearing'), await till.internal('suspense')]).toEqual([0, 0])
})
