import type { Db } from './db.ts'

/**
 * Runs the work unless another machine is at it, which gives undefined. The lock is a session's: it
 * goes with the connection, so that a process that dies holds nobody up.
 */
export async function runAlone<T>(db: Db, lock: number, work: () => Promise<T>): Promise<T | undefined> {
  const client = await db.pool.connect()
  try {
    const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      lock,
    ])
    if (rows[0]?.alone !== true) return undefined
    try {
      return await work()
    } finally {
      // Asked for, since a server takes a moment to notice that a connection went.
      await client.query('select pg_advisory_unlock($1)', [lock])
    }
  } finally {
    client.release(true)
  }
}
