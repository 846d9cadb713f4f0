import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { projectFile } from './files.ts'

/** One lock for every process that migrates: the others wait their turn. */
const MIGRATION_LOCK = 2012_0316

/** The numbered files of db/migrations, in order. */
export async function listMigrations(): Promise<string[]> {
  const names = await readdir(projectFile('db/migrations'))
  return names.filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).toSorted()
}

/**
 * Runs the files that this database has not seen, each in its own transaction, forward only. A file
 * that was changed after it ran is refused. When files are pending on a database that has seen
 * others, `beforeUpgrade` comes first, under the same lock: what it throws leaves all as it was.
 */
export async function migrate(
  pool: pg.Pool,
  beforeUpgrade: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('set lock_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, run_at timestamptz not null default now())',
    )
    const { pending, isFresh } = await pendingMigrations(client)
    if (pending.length > 0 && !isFresh) await beforeUpgrade()
    for (const { name, text, checksum } of pending) {
      await client.query('begin')
      try {
        await client.query(text)
        await client.query('insert into migration (name, sha256) values ($1, $2)', [name, checksum])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    }
  } finally {
    // The session's settings and the lock go with the connection.
    client.release(true)
  }
}

type Migration = { readonly name: string; readonly text: string; readonly checksum: string }

/** What this database has not seen, and whether it has seen nothing at all. */
async function pendingMigrations(client: pg.ClientBase): Promise<{ pending: Migration[]; isFresh: boolean }> {
  const seen = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
  const done = new Map(seen.rows.map((one) => [one.name, one.sha256]))
  const pending: Migration[] = []
  for (const name of await listMigrations()) {
    const text = await readFile(path.join(projectFile('db/migrations'), name), 'utf8')
    const checksum = createHash('sha256').update(text).digest('hex')
    const known = done.get(name)
    if (known === undefined) pending.push({ name, text, checksum })
    else if (known !== checksum) throw new Error(`La migration ${name} a changé après avoir été appliquée.`)
  }
  return { pending, isFresh: done.size === 0 }
}
