// The one function that applies a bank's fact, whoever brought it: notification, return, or answer to a question.
import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, InvoiceId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate } from '../kernel/money.ts'
import { listVisibleOldestFirst } from '../billing/store.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { allocate } from '../ledger/allocation.ts'
import type { Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockDues } from '../ledger/store.ts'
import { row, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { openTask } from '../tasks/open-task.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import { issueReceipt } from './issue-receipt.ts'
import { type Attempt, type AttemptEvent, nextState } from './payment.ts'
import { listSelected, lockAttemptOfContract, saveState } from './store.ts'

export type FactOutcome = 'applied' | 'repeated' | 'set_aside' | 'refused_test'

/**
 * Applies one authentic fact in the caller's transaction: entry, allocation, receipt, planned mail
 * and attempt together or not at all. Idempotent on the bank's own transaction id. Real money is
 * never refused: what fits nowhere goes to suspense with a task (reliability.md 0 and F33 to F40);
 * a message of another mode than its contract's is never booked (F35).
 */
export async function applyFact(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  now: Instant,
): Promise<FactOutcome> {
  if (fact.mode !== contract.mode) return 'refused_test'
  const attempt = await lockAttemptOfContract(tx, contract.organisationId, contract.id, fact.reference)
  if (fact.operation !== 'debit') return setAside(tx, contract, fact, 'unread-operation', now)
  switch (fact.verdict) {
    case 'accepted':
      if (!fact.isEuro) {
        await move(tx, attempt, 'doubtful', now)
        return setAside(tx, contract, fact, 'foreign-currency', now)
      }
      return bookCapture(tx, contract, fact, attempt, now)
    case 'refused':
      return (await move(tx, attempt, 'refused', now, fact.reason)) ? 'applied' : 'repeated'
    case 'abandoned':
      return (await move(tx, attempt, 'abandoned', now)) ? 'applied' : 'repeated'
    case 'pending':
      return 'applied'
    case 'unknown':
      return setAside(tx, contract, fact, 'unread-operation', now)
  }
}

async function setAside(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  kind: 'foreign-currency' | 'unread-operation',
  now: Instant,
): Promise<FactOutcome> {
  const { reference, bankTransaction } = fact
  const key = `${kind} ${contract.id} ${bankTransaction}`
  await openTask(tx, contract.organisationId, key, { kind, reference, bankTransaction }, now)
  return 'set_aside'
}

/** Moves the attempt if the table allows it from its state; says whether it moved. */
async function move(
  tx: Tx,
  attempt: Attempt | undefined,
  event: AttemptEvent,
  now: Instant,
  reason: string | null = null,
): Promise<boolean> {
  const state = attempt && nextState(attempt.state, event)
  if (!attempt || state === undefined || state === attempt.state) return false
  await saveState(tx, attempt, state, now, reason === '' ? null : reason)
  return true
}

async function bookCapture(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  attempt: Attempt | undefined,
  now: Instant,
): Promise<FactOutcome> {
  if (await isCaptured(tx, contract, fact)) return 'repeated'
  const expected = attempt && (await expectedAmount(tx, attempt, fact))
  if (!attempt) return bookSuspense(tx, contract, fact, undefined, null, now)
  if (expected !== fact.amount)
    return bookSuspense(tx, contract, fact, attempt, expected ?? attempt.amount, now)

  const { organisationId, billingUnitId, familyId } = attempt
  const second = attempt.state === 'captured'
  const debts = second ? [] : await debtsOf(tx, attempt, now)
  const { shares, rest } = allocate(fact.amount, debts)
  const postings: Posting[] = [
    { account: { kind: 'clearing' }, cents: fact.amount },
    ...shares.map(({ key, cents }) => ({
      account: { kind: 'receivable' as const, familyId, invoiceId: key },
      cents: negate(cents),
    })),
  ]
  if (rest > ZERO) postings.push({ account: { kind: 'credit', familyId }, cents: negate(rest) })
  const captureId = await insertCapture(tx, contract, fact, billingUnitId, attempt, postings, now)
  if (captureId === undefined) return 'repeated'
  await move(tx, attempt, 'captured', now)
  await issueReceipt(tx, contract, fact, attempt, { captureId, shares, debts, rest }, now)
  if (second || (rest > ZERO && attempt.purpose === 'invoices'))
    await openMoneyTask(tx, contract, fact, second ? 'second-capture' : 'surplus', attempt.amount, now)
  if (rest > ZERO) await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return 'applied'
}

async function isCaptured(tx: Tx, contract: OpenContract, fact: BankFact): Promise<boolean> {
  const known = await tx
    .selectFrom('capture')
    .select('id')
    .where('organisation_id', '=', contract.organisationId)
    .where('contract_id', '=', contract.id)
    .where('bank_transaction', '=', fact.bankTransaction)
    .executeTakeFirst()
  return known !== undefined
}

/** What was sent under this transaction number; the bank may answer an earlier sending of the order. */
async function expectedAmount(tx: Tx, attempt: Attempt, fact: BankFact): Promise<Cents> {
  const sent = await rows<{ amount: Cents }>(
    tx,
    sql`select amount_cents as amount from attempt_sending
      where organisation_id = ${attempt.organisationId} and attempt_id = ${attempt.id}
        and transaction_number = ${fact.transactionNumber} order by number desc`,
  )
  return sent[0]?.amount ?? attempt.amount
}

/** What the money falls on, under lock: the invoices as ticked, or for a top-up the visible ones, oldest first. */
async function debtsOf(tx: Tx, attempt: Attempt, now: Instant): Promise<{ key: InvoiceId; due: Cents }[]> {
  const { organisationId, billingUnitId, familyId } = attempt
  const { dues } = await lockDues(tx, organisationId, billingUnitId, familyId)
  const order =
    attempt.purpose === 'invoices'
      ? (await listSelected(tx, organisationId, attempt.id)).map((one) => one.invoiceId)
      : await listVisibleOldestFirst(tx, organisationId, [...dues.keys()], now)
  return order.map((key) => ({ key, due: dues.get(key) ?? ZERO }))
}

/** Real money that fits nowhere: booked to suspense, with a task; the attempt waits for a person. */
async function bookSuspense(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  attempt: Attempt | undefined,
  expected: Cents | null,
  now: Instant,
): Promise<FactOutcome> {
  const unitId = attempt?.billingUnitId ?? (await unitOf(tx, contract))
  const postings: Posting[] = [
    { account: { kind: 'clearing' }, cents: fact.amount },
    { account: { kind: 'suspense' }, cents: negate(fact.amount) },
  ]
  if ((await insertCapture(tx, contract, fact, unitId, attempt, postings, now)) === undefined)
    return 'repeated'
  await move(tx, attempt, 'doubtful', now)
  await openMoneyTask(tx, contract, fact, attempt ? 'amount-mismatch' : 'unknown-order', expected, now)
  return 'set_aside'
}

async function unitOf(tx: Tx, contract: OpenContract): Promise<BillingUnitId> {
  const unit = await row<{ id: BillingUnitId }>(
    tx,
    sql`select id from billing_unit
      where organisation_id = ${contract.organisationId} and contract_id = ${contract.id}
      order by code limit 1`,
  )
  assert(unit, `contract ${contract.id} serves no billing unit`)
  return unit.id
}

/** Books the entry and keeps the capture; undefined when the bank's transaction was booked before. */
async function insertCapture(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  billingUnitId: BillingUnitId,
  attempt: Attempt | undefined,
  postings: readonly Posting[],
  now: Instant,
): Promise<string | undefined> {
  const booked = await postEntry(tx, {
    organisationId: contract.organisationId,
    billingUnitId,
    kind: 'capture',
    sourceKey: `${contract.id} ${fact.bankTransaction}`,
    fact: `${fact.bankTransaction} ${fact.amount}`,
    accountingOn: parisDay(now),
    valueOn: parisDay(fact.happenedAt),
    bookedAt: now,
    actor: 'banque',
    postings,
  })
  assert(booked.ok, `transaction ${fact.bankTransaction} was booked with another amount`)
  if (!booked.value.booked) return undefined
  const captureId = newId<'capture'>(now)
  await tx
    .insertInto('capture')
    .values({
      organisation_id: contract.organisationId,
      id: captureId,
      contract_id: contract.id,
      bank_transaction: fact.bankTransaction,
      billing_unit_id: billingUnitId,
      attempt_id: attempt?.id ?? null,
      family_id: attempt?.familyId ?? null,
      amount_cents: fact.amount,
      captured_at: fact.happenedAt,
      card_brand: fact.cardBrand,
      card_masked: fact.cardMasked,
      authorisation: fact.authorisation,
      entry_id: booked.value.entryId,
      booked_at: now,
    })
    .execute()
  return captureId
}

function openMoneyTask(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  kind: 'unknown-order' | 'amount-mismatch' | 'second-capture' | 'surplus',
  expectedCents: Cents | null,
  now: Instant,
): Promise<void> {
  const { amount: amountCents, reference, bankTransaction } = fact
  return openTask(
    tx,
    contract.organisationId,
    `${kind} ${contract.id} ${bankTransaction}`,
    { kind, amountCents, expectedCents, reference, bankTransaction },
    now,
  )
}
