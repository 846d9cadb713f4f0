import { existsSync, readdirSync, rmSync, symlinkSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { ask, settingsOf, temporaryFolder } from '../../test/support/embedded.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { DAY_MS, later } from '../kernel/dates.ts'
import { type Backup, backUp, pruneAutomatic } from './back-up.ts'
import { readManifest } from './backup-manifest.ts'
import type { ConnectionSettings } from './db.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { openServer } from './open-server.ts'
import { restoreBackup } from './restore-backup.ts'

const folder = temporaryFolder()
const config = settingsOf(path.join(folder, 'data'))
/** A log so short that it is recycled many times during a backup, unless a slot holds it. */
const SHORT_LOG = ['min_wal_size=32MB', 'max_wal_size=32MB', 'wal_recycle=on']

type Acknowledged = { readonly n: number; readonly lsn: string }

/** Commits pairs of rows, changes old ones and grows, until told; notes where the log was after each commit. */
function keepWriting(connection: ConnectionSettings): { stop: () => Promise<Acknowledged[]> } {
  const acknowledged: Acknowledged[] = []
  const stopping = new AbortController()
  const writing = (async () => {
    const client = new pg.Client(connection)
    await client.connect()
    for (let n = 1; !stopping.signal.aborted; n += 1) {
      await client.query('begin')
      await client.query("insert into one select $1, repeat('x', 2000)", [n])
      await client.query("insert into other select $1, repeat('y', 2000)", [n])
      await client.query('update touched set times = times + 1')
      await client.query('commit')
      const [row] = (await client.query<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn')).rows
      acknowledged.push({ n, lsn: row?.lsn ?? '' })
    }
    await client.end()
  })()
  return {
    stop: async () => {
      stopping.abort()
      await writing
      return acknowledged
    },
  }
}

/** Closes segments and lets the server drop those it needs no more. */
function keepRecycling(connection: ConnectionSettings): { stop: () => Promise<number> } {
  const stopping = new AbortController()
  let rounds = 0
  const recycling = (async () => {
    const client = new pg.Client(connection)
    await client.connect()
    for (; !stopping.signal.aborted; rounds += 1) {
      await client.query('select pg_switch_wal()')
      await client.query('checkpoint')
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    await client.end()
  })()
  return {
    stop: async () => {
      stopping.abort()
      await recycling
      return rounds
    },
  }
}

/** The number of a place in the log, to compare. */
const placeOf = (lsn: string): bigint => {
  const [high = '', low = ''] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

let backup: Backup
let acknowledged: Acknowledged[] = []

beforeAll(async () => {
  const server = await startEmbeddedPostgres(path.join(config.dataDir, 'pg'), {
    bin: config.pgBin,
    settings: SHORT_LOG,
  })
  await ask(
    server.connection,
    `create table one (n int primary key, filler text); create table other (n int primary key, filler text);
      create table touched as select g as id, 0 as times from generate_series(1, 500) g;
      create table weight as select g as id, repeat(md5(g::text), 60) as filler from generate_series(1, 6000) g`,
  )
  const writer = keepWriting(server.connection)
  const recycler = keepRecycling(server.connection)
  await new Promise((resolve) => setTimeout(resolve, 300))
  backup = await backUp(config, TEST_NOW)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await recycler.stop()).toBeGreaterThan(3)
  acknowledged = await writer.stop()
  await server.stop()
})

test('a backup under a writer restores every row committed before it ended, none torn', async () => {
  const other = settingsOf(path.join(folder, 'other'))
  const { wal } = await readManifest(backup.folder)
  const restored = await restoreBackup(other, backup.folder, TEST_NOW, { replace: false })
  expect(restored).toMatchObject({ takenAt: TEST_NOW, aside: [], secrets: [] })
  const server = await openServer(other)
  const stop = placeOf(wal?.stop ?? '')
  const before = acknowledged.filter(({ lsn }) => placeOf(lsn) <= stop).map(({ n }) => n)
  const found = await ask<{ n: number }>(server.connection, 'select n from one order by n')
  const numbers = found.map(({ n }) => n)
  expect(before.length).toBeGreaterThan(10)
  expect(acknowledged.length).toBeGreaterThan(before.length)
  expect(numbers.slice(0, before.length)).toEqual(before)
  expect(await ask(server.connection, 'select n from other order by n')).toEqual(found)
  expect(await ask(server.connection, 'select distinct times from touched')).toEqual([
    { times: numbers.length },
  ])
  const weight = 'select count(*)::int as n from weight where filler = repeat(md5(id::text), 60)'
  expect(await ask(server.connection, weight)).toEqual([{ n: 6_000 }])
  // What came back takes writes, and can be backed up in its turn.
  await ask(server.connection, "insert into one values (0, '')")
  const again = await backUp(other, TEST_NOW)
  await server.stop()
  const third = settingsOf(path.join(folder, 'third'))
  await restoreBackup(third, again.folder, TEST_NOW, { replace: false })
  const last = await openServer(third)
  expect(await ask(last.connection, 'select n from one where n = 0')).toEqual([{ n: 0 }])
  await last.stop()
})

test('the folder is dated, its owner’s alone, without what belongs to one run', async () => {
  expect(backup.folder).toBe(path.join(config.dataDir, 'sauvegardes/sauvegarde-20120412-184400'))
  expect(statSync(backup.folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(path.dirname(backup.folder))).toEqual(['sauvegarde-20120412-184400'])
  expect(existsSync(path.join(backup.folder, 'pg/postmaster.pid'))).toBe(false)
  expect(existsSync(path.join(backup.folder, 'pg/backup_label'))).toBe(true)
  const { files, postgres, migrations } = await readManifest(backup.folder)
  const onDisk = readdirSync(backup.folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  expect(files).toHaveLength(onDisk.length - 1)
  expect([postgres.version.startsWith(`PostgreSQL ${postgres.major}.`), migrations]).toEqual([true, []])
})

const target = settingsOf(path.join(folder, 'target'))

test('secrets stay out unless asked for, then come back beside the database', async () => {
  writeFileSync(path.join(config.dataDir, 'secret-key'), 'the key of a demonstration')
  const without = await backUp(config, later(TEST_NOW, DAY_MS), { into: path.join(folder, 'elsewhere') })
  expect([without.secrets, existsSync(path.join(without.folder, 'secrets'))]).toEqual([[], false])
  const secret = await backUp(config, later(TEST_NOW, 2 * DAY_MS), { withSecrets: true })
  expect(secret.secrets).toEqual(['secret-key'])
  const { secrets } = await restoreBackup(target, secret.folder, TEST_NOW, { replace: false })
  expect(secrets).toEqual(['secret-key'])
  expect(readFileSync(path.join(target.dataDir, 'secret-key'), 'utf8')).toBe('the key of a demonstration')
  expect(statSync(path.join(target.dataDir, 'secret-key')).mode & 0o777).toBe(0o600)
})

test('nothing is backed up when there is nothing, and the last five automatic ones are kept', async () => {
  await expect(backUp(settingsOf(path.join(folder, 'none')), TEST_NOW)).rejects.toThrow('Rien à sauvegarder')
  const server = await openServer(config)
  const names: string[] = []
  for (let n = 10; n < 17; n += 1) {
    const made = await backUp(config, later(TEST_NOW, n * DAY_MS), { automatic: true })
    names.push(path.basename(made.folder))
    await pruneAutomatic(config)
  }
  await server.stop()
  const kept = readdirSync(path.join(config.dataDir, 'sauvegardes')).filter((name) =>
    /avant-migration/.test(name),
  )
  expect(kept.toSorted()).toEqual(names.slice(-5))
  expect(existsSync(backup.folder)).toBe(true)
})

test('a cluster that is not all in its folder is refused, and nothing bears the name of a backup', async () => {
  const server = await openServer(config)
  const link = path.join(config.dataDir, 'pg/pg_tblspc/12345')
  symlinkSync(folder, link)
  const into = path.join(folder, 'linked')
  await expect(backUp(config, TEST_NOW, { into })).rejects.toThrow('est un lien')
  rmSync(link)
  await server.stop()
  expect(readdirSync(into)).toEqual([])
})
