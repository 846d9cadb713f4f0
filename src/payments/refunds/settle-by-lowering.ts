import { assert } from '../../kernel/assert.ts'
import { type Instant, parisDay } from '../../kernel/dates.ts'
import { type Cents, ZERO, subtract } from '../../kernel/money.ts'
import type { Tx } from '../../platform/db.ts'
import type { Capture } from '../capture.ts'
import { listAskedRefunds } from './store.ts'
import { settleRefund } from './settle-refund.ts'

/**
 * Settles what was asked of a capture that the bank lowered by so much, before it collected: the refund
 * of that very amount, those at the bank first; when nothing is left to collect, all of them, since no
 * other way is left. Gives what they come to, never more than `lowered`. The caller holds the capture's lock.
 */
export async function settleByLowering(
  tx: Tx,
  { organisationId, id, bankTransaction }: Capture,
  lowered: Cents,
  left: Cents,
  now: Instant,
): Promise<Cents> {
  const asked = await listAskedRefunds(tx, organisationId, id)
  const exact = asked.find((refund) => refund.amount === lowered)
  let rest = lowered
  for (const { refundId, amount } of exact ? [exact] : left === ZERO ? asked : []) {
    if (amount > rest) continue
    const reference = `${bankTransaction} ${left} ${refundId}`
    const paid = { organisationId, refundId, by: 'bank', reference, amount, paidOn: parisDay(now) } as const
    const settled = await settleRefund(tx, paid, now, 'banque')
    assert(settled.ok && settled.value.settled, `refund ${refundId} was settled before`)
    rest = subtract(rest, amount)
  }
  return subtract(lowered, rest)
}
