import { expect, test } from 'vitest'
import { buildFamily, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { day, HOUR_MS, later } from '../kernel/dates.ts'
import { applyCredit } from './apply-credit.ts'

const db = await testDatabase()

const settle = (till: Till, now = till.services.clock.now()) =>
  db.transaction((tx) => applyCredit(tx, { ...till, billingUnitId: till.unitId }, now))

const allocations = async (till: Till) =>
  (
    await db
      .selectFrom('entry')
      .select('id')
      .where('organisation_id', '=', till.organisationId)
      .where('kind', '=', 'allocation')
      .execute()
  ).length

test.each(['per_invoice', 'prepaid'] as const)('in %s mode credit settles the oldest first', async (mode) => {
  const till = await openTill(db, { mode })
  const newer = await till.issue(7_000, { issuedOn: day('2012-03-16') })
  const older = await till.issue(450, { issuedOn: day('2012-03-01') })
  await till.give(2_000)
  expect(await settle(till)).toEqual([{ key: newer.id, due: 5_450 }])
  expect([await till.due(older), await till.due(newer), await till.credit()]).toEqual([0, 5_450, 0])
  expect(await settle(till)).toEqual([{ key: newer.id, due: 5_450 }])
  expect(await allocations(till)).toBe(1)
})

test('of two invoices of one day, the lower number is older', async () => {
  const till = await openTill(db)
  const second = await till.issue(1_000, { number: `${till.series}900002` })
  const first = await till.issue(1_000, { number: `${till.series}900001` })
  await till.give(1_500)
  await settle(till)
  expect([await till.due(first), await till.due(second)]).toEqual([0, 500])
})

test('credit waits for an invoice to be visible', async () => {
  const till = await openTill(db)
  const visibleAt = later(till.services.clock.now(), HOUR_MS)
  const invoice = await till.issue(1_000, { visibleAt })
  await till.give(1_500)
  expect(await settle(till)).toEqual([])
  expect([await till.due(invoice), await till.credit(), await allocations(till)]).toEqual([1_000, 1_500, 0])
  expect(await settle(till, visibleAt)).toEqual([])
  expect([await till.due(invoice), await till.credit(), await allocations(till)]).toEqual([0, 500, 1])
})

test('credit never settles another unit’s, another family’s or another organisation’s invoices', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const { familyId } = await buildFamily(db, till.organisationId)
  const others = [
    await till.issue(1_000, { unit: await buildUnit(db, till.organisationId) }),
    await till.issue(1_000, { familyId }),
    await stranger.issue(1_000),
  ]
  await till.give(5_000)
  expect(await settle(till)).toEqual([])
  for (const invoice of others) expect(await till.due(invoice)).toBe(1_000)
  const own = await till.issue(1_000)
  await settle(till)
  expect([await till.due(own), await till.credit()]).toEqual([0, 4_000])
})

test('without credit, what is due is told and nothing is booked', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(1_000)
  expect(await settle(till)).toEqual([{ key: invoice.id, due: 1_000 }])
  expect(await allocations(till)).toBe(0)
})
