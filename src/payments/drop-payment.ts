import { type Result, fail, ok } from '../kernel/result.ts'
import type { FamilyActor } from '../identity/actor.ts'
import type { Services } from '../platform/services.ts'
import { DROPPED, nextState } from './payment.ts'
import { lockAttemptOf, saveState } from './store.ts'

/**
 * The family drops its attempt: its invoices are free at once. If the bank takes the money all the
 * same, it is booked all the same.
 */
export function dropPayment(
  { db, clock }: Services,
  actor: FamilyActor,
  reference: string,
): Promise<Result<'dropped', 'unknown-payment' | 'too-late'>> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttemptOf(tx, actor.organisationId, actor.familyId, reference)
    if (!attempt) return fail('unknown-payment')
    if (attempt.state === 'abandoned') return ok('dropped')
    const state = nextState(attempt.state, 'abandoned')
    // A debit under way is the bank's: dropped here, the family could pay twice.
    if (state === undefined || attempt.state === 'awaited') return fail('too-late')
    await saveState(tx, attempt, state, clock.now(), DROPPED)
    return ok('dropped')
  })
}
