import { assert } from '../kernel/assert.ts'
import { DAY_MS, type Instant, utcDay } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { type Cents, ZERO, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { findUnit } from '../organisations/store.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { listSendings } from './bank-store.ts'
import { closePages } from './close-pages.ts'
import type { OrderFailure, Redirection } from './gateway.ts'
import { openGateway } from './gateways/registry.ts'
import { type Attempt, maySend, UNSENT } from './payment.ts'
import { getContract, type Shops } from './shops.ts'
import { takesOnlinePayments } from './start-payment.ts'
import {
  findAttempt,
  listHeldElsewhere,
  listSelected,
  lockAttemptOf,
  saveState,
  type SelectedInvoice,
} from './store.ts'

export type SendFailure =
  | 'unknown-payment'
  | 'already-paid'
  | 'under-review'
  | 'no-online-payment'
  | 'in-progress'
  | 'nothing-due'
  | 'amount-changed'
  | 'below-minimum'
  | 'above-maximum'
  | OrderFailure

/**
 * Sends an attempt to the bank, for the first time or again: the amount is computed again under
 * lock, and one that differs from what the family saw asks for a new click. Each sending has a new
 * transaction number under the same order. The bank is made ready after the commit, outside any
 * transaction; when it cannot be, nobody can pay there, and the attempt waits for another try. The
 * pages of earlier sendings are closed first; money that was just paid on one is booked instead.
 */
export async function sendPayment(
  services: Services,
  shops: Shops,
  actor: FamilyActor,
  reference: string,
  seen: Seen,
): Promise<Result<Redirection & { readonly amount: Cents }, SendFailure>> {
  const { db, clock, keys, config } = services
  const sentAt = clock.now()
  const prepared = await db.transaction((tx) => prepare(tx, services, actor, reference, seen, sentAt))
  if (!prepared.ok) return prepared
  const { attempt, unit, invoiceNumbers, amount, transactionNumber } = prepared.value
  const contract = await getContract(db, keys, attempt.organisationId, attempt.contractId)
  await closePages(services, shops, attempt, transactionNumber)
  const since = (await findAttempt(db, reference))?.state
  if (since === 'captured') return fail('already-paid')
  if (since !== 'redirected') return fail('under-review')
  const order = {
    reference,
    transactionNumber,
    sentAt,
    amount,
    receiptEmail: seen.receiptEmail,
    returnUrl: config.publicUrl + paths.paymentReturn(reference),
    notificationUrl: config.publicUrl + paths.contractNotification(contract.gateway, contract.id),
    payee: unit.name,
    invoiceNumbers,
  }
  const ordered = await openGateway(contract).order(order, shops.lineTo(contract.id, sentAt))
  if (!ordered.ok) {
    services.log.warn({ failure: ordered.failure, reference }, 'the bank did not take an order')
    await db.transaction((tx) => takeSendingBack(tx, attempt, transactionNumber, clock.now()))
    return ordered
  }
  const { redirection, providerReference } = ordered.value
  if (providerReference !== null)
    await db.transaction((tx) => nameSending(tx, attempt, transactionNumber, sentAt, providerReference))
  return ok({ ...redirection, amount })
}

type Seen = { readonly amount: Cents; readonly receiptEmail: string | null }
type Prepared = {
  readonly attempt: Attempt
  readonly unit: BillingUnit
  readonly invoiceNumbers: readonly string[]
  readonly amount: Cents
  readonly transactionNumber: string
}

/** The attempt waits as before its departure; what happened to it meanwhile stays. */
async function takeSendingBack(
  tx: Tx,
  before: Attempt,
  transactionNumber: string,
  now: Instant,
): Promise<void> {
  const { organisationId, familyId, reference } = before
  const attempt = await lockAttemptOf(tx, organisationId, familyId, reference)
  if (attempt?.state !== 'redirected' || before.state === 'redirected') return
  const sendings = await listSendings(tx, organisationId, attempt.id)
  if (sendings.at(-1)?.transactionNumber !== transactionNumber) return
  if (before.state === 'created') await saveState(tx, attempt, 'abandoned', now, UNSENT)
  else await saveState(tx, attempt, before.state, now, before.reason)
}

/** Keeps the bank's own name of a sending: later it is all that the bank will quote. */
async function nameSending(
  tx: Tx,
  { organisationId, id }: Attempt,
  transactionNumber: string,
  sentAt: Instant,
  providerReference: string,
): Promise<void> {
  await tx
    .updateTable('attempt_sending')
    .set({ provider_reference: providerReference })
    .where('organisation_id', '=', organisationId)
    .where('attempt_id', '=', id)
    .where('transaction_number', '=', transactionNumber)
    .where('utc_day', '=', utcDay(sentAt))
    .execute()
}

async function prepare(
  tx: Tx,
  { config }: Services,
  actor: FamilyActor,
  reference: string,
  seen: Seen,
  now: Instant,
): Promise<Result<Prepared, SendFailure>> {
  const attempt = await lockAttemptOf(tx, actor.organisationId, actor.familyId, reference)
  if (!attempt) return fail('unknown-payment')
  if (attempt.state === 'captured') return fail('already-paid')
  if (!maySend(attempt.state)) return fail('under-review')
  const unit = await findUnit(tx, attempt.organisationId, attempt.billingUnitId)
  if (!unit || !takesOnlinePayments(unit, config.mode)) return fail('no-online-payment')
  const due = attempt.purpose === 'top_up' ? ok([]) : await dueNow(tx, attempt, now)
  if (!due.ok) return due
  const amount = attempt.purpose === 'top_up' ? attempt.amount : sum(due.value.map((one) => one.due))
  if (amount === ZERO) return fail('nothing-due')
  if (amount !== seen.amount) return fail('amount-changed')
  // Invoices may have been settled or corrected since, and the unit's limits too (F60).
  if (amount < unit.minPayment) return fail('below-minimum')
  if (amount > unit.maxPayment) return fail('above-maximum')
  const transactionNumber = await nextTransactionNumber(tx, attempt, now)
  await recordSending(tx, attempt, amount, transactionNumber, seen.receiptEmail, now)
  return ok({ attempt, unit, invoiceNumbers: due.value.map((one) => one.number), amount, transactionNumber })
}

/** What is due on the selection now. */
async function dueNow(
  tx: Tx,
  attempt: Attempt,
  now: Instant,
): Promise<Result<readonly SelectedInvoice[], SendFailure>> {
  const { organisationId, billingUnitId, familyId } = attempt
  await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  const selected = await listSelected(tx, organisationId, attempt.id)
  const due = selected.filter((one) => one.due > ZERO)
  const ids: InvoiceId[] = due.map((one) => one.invoiceId)
  if ((await listHeldElsewhere(tx, organisationId, ids, attempt.id)).length > 0) return fail('in-progress')
  return ok(due)
}

async function recordSending(
  tx: Tx,
  attempt: Attempt,
  amount: Cents,
  transactionNumber: string,
  receiptEmail: string | null,
  now: Instant,
): Promise<void> {
  const { organisationId, id, contractId } = attempt
  await sql`insert into attempt_sending
      (organisation_id, attempt_id, number, contract_id, utc_day, transaction_number, amount_cents, sent_at)
    select ${organisationId}, ${id}, count(*) + 1, ${contractId}, ${utcDay(now)}, ${transactionNumber},
      ${amount}, ${now}
    from attempt_sending where organisation_id = ${organisationId} and attempt_id = ${id}`.execute(tx)
  await tx
    .updateTable('payment_attempt')
    .set({
      state: 'redirected',
      state_at: now,
      sent_at: now,
      reason: null,
      amount_cents: amount,
      receipt_email: receiptEmail,
    })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
}

/** Ten numbers for each second of the day: 864,000 of the 900,000. */
const NUMBERS_PER_MS = 10 / 1_000

/**
 * A number of the contract's UTC day, six digits below 900000 (gateways 1.3): at least ten times the
 * second of the day, so that a database brought back from a backup of the same day never gives a
 * number that the bank has seen, whatever brought it back; then one after the other. A day that needs
 * more than 899999 breaks the table's check, loudly.
 */
async function nextTransactionNumber(tx: Tx, attempt: Attempt, now: Instant): Promise<string> {
  const least = Math.floor((now.getTime() % DAY_MS) * NUMBERS_PER_MS)
  const next = await row<{ last: number }>(
    tx,
    sql`insert into transaction_counter (organisation_id, contract_id, utc_day, last)
      values (${attempt.organisationId}, ${attempt.contractId}, ${utcDay(now)}, ${least})
      on conflict (organisation_id, contract_id, utc_day)
        do update set last = greatest(transaction_counter.last + 1, ${least})
      returning last`,
  )
  assert(next, 'no transaction number')
  return String(next.last).padStart(6, '0')
}
