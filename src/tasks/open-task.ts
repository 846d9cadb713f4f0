import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId, TaskId } from '../kernel/ids.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { TaskPlace, TaskPlan } from './task.ts'

/** Opens a task once per key, at the units of its place, in the transaction of what it is about. */
export async function openTask(
  tx: Tx,
  organisationId: OrganisationId,
  place: TaskPlace,
  key: string,
  task: TaskPlan,
  now: Instant,
): Promise<void> {
  const { kind, ...details } = task
  const id = newId<'task'>(now)
  const opened = await tx
    .insertInto('task')
    .values({
      organisation_id: organisationId,
      id,
      task_key: key,
      kind,
      details: JSON.stringify(details),
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'task_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (opened) await putAt(tx, organisationId, id, place)
}

/**
 * Opens a task, or opens it again when somebody had marked it done and the same happens once more.
 * While it is open its `count`, if it has one, adds up; nothing else of it changes.
 */
export async function reopenTask(
  tx: Tx,
  organisationId: OrganisationId,
  place: TaskPlace,
  key: string,
  task: TaskPlan,
  now: Instant,
): Promise<void> {
  const { kind, ...details } = task
  const opened = await row<{ id: TaskId }>(
    tx,
    sql`insert into task (organisation_id, id, task_key, kind, details, created_at)
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
    where task.done_at is not null or task.details ? 'count'
    returning id`,
  )
  if (opened) await putAt(tx, organisationId, opened.id, place)
}

/** Writes the units of a task's place; those it has already stay. */
async function putAt(tx: Tx, organisationId: OrganisationId, id: TaskId, place: TaskPlace): Promise<void> {
  if (place === 'organisation') return
  const units =
    'familyId' in place
      ? sql`select billing_unit_id from family_unit
          where organisation_id = ${organisationId} and family_id = ${place.familyId}`
      : sql`select id from billing_unit where organisation_id = ${organisationId} and ${
          'unitId' in place
            ? sql`id = ${place.unitId}`
            : 'contractId' in place
              ? sql`contract_id = ${place.contractId}`
              : sql`transfer_iban = ${place.iban}`
        }`
  await sql`insert into task_unit (organisation_id, task_id, billing_unit_id)
    select ${organisationId}, ${id}, unit.id from (${units}) unit (id)
    on conflict do nothing`.execute(tx)
}
