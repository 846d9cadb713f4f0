// What became of the transfers that a file carried: the bank's statement says it, or a person does.
import { assert } from '../kernel/assert.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Cents, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { returnRefund } from '../payments/refunds/return-refund.ts'
import { refuseRefund, settleRefund } from '../payments/refunds/settle-refund.ts'
import type { Tx } from '../platform/db.ts'
import { openTask } from '../tasks/open-task.ts'
import { type FileLine, listNamed, type Outcome } from './file-store.ts'

/** A debit or a return, as the bank's statement tells it. */
export type StatementLine = {
  /** Every reference that the line bears: end-to-end, payment information, message. */
  readonly references: readonly string[]
  readonly amount: Cents
  readonly bookedOn: Day
  /** The bank's code of a return, or its words. */
  readonly reason: string
}

/**
 * Books the debit of transfers that we sent, once: each refund is then paid. A line that names one of
 * ours for another amount, or one that was given back meanwhile, is for a person. Gives whether the
 * line is about one of ours.
 */
export async function bookDebit(
  tx: Tx,
  organisationId: OrganisationId,
  line: StatementLine,
  now: Instant,
  actor: string,
): Promise<boolean> {
  const named = await listNamed(tx, organisationId, line.references)
  const exact = named.filter(({ isWhole }) => !isWhole)
  const mine = exact.length > 0 ? exact : named
  if (mine.length === 0) return false
  if (sum(mine.map(({ amount }) => amount)) !== line.amount) {
    await wonder(tx, organisationId, mine, line, now)
    return true
  }
  for (const one of mine) if (!one.isExecuted) await execute(tx, organisationId, one, line, now, actor)
  return true
}

async function execute(
  tx: Tx,
  organisationId: OrganisationId,
  { refundId, unitId, endToEnd, amount }: FileLine,
  line: StatementLine,
  now: Instant,
  actor: string,
): Promise<void> {
  const paid = { organisationId, refundId, by: 'transfer', reference: endToEnd, amount } as const
  const settled = await settleRefund(tx, { ...paid, paidOn: line.bookedOn }, now, actor)
  if (!settled.ok) return wonder(tx, organisationId, [{ endToEnd, unitId }], line, now)
  await keep(tx, organisationId, refundId, 'executed', line, now, actor)
}

/** Money left that we cannot place: told once per transfer. */
async function wonder(
  tx: Tx,
  organisationId: OrganisationId,
  named: readonly Pick<FileLine, 'endToEnd' | 'unitId'>[],
  line: StatementLine,
  now: Instant,
): Promise<void> {
  const [first] = named
  const reference = first?.endToEnd ?? ''
  const task = { kind: 'payout-unexpected', amountCents: line.amount, reference } as const
  const place = first ? { unitId: first.unitId } : 'organisation'
  await openTask(tx, organisationId, place, `payout-unexpected ${reference} ${line.amount}`, task, now)
}

/**
 * Books a transfer of ours that came back, once: the money is the family's credit again, with a task,
 * since somebody must ask the family for another account. One whose debit was not read yet is first
 * booked as executed. Gives whether the line is about one of ours.
 */
export async function bookReturn(
  tx: Tx,
  organisationId: OrganisationId,
  line: StatementLine,
  now: Instant,
  actor: string,
): Promise<boolean> {
  const named = await listNamed(tx, organisationId, line.references)
  const one = named.find(({ isWhole, amount }) => !isWhole && amount === line.amount)
  if (!one) return false
  if (one.isReturned || one.isRejected) return true
  const { refundId, endToEnd } = one
  if (!one.isExecuted) await execute(tx, organisationId, one, line, now, actor)
  await keep(tx, organisationId, refundId, 'returned', line, now, actor)
  const reason = line.reason === '' ? endToEnd : line.reason
  const back = await returnRefund(
    tx,
    { organisationId, refundId, reason, returnedOn: line.bookedOn },
    now,
    actor,
  )
  if (!back.ok) await wonder(tx, organisationId, [one], line, now)
  else await tell(tx, organisationId, one, reason, now)
  return true
}

export type RejectFailure = 'unknown-transfer' | 'ended-before'

/**
 * The bank refused a transfer before it executed it, says a person: nothing left, the money is the
 * family's credit again, and another refund may be prepared.
 */
export async function rejectTransfer(
  tx: Tx,
  rejected: { readonly organisationId: OrganisationId; readonly endToEnd: string; readonly reason: string },
  on: Day,
  now: Instant,
  actor: string,
): Promise<Result<{ refundId: string; amount: Cents }, RejectFailure>> {
  const { organisationId, endToEnd, reason } = rejected
  const [one] = await listNamed(tx, organisationId, [endToEnd])
  if (!one || one.isWhole) return fail('unknown-transfer')
  const { refundId, amount } = one
  const refused = await refuseRefund(tx, { organisationId, refundId, reason }, now, actor)
  if (!refused.ok) return fail('ended-before')
  await keep(tx, organisationId, refundId, 'rejected', { reason, bookedOn: on }, now, actor)
  await tell(tx, organisationId, one, reason, now)
  return ok({ refundId, amount })
}

const tell = (
  tx: Tx,
  organisationId: OrganisationId,
  { unitId, endToEnd: reference, amount: amountCents }: FileLine,
  reason: string,
  now: Instant,
): Promise<unknown> =>
  openTask(
    tx,
    organisationId,
    { unitId },
    `payout-returned ${reference}`,
    { kind: 'payout-returned', amountCents, reference, reason },
    now,
  )

async function keep(
  tx: Tx,
  organisationId: OrganisationId,
  refundId: string,
  outcome: Exclude<Outcome, 'sent'>,
  { reason, bookedOn }: Pick<StatementLine, 'reason' | 'bookedOn'>,
  now: Instant,
  actor: string,
): Promise<void> {
  const kept = await tx
    .insertInto('transfer_outcome')
    .values({
      organisation_id: organisationId,
      refund_id: refundId,
      outcome,
      happened_on: bookedOn,
      reason,
      told_by: actor,
      told_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('outcome')
    .executeTakeFirst()
  assert(kept, `the transfer of ${refundId} was ${outcome} before`)
}
