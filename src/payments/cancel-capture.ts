import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { EntryId } from '../kernel/ids.ts'
import { type Cents, ZERO, subtract, sum } from '../kernel/money.ts'
import { listPayerAddresses } from '../billing/store.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Tx } from '../platform/db.ts'
import { openTask } from '../tasks/open-task.ts'
import type { Capture } from './capture.ts'
import { findCaptureId, lockCapture, wasBroughtTo } from './capture-store.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import { settleByLowering } from './refunds/settle-by-lowering.ts'
import { takeBackCapture } from './take-back.ts'

/**
 * Books that the bank brought down what it had announced, to nothing (cancelled, or never collected)
 * or to less (F41 to F43). Before it collects, that is how it gives money back: a refund asked here of
 * that amount is settled by it (F48). For the rest, what the payment settled is due again, with a task;
 * the attempt stays captured. Once per amount left. An amount above what is left is no taking back:
 * `contradicted`.
 * Example: 31,00 € booked; `left` 20,00 € takes back 11,00 €; then nothing, 20,00 €.
 */
export async function cancelCapture(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  left: Cents,
  now: Instant,
): Promise<'booked' | 'repeated' | 'contradicted'> {
  const { organisationId } = contract
  const id = await findCaptureId(tx, organisationId, contract.id, fact.bankTransaction)
  assert(id !== undefined, `transaction ${fact.bankTransaction} was never booked`)
  const capture = present(await lockCapture(tx, organisationId, id), `no capture ${id}`)
  if (await wasBroughtTo(tx, capture, left)) return 'repeated'
  const lowered = subtract(capture.amount, sum([capture.cancelled, capture.uncollected, left]))
  if (lowered <= ZERO) return 'contradicted'
  const refunded = await settleByLowering(tx, capture, lowered, left, now)
  const amount = subtract(lowered, refunded)
  const cancellation = {
    organisation_id: organisationId,
    capture_id: capture.id,
    left_cents: left,
    amount_cents: amount,
    refunded_cents: refunded,
  }
  if (amount === ZERO) {
    await tx
      .insertInto('capture_cancellation')
      .values({ ...cancellation, entry_id: null })
      .execute()
    return 'booked'
  }
  const { entryId, uncovered } = await takeBackCapture(
    tx,
    capture,
    {
      kind: 'cancellation',
      sourceKey: `${contract.id} ${fact.bankTransaction} ${left}`,
      amount,
      from: 'clearing',
      // The day we learn it: the bank dates it as the payment itself, and past statements stand.
      valueOn: parisDay(now),
      actor: 'banque',
    },
    now,
  )
  await tx
    .insertInto('capture_cancellation')
    .values({ ...cancellation, entry_id: entryId })
    .execute()
  const { reference, bankTransaction } = fact
  await openTask(
    tx,
    organisationId,
    { unitId: capture.billingUnitId },
    `taken-back ${contract.id} ${bankTransaction} ${left}`,
    { kind: 'taken-back', amountCents: amount, uncoveredCents: uncovered, reference, bankTransaction },
    now,
  )
  await tellFamily(tx, capture, entryId, now)
  return 'booked'
}

/** Each payer of the family hears of it once, without waiting for the service (F43). */
async function tellFamily(
  tx: Tx,
  { organisationId, familyId }: Capture,
  entryId: EntryId,
  now: Instant,
): Promise<void> {
  if (familyId === null) return
  for (const { id, email } of await listPayerAddresses(tx, organisationId, familyId)) {
    const plan = { kind: 'taken-back', entryId } as const
    await planMail(tx, organisationId, { key: `taken-back ${entryId} ${id}`, recipient: email, plan }, now)
  }
}
