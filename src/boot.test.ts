import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as pg from 'pg'
import { expect, test } from 'vitest'
import { ask, settingsOf, temporaryFolder } from '../test/support/embedded.ts'
import { openServices } from './boot.ts'
import { readManifest } from './platform/backup-manifest.ts'
import type { Config } from './platform/config.ts'
import { projectFile } from './platform/files.ts'
import { createLog } from './platform/log.ts'
import { listMigrations } from './platform/migrate.ts'
import { openServer } from './platform/open-server.ts'

const folder = temporaryFolder()
const log = createLog('silent')
const names = await listMigrations()
const older = names.slice(0, -1)

/** A database as an older version of the portal left it: without the last migration. */
async function leaveOlder(config: Config): Promise<void> {
  const server = await openServer(config)
  const client = new pg.Client(server.connection)
  await client.connect()
  await client.query(
    'create table migration (name text primary key, sha256 text not null, run_at timestamptz not null default now())',
  )
  for (const name of older) {
    const text = readFileSync(projectFile(`db/migrations/${name}`), 'utf8')
    await client.query(text)
    const checksum = createHash('sha256').update(text).digest('hex')
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, checksum])
  }
  await client.end()
  await server.stop()
}

/** The migrations that the database has seen, asked without opening the portal. */
async function seen(config: Config): Promise<string[]> {
  const server = await openServer(config)
  const found = await ask<{ name: string }>(server.connection, 'select name from migration order by name')
  await server.stop()
  return found.map((one) => one.name)
}

test('a fresh database is not backed up, nor one that is up to date', async () => {
  const config = settingsOf(path.join(folder, 'fresh'))
  for (let start = 0; start < 2; start += 1) {
    const opened = await openServices(config, log)
    await opened.close()
  }
  expect(await seen(config)).toEqual(names)
  expect(existsSync(path.join(config.dataDir, 'sauvegardes'))).toBe(false)
})

test('a start on an older schema backs up what it was, then upgrades', async () => {
  const config = settingsOf(path.join(folder, 'older'))
  await leaveOlder(config)
  const opened = await openServices(config, log)
  await opened.close()
  expect(await seen(config)).toEqual(names)
  const backups = path.join(config.dataDir, 'sauvegardes')
  const made = readdirSync(backups)
  expect(made).toEqual([expect.stringMatching(/^sauvegarde-\d{8}-\d{6}-avant-migration$/)])
  const manifest = await readManifest(path.join(backups, made[0] ?? ''))
  expect(manifest.migrations.map((one) => one.name)).toEqual(older)
})

test('when the backup fails nothing is upgraded, unless the setting allows it for once', async () => {
  const dataDir = path.join(folder, 'failing')
  const config = settingsOf(dataDir)
  await leaveOlder(config)
  // A file where the folder should be.
  writeFileSync(path.join(dataDir, 'sauvegardes'), '')
  await expect(openServices(config, log)).rejects.toThrow('PREAU_MIGRATE_WITHOUT_BACKUP=1')
  expect(await seen(config)).toEqual(older)
  const opened = await openServices(settingsOf(dataDir, { PREAU_MIGRATE_WITHOUT_BACKUP: '1' }), log)
  await opened.close()
  expect(await seen(config)).toEqual(names)
})
