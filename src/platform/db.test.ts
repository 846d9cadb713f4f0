import { expect, test } from 'vitest'
import { buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { assertNoTransaction, isTransient, openDb, row, rows, sql, sqlState } from './db.ts'

const db = await testDatabase()

test('large numbers come as numbers, days as text, and what is not safe is refused', async () => {
  const found = await rows(
    db,
    sql`select 9007199254740991::bigint as cents, date '2012-03-16' as on, null::bigint as no`,
  )
  expect(found).toEqual([{ cents: 9_007_199_254_740_991, on: '2012-03-16', no: null }])
  await expect(rows(db, sql`select 9007199254740992::bigint`)).rejects.toThrow(
    'is too large: 9007199254740992',
  )
})

test('a transaction is whole: what failed left nothing', async () => {
  const slug = 'transaction-entiere'
  const failing = db.transaction(async (tx) => {
    await sql`insert into throttle values (${Buffer.alloc(32)}, 1, now())`.execute(tx)
    throw new Error(slug)
  })
  await expect(failing).rejects.toThrow(slug)
  expect(await rows(db, sql`select * from throttle`)).toEqual([])
})

test.each(['40P01', '40001', '55P03'])(
  'a transaction that ends in %s is tried again, six times in all',
  async (code) => {
    for (const [failures, expected] of [
      [5, 'done'],
      [6, code],
    ] as const) {
      let tries = 0
      const working = db.transaction(async (tx) => {
        tries += 1
        if (tries <= failures)
          await sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`).execute(tx)
        return 'done'
      })
      expect(await working.catch((error: unknown) => sqlState(error))).toBe(expected)
      expect(tries).toBe(6)
    }
  },
)

test('any other failure is told at once', async () => {
  let tries = 0
  const failing = db.transaction(async (tx) => {
    tries += 1
    await sql`select 1 / 0`.execute(tx)
  })
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  expect(tries).toBe(1)
})

test('two transactions that wait for each other both succeed', async () => {
  const ids = [await buildOrganisation(db), await buildOrganisation(db)]
  const visit = (order: readonly string[]) =>
    db.transaction(async (tx) => {
      for (const id of order) {
        await tx.updateTable('organisation').set({ phone: '0' }).where('id', '=', id).execute()
        await sql`select pg_sleep(0.05)`.execute(tx)
      }
      return 'done'
    })
  expect(await Promise.all([visit(ids), visit(ids.toReversed())])).toEqual(['done', 'done'])
})

test('a transaction opens no other, and calls nobody outside', async () => {
  await expect(db.transaction(() => db.transaction(async () => {}))).rejects.toThrow(
    'a transaction inside a transaction',
  )
  const calling = db.transaction(() => Promise.resolve().then(assertNoTransaction))
  await expect(calling).rejects.toThrow('an outside call inside a transaction')
  expect(() => assertNoTransaction()).not.toThrow()
  expect(await Promise.all([db.transaction(async () => 1), db.transaction(async () => 2)])).toEqual([1, 2])
})

test('waiting is bounded, and times are instants', async () => {
  const settings = await rows(
    db,
    sql`select name, setting from pg_settings where name in
      ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
  )
  expect(settings.map((one) => (one as { setting: string }).setting)).toEqual(['10000', '2000', '5000'])
})

test('one row is one row', async () => {
  expect(await row(db, sql`select 1 as n`)).toEqual({ n: 1 })
  expect(await row(db, sql`select 1 where false`)).toBeUndefined()
  await expect(row(db, sql`select generate_series(1, 2)`)).rejects.toThrow('one row was expected')
})

test('a connection that dies idle takes nobody with it, and a closed database says so', async () => {
  const own = openDb(db.connection, 1)
  await rows(own, sql`select 1`)
  await db.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = $1',
    ['idle'],
  )
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await rows(own, sql`select 1 as n`)).toEqual([{ n: 1 }])
  await own.close()
  await expect(rows(own, sql`select 1`)).rejects.toThrow()
})

test('a connection cut inside a transaction is a matter of waiting, and a broken rule is not', async () => {
  const own = openDb(db.connection, 1)
  const failed = own.transaction(async (tx) => {
    const pid = await row<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`)
    await db.pool.query('select pg_terminate_backend($1)', [pid?.pid])
    // The server's last word comes while nothing is asked: the next question finds a dead connection.
    await new Promise((resolve) => setTimeout(resolve, 100))
    return rows(tx, sql`select 1`)
  })
  const [error] = await Promise.allSettled([failed])
  expect([error.status, error.status === 'rejected' && isTransient(error.reason)]).toEqual(['rejected', true])
  const broken = rows(own, sql`select 1 / 0`).catch((reason: unknown) => reason)
  expect([isTransient(await broken), isTransient(new Error('a defect'))]).toEqual([false, false])
  for (const said of ['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])
    expect([said, isTransient(new Error(said))]).toEqual([said, true])
  expect(isTransient(Object.assign(new Error('connect'), { code: 'ENOENT' }))).toBe(true)
  await own.close()
})

test('an error without a state has none', () => {
  expect([
    sqlState(new Error('x')),
    sqlState('x'),
    sqlState(Object.assign(new Error('x'), { code: 1 })),
  ]).toEqual([undefined, undefined, undefined])
})
