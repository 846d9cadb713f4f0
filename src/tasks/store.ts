// Tasks, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId, TaskId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'

export type OpenTask = {
  readonly id: TaskId
  readonly kind: string
  readonly details: { readonly [name: string]: unknown }
  readonly since: Instant
  /** Put off until then; null when it was not. */
  readonly notBefore: Instant | null
  /** Why it was put off. */
  readonly note: string | null
  /** The units it is about; none: the whole organisation. */
  readonly unitIds: readonly BillingUnitId[]
}

/** The columns of an open task, read from `task t`. */
export const OPEN_TASK = sql`t.id, t.kind, t.details, t.created_at as since, t.not_before as "notBefore",
  t.note, array(select w.billing_unit_id from task_unit w
    where w.organisation_id = t.organisation_id and w.task_id = t.id) as "unitIds"`
/** The tasks nobody has done yet, those put off included, oldest first. */
export const listOpenTasks = (read: Read, organisationId: OrganisationId): Promise<OpenTask[]> =>
  rows(
    read,
    sql<OpenTask>`select ${OPEN_TASK} from task t
      where t.organisation_id = ${organisationId} and t.done_at is null order by t.created_at, t.id`,
  )

/** One task, and whether it is done already. */
export const findTask = (
  read: Read,
  organisationId: OrganisationId,
  id: TaskId,
): Promise<(OpenTask & { readonly isDone: boolean }) | undefined> =>
  row(
    read,
    sql<OpenTask & { isDone: boolean }>`select ${OPEN_TASK}, t.done_at is not null as "isDone" from task t
      where t.organisation_id = ${organisationId} and t.id = ${id}`,
  )

/** Marks a task as done, by whom and why; false when there is no such open task. */
export async function finishTask(
  tx: Tx,
  organisationId: OrganisationId,
  id: TaskId,
  done: { readonly by: string; readonly note: string | null },
  now: Instant,
): Promise<boolean> {
  const updated = await tx
    .updateTable('task')
    .set({ done_at: now, done_by: done.by, note: done.note })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}

/** Puts a task off until a moment, with a reason; false when there is no such open task. */
export async function postponeTask(
  tx: Tx,
  organisationId: OrganisationId,
  id: TaskId,
  until: Instant,
  note: string,
): Promise<boolean> {
  const updated = await tx
    .updateTable('task')
    .set({ not_before: until, note })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}
