import { assert } from '../kernel/assert.ts'
import { type Instant, later } from '../kernel/dates.ts'
import type { AttemptId, OrganisationId } from '../kernel/ids.ts'
import { type Db, rows, sql } from '../platform/db.ts'
import { type AttemptState, SILENCE_MS, nextState } from './payment.ts'
import { saveState } from './store.ts'

const BATCH = 100

/** Attempts silent for 30 minutes expire and free their invoices. Gives how many. Safe to run twice. */
export async function expireAttempts(db: Db, now: Instant): Promise<number> {
  let expired = 0
  for (;;) {
    const count = await db.transaction(async (tx) => {
      const silent = await rows<{ organisationId: OrganisationId; id: AttemptId; state: AttemptState }>(
        tx,
        sql`select organisation_id as "organisationId", id, state from payment_attempt
          where state in ('created', 'redirected') and state_at <= ${later(now, -SILENCE_MS)}
          order by state_at limit ${BATCH} for update skip locked`,
      )
      for (const attempt of silent) {
        const state = nextState(attempt.state, 'silent')
        assert(state, `a silent attempt stays ${attempt.state}`)
        await saveState(tx, attempt, state, now)
      }
      return silent.length
    })
    expired += count
    if (count < BATCH) return expired
  }
}
