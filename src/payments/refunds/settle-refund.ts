import { assert } from '../../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../../kernel/dates.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import { type Cents, negate } from '../../kernel/money.ts'
import { type Result, fail, ok } from '../../kernel/result.ts'
import { applyCredit } from '../../billing/apply-credit.ts'
import { postEntry } from '../../ledger/post-entry.ts'
import { reverseEntry } from '../../ledger/reverse-entry.ts'
import type { Tx } from '../../platform/db.ts'
import { recordRefusal } from './sending-store.ts'
import { findRefundPaidBy, getPaymentEntry, isAtBank, lockRefund } from './store.ts'
import { refundTexts } from './texts.ts'

type Settlement = {
  readonly organisationId: OrganisationId
  readonly refundId: string
  /** The bank's own transaction of the credit, or a transfer made by the association (F62). */
  readonly by: 'bank' | 'transfer'
  readonly reference: string
  readonly amount: Cents
  readonly paidOn: Day
}

type SettleFailure =
  | 'unknown-refund'
  | 'refused-before'
  | 'already-settled'
  | 'amount-mismatch'
  | 'exists-with-other-content'
  | 'at-the-bank'

/**
 * Books that a refund was paid, once: the same transaction told again changes nothing, another one for
 * a refund already paid is `already-settled`, the transaction of another refund is refused too. While the
 * bank may be paying it no transfer does: `at-the-bank`.
 */
export async function settleRefund(
  tx: Tx,
  settlement: Settlement,
  now: Instant,
  actor: string,
): Promise<Result<{ settled: boolean }, SettleFailure>> {
  const { organisationId, refundId, by, reference, amount } = settlement
  const refund = await lockRefund(tx, organisationId, refundId)
  if (!refund) return fail('unknown-refund')
  if (refund.state === 'refused') return fail('refused-before')
  if (refund.amount !== amount) return fail('amount-mismatch')
  const settlementKey = `${by} ${reference}`
  if (refund.state === 'paid')
    return refund.settlementKey === settlementKey ? ok({ settled: false }) : fail('already-settled')
  if (by === 'transfer' && (await isAtBank(tx, organisationId, refundId))) return fail('at-the-bank')
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId: refund.billingUnitId,
    kind: 'refund_paid',
    sourceKey: settlementKey,
    fact: `${refundId} ${amount}`,
    accountingOn: parisDay(now),
    valueOn: settlement.paidOn,
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: 'refund_payable' }, cents: amount },
      { account: { kind: by === 'bank' ? 'clearing' : 'bank' }, cents: negate(amount) },
    ],
  })
  if (!booked.ok) return booked
  await tx
    .updateTable('refund')
    .set({ state: 'paid', settlement_key: settlementKey, state_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', refundId)
    .execute()
  return ok({ settled: true })
}

/**
 * The bank gave back to us what it had paid of a refund: the mirror of that payment is booked, and the
 * money is owed to the family again, to be paid by a transfer. False when no refund asked here was paid
 * by this transaction of the bank.
 */
export async function unpayRefund(
  tx: Tx,
  organisationId: OrganisationId,
  bankTransaction: string,
  now: Instant,
): Promise<boolean> {
  const refundId = await findRefundPaidBy(tx, organisationId, bankTransaction)
  const refund = refundId && (await lockRefund(tx, organisationId, refundId))
  if (!refund || refund.state !== 'paid') return false
  const entryId = await getPaymentEntry(tx, organisationId, `bank ${bankTransaction}`)
  const undoing = {
    organisationId,
    entryId,
    kind: 'reversal',
    reason: refundTexts.failed,
    actor: 'banque',
  } as const
  const undone = await reverseEntry(tx, undoing, now)
  assert(undone.ok, `refund ${refund.id} was unpaid before`)
  await recordRefusal(tx, organisationId, refund.id, { kind: 'failed', code: bankTransaction }, now)
  await tx
    .updateTable('refund')
    .set({ state: 'requested', settlement_key: null, state_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', refund.id)
    .execute()
  return true
}

type RefuseFailure = 'unknown-refund' | 'already-settled' | 'refused-before' | 'at-the-bank'

/**
 * Gives a refund up before it is paid: its mirror is booked, the money is the family's credit again.
 * Not while the bank may be paying it: `at-the-bank`.
 */
export async function refuseRefund(
  tx: Tx,
  refused: { readonly organisationId: OrganisationId; readonly refundId: string; readonly reason: string },
  now: Instant,
  actor: string,
): Promise<
  Result<{ refundId: string }, RefuseFailure | 'not-reversible' | 'already-reversed' | 'credit-spent'>
> {
  const { organisationId, refundId, reason } = refused
  const refund = await lockRefund(tx, organisationId, refundId)
  if (!refund) return fail('unknown-refund')
  if (refund.state === 'paid') return fail('already-settled')
  if (refund.state === 'refused') return fail('refused-before')
  if (await isAtBank(tx, organisationId, refundId)) return fail('at-the-bank')
  const { entryId, billingUnitId, familyId } = refund
  const undone = await reverseEntry(tx, { organisationId, entryId, kind: 'reversal', reason, actor }, now)
  if (!undone.ok) return undone
  await tx
    .updateTable('refund')
    .set({ state: 'refused', state_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', refundId)
    .execute()
  await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return ok({ refundId })
}
