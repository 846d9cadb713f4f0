import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { askRefund, dispute, endDispute, granted, payOnline, tell } from '../../../test/support/refunds.ts'
import { openTill } from '../../../test/support/till.ts'
import { listOperations } from '../../statements/store.ts'

const db = await testDatabase()

async function paid() {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  return { till, invoice, ...(await payOnline(db, till, [invoice], 3_100)) }
}

test('a dispute opened holds the money, with a task, and the family owes nothing yet', async () => {
  const { till, invoice, captureId } = await paid()
  const opened = await Promise.all(Array.from({ length: 5 }, () => dispute(db, till, captureId, 'L1', 3_100)))
  expect(opened.toSorted()).toEqual(['known', 'known', 'known', 'known', 'opened'])
  expect([await till.internal('disputed'), await till.internal('clearing'), await till.due(invoice)]).toEqual(
    [3_100, 0, 0],
  )
  expect(await till.tasks()).toEqual(['dispute-opened'])
  expect(await dispute(db, till, captureId, 'L1', 3_000)).toBe('exists-with-other-content')
})

test('never above what is left of the payment, refunds and disputes together', async () => {
  const { till, captureId } = await paid()
  await till.give(5_000)
  expect(await dispute(db, till, captureId, 'L1', 3_101)).toBe('above-captured')
  expect(await dispute(db, till, captureId, 'L1', 0)).toBe('no-amount')
  expect(await dispute(db, till, captureId, 'L1', 2_000)).toBe('opened')
  expect(await askRefund(db, till, captureId, 1_101)).toBe('above-captured')
  granted(await askRefund(db, till, captureId, 1_000))
  expect(await dispute(db, till, captureId, 'L2', 101)).toBe('above-captured')
  expect(await endDispute(db, till, 'L1', 'won')).toBe('closed')
  expect(await dispute(db, till, captureId, 'L2', 2_100)).toBe('opened')
})

test('a dispute won gives the money back to clearing, once', async () => {
  const { till, invoice, captureId } = await paid()
  await dispute(db, till, captureId, 'L1', 3_100)
  expect(await endDispute(db, till, 'L1', 'won')).toBe('closed')
  expect(await endDispute(db, till, 'L1', 'won')).toBe('known')
  expect(await endDispute(db, till, 'L1', 'reopened')).toBe('already-closed')
  expect([await till.internal('disputed'), await till.internal('clearing'), await till.due(invoice)]).toEqual(
    [0, 3_100, 0],
  )
})

test('a dispute lost makes the debt due again, with a task, and the family reads it', async () => {
  const { till, invoice, captureId } = await paid()
  await dispute(db, till, captureId, 'L1', 2_000)
  const ended = await Promise.all(Array.from({ length: 5 }, () => endDispute(db, till, 'L1', 'reopened')))
  expect(ended.toSorted()).toEqual(['closed', 'known', 'known', 'known', 'known'])
  expect([await till.internal('disputed'), await till.internal('clearing'), await till.due(invoice)]).toEqual(
    [0, 1_100, 2_000],
  )
  expect(await till.tasks()).toEqual(['dispute-lost', 'dispute-opened'])
  const operations = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect(operations.map(({ kind, amount }) => [kind, amount])).toContainEqual(['dispute-lost', -2_000])
})

test('a dispute lost and a cancellation together never take back more than was paid', async () => {
  const { till, invoice, captureId, fact } = await paid()
  await dispute(db, till, captureId, 'L1', 2_000)
  await endDispute(db, till, 'L1', 'reopened')
  expect(await tell(db, till, { ...fact, verdict: 'abandoned' })).toBe('applied')
  expect(await till.due(invoice)).toBe(3_100)
  // The bank has kept 20,00 € twice: a person asks it for them.
  expect([await till.internal('clearing'), await till.internal('suspense')]).toEqual([-2_000, 2_000])
})

test('the association bears a loss only with a second person', async () => {
  const { till, invoice, captureId } = await paid()
  await dispute(db, till, captureId, 'L1', 3_100)
  expect(await endDispute(db, till, 'L1', 'written_off', 'Sophie')).toBe('same-person')
  expect(await till.internal('disputed')).toBe(3_100)
  expect(await endDispute(db, till, 'L1', 'written_off')).toBe('closed')
  expect([
    await till.internal('disputed'),
    await till.internal('write_off'),
    await till.due(invoice),
  ]).toEqual([0, 3_100, 0])
  expect(await till.tasks()).toEqual(['dispute-opened'])
})

test('a dispute that ended does not change, past our checks either', async () => {
  const { till, captureId } = await paid()
  await dispute(db, till, captureId, 'L1', 3_100)
  await endDispute(db, till, 'L1', 'won')
  for (const statement of [
    "update chargeback set state = 'open', closed_by = null",
    'delete from chargeback',
  ])
    await expect(db.pool.query(statement)).rejects.toThrow(/chargeback is append-only/)
})

test('a dispute of a strange payment, or that nobody opened, is unknown', async () => {
  const [{ captureId }, stranger] = [await paid(), await openTill(db)]
  expect(await dispute(db, stranger, captureId, 'L1', 100)).toBe('unknown-capture')
  expect(await endDispute(db, stranger, 'L1', 'won')).toBe('unknown-dispute')
})

test('what the bank tells of a dispute is booked, opened and won in either order, each once', async () => {
  for (const order of [
    ['accepted', 'accepted', 'refused', 'refused'],
    ['refused', 'accepted', 'refused', 'accepted'],
  ] as const) {
    const { till, invoice, fact } = await paid()
    const told = {
      ...fact,
      operation: 'dispute',
      bankTransaction: `dp ${fact.bankTransaction}`,
      parentTransaction: fact.bankTransaction,
    } as const
    const outcomes: string[] = []
    for (const verdict of order) outcomes.push(await tell(db, till, { ...told, verdict }))
    expect(outcomes.filter((one) => one === 'applied')).toHaveLength(order[0] === 'accepted' ? 2 : 1)
    expect(outcomes.filter((one) => one === 'repeated')).toHaveLength(order[0] === 'accepted' ? 2 : 3)
    expect([
      await till.internal('disputed'),
      await till.internal('clearing'),
      await till.due(invoice),
    ]).toEqual([0, 3_100, 0])
  }
})

test('a dispute the bank opens holds the money; one only announced, or of no payment of ours, is for a person', async () => {
  const { till, fact } = await paid()
  const told = { ...fact, operation: 'dispute', verdict: 'accepted' } as const
  const about = { parentTransaction: fact.bankTransaction }
  expect(await tell(db, till, { ...told, ...about, bankTransaction: 'dp_1', verdict: 'pending' })).toBe(
    'set_aside',
  )
  expect(await tell(db, till, { ...told, bankTransaction: 'dp_2', parentTransaction: 'pi_nobody' })).toBe(
    'set_aside',
  )
  expect(await till.internal('disputed')).toBe(0)
  expect(await tell(db, till, { ...told, ...about, bankTransaction: 'dp_3' })).toBe('applied')
  expect([await till.internal('disputed'), await till.internal('clearing')]).toEqual([3_100, 0])
  expect(await till.tasks()).toEqual(['dispute-opened', 'unread-operation', 'unread-operation'])
})
