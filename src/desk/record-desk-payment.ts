import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay, parisInstant } from '../kernel/dates.ts'
import type { ReceiptId } from '../kernel/ids.ts'
import { ZERO, negate, smaller } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { texts } from '../documents/texts.ts'
import { allocate } from '../ledger/allocation.ts'
import type { Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockAccounts } from '../ledger/store.ts'
import { keepReceipt } from '../payments/issue-receipt.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { accountOf, CASH_LIMIT, factOf, type NewDeskPayment } from './desk-payment.ts'
import { findRecorded } from './store.ts'

type Failure = 'exists-with-other-content' | 'unknown-invoice' | 'no-amount' | 'cash-above-limit'

/**
 * Records money handed over at the desk: books it on the invoices in the order given, the rest as
 * credit, and issues its receipt (F68: never a state flip). Once per caller's key; the same key with
 * another amount, day, payer or invoice is refused. A payment of the same invoices that is at the bank
 * is no hindrance: what comes second becomes credit (F57).
 */
export async function recordDeskPayment(
  tx: Tx,
  payment: NewDeskPayment,
  now: Instant,
  actor: string,
): Promise<Result<{ paymentId: string; receiptId: ReceiptId; recorded: boolean }, Failure>> {
  const { organisationId, billingUnitId, familyId, requestKey, method, amount } = payment
  if (amount <= ZERO) return fail('no-amount')
  if (method === 'cash' && amount > CASH_LIMIT) return fail('cash-above-limit')
  const elsewhere = await findRecorded(tx, organisationId, requestKey)
  if (elsewhere && elsewhere.billingUnitId !== billingUnitId) return fail('exists-with-other-content')
  await tx
    .insertInto('family_unit')
    .values({
      organisation_id: organisationId,
      family_id: familyId,
      billing_unit_id: billingUnitId,
      since: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { dues } = await lockAccounts(tx, payment)
  if (payment.invoices.some((invoice) => !dues.has(invoice))) return fail('unknown-invoice')
  const debts = payment.invoices.map((key) => ({ key, due: dues.get(key) ?? ZERO }))
  const { shares, rest } = allocate(
    amount,
    debts.map(({ key, due }) => ({ key, due: smaller(due, payment.limits?.get(key) ?? due) })),
  )
  const postings: Posting[] = [
    { account: { kind: accountOf(method) }, cents: amount },
    ...shares.map(({ key, cents }) => ({
      account: { kind: 'receivable' as const, familyId, invoiceId: key },
      cents: negate(cents),
    })),
  ]
  if (rest > ZERO) postings.push({ account: { kind: 'credit', familyId }, cents: negate(rest) })
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'desk',
    sourceKey: requestKey,
    fact: factOf(payment),
    accountingOn: parisDay(now),
    valueOn: payment.receivedOn,
    bookedAt: now,
    actor,
    postings,
  })
  if (!booked.ok) return booked
  if (!booked.value.booked) {
    const known = present(await findRecorded(tx, organisationId, requestKey), 'an entry of no payment')
    return ok({ paymentId: known.paymentId, receiptId: known.receiptId, recorded: false })
  }
  const paymentId = await keep(tx, payment, booked.value.entryId, now, actor)
  const receiptId = await issue(tx, payment, paymentId, { shares, debts, rest }, now)
  if (rest > ZERO) await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return ok({ paymentId, receiptId, recorded: true })
}

async function keep(
  tx: Tx,
  payment: NewDeskPayment,
  entryId: string,
  now: Instant,
  actor: string,
): Promise<string> {
  const id: string = newId<'deskPayment'>(now)
  await tx
    .insertInto('desk_payment')
    .values({
      organisation_id: payment.organisationId,
      id,
      request_key: payment.requestKey,
      billing_unit_id: payment.billingUnitId,
      family_id: payment.familyId,
      method: payment.method,
      amount_cents: payment.amount,
      received_on: payment.receivedOn,
      payer_name: payment.payerName,
      mark: payment.mark,
      bank_name: payment.bankName ?? '',
      drawer: payment.drawer ?? '',
      entry_id: entryId,
      recorded_by: actor,
      recorded_at: now,
    })
    .execute()
  return id
}

async function issue(
  tx: Tx,
  payment: NewDeskPayment,
  deskPaymentId: string,
  settled: Parameters<typeof keepReceipt>[1]['settled'],
  now: Instant,
): Promise<ReceiptId> {
  const mode = texts.means[payment.method]
  assert(mode !== undefined, `no words for ${payment.method}`)
  return keepReceipt(
    tx,
    {
      organisationId: payment.organisationId,
      billingUnitId: payment.billingUnitId,
      familyId: payment.familyId,
      source: { deskPaymentId },
      settled,
      said: {
        reference: payment.mark,
        // Of another day, the hour is not known: noon.
        paidAt: (payment.receivedOn === parisDay(now)
          ? now
          : parisInstant(payment.receivedOn, 12)
        ).toISOString(),
        payer: { name: payment.payerName },
        purpose: payment.invoices.length > 0 ? 'invoices' : 'top_up',
        mode,
        cardBrand: '',
        cardMasked: '',
        authorisation: '',
        bankTransaction: '',
        bankName: payment.bankName ?? '',
        amountCents: payment.amount,
      },
    },
    now,
  )
}
