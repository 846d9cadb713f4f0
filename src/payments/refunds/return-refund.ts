import { assert } from '../../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../../kernel/dates.ts'
import type { EntryId, OrganisationId } from '../../kernel/ids.ts'
import { negate } from '../../kernel/money.ts'
import { type Result, fail, ok } from '../../kernel/result.ts'
import { applyCredit } from '../../billing/apply-credit.ts'
import { postEntry } from '../../ledger/post-entry.ts'
import { reverseEntry } from '../../ledger/reverse-entry.ts'
import type { Tx } from '../../platform/db.ts'
import { lockRefund } from './store.ts'

/**
 * Books that a transfer which paid a refund came back: the money is in the account again and is the
 * family's credit again, by the mirrors of the two entries that had taken it there. The refund ends as
 * refused, so that the payment may be refunded anew. Only what a transfer paid can come back.
 */
export async function returnRefund(
  tx: Tx,
  returned: {
    readonly organisationId: OrganisationId
    readonly refundId: string
    readonly reason: string
    readonly returnedOn: Day
  },
  now: Instant,
  actor: string,
): Promise<Result<undefined, 'unknown-refund' | 'not-paid-by-transfer'>> {
  const { organisationId, refundId, reason, returnedOn } = returned
  const refund = await lockRefund(tx, organisationId, refundId)
  if (!refund) return fail('unknown-refund')
  const { settlementKey, billingUnitId, familyId, amount } = refund
  if (refund.state !== 'paid' || !settlementKey?.startsWith('transfer ')) return fail('not-paid-by-transfer')
  const paid = await tx
    .selectFrom('entry')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('billing_unit_id', '=', billingUnitId)
    .where('kind', '=', 'refund_paid')
    .where('source_key', '=', settlementKey)
    .executeTakeFirstOrThrow()
  const back = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'reversal',
    sourceKey: paid.id,
    fact: `${paid.id} ${reason}`,
    accountingOn: parisDay(now),
    valueOn: returnedOn,
    bookedAt: now,
    actor,
    reverses: paid.id as EntryId,
    reason,
    postings: [
      { account: { kind: 'bank' }, cents: amount },
      { account: { kind: 'refund_payable' }, cents: negate(amount) },
    ],
  })
  assert(back.ok && back.value.booked, `the transfer of ${refundId} came back before`)
  const { entryId } = refund
  const undone = await reverseEntry(tx, { organisationId, entryId, kind: 'reversal', reason, actor }, now)
  assert(undone.ok, `the refund ${refundId} was undone before it was paid`)
  await tx
    .updateTable('refund')
    .set({ state: 'refused', settlement_key: null, state_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', refundId)
    .execute()
  await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return ok(undefined)
}
