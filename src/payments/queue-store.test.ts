import { expect, test } from 'vitest'
import type { AttemptId } from '../kernel/ids.ts'
import { buildFamily } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openTill } from '../../test/support/till.ts'
import { copyQueue, insertQueue, listQueue } from './queue-store.ts'

const db = await testDatabase()

async function open() {
  const till = await openTill(db)
  const invoices = [await till.issue(1_000), await till.issue(2_000)]
  const attempt = async () => {
    const reference = await till.start(invoices.slice(0, 1))
    const found = await db
      .selectFrom('payment_attempt')
      .select('id')
      .where('reference', '=', reference)
      .executeTakeFirstOrThrow()
    return { reference, attemptId: found.id as AttemptId }
  }
  const { organisationId, familyId, unitId: billingUnitId } = till
  const family = { organisationId, familyId, billingUnitId }
  const queued = async (attemptId: AttemptId) =>
    (await listQueue(db, organisationId, attemptId)).map((one) => [one.position, one.number, one.isCurrent])
  return { till, invoices, attempt, family, queued, numbers: invoices.map((one) => one.number) }
}

test('a queue keeps its order, knows its own invoice, and is handed on whole', async () => {
  const { attempt, family, queued, numbers } = await open()
  const [first, second] = [await attempt(), await attempt()]
  const [one, two] = numbers
  await db.transaction((tx) => insertQueue(tx, { ...family, ...first }, [...numbers, ...numbers]))
  const expected = [
    [1, one, true],
    [2, two, false],
  ]
  expect(await queued(first.attemptId)).toEqual(expected)
  await db.transaction((tx) => copyQueue(tx, { ...family, ...second }, first.reference))
  expect(await queued(second.attemptId)).toEqual(expected)
})

test('a family queues its own invoices only, and follows no other family of the same place', async () => {
  const { till, attempt, family, queued, numbers } = await open()
  const [first, second] = [await attempt(), await attempt()]
  const { familyId } = await buildFamily(db, till.organisationId, { name: 'DURAND' })
  const foreign = await till.issue(500, { familyId })
  const unknown = `${till.series}999999`
  await db.transaction((tx) =>
    insertQueue(tx, { ...family, ...first }, [...numbers, foreign.number, unknown]),
  )
  expect((await queued(first.attemptId)).map(([, number]) => number)).toEqual(numbers)
  await db.transaction((tx) => copyQueue(tx, { ...family, familyId, ...second }, first.reference))
  expect(await queued(second.attemptId)).toEqual([])
})
