import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { projectFile } from './files.ts'

/** One lock for every process that migrates: the others wait their turn. */
const MIGRATION_LOCK = 2012_0316

/**
 * Runs the numbered files of db/migrations that this database has not seen, each in its own
 * transaction, forward only. A file that was changed after it ran is refused.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const folder = projectFile('db/migrations')
  const files = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).toSorted()
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('set lock_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, run_at timestamptz not null default now())',
    )
    const done = new Map<string, string>()
    const seen = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
    for (const one of seen.rows) done.set(one.name, one.sha256)
    for (const name of files) {
      const text = await readFile(path.join(folder, name), 'utf8')
      const checksum = createHash('sha256').update(text).digest('hex')
      const known = done.get(name)
      if (known === checksum) continue
      if (known !== undefined) throw new Error(`La migration ${name} a changé après avoir été appliquée.`)
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
