import { assert } from '../kernel/assert.ts'
import { DAY_MS, type Instant, later } from '../kernel/dates.ts'
import type { AttemptId, OrganisationId } from '../kernel/ids.ts'
import { type Db, rows, sql } from '../platform/db.ts'
import { SILENCE_RUNG } from './chase-ladder.ts'
import { type AttemptState, LONG_SILENCE_MS, SILENCE_MS, nextState } from './payment.ts'
import { saveState } from './store.ts'

const BATCH = 100

/** A bank that has not answered for so long holds nobody's invoices any longer. */
const BANK_SILENCE_MS = DAY_MS

/**
 * Attempts silent for 30 minutes expire and free their invoices. Gives how many. Safe to run twice.
 * The bank is asked first: an attempt at the bank expires only once the 30-minute rung of its last
 * sending was answered without money, or when its shop cannot be asked at all. A bank that fails to
 * answer holds the invoices for 24 hours and no longer: until then a second payment could be a
 * double one, and the family may drop the attempt itself; after that, a family that cannot pay
 * weighs more, and a late acceptance is booked all the same. What the bank said it would tell later
 * is waited for thirty days.
 */
export async function expireAttempts(db: Db, now: Instant): Promise<number> {
  let expired = 0
  for (;;) {
    const count = await db.transaction(async (tx) => {
      const silent = await rows<{ organisationId: OrganisationId; id: AttemptId; state: AttemptState }>(
        tx,
        sql`select organisation_id as "organisationId", id, state from payment_attempt
          where state in ('created', 'redirected', 'awaited') and state_at <= ${later(now, -SILENCE_MS)}
            and (state <> 'awaited' or state_at <= ${later(now, -LONG_SILENCE_MS)})
            and (state <> 'redirected' or state_at <= ${later(now, -BANK_SILENCE_MS)}
              or not exists (select from bank_contract c where c.organisation_id = payment_attempt.organisation_id
                and c.id = payment_attempt.contract_id and c.askable)
              or exists (select from enquiry e where e.organisation_id = payment_attempt.organisation_id
                and e.attempt_id = payment_attempt.id and e.rung >= ${SILENCE_RUNG} and e.outcome <> 'skipped'
                and e.sending = (select max(s.number) from attempt_sending s
                  where s.organisation_id = e.organisation_id and s.attempt_id = e.attempt_id)))
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
