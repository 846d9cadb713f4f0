import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import type { Tx } from '../platform/db.ts'
import { sealAll, sealBatch, sealEntries } from './seal-entries.ts'
import { headOf } from './store.ts'
import { verifyLedger } from './verify-ledger.ts'

const db = await testDatabase()

async function sequences({ organisationId }: Till): Promise<number[]> {
  const found = await db.pool.query<{ sequence: number }>(
    'select sequence::integer from seal where organisation_id = $1 order by sequence',
    [organisationId],
  )
  return found.rows.map((one) => one.sequence)
}

test('two sealers at once seal each entry once, without a gap', async () => {
  const till = await openTill(db)
  for (let count = 0; count < 12; count += 1) await till.issue(100 + count)
  const sealed = await Promise.all(
    Array.from({ length: 4 }, () => sealEntries(db, till.organisationId, TEST_NOW)),
  )
  expect(sealed.reduce((a, b) => a + b)).toBe(12)
  expect(await sequences(till)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  expect(await verifyLedger(db, till.organisationId, undefined)).toMatchObject({ seals: 12, findings: [] })
})

test('small batches continue one chain, and a second run finds nothing', async () => {
  const till = await openTill(db)
  for (let count = 0; count < 5; count += 1) await till.issue(100)
  const batch = () => db.transaction((tx) => sealBatch(tx, till.organisationId, TEST_NOW, 2))
  expect([await batch(), await batch(), await batch(), await batch()]).toEqual([2, 2, 1, 0])
  expect(await verifyLedger(db, till.organisationId, undefined)).toMatchObject({ seals: 5, findings: [] })
})

test('every organisation has a chain of its own', async () => {
  const [one, other] = [await openTill(db), await openTill(db)]
  await one.issue(100)
  await other.issue(200)
  await sealAll(db, TEST_NOW)
  expect([await sequences(one), await sequences(other)]).toEqual([[1], [1]])
  expect(await headOf(db, one.organisationId)).not.toEqual(await headOf(db, other.organisationId))
})

test('sealing does not block a payment', async () => {
  const till = await openTill(db)
  await till.issue(100)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let sealed = () => {}
  const isSealed = new Promise<void>((resolve) => {
    sealed = resolve
  })
  const sealing = db.transaction(async (tx: Tx) => {
    await sealBatch(tx, till.organisationId, TEST_NOW, 10)
    sealed()
    await held
  })
  await isSealed
  const invoice = await till.issue(300)
  expect(await till.due(invoice)).toBe(300)
  release()
  await sealing
  expect(await sequences(till)).toEqual([1])
  expect(await sealEntries(db, till.organisationId, TEST_NOW)).toBe(1)
})

test('a seal follows a seal, and is never changed', async () => {
  const till = await openTill(db)
  await till.issue(100)
  await till.issue(100)
  await sealEntries(db, till.organisationId, TEST_NOW)
  const { id } = await till.issue(100)
  const seal = (sequence: number) =>
    db.pool.query(
      `insert into seal select organisation_id, $3, entry_id, '\\x${'00'.repeat(32)}', now()
        from posting where organisation_id = $1 and account_id = $2`,
      [till.organisationId, id, sequence],
    )
  await expect(seal(4)).rejects.toMatchObject({ constraint: 'seals_without_a_gap' })
  await expect(seal(2)).rejects.toMatchObject({ constraint: 'seal_pkey' })
  for (const [act, statement] of [
    ['UPDATE', 'update seal set sequence = sequence + 1'],
    ['DELETE', 'delete from seal'],
    ['TRUNCATE', 'truncate seal'],
  ] as const)
    await expect(db.pool.query(statement)).rejects.toThrow(`seal is append-only: ${act} refused`)
  expect(await sealEntries(db, till.organisationId, TEST_NOW)).toBe(1)
})
