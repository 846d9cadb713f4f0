import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { reverseEntry, type UndoFailure } from '../ledger/reverse-entry.ts'
import type { Tx } from '../platform/db.ts'
import { openTask } from '../tasks/open-task.ts'
import { lockDeskPayments } from './store.ts'

type Undoing = {
  readonly organisationId: OrganisationId
  readonly paymentId: string
  readonly reason: string
}

type Failure = UndoFailure | 'unknown-payment'

/**
 * Undoes a payment recorded by mistake: its mirror is booked, its invoices are due again. A payment
 * that left on a slip is money the bank has: it is not undone, a cheque bounces.
 */
export async function undoDeskPayment(
  tx: Tx,
  { organisationId, paymentId, reason }: Undoing,
  now: Instant,
  actor: string,
): Promise<Result<{ entryId: string }, Failure | 'deposited'>> {
  const [payment] = await lockDeskPayments(tx, organisationId, [paymentId])
  if (!payment) return fail('unknown-payment')
  if (payment.deposited) return fail('deposited')
  const { entryId, billingUnitId, familyId } = payment
  const undone = await reverseEntry(tx, { organisationId, entryId, kind: 'reversal', reason, actor }, now)
  if (!undone.ok) return undone
  await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return ok({ entryId: undone.value.entryId })
}

/**
 * Books that the bank refused a cheque: what it settled is due again, without any fee, and a task
 * tells. It leaves the bank's account when it was deposited, the cheques' else.
 */
export async function bounceCheque(
  tx: Tx,
  { organisationId, paymentId, reason }: Undoing,
  now: Instant,
  actor: string,
): Promise<Result<{ entryId: string }, Failure | 'not-a-cheque'>> {
  const [payment] = await lockDeskPayments(tx, organisationId, [paymentId])
  if (!payment) return fail('unknown-payment')
  if (payment.method !== 'cheque') return fail('not-a-cheque')
  const { entryId, billingUnitId, familyId, amount, familyName, payerName } = payment
  const undone = await reverseEntry(
    tx,
    {
      organisationId,
      entryId,
      kind: 'bounced',
      reason,
      actor,
      ...(payment.deposited ? { instead: { of: 'cheques', by: 'bank' } } : {}),
    },
    now,
  )
  if (!undone.ok) return undone
  await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  await openTask(
    tx,
    organisationId,
    { unitId: billingUnitId },
    `cheque-bounced ${paymentId}`,
    { kind: 'cheque-bounced', amountCents: amount, familyName, payerName, reason },
    now,
  )
  return ok({ entryId: undone.value.entryId })
}
