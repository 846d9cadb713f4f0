import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ask, settingsOf, temporaryFolder } from '../../test/support/embedded.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { DAY_MS, later } from '../kernel/dates.ts'
import { type Backup, backUp } from './back-up.ts'
import type { Manifest } from './backup-manifest.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { openServer } from './open-server.ts'
import { restoreBackup } from './restore-backup.ts'

const folder = temporaryFolder()
const config = settingsOf(path.join(folder, 'data'))
const cluster = path.join(config.dataDir, 'pg')

let backup: Backup

beforeAll(async () => {
  const server = await openServer(config)
  await ask(server.connection, 'create table one as select g as n from generate_series(1, 100) g')
  backup = await backUp(config, TEST_NOW)
  await server.stop()
})

/** A copy of the backup that may be spoilt. */
function spoilt(name: string, spoil: (copy: string) => void): string {
  const copy = path.join(folder, name)
  cpSync(backup.folder, copy, { recursive: true })
  spoil(copy)
  return copy
}
const target = settingsOf(path.join(folder, 'target'))
const refusal = (from: string, into = target, replace = false) =>
  restoreBackup(into, from, TEST_NOW, { replace }).then(
    () => 'restored',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

const lastSegment = (copy: string): string =>
  path.join(copy, 'pg/pg_wal', readdirSync(path.join(copy, 'pg/pg_wal')).toSorted().at(-1) ?? '')

test.each<[string, (copy: string) => void, string]>([
  [
    'cut before its manifest',
    (copy) => rmSync(path.join(copy, 'sauvegarde.json')),
    'pas une sauvegarde entière',
  ],
  [
    'cut inside its manifest',
    (copy) =>
      writeFileSync(
        path.join(copy, 'sauvegarde.json'),
        readFileSync(path.join(copy, 'sauvegarde.json')).subarray(0, 5_000),
      ),
    'pas une sauvegarde entière',
  ],
  [
    'whose manifest leads out of it',
    (copy) => {
      const file = path.join(copy, 'sauvegarde.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace('"pg/PG_VERSION"', '"pg/../../PG_VERSION"'))
    },
    'pas une sauvegarde entière',
  ],
  ['without its last segment', (copy) => rmSync(lastSegment(copy)), 'y manque'],
  [
    'with one byte changed',
    (copy) => {
      const file = lastSegment(copy)
      const content = readFileSync(file)
      content[12_345] = (content[12_345] ?? 0) ^ 1
      writeFileSync(file, content)
    },
    'a été altérée',
  ],
  ['with a byte more', (copy) => appendFileSync(path.join(copy, 'pg/PG_VERSION'), '\n'), 'a été altérée'],
])('a backup %s is refused, and nothing is left', async (what, spoil, sentence) => {
  expect(await refusal(spoilt(what, spoil))).toContain(sentence)
  expect(existsSync(target.dataDir) ? readdirSync(target.dataDir) : []).toEqual([])
})

test('a backup that was interrupted is not accepted, however whole it looks', async () => {
  const copy = spoilt('whole', () => {})
  renameSync(copy, `${copy}.en-cours`)
  expect(await refusal(`${copy}.en-cours`)).toContain('pas une sauvegarde entière')
})

test('a log that ends before the backup does is refused by the server itself', async () => {
  const copy = spoilt('short-log', (copy) => {
    const file = path.join(copy, 'sauvegarde.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    const segment = lastSegment(copy)
    const content = readFileSync(segment)
    // Without the record that says that the backup ended, and with the checksum that this has.
    const end = Number(`0x${manifest.wal?.stop.split('/')[1] ?? ''}`) % content.length
    content.fill(0, end - 48)
    writeFileSync(segment, content)
    for (const one of manifest.files)
      if (one.path === path.relative(copy, segment))
        one.sha256 = createHash('sha256').update(content).digest('hex')
    writeFileSync(file, JSON.stringify(manifest))
  })
  expect(await refusal(copy)).toMatch(/ne s’ouvre pas.*WAL ends before end of online backup/s)
  expect(existsSync(path.join(target.dataDir, 'pg'))).toBe(false)
})

test('another PostgreSQL is refused, by its major version or by its build', async () => {
  const changed = (name: string, from: RegExp, to: string) =>
    spoilt(name, (copy) => {
      const file = path.join(copy, 'sauvegarde.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
    })
  expect(await refusal(changed('major', /"major": \d+/, '"major": 11'))).toContain('vient de PostgreSQL 11')
  expect(await refusal(changed('build', /compiled by/, 'compiled for another by'))).toContain(
    'autre construction',
  )
  const newer = changed(
    'newer',
    /"migrations": \[\]/,
    '"migrations": [{ "name": "9999_later.sql", "sha256": "x" }]',
  )
  expect(await refusal(newer)).toContain('plus récente de Préau (9999_later.sql)')
  expect(readdirSync(target.dataDir)).toEqual([])
})

test('a running database is refused; a present one is moved aside when asked, and kept', async () => {
  const server = await openServer(config)
  expect(await refusal(backup.folder, config, true)).toContain('arrêtez d’abord le portail')
  await ask(server.connection, 'create table later_than_backup (n int)')
  await server.stop()
  expect(await refusal(backup.folder, config)).toContain('--remplacer')
  const { aside } = await restoreBackup(config, backup.folder, TEST_NOW, { replace: true })
  expect(aside).toEqual([`${cluster}.remplace-20120412-184400`])
  const tables = "select 1 as n from pg_class where relname = 'later_than_backup'"
  const back = await openServer(config)
  expect(await ask(back.connection, tables)).toEqual([])
  await back.stop()
  const old = await startEmbeddedPostgres(aside[0] ?? '', { bin: config.pgBin })
  expect(await ask(old.connection, tables)).toEqual([{ n: 1 }])
  await old.stop()
})

test('a return that was cut is not taken for a fresh start', async () => {
  const cut = settingsOf(path.join(folder, 'cut'))
  mkdirSync(path.join(cut.dataDir, 'pg.retour-20120412-184400'), { recursive: true })
  await expect(openServer(cut)).rejects.toThrow('a été interrompue')
  await restoreBackup(cut, backup.folder, later(TEST_NOW, DAY_MS), { replace: false })
  const server = await openServer(cut)
  expect(await ask(server.connection, 'select n from one where n = 1')).toEqual([{ n: 1 }])
  await server.stop()
})
