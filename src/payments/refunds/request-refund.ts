import { assert } from '../../kernel/assert.ts'
import { type Instant, parisDay } from '../../kernel/dates.ts'
import type { FamilyId, InvoiceId, OrganisationId } from '../../kernel/ids.ts'
import { type Cents, ZERO, add, negate, smaller, subtract } from '../../kernel/money.ts'
import { type Result, fail, ok } from '../../kernel/result.ts'
import { lockInvoice } from '../../billing/correction-store.ts'
import { bookCreditNote, type CreditNoteFailure } from '../../billing/issue-credit-note.ts'
import { postEntry } from '../../ledger/post-entry.ts'
import { lockAccounts, shareFamily } from '../../ledger/store.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/secrets.ts'
import { type Capture, leftOf } from '../capture.ts'
import { lockCapture } from '../capture-store.ts'
import { findRefund } from './store.ts'

type NewRefund = {
  readonly organisationId: OrganisationId
  /** The payment that is given back: money returns the way it came. */
  readonly captureId: string
  /** The caller's own key: the same form sent twice is one refund. */
  readonly requestKey: string
  readonly amount: Cents
  readonly reason: string
  /** The paid invoice that a credit note corrects first; without one the money is the family's credit. */
  readonly invoiceId?: InvoiceId
}

type Failure = CreditNoteFailure | 'unknown-capture' | 'above-captured' | 'not-enough-credit'

type Family = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: Capture['billingUnitId']
  readonly familyId: FamilyId
}

/**
 * Asks for a refund: the money leaves the family's credit and is owed to it until the bank, or a
 * transfer, pays it. Never more than what is left of the capture, under its lock (F61), never more than
 * the family's credit; with an invoice, a credit note of the same amount gives that credit first.
 * Example: 50,00 € captured and 20,00 € refunded; 30,00 € may still be asked for, 30,01 € may not.
 */
export async function requestRefund(
  tx: Tx,
  refund: NewRefund,
  now: Instant,
  actor: string,
): Promise<Result<{ refundId: string; requested: boolean }, Failure>> {
  const { organisationId, captureId, amount, invoiceId, requestKey } = refund
  const capture = await lockCapture(tx, organisationId, captureId)
  if (!capture || capture.familyId === null) return fail('unknown-capture')
  const known = await findRefund(tx, organisationId, requestKey)
  if (known)
    return factOf({ ...known, invoiceId: known.invoiceId ?? '' }) === factOf(refund)
      ? ok({ refundId: known.id, requested: false })
      : fail('exists-with-other-content')
  if (amount <= ZERO) return fail('no-amount')
  if (amount > leftOf(capture)) return fail('above-captured')
  const family = { organisationId, billingUnitId: capture.billingUnitId, familyId: capture.familyId }
  const given = await giveCredit(tx, refund, family, now, actor)
  if (!given.ok) return given
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId: family.billingUnitId,
    kind: 'refund',
    sourceKey: requestKey,
    fact: factOf(refund),
    accountingOn: parisDay(now),
    valueOn: parisDay(now),
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: 'credit', familyId: family.familyId }, cents: amount },
      { account: { kind: 'refund_payable' }, cents: negate(amount) },
    ],
  })
  assert(booked.ok && booked.value.booked, `refund ${requestKey} was booked before`)
  const refundId: string = newId<'refund'>(now)
  await tx
    .insertInto('refund')
    .values({
      organisation_id: organisationId,
      id: refundId,
      request_key: requestKey,
      billing_unit_id: family.billingUnitId,
      family_id: family.familyId,
      capture_id: captureId,
      credit_note_id: given.value,
      amount_cents: amount,
      reason: refund.reason,
      state: 'requested',
      entry_id: booked.value.entryId,
      requested_by: actor,
      requested_at: now,
      state_at: now,
    })
    .execute()
  assert(invoiceId === undefined || given.value !== null, 'a refund of an invoice without its credit note')
  return ok({ refundId, requested: true })
}

const factOf = (
  refund: Pick<NewRefund, 'captureId' | 'amount' | 'reason'> & { invoiceId?: string },
): string => [refund.captureId, refund.amount, refund.invoiceId ?? '', refund.reason].join(' ')

/** Makes sure of the credit, by a credit note where one is due; refuses before anything is booked. */
async function giveCredit(
  tx: Tx,
  { organisationId, invoiceId, amount, requestKey, reason }: NewRefund,
  family: Family,
  now: Instant,
  actor: string,
): Promise<Result<string | null, Failure>> {
  if (invoiceId === undefined) {
    const { credit } = await lockAccounts(tx, family)
    return amount > credit ? fail('not-enough-credit') : ok(null)
  }
  const invoice = await lockInvoice(tx, organisationId, invoiceId)
  if (invoice?.billingUnitId !== family.billingUnitId) return fail('unknown-invoice')
  const holder = await shareFamily(tx, organisationId, invoice.familyId)
  if (holder !== (await shareFamily(tx, organisationId, family.familyId))) return fail('unknown-invoice')
  const { dues, credit } = await lockAccounts(tx, family)
  const unpaid = smaller(dues.get(invoiceId) ?? ZERO, amount)
  if (amount > add(credit, subtract(amount, unpaid))) return fail('not-enough-credit')
  const note = { organisationId, invoiceId, requestKey: `refund ${requestKey}`, reason, corrects: amount }
  const booked = await bookCreditNote(tx, note, now, actor)
  return booked.ok ? ok(booked.value.creditNoteId) : booked
}
