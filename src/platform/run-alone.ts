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
    return rows[0]?.alone ? await work() : undefined
  } finally {
    client.release(true)
  }
}
