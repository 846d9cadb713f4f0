import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { TaskPlan } from './task.ts'

/** Opens a task once per key, in the transaction of what it is about. */
export async function openTask(
  tx: Tx,
  organisationId: OrganisationId,
  key: string,
  task: TaskPlan,
  now: Instant,
): Promise<void> {
  const { kind, ...details } = task
  await tx
    .insertInto('task')
    .values({
      organisation_id: organisationId,
      id: newId<'task'>(now),
      task_key: key,
      kind,
      details: JSON.stringify(details),
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'task_key']).doNothing())
    .execute()
}
