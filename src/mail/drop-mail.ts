import { dropJob } from '../jobs/drop-job.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'

/** Takes back a planned mail that has not left, and its job; false when it left, or never was. */
export async function dropMail(tx: Tx, organisationId: OrganisationId, key: string): Promise<boolean> {
  const dropped = await tx
    .deleteFrom('mail')
    .where('organisation_id', '=', organisationId)
    .where('plan_key', '=', key)
    .where('sent_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!dropped) return false
  await dropJob(tx, dropped.id)
  return true
}
