import { assert, present } from '../../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../../kernel/dates.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import { type Cents, ZERO, negate } from '../../kernel/money.ts'
import { type Result, fail, ok } from '../../kernel/result.ts'
import type { InternalKind } from '../../ledger/ledger.ts'
import { postEntry } from '../../ledger/post-entry.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/secrets.ts'
import { openTask } from '../../tasks/open-task.ts'
import { type Capture, leftOf } from '../capture.ts'
import { lockCapture } from '../capture-store.ts'
import { takeBackCapture } from '../take-back.ts'
import { findChargeback } from './store.ts'

type Opening = {
  readonly organisationId: OrganisationId
  readonly captureId: string
  /** The bank's own number of the dispute. */
  readonly dispute: string
  readonly amount: Cents
  readonly openedOn: Day
}

/**
 * Books that a cardholder disputes a payment: the bank holds the money back; the family owes nothing
 * yet. Never above what is left of the capture; once per dispute (F51).
 */
export async function openChargeback(
  tx: Tx,
  { organisationId, captureId, dispute, amount, openedOn }: Opening,
  now: Instant,
  actor: string,
): Promise<
  Result<
    { opened: boolean },
    'unknown-capture' | 'no-amount' | 'above-captured' | 'exists-with-other-content'
  >
> {
  const capture = await lockCapture(tx, organisationId, captureId)
  if (!capture) return fail('unknown-capture')
  const known = await findChargeback(tx, organisationId, dispute)
  if (known)
    return known.captureId === captureId && known.amount === amount
      ? ok({ opened: false })
      : fail('exists-with-other-content')
  if (amount <= ZERO) return fail('no-amount')
  if (amount > leftOf(capture)) return fail('above-captured')
  const moved = { kind: 'chargeback', from: 'clearing', to: 'disputed', dispute, amount } as const
  const entryId = await move(tx, capture, moved, openedOn, now, actor)
  await tx
    .insertInto('chargeback')
    .values({
      organisation_id: organisationId,
      id: newId<'chargeback'>(now),
      dispute,
      capture_id: captureId,
      amount_cents: amount,
      state: 'open',
      opened_at: now,
      state_at: now,
      entry_id: entryId,
    })
    .execute()
  const { bankTransaction } = capture
  await openTask(
    tx,
    organisationId,
    { unitId: capture.billingUnitId },
    `dispute-opened ${dispute}`,
    { kind: 'dispute-opened', amountCents: amount, dispute, bankTransaction },
    now,
  )
  return ok({ opened: true })
}

/** won: the bank gives the money back · reopened: it is due again · written_off: the association bears it. */
type Ending =
  { readonly state: 'won' | 'reopened' } | { readonly state: 'written_off'; readonly approvedBy: string }

type Closing = {
  readonly organisationId: OrganisationId
  readonly dispute: string
  readonly ending: Ending
  readonly closedOn: Day
}

/**
 * Ends a dispute, once. Lost, the payment is taken back as the bank's cancellations are, with a task,
 * or the association bears the loss, which a second person approves.
 */
export async function closeChargeback(
  tx: Tx,
  { organisationId, dispute, ending, closedOn }: Closing,
  now: Instant,
  actor: string,
): Promise<Result<{ closed: boolean }, 'unknown-dispute' | 'already-closed' | 'same-person'>> {
  const approvedBy = ending.state === 'written_off' ? ending.approvedBy : null
  if (approvedBy === actor) return fail('same-person')
  const found = await findChargeback(tx, organisationId, dispute)
  if (!found) return fail('unknown-dispute')
  const capture = present(await lockCapture(tx, organisationId, found.captureId), 'a dispute of no capture')
  // Read again under the capture's lock.
  const { id, state, amount } = present(await findChargeback(tx, organisationId, dispute), 'no dispute')
  if (state !== 'open') return state === ending.state ? ok({ closed: false }) : fail('already-closed')
  if (ending.state === 'reopened') await reopen(tx, capture, { dispute, amount, closedOn }, now, actor)
  else {
    const moved =
      ending.state === 'won'
        ? ({ kind: 'chargeback_won', from: 'disputed', to: 'clearing', dispute, amount } as const)
        : ({ kind: 'chargeback_lost', from: 'disputed', to: 'write_off', dispute, amount } as const)
    await move(tx, capture, moved, closedOn, now, actor)
  }
  await tx
    .updateTable('chargeback')
    .set({ state: ending.state, state_at: now, closed_by: actor, approved_by: approvedBy })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
  return ok({ closed: true })
}

async function reopen(
  tx: Tx,
  capture: Capture,
  { dispute, amount, closedOn }: { dispute: string; amount: Cents; closedOn: Day },
  now: Instant,
  actor: string,
): Promise<void> {
  const { uncovered } = await takeBackCapture(
    tx,
    capture,
    { kind: 'chargeback_lost', sourceKey: dispute, amount, from: 'disputed', valueOn: closedOn, actor },
    now,
  )
  await openTask(
    tx,
    capture.organisationId,
    { unitId: capture.billingUnitId },
    `dispute-lost ${dispute}`,
    {
      kind: 'dispute-lost',
      amountCents: amount,
      uncoveredCents: uncovered,
      reference: dispute,
      bankTransaction: capture.bankTransaction,
    },
    now,
  )
}

async function move(
  tx: Tx,
  { organisationId, billingUnitId }: Capture,
  moved: {
    readonly kind: 'chargeback' | 'chargeback_won' | 'chargeback_lost'
    readonly from: InternalKind
    readonly to: InternalKind
    readonly dispute: string
    readonly amount: Cents
  },
  valueOn: Day,
  now: Instant,
  actor: string,
): Promise<string> {
  const { kind, dispute, amount } = moved
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind,
    sourceKey: dispute,
    fact: `${dispute} ${amount}`,
    accountingOn: parisDay(now),
    valueOn,
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: moved.to }, cents: amount },
      { account: { kind: moved.from }, cents: negate(amount) },
    ],
  })
  assert(booked.ok && booked.value.booked, `${kind} ${dispute} was booked before`)
  return booked.value.entryId
}
