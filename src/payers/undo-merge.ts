import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import { negate } from '../kernel/money.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { postEntry } from '../ledger/post-entry.ts'
import type { Tx } from '../platform/db.ts'
import type { Author } from '../staff/record-act.ts'
import { recordMerge } from './merge-families.ts'
import { hasMoved, listTransfers, lockFamilies, lockMerge, pointTo } from './merge-store.ts'
import { moveBack } from './move-household.ts'

export type UndoFailure =
  | 'unknown'
  | 'already-undone'
  /** Money moved since, or a payment began: nobody could tell whose it is. */
  | 'depended-on'

/**
 * Undoes a merge while nothing depends on it: the credit goes back by the mirror of each entry, people,
 * units and drafts return, and the closed file stands alone again.
 */
export async function undoMerge(
  tx: Tx,
  author: Author,
  mergeId: string,
  reason: string,
  now: Instant,
): Promise<Result<undefined, UndoFailure>> {
  const { organisationId } = author
  const merge = await lockMerge(tx, organisationId, mergeId)
  if (!merge) return fail('unknown')
  if (merge.undoneAt !== null) return fail('already-undone')
  const { closedId, keptId } = merge
  await lockFamilies(tx, organisationId, [closedId, keptId])
  if (await hasMoved(tx, organisationId, merge)) return fail('depended-on')
  // First: from here on the closed file's credit is its own account again.
  await pointTo(tx, organisationId, closedId, null)
  const on = parisDay(now)
  for (const { id, unitId, cents } of await listTransfers(tx, organisationId, mergeId)) {
    const booked = await postEntry(tx, {
      organisationId,
      billingUnitId: unitId,
      kind: 'reversal',
      sourceKey: id,
      fact: `${id} ${reason}`,
      accountingOn: on,
      valueOn: on,
      bookedAt: now,
      actor: author.name,
      reverses: id,
      reason,
      postings: [
        { account: { kind: 'credit', familyId: keptId }, cents },
        { account: { kind: 'credit', familyId: closedId }, cents: negate(cents) },
      ],
    })
    assert(booked.ok && booked.value.booked, `entry ${id} was undone before`)
  }
  await moveBack(tx, organisationId, keptId, closedId, merge.moved, now)
  await tx
    .updateTable('family_merge')
    .set({ undone_at: now, undone_by: author.name })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', mergeId)
    .execute()
  const closed = { id: closedId, name: merge.closedName }
  await recordMerge(tx, author, 'families.unmerged', closed, { id: keptId, name: merge.keptName }, now)
  return ok(undefined)
}
