// Backup and return through pg_dump and pg_restore, on a real server that comes with them. Where no such
// server is installed (Debian: apt-get install postgresql), the name of the test says so, and it holds
// the portal to its refusal instead.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { ask, settingsOf, temporaryFolder } from '../../test/support/embedded.ts'
import { onDatabase } from '../../test/support/server.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { backUp } from './back-up.ts'
import type { Config } from './config.ts'
import { openDb } from './db.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { restoreBackup } from './restore-backup.ts'

const folder = temporaryFolder()
const INSTALLED = '/usr/lib/postgresql'
const PROGRAMS = ['postgres', 'initdb', 'pg_dump', 'pg_restore']
const bin = (existsSync(INSTALLED) ? readdirSync(INSTALLED) : [])
  .map((version) => path.join(INSTALLED, version, 'bin'))
  .findLast((one) => PROGRAMS.every((program) => existsSync(path.join(one, program))))

let server: EmbeddedPostgres | undefined
afterAll(() => server?.stop())
let databases = 0

/** A new database on the installed server, and the settings that name it, with a password. */
async function newDatabase(): Promise<Config> {
  server ??= await startEmbeddedPostgres(path.join(folder, 'server'), { bin })
  const name = `return_${(databases += 1)}`
  await ask(server.connection, `create database ${name}`)
  return settingsOf(path.join(folder, 'data'), {
    DATABASE_URL: `postgresql://preau:a%20password@localhost/${name}?host=${server.connection.host ?? ''}`,
    PREAU_PG_BIN: bin ?? '',
  })
}
const connectionOf = (config: Config) => ({ connectionString: config.databaseUrl ?? '' })
const backUpOr = (config: Config) =>
  backUp(config, TEST_NOW).then(
    ({ folder }) => folder,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

const { connectionString, host = '' } = onDatabase(inject('server'), inject('template'))
const databaseUrl =
  connectionString ?? `postgresql://preau@localhost/${inject('template')}?host=${encodeURIComponent(host)}`

test('without pg_dump on the search path, or in PREAU_PG_BIN, a sentence says what to install', async () => {
  const settings = { DATABASE_URL: databaseUrl, PREAU_PG_BIN: '' }
  expect(await backUpOr(settingsOf(path.join(folder, 'data'), settings))).toContain('pg_dump est introuvable')
  const elsewhere = { ...settings, PREAU_PG_BIN: folder, PATH: '/usr/bin' }
  expect(await backUpOr(settingsOf(path.join(folder, 'data'), elsewhere))).toContain(
    'pg_dump est introuvable',
  )
})

/** A pg_dump that tells this version, and notes what it was given; gives its folder. */
function noted(version: string): string {
  const tools = path.join(folder, `tools-${version}`)
  mkdirSync(tools)
  const script = `#!/bin/sh
[ "$1" = --version ] && echo "pg_dump (PostgreSQL) ${version}" && exit 0
echo "$@" > ${tools}/arguments
echo "PGPASSWORD=$PGPASSWORD" > ${tools}/environment
for one in "$@"; do case $one in --file=*) echo dump > "\${one#--file=}";; esac; done
`
  writeFileSync(path.join(tools, 'pg_dump'), script, { mode: 0o700 })
  return tools
}

test('a pg_dump older than the server is refused with both versions', async () => {
  const config = settingsOf(path.join(folder, 'data'), {
    DATABASE_URL: databaseUrl,
    PREAU_PG_BIN: noted('9.6.1'),
  })
  expect(await backUpOr(config)).toMatch(/pg_dump est en version 9 et le serveur en version \d\d/)
})

test('the password goes by the environment, never by an argument', async () => {
  const tools = noted('99.1')
  const url = new URL(databaseUrl)
  url.password = 'a password'
  const config = settingsOf(path.join(folder, 'noted'), { DATABASE_URL: url.href, PREAU_PG_BIN: tools })
  expect(await backUpOr(config)).toContain('sauvegarde-20120412-184400')
  const given = readFileSync(path.join(tools, 'arguments'), 'utf8')
  expect(given).toContain('--format=custom')
  expect(given).not.toMatch(/password(?!\s)|a%20|postgresql:/)
  expect(readFileSync(path.join(tools, 'environment'), 'utf8')).toContain('PGPASSWORD=a password\n')
})

const real = bin
  ? 'a dump is restored into an empty database, and into no other'
  : 'NO pg_dump AND SERVER HERE (apt-get install postgresql): only the refusal is held'

test(real, async () => {
  if (bin === undefined) {
    const settings = { DATABASE_URL: databaseUrl, PREAU_PG_BIN: INSTALLED }
    expect(await backUpOr(settingsOf(path.join(folder, 'data'), settings))).toContain('est introuvable')
    return
  }
  const config = await newDatabase()
  const db = openDb(connectionOf(config))
  await migrate(db.pool)
  await db.pool.query('create table kept as select g as n from generate_series(1, 1000) g')
  await db.close()
  const made = await backUp(config, TEST_NOW)
  expect(readdirSync(made.folder).toSorted()).toEqual(['base.dump', 'sauvegarde.json'])
  expect(statSync(path.join(made.folder, 'base.dump')).mode & 0o077).toBe(0)

  const into = async (target: Config) => {
    const restored = restoreBackup(target, made.folder, TEST_NOW, { replace: true })
    return restored.then(
      () => 'restored',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  }
  expect(await into(config)).toContain('n’est pas vide')
  expect(await into(settingsOf(path.join(folder, 'embedded')))).toContain('DATABASE_URL')
  const target = await newDatabase()
  expect(await into(target)).toBe('restored')
  const counted = 'select count(*)::int as n, sum(n)::int as sum from kept'
  expect(await ask(connectionOf(target), counted)).toEqual([{ n: 1_000, sum: 500_500 }])
  const again = openDb(connectionOf(target))
  await migrate(again.pool, () => Promise.reject(new Error('nothing is pending')))
  await again.close()

  const file = path.join(made.folder, 'base.dump')
  const content = readFileSync(file)
  content[content.length - 100] = (content.at(-100) ?? 0) ^ 1
  writeFileSync(file, content)
  expect(await into(await newDatabase())).toContain('a été altérée')
})

test('pg_dump says why it failed, and nothing bears the name of a backup', async () => {
  const tools = path.join(folder, 'failing')
  mkdirSync(tools)
  const script =
    '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump 99" && exit 0\necho "disk full" >&2\nexit 1\n'
  writeFileSync(path.join(tools, 'pg_dump'), script, { mode: 0o700 })
  const config = settingsOf(path.join(folder, 'failed'), { DATABASE_URL: databaseUrl, PREAU_PG_BIN: tools })
  expect(await backUpOr(config)).toBe('pg_dump a échoué\u00A0:\ndisk full')
  expect(readdirSync(path.join(config.dataDir, 'sauvegardes'))).toEqual([])
})
