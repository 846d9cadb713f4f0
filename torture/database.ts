// The torture's own PostgreSQL: a server whose files are its own, that crashes when told and returns.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as pg from 'pg'
import type { ConnectionSettings } from '../src/platform/db.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

export type TortureDatabase = {
  readonly connection: ConnectionSettings
  /** As DATABASE_URL says it. */
  readonly url: string
  /** The rows of a question, asked again for as long as the server is away. */
  readonly ask: <T extends object>(text: string, values?: readonly unknown[]) => Promise<T[]>
  /** Ends that share of the connections of others; gives how many. */
  readonly cut: (share: number) => Promise<number>
  /** Ends the server as a power cut would, and starts it again: it recovers from its journal. */
  readonly crash: () => Promise<void>
  readonly stop: () => Promise<void>
}

const OWN_NAME = 'torture'
const PATIENCE_MS = 60_000

/** Starts a server in this folder, with what is safe in production: every commit reaches the disk. */
export async function startDatabase(folder: string): Promise<TortureDatabase> {
  const data = path.join(folder, 'pg')
  const bin = process.env['PREAU_PG_BIN']
  const start = () => startEmbeddedPostgres(data, { bin })
  let server: EmbeddedPostgres = await start()
  const { connection } = server
  let pool = openPool(connection)

  const ask = async <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> => {
    const deadline = performance.now() + PATIENCE_MS
    for (;;)
      try {
        return (await pool.query<T>(text, [...values])).rows
      } catch (error) {
        if (!isAway(error) || performance.now() > deadline) throw error
        await sleep(100)
      }
  }
  return {
    connection,
    url: `postgres://${connection.user}@localhost/${connection.database}?host=${encodeURIComponent(connection.host ?? '')}`,
    ask,
    cut: async (share) => {
      const cut = await ask<{ done: boolean }>(
        `select pg_terminate_backend(pid) as done from (
           select pid from pg_stat_activity
           where datname = current_database() and application_name <> $1 and pid <> pg_backend_pid()
           order by pid limit (select ceil(count(*) * $2::float8) from pg_stat_activity
             where datname = current_database() and application_name <> $1)) open`,
        [OWN_NAME, share],
      )
      return cut.filter((one) => one.done).length
    },
    crash: async () => {
      const [pid = ''] = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
      const broken = pool
      server = await start()
      pool = openPool(connection)
      await broken.end()
    },
    stop: async () => {
      await pool.end()
      await server.stop()
    },
  }
}

function openPool(connection: ConnectionSettings): pg.Pool {
  const pool = new pg.Pool({ ...connection, max: 3, application_name: OWN_NAME })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A server that is starting, ending or gone; any other error is an answer. */
function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return (
    /^(?:08|57P)|^ECONN|^ENOENT|^EPIPE/.test(code) ||
    (error instanceof Error && /Connection terminated|Client has encountered|ended/.test(error.message))
  )
}
