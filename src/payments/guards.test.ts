// Each guard of a booking, alone: any one of them gone changes no result as long as the others hold,
// so that here the guard itself is seen at work. `npm run torture -- --mutant nolock --targeted` and
// its like take one out and see the test of it go red.
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { brought, factOf, messageOf, openTill, type Till } from '../../test/support/till.ts'
import { row, rows, sql } from '../platform/db.ts'
import { applyFact } from './apply-fact.ts'
import { receiveMessage } from './receive-message.ts'

const db = await testDatabase()

async function sent(till: Till) {
  const invoice = await till.issue(3_100)
  return till.send(await till.start([invoice]), 3_100)
}

/** Resolves with the question that waits for a lock, once there is one. */
async function waitingQuestion(): Promise<string> {
  for (;;) {
    const waiting = await row<{ query: string }>(
      db,
      sql`select query from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' limit 1`,
    )
    if (waiting) return waiting.query
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('lock: two facts about one attempt wait for each other at the attempt itself', async () => {
  const till = await openTill(db)
  const form = await sent(till)
  const now = till.services.clock.now()
  const [applied, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = db.transaction(async (tx) => {
    await applyFact(tx, till.contract, factOf(form), now)
    applied.resolve()
    await release.promise
  })
  await applied.promise
  const second = db.transaction((tx) =>
    applyFact(tx, till.contract, factOf(form, { bankTransaction: 'f'.repeat(32) }), now),
  )
  const question = await waitingQuestion()
  release.resolve()
  await Promise.all([first, second])
  expect(question).toMatch(/from payment_attempt a[\s\S]*for update of a/)
})

test('lock: facts about two attempts do not wait for each other', async () => {
  const till = await openTill(db)
  const [one, other] = [await sent(till), await sent(await openTill(db))]
  const now = till.services.clock.now()
  const outcome = await db.transaction(async (tx) => {
    await applyFact(tx, till.contract, factOf(one), now)
    return db.pool
      .query('select id from payment_attempt where reference = $1 for update nowait', [
        other.get('vads_order_id'),
      ])
      .then((found) => found.rowCount)
  })
  expect(outcome).toBe(1)
})

test('uniq: past the lock, one transaction of the bank is one entry and one capture by their keys', async () => {
  const till = await openTill(db)
  const form = await sent(till)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  const again = (table: 'entry' | 'capture', changes: string) =>
    db.pool
      .query(
        `insert into ${table} select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()) || ${changes})).*
          from ${table} one where organisation_id = $1 ${table === 'entry' ? "and kind = 'capture'" : ''}`,
        [till.organisationId],
      )
      .catch((error: unknown) => (error as { constraint?: string }).constraint)
  expect([await again('entry', "'{}'"), await again('capture', "'{}'")]).toEqual([
    'entry_organisation_id_billing_unit_id_kind_source_key_key',
    'capture_organisation_id_contract_id_bank_transaction_key',
  ])
  // Another transaction of the bank is another capture.
  expect(await again('capture', `'{"bank_transaction": "another"}'`)).toMatchObject({ rowCount: 1 })
})

test('mark: a message and all it brought are one transaction of the database', async () => {
  const till = await openTill(db)
  const form = await sent(till)
  await receiveMessage(till.services, till.shops, ...brought(messageOf(form)))
  const transactions = await rows<{ of: string; by: string }>(
    db,
    sql`select 'message' as of, xmin::text as by from bank_message where organisation_id = ${till.organisationId}
      union all select 'entry', xmin::text from entry
        where organisation_id = ${till.organisationId} and kind = 'capture'
      union all select 'capture', xmin::text from capture where organisation_id = ${till.organisationId}
      union all select 'receipt', xmin::text from receipt where organisation_id = ${till.organisationId}
      union all select 'mail', xmin::text from mail where organisation_id = ${till.organisationId}`,
  )
  expect(transactions.map((one) => one.of)).toEqual(['message', 'entry', 'capture', 'receipt', 'mail'])
  expect(new Set(transactions.map((one) => one.by)).size).toBe(1)
})
