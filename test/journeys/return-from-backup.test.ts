// F26: the database comes back ten minutes old; the bank's messages, said again, make it equal again.
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { migrateJobs } from '../../src/jobs/run-jobs.ts'
import { MINUTE_MS, later } from '../../src/kernel/dates.ts'
import { receiveMessage } from '../../src/payments/receive-message.ts'
import { createShops } from '../../src/payments/shops.ts'
import { backUp } from '../../src/platform/back-up.ts'
import { type Db, openDb } from '../../src/platform/db.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { openServer } from '../../src/platform/open-server.ts'
import { restoreBackup } from '../../src/platform/restore-backup.ts'
import { settingsOf, temporaryFolder } from '../support/embedded.ts'
import { TEST_NOW } from '../support/services.ts'
import { brought, messageOf, openTill, type Till } from '../support/till.ts'

const config = settingsOf(path.join(temporaryFolder(), 'data'))

/** The portal's database, running, until closed. */
async function open(): Promise<{ db: Db; close: () => Promise<void> }> {
  const server = await openServer(config)
  const db = openDb(server.connection)
  await migrate(db.pool)
  await migrateJobs(server.connection)
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    await db.close()
    await server.stop()
  }
  afterAll(close)
  return { db, close }
}

const rowsOf = async (db: Db, text: string) => (await db.pool.query(text)).rows as object[]
/** Every account's balance, whether kept or counted again, and every capture and receipt. */
async function sums(db: Db) {
  return {
    balances: await rowsOf(
      db,
      `select a.id, a.kind, b.cents, (select coalesce(sum(p.cents), 0)::bigint from posting p
          where p.organisation_id = a.organisation_id and p.account_id = a.id) as counted
        from account a left join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
        where a.kind <> 'suspense' order by a.id`,
    ),
    captures: await rowsOf(
      db,
      'select bank_transaction, amount_cents from capture order by bank_transaction',
    ),
    receipts: await rowsOf(
      db,
      'select count(*)::int as n, count(distinct number)::int as numbers from receipt',
    ),
  }
}

/** Starts and sends a payment of one new invoice; gives what the bank will say of it. */
async function payOne(till: Till, amount: number): Promise<string> {
  const invoice = await till.issue(amount)
  const reference = await till.start([invoice])
  return messageOf(await till.send(reference, amount))
}

const outcomes = async (till: Till, messages: readonly string[], db = till.services.db) => {
  const services = { ...till.services, db }
  const shops = createShops(db, services.keys)
  const said: string[] = []
  for (const message of messages) {
    const received = await receiveMessage(services, shops, ...brought(message))
    said.push(received.ok ? received.value : received.failure)
  }
  return said
}

test('a database ten minutes old ends with the bank’s sums, none lost, none twice', async () => {
  const first = await open()
  const till = await openTill(first.db)
  const known = [await payOne(till, 3_100), await payOne(till, 4_250)]
  const begun = [await payOne(till, 990), await payOne(till, 12_000)]
  expect(await outcomes(till, known)).toEqual(['applied', 'applied'])
  const backup = await backUp(config, TEST_NOW)

  till.services.clock.set(later(TEST_NOW, 10 * MINUTE_MS))
  expect(await outcomes(till, begun)).toEqual(['applied', 'applied'])
  const before = await sums(first.db)
  await first.close()
  await restoreBackup(config, backup.folder, till.services.clock.now(), { replace: true })

  const second = await open()
  expect(await sums(second.db)).not.toEqual(before)
  expect((await sums(second.db)).captures).toHaveLength(2)
  // The bank says everything again, the known with the lost, twice over and in another order.
  const replayed = [...begun, ...known].toReversed()
  expect(await outcomes(till, replayed, second.db)).toEqual(['repeated', 'repeated', 'applied', 'applied'])
  expect(await outcomes(till, replayed, second.db)).toEqual(Array(4).fill('repeated'))
  expect(await sums(second.db)).toEqual(before)
  await second.close()
})

test('money of an order that the old database never heard of is set aside with a task, once', async () => {
  const first = await open()
  const till = await openTill(first.db)
  const backup = await backUp(config, later(TEST_NOW, MINUTE_MS))
  const unheard = await payOne(till, 5_500)
  expect(await outcomes(till, [unheard])).toEqual(['applied'])
  const clearing =
    "select coalesce(sum(p.cents), 0)::int as cents from posting p join account a on a.organisation_id = p.organisation_id and a.id = p.account_id where a.kind = 'clearing'"
  const atTheBank = await rowsOf(first.db, clearing)
  await first.close()
  await restoreBackup(config, backup.folder, later(TEST_NOW, MINUTE_MS), { replace: true })

  const second = await open()
  expect(await outcomes(till, [unheard, unheard], second.db)).toEqual(['set_aside', 'repeated'])
  expect(await rowsOf(second.db, clearing)).toEqual(atTheBank)
  expect(await rowsOf(second.db, 'select kind from task')).toEqual([{ kind: 'unknown-order' }])
  await second.close()
})
