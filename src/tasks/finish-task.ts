import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'

/** Takes a task off the list, by its key, in the transaction of what settles it. */
export async function finishTask(
  tx: Tx,
  organisationId: OrganisationId,
  key: string,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('task')
    .set({ done_at: now })
    .where('organisation_id', '=', organisationId)
    .where('task_key', '=', key)
    .where('done_at', 'is', null)
    .execute()
}
