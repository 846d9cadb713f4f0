import { type Instant, later, MINUTE_MS } from '../../kernel/dates.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import { type Result, fail, ok } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db.ts'
import { recordRefusal } from './sending-store.ts'
import { findFate, isAtBank, lockRefund } from './store.ts'

/** A question asked since may still be on its way. */
const PAUSE_MS = MINUTE_MS

/**
 * A person saw in the bank's own space that nothing was paid: the bank is not asked for this refund any
 * more, and a transfer may pay it. Not within a minute of a question: `just-asked`. Money that the bank
 * gives back all the same settles it, or is booked as found once a transfer did.
 */
export async function giveUpSending(
  tx: Tx,
  organisationId: OrganisationId,
  refundId: string,
  reason: string,
  now: Instant,
): Promise<Result<'given-up', 'not-at-the-bank' | 'just-asked'>> {
  const refund = await lockRefund(tx, organisationId, refundId)
  if (!refund || !(await isAtBank(tx, organisationId, refundId))) return fail('not-at-the-bank')
  const { sentAt } = await findFate(tx, organisationId, refundId)
  if (sentAt !== null && sentAt > later(now, -PAUSE_MS)) return fail('just-asked')
  await recordRefusal(tx, organisationId, refundId, { kind: 'given_up', code: reason }, now)
  return ok('given-up')
}
