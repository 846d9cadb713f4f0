import { sql, type Tx } from '../platform/db.ts'

/** Takes back the job planned under this key; one that runs already is not tried again. */
export async function dropJob(tx: Tx, key: string): Promise<void> {
  await sql`select graphile_worker.remove_job(${key}::text)`.execute(tx)
}
