// What must agree beside the chain: each rule broken by a forger is told by its name.
import { expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { forge } from '../../test/support/forger.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { applyFact } from '../payments/apply-fact.ts'
import type { Rule } from './check.ts'
import { closePeriods } from './close-periods.ts'
import { verifyLedger } from './verify-ledger.ts'

const db = await testDatabase()

/** An invoice paid online, another unpaid, a debt taken over, and the day closed. */
async function liveADay(): Promise<Till> {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const form = await till.send(await till.start([invoice]), 3_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  await till.issue(7_000)
  await till.give(250)
  await closePeriods(db, till.organisationId, new Date('2012-04-13T10:00:00Z'))
  return till
}

async function brokenRules(till: Till): Promise<(string | undefined)[]> {
  const { findings } = await verifyLedger(db, till.organisationId, undefined)
  return findings.map((one) => (one.what === 'rule-broken' ? one.rule : undefined))
}

test('a day of honest work breaks no rule', async () => {
  expect(await brokenRules(await liveADay())).toEqual([])
})

const RULES: readonly [Exclude<Rule, 'row-without-organisation' | 'line-in-other-unit'>, string][] = [
  ['books-differ', 'update books set closed_through = null where organisation_id = $organisation'],
  ['unsealed-in-closed-period', 'delete from seal where organisation_id = $organisation and sequence = 2'],
  [
    'invoice-differs-from-entry',
    'update invoice set total_cents = 6900 where organisation_id = $organisation and total_cents = 7000',
  ],
  [
    'invoice-overpaid',
    `update posting set cents = -3101 where organisation_id = $organisation and cents = -3100
      and account_id in (select id from invoice where organisation_id = $organisation)`,
  ],
  [
    'receivables-differ-from-invoices',
    'update balance set cents = 1 where organisation_id = $organisation and cents = 7000',
  ],
  [
    'content-differs-from-hash',
    `update invoice_content set content = replace(content, 'MARTIN', 'DURAND') where organisation_id = $organisation`,
  ],
  [
    'capture-differs-from-entry',
    'update capture set amount_cents = 3000 where organisation_id = $organisation',
  ],
  ['clearing-differs-from-captures', 'delete from capture where organisation_id = $organisation'],
  [
    'receipt-numbers-with-a-gap',
    `update number_series set last = 2 where organisation_id = $organisation and name like 'receipt %'`,
  ],
  [
    'closed-file-holds-credit',
    `update family set merged_into = gen_random_uuid() where organisation_id = $organisation`,
  ],
  ['opening-numbers-with-a-gap', `insert into number_series values ($organisation, 'RAN', 1)`],
]

test.each(RULES)('%s is told by its name', async (rule, statement) => {
  const till = await liveADay()
  await forge(db, till, statement)
  expect(await brokenRules(till)).toContain(rule)
})

test('a line in another unit’s account is told by its name', async () => {
  const till = await liveADay()
  const { unitId } = await buildUnit(db, till.organisationId)
  await forge(
    db,
    till,
    `update account set billing_unit_id = '${unitId}' where organisation_id = $organisation and kind = 'revenue'`,
  )
  expect(await brokenRules(till)).toContain('line-in-other-unit')
})

test('a row without its organisation is refused, and one of an unknown organisation is told', async () => {
  const till = await liveADay()
  await expect(
    db.pool.query(
      `insert into account values (null, gen_random_uuid(), '${till.unitId}', 'suspense', null, null)`,
    ),
  ).rejects.toMatchObject({ code: '23502', column: 'organisation_id' })
  expect(await brokenRules(till)).toEqual([])
  await forge(
    db,
    till,
    `insert into account values (gen_random_uuid(), gen_random_uuid(), '${till.unitId}', 'suspense', null, null)`,
  )
  expect(await brokenRules(till)).toEqual(['row-without-organisation'])
})
