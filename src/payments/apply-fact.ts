// The one function that applies a bank's fact, whoever brought it: notification, return, or answer to a question.
import { unreachable } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate } from '../kernel/money.ts'
import { listVisibleOldestFirst } from '../billing/store.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { allocate } from '../ledger/allocation.ts'
import type { Posting } from '../ledger/ledger.ts'
import { lockDues } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { openTask } from '../tasks/open-task.ts'
import { getContractUnit, listSendings, recordEnd, wasEnded } from './bank-store.ts'
import { bookCapture } from './book-capture.ts'
import { cancelCapture } from './cancel-capture.ts'
import { recogniseCapture } from './recognise-capture.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import { issueReceipt } from './issue-receipt.ts'
import { type Attempt, type AttemptEvent, nextState } from './payment.ts'
import { bookBankRefund } from './refunds/book-bank-refund.ts'
import { bookDispute } from './refunds/book-dispute.ts'
import { setAside } from './set-aside.ts'
import { listSelected, lockAttemptOfContract, saveState } from './store.ts'

/** doubted: money of a transaction that the bank had ended; nothing is booked before the bank is asked. */
export type FactOutcome = 'applied' | 'repeated' | 'set_aside' | 'refused_test' | 'doubted'

/**
 * Applies one authentic fact in the caller's transaction: entry, allocation, receipt, planned mail
 * and attempt together or not at all. Idempotent on the bank's own transaction id. Real money is
 * never refused: what fits nowhere goes to suspense with a task (reliability.md 0 and F33 to F40);
 * a message of another mode than its contract's is never booked (F35). Money that the bank gives back
 * settles the refund that was asked, or is booked as found; money withheld in a dispute is booked so.
 * A message may be older than what the bank said since: an acceptance that comes after the end of its
 * own transaction is `doubted`, unless it is the bank's answer of today (F33).
 */
export async function applyFact(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  now: Instant,
  saidBy: 'message' | 'bank' = 'bank',
): Promise<FactOutcome> {
  if (fact.mode !== contract.mode) return 'refused_test'
  const attempt = await lockAttemptOfContract(tx, contract.organisationId, contract.id, fact.reference)
  if (fact.operation === 'credit') return bookBankRefund(tx, contract, fact, attempt, now)
  if (fact.operation === 'dispute') return bookDispute(tx, contract, fact, now)
  if (fact.operation === 'other') return setAside(tx, contract, fact, 'unread-operation', now)
  const booked = await recogniseCapture(tx, contract, fact, attempt?.id)
  if (booked) {
    const { bankTransaction, amount } = booked
    return applyAgain(tx, contract, { ...fact, bankTransaction }, amount, now)
  }
  switch (fact.verdict) {
    case 'accepted':
      if (!fact.isEuro) {
        await move(tx, attempt, 'doubtful', now)
        return setAside(tx, contract, fact, 'foreign-currency', now)
      }
      if (saidBy === 'message' && (await wasEnded(tx, contract, fact.bankTransaction))) return 'doubted'
      return bookMoney(tx, contract, fact, attempt, now)
    case 'abandoned':
      await recordEnd(tx, contract, fact.bankTransaction, now)
      return freeInvoices(tx, attempt, fact, fact.verdict, now)
    case 'refused':
      return freeInvoices(tx, attempt, fact, fact.verdict, now)
    case 'pending':
      if (!fact.isPageOpen) await move(tx, attempt, 'awaited', now, fact.transactionNumber)
      return 'applied'
    case 'unknown':
      return setAside(tx, contract, fact, 'unread-operation', now)
    default:
      return unreachable(fact.verdict)
  }
}

/**
 * What the bank says again of money booked: the same changes nothing; less, or nothing, is booked as
 * taken back (F41, F43); more is for a person to settle.
 */
async function applyAgain(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  booked: Cents,
  now: Instant,
): Promise<FactOutcome> {
  const { verdict, amount } = fact
  if (verdict === 'pending' || verdict === 'unknown')
    return setAside(tx, contract, fact, 'unread-operation', now)
  if (verdict === 'accepted' && amount === booked) return 'repeated'
  const left = verdict === 'accepted' ? amount : ZERO
  const cancelled = fact.isEuro ? await cancelCapture(tx, contract, fact, left, now) : 'contradicted'
  if (cancelled === 'repeated') return 'repeated'
  if (cancelled === 'booked') return 'applied'
  await openMoneyTask(tx, contract, fact, 'amount-mismatch', booked, now)
  return 'set_aside'
}

/**
 * No money came. An answer to an earlier sending leaves alone what the latest holds at the bank, and
 * while one sending is awaited no other speaks for it.
 */
async function freeInvoices(
  tx: Tx,
  attempt: Attempt | undefined,
  fact: BankFact,
  event: 'refused' | 'abandoned',
  now: Instant,
): Promise<FactOutcome> {
  if (!attempt) return 'repeated'
  const sendings = await listSendings(tx, attempt.organisationId, attempt.id)
  const numbers = sendings.map((one) => one.transactionNumber)
  const holding = attempt.state === 'awaited' ? attempt.reason : numbers.at(-1)
  if (numbers.includes(fact.transactionNumber) && holding !== fact.transactionNumber) return 'repeated'
  return (await move(tx, attempt, event, now, event === 'refused' ? fact.reason : null))
    ? 'applied'
    : 'repeated'
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

async function bookMoney(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  attempt: Attempt | undefined,
  now: Instant,
): Promise<FactOutcome> {
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
  const captureId = await bookCapture(tx, contract, fact, billingUnitId, attempt, postings, now)
  if (captureId === undefined) return 'repeated'
  await move(tx, attempt, 'captured', now)
  await issueReceipt(tx, contract, fact, attempt, { captureId, shares, debts, rest }, now)
  if (second || (rest > ZERO && attempt.purpose === 'invoices'))
    await openMoneyTask(tx, contract, fact, second ? 'second-capture' : 'surplus', attempt.amount, now)
  if (rest > ZERO) await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return 'applied'
}

/** What was sent under this number, maybe in an earlier sending; a number comes again another day. */
async function expectedAmount(tx: Tx, attempt: Attempt, fact: BankFact): Promise<Cents> {
  const sendings = await listSendings(tx, attempt.organisationId, attempt.id)
  const sent = sendings
    .filter((one) => one.transactionNumber === fact.transactionNumber)
    .map((one) => one.amount)
  return sent.includes(fact.amount) ? fact.amount : (sent.at(-1) ?? attempt.amount)
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
  const unitId = attempt?.billingUnitId ?? (await getContractUnit(tx, contract))
  const postings: Posting[] = [
    { account: { kind: 'clearing' }, cents: fact.amount },
    { account: { kind: 'suspense' }, cents: negate(fact.amount) },
  ]
  if ((await bookCapture(tx, contract, fact, unitId, attempt, postings, now)) === undefined) return 'repeated'
  await move(tx, attempt, 'doubtful', now)
  await openMoneyTask(tx, contract, fact, attempt ? 'amount-mismatch' : 'unknown-order', expected, now)
  return 'set_aside'
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
    { contractId: contract.id },
    `${kind} ${contract.id} ${bankTransaction} ${amountCents}`,
    { kind, amountCents, expectedCents, reference, bankTransaction },
    now,
  )
}
