import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { sql, type Tx } from '../platform/db.ts'
import type { TaskPlan } from './task.ts'

/** Marks as done the open tasks of these kinds about a transaction of the bank, in the transaction of what settled them. */
export async function finishTasksAbout(
  tx: Tx,
  organisationId: OrganisationId,
  kinds: readonly TaskPlan['kind'][],
  bankTransaction: string,
  now: Instant,
): Promise<void> {
  await sql`update task set done_at = ${now}
    where organisation_id = ${organisationId} and kind = any(${[...kinds]}::text[])
      and details ->> 'bankTransaction' = ${bankTransaction} and done_at is null`.execute(tx)
}
