import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { sql, type Tx } from '../platform/db.ts'
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

/**
 * Opens a task, or opens it again when somebody had marked it done and the same happens once more.
 * While it is open its `count`, if it has one, adds up; nothing else of it changes.
 */
export async function reopenTask(
  tx: Tx,
  organisationId: OrganisationId,
  key: string,
  task: TaskPlan,
  now: Instant,
): Promise<void> {
  const { kind, ...details } = task
  await sql`insert into task (organisation_id, id, task_key, kind, details, created_at)
    values (${organisationId}, ${newId<'task'>(now)}, ${key}, ${kind}, ${JSON.stringify(details)}, ${now})
    on conflict (organisation_id, task_key) do update set
      done_at = null,
      done_by = null,
      note = case when task.done_at is null then task.note end,
      not_before = case when task.done_at is null then task.not_before end,
      created_at = case when task.done_at is null then task.created_at else excluded.created_at end,
      details = case when task.done_at is null
        then task.details || jsonb_build_object('count',
          (task.details ->> 'count')::bigint + (excluded.details ->> 'count')::bigint)
        else excluded.details end
    where task.done_at is not null or task.details ? 'count'`.execute(tx)
}
