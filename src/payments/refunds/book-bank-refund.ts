import { assert } from '../../kernel/assert.ts'
import { type Instant, parisDay } from '../../kernel/dates.ts'
import { type Cents, ZERO, negate } from '../../kernel/money.ts'
import { postEntry } from '../../ledger/post-entry.ts'
import type { Tx } from '../../platform/db.ts'
import { openTask } from '../../tasks/open-task.ts'
import { getContractUnit } from '../bank-store.ts'
import { isNamedByNumber } from '../bank-transaction.ts'
import { type Capture, leftOf } from '../capture.ts'
import { lockCapture } from '../capture-store.ts'
import type { BankFact, OpenContract } from '../gateway.ts'
import type { Attempt } from '../payment.ts'
import { setAside } from '../set-aside.ts'
import { takeBackCapture } from '../take-back.ts'
import { recordRefusal, wasRefusedBy } from './sending-store.ts'
import { settleRefund, unpayRefund } from './settle-refund.ts'
import { findAskedRefund, findPaidBack, listCaptureIds } from './store.ts'

/**
 * Books money that the bank gives back, once per transaction of the bank. It settles the oldest refund
 * asked here of that amount on that order. When none was asked, a person gave it back in the bank's
 * own back office (gateways 2.2): it is booked against its capture, so that what the payment settled
 * is due again unless credit covers it, or to suspense when no capture bears it; with a task. A refund
 * that was paid and fails afterwards is owed to the family again, with a task.
 */
export async function bookBankRefund(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  attempt: Attempt | undefined,
  now: Instant,
): Promise<'applied' | 'repeated' | 'set_aside'> {
  const { organisationId } = contract
  const { amount, bankTransaction, verdict } = fact
  const known = await findPaidBack(tx, organisationId, contract.id, bankTransaction)
  if (known !== undefined) {
    if (verdict === 'accepted' && amount === known) return 'repeated'
    const failed = verdict === 'refused' && (await unpayRefund(tx, organisationId, bankTransaction, now))
    if (!failed) return setAside(tx, contract, fact, 'unread-operation', now)
    await openRefundTask(tx, contract, fact, 'refund-refused', ZERO, now)
    return 'applied'
  }
  if (verdict === 'pending') return 'applied'
  const asked = attempt && (await findAskedRefund(tx, organisationId, attempt.id, amount))
  if (verdict === 'refused' || verdict === 'abandoned') {
    if (asked === undefined) return 'repeated'
    if (!(await wasRefusedBy(tx, organisationId, bankTransaction)))
      await recordRefusal(tx, organisationId, asked, { kind: 'refused', code: bankTransaction }, now)
    await openRefundTask(tx, contract, fact, 'refund-refused', ZERO, now)
    return 'set_aside'
  }
  // A credit that failed does not succeed afterwards: what says so is older, or contradicts itself.
  if (await wasRefusedBy(tx, organisationId, bankTransaction))
    return setAside(tx, contract, fact, 'unread-operation', now)
  // Without the bank's own id it could be told again under another name, and be booked twice.
  if (verdict === 'unknown' || amount <= ZERO || isNamedByNumber(bankTransaction))
    return setAside(tx, contract, fact, 'unread-operation', now)
  if (!fact.isEuro) return setAside(tx, contract, fact, 'foreign-currency', now)
  if (asked !== undefined) {
    const paid = { organisationId, refundId: asked, reference: bankTransaction, amount }
    const settled = await settleRefund(
      tx,
      { ...paid, by: 'bank', paidOn: parisDay(fact.happenedAt) },
      now,
      'banque',
    )
    assert(settled.ok && settled.value.settled, `refund ${asked} was settled before`)
    return 'applied'
  }
  const uncovered = await bookFound(tx, contract, fact, attempt, now)
  await openRefundTask(tx, contract, fact, 'refund-found', uncovered, now)
  return 'applied'
}

/** Gives what stands in suspense of it. */
async function bookFound(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  attempt: Attempt | undefined,
  now: Instant,
): Promise<Cents> {
  const { amount, bankTransaction, happenedAt } = fact
  const { organisationId } = contract
  const sourceKey = `${contract.id} ${bankTransaction}`
  const valueOn = parisDay(happenedAt < now ? happenedAt : now)
  const capture = attempt && (await lockBearingCapture(tx, attempt, amount))
  const { entryId, uncovered } = capture
    ? await takeBackCapture(
        tx,
        capture,
        { kind: 'bank_refund', sourceKey, amount, from: 'clearing', valueOn, actor: 'banque' },
        now,
      )
    : await bookSuspense()
  await tx
    .insertInto('bank_refund')
    .values({
      organisation_id: organisationId,
      contract_id: contract.id,
      bank_transaction: bankTransaction,
      capture_id: capture?.id ?? null,
      amount_cents: amount,
      paid_at: happenedAt,
      entry_id: entryId,
      booked_at: now,
    })
    .execute()
  return uncovered

  async function bookSuspense() {
    const booked = await postEntry(tx, {
      organisationId,
      billingUnitId: attempt?.billingUnitId ?? (await getContractUnit(tx, contract)),
      kind: 'bank_refund',
      sourceKey,
      fact: `${sourceKey} ${amount}`,
      accountingOn: parisDay(now),
      valueOn,
      bookedAt: now,
      actor: 'banque',
      postings: [
        { account: { kind: 'clearing' }, cents: negate(amount) },
        { account: { kind: 'suspense' }, cents: amount },
      ],
    })
    assert(booked.ok && booked.value.booked, `bank_refund ${sourceKey} was booked before`)
    return { entryId: booked.value.entryId, uncovered: amount }
  }
}

/** The newest capture of the attempt of which so much is left. */
async function lockBearingCapture(tx: Tx, attempt: Attempt, amount: Cents): Promise<Capture | undefined> {
  for (const id of await listCaptureIds(tx, attempt.organisationId, attempt.id)) {
    const capture = await lockCapture(tx, attempt.organisationId, id)
    if (capture && leftOf(capture) >= amount) return capture
  }
  return undefined
}

function openRefundTask(
  tx: Tx,
  contract: OpenContract,
  { amount, reference, bankTransaction }: BankFact,
  kind: 'refund-refused' | 'refund-found',
  uncovered: Cents,
  now: Instant,
): Promise<void> {
  const task = { kind, amountCents: amount, uncoveredCents: uncovered, reference, bankTransaction }
  const key = `${kind} ${contract.id} ${bankTransaction}`
  return openTask(tx, contract.organisationId, { contractId: contract.id }, key, task, now)
}
