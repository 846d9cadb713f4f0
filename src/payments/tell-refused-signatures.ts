import type { Instant } from '../kernel/dates.ts'
import type { Db } from '../platform/db.ts'
import { reopenTask } from '../tasks/open-task.ts'
import type { Shops } from './shops.ts'

/**
 * Tells staff of notifications whose signature was wrong, with their number: nobody's write but this
 * one, once a minute at most, however many came (F31). What cannot be written waits for the next.
 */
export async function tellRefusedSignatures(db: Db, shops: Shops, now: Instant): Promise<void> {
  const refused = shops.takeRefused()
  if (refused.length === 0) return
  try {
    await db.transaction(async (tx) => {
      for (const { contract, count } of refused) {
        const { organisationId, id, shopNumber } = contract
        const task = { kind: 'bad-signatures', shopNumber, count } as const
        await reopenTask(tx, organisationId, { contractId: id }, `bad-signatures ${id}`, task, now)
      }
    })
  } catch (error) {
    for (const { contract, count } of refused) shops.countRefused(contract, count)
    throw error
  }
}
