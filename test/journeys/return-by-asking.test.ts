// F26: the database comes back ten minutes old, and the bank says nothing again: it is asked, and its
// journal is read.
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { migrateJobs } from '../../src/jobs/run-jobs.ts'
import { MINUTE_MS, parisDay } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { importJournal } from '../../src/payments/import-journal.ts'
import { resolveSuspense } from '../../src/payments/resolve-suspense.ts'
import { createShops } from '../../src/payments/shops.ts'
import { backUp } from '../../src/platform/back-up.ts'
import { type Db, openDb } from '../../src/platform/db.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { openServer } from '../../src/platform/open-server.ts'
import { restoreBackup } from '../../src/platform/restore-backup.ts'
import { openAskedTill } from '../support/asked-bank.ts'
import { settingsOf, temporaryFolder } from '../support/embedded.ts'

const config = settingsOf(path.join(temporaryFolder(), 'data'))

let running: Db | undefined
let close: () => Promise<void> = () => Promise.resolve()
afterAll(() => close())

async function open(): Promise<void> {
  const server = await openServer(config)
  const db = openDb(server.connection)
  await migrate(db.pool)
  await migrateJobs(server.connection)
  running = db
  close = async () => {
    close = () => Promise.resolve()
    await db.close()
    await server.stop()
  }
}

/** Whichever database runs: the portal's services stay the same when it comes back. */
const runningDatabase = (): Db =>
  new Proxy<Db>({} as Db, {
    get: (_, name) => {
      const value: unknown = running && Reflect.get(running, name)
      return typeof value === 'function' ? value.bind(running) : value
    },
  })

const rowsOf = async (db: Db, text: string) => (await db.pool.query(text)).rows as object[]
/** Every account's balance, counted from its lines, and every capture. */
async function sums(db: Db) {
  return {
    balances: await rowsOf(
      db,
      `select a.id, a.kind, (select coalesce(sum(p.cents), 0)::bigint from posting p
          where p.organisation_id = a.organisation_id and p.account_id = a.id) as cents
        from account a where a.kind <> 'suspense' order by a.id`,
    ),
    captures: await rowsOf(
      db,
      'select bank_transaction, amount_cents from capture order by bank_transaction',
    ),
  }
}

test('F26: the chaser and the journal alone bring back what the bank knows, and the sums are equal', async () => {
  const db = runningDatabase()
  await open()
  const till = await openAskedTill(db)
  const { clock } = till.services
  const leave = async (amount: number) => {
    const invoice = await till.issue(amount)
    const form = await till.send(await till.start([invoice]), amount)
    return { invoice, form, page: await till.goToBank(form) }
  }
  const numberOf = ({ form }: { form: ReadonlyMap<string, string> }) => form.get('vads_trans_id')
  const chase = () => chasePayments(till.services)

  // Known before the backup; begun before it; issued before it and begun after it.
  const known = await leave(3_100)
  await till.pay(known.page)
  clock.advance(3 * MINUTE_MS)
  await chase()
  const begun = [await leave(4_250), await leave(990)]
  const later = await till.issue(5_500)
  const backup = await backUp(config, clock.now())

  for (const one of begun) await till.pay(one.page)
  clock.advance(2 * MINUTE_MS)
  const lateForm = await till.send(await till.start([later]), 5_500)
  await till.pay(await till.goToBank(lateForm))
  clock.advance(8 * MINUTE_MS)
  await chase()
  const before = await sums(db)
  expect(before.captures).toHaveLength(4)
  await close()
  await restoreBackup(config, backup.folder, clock.now(), { replace: true })

  await open()
  expect((await sums(db)).captures).toHaveLength(1)
  await chase()
  expect((await sums(db)).captures).toHaveLength(3)
  // What began after the backup is in the journal alone; twice over it counts once.
  const shops = createShops(db, till.services.keys)
  const day = parisDay(new Date())
  const file = new Uint8Array(
    await (await fetch(`${till.bankUrl}/porte-de-test/journal?date=${day}`)).arrayBuffer(),
  )
  const read = async (name: string) => {
    const report = await importJournal(till.services, shops, name, file)
    return report.ok ? report.value.counts : report.failure
  }
  expect(await read('jour.csv')).toMatchObject({ matched: 3, set_aside: 1, booked: 0 })
  expect(await read('encore.csv')).toMatchObject({ known: 4 })
  expect(await till.internal('clearing')).toBe(3_100 + 4_250 + 990 + 5_500)
  expect((await sums(db)).captures).toEqual(before.captures)

  // A person recognises the order that the old database never knew: every account is equal again.
  const lost = db.selectFrom('capture').select('id').where('attempt_id', 'is', null)
  const { id: captureId } = await lost.executeTakeFirstOrThrow()
  const resolution = {
    organisationId: till.organisationId,
    captureId,
    requestKey: 'retour',
    amount: cents(5_500),
    destination: { kind: 'invoice' as const, invoiceId: later.id },
    reason: 'Commande d’avant le retour',
  }
  await db.transaction((tx) => resolveSuspense(tx, resolution, clock.now(), 'Sophie'))
  expect((await sums(db)).balances).toEqual(before.balances)
  expect(await rowsOf(db, 'select kind from task where done_at is null')).toEqual([])

  // No number that the bank saw today is given again.
  const again = await till.issue(700)
  const next = await till.send(await till.start([again]), 700)
  expect([known, ...begun, { form: lateForm }].map(numberOf)).not.toContain(next.get('vads_trans_id'))
})
