// The rows that follow the ledger: what is due, and what lies at the desk, whatever moved it.
import { expect, test } from 'vitest'
import { rows, sql } from '../../src/platform/db.ts'
import { buildUnit } from '../support/build.ts'
import { testDatabase } from '../support/database.ts'
import { openTill, type Till } from '../support/till.ts'

const db = await testDatabase()

const debts = (till: Till) =>
  rows<{ dueOn: string; cents: number }>(
    db,
    sql`select due_on as "dueOn", cents from debt where organisation_id = ${till.organisationId} order by cents`,
  )
const family = (till: Till) =>
  rows<{ cents: number }>(
    db,
    sql`select cents from family_debt where organisation_id = ${till.organisationId} order by cents`,
  )

test('a debt follows its invoice from issue to the last cent, and so does the family’s sum', async () => {
  const till = await openTill(db)
  const first = await till.issue(3_100)
  await till.issue(500, { unit: await buildUnit(db, till.organisationId) })
  expect([await debts(till), await family(till)]).toEqual([
    [
      { dueOn: '1970-01-01', cents: 500 },
      { dueOn: '1970-01-01', cents: 3_100 },
    ],
    [{ cents: 500 }, { cents: 3_100 }],
  ])
  await till.give(3_000)
  await till.settle()
  expect(await family(till)).toEqual([{ cents: 100 }, { cents: 500 }])
  await till.give(100)
  await till.settle()
  expect([await till.due(first), await debts(till)]).toEqual([0, [{ dueOn: '1970-01-01', cents: 500 }]])
  expect(await family(till)).toEqual([{ cents: 0 }, { cents: 500 }])
})

test('writing them anew from the balances changes nothing', async () => {
  const till = await openTill(db)
  await till.issue(3_100)
  await till.issue(900)
  await till.give(1_000)
  await till.settle()
  const before = [await debts(till), await family(till)]
  await db.pool.query('select fill_debts($1)', [till.organisationId])
  expect([await debts(till), await family(till)]).toEqual(before)
  expect(before).toEqual([
    [
      { dueOn: '1970-01-01', cents: 900 },
      { dueOn: '1970-01-01', cents: 2_100 },
    ],
    [{ cents: 3_000 }],
  ])
})
