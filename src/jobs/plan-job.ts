import type { Instant } from '../kernel/dates.ts'
import { sql, type Tx } from '../platform/db.ts'
import type { Job } from './job.ts'

/** Sixteen tries, ever further apart: graphile-worker's e^n seconds, about ten days in all. */
const MAX_ATTEMPTS = 16

/**
 * Plans a job in the transaction of what it follows: it exists if and only if that commits.
 * `key` makes a second plan of the same work replace the first; `runAt` delays it.
 */
export async function planJob(
  tx: Tx,
  job: Job,
  options: { key?: string; runAt?: Instant } = {},
): Promise<void> {
  const { name, ...payload } = job
  await sql`select graphile_worker.add_job(
    ${name}::text, ${JSON.stringify(payload)}::json,
    run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${MAX_ATTEMPTS}::integer,
    job_key => ${options.key ?? null}::text)`.execute(tx)
}
