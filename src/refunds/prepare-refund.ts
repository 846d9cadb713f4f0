import type { Instant } from '../kernel/dates.ts'
import type { InvoiceId, OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Cents, ZERO, smaller, subtract } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { lockAccounts } from '../ledger/store.ts'
import { type Capture, leftOf } from '../payments/capture.ts'
import { lockCapture } from '../payments/capture-store.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { findRequestId, sumWaiting } from './store.ts'

/** What may be given back of a payment now. */
export type Refundable = {
  readonly capture: Capture
  /** Of the payment itself: less what was taken back or refunded, and what waits for an accord. */
  readonly left: Cents
  /** The family's credit, from which the money comes when no invoice is corrected. */
  readonly credit: Cents
}

/** Reads it under the payment's lock; undefined when there is no such payment, or it is nobody's. */
export async function readRefundable(
  tx: Tx,
  organisationId: OrganisationId,
  captureId: string,
  except: string | null = null,
): Promise<Refundable | undefined> {
  const capture = await lockCapture(tx, organisationId, captureId)
  if (!capture || capture.familyId === null) return undefined
  const { billingUnitId, familyId } = capture
  const { credit } = await lockAccounts(tx, { organisationId, billingUnitId, familyId })
  const left = subtract(leftOf(capture), await sumWaiting(tx, organisationId, captureId, except))
  return { capture, left: left > ZERO ? left : ZERO, credit }
}

/** The most that may be asked: never above what is left, nor above the credit when no invoice gives it. */
export const mostOf = ({ left, credit }: Refundable, invoiceId: InvoiceId | null): Cents =>
  invoiceId === null ? smaller(left, credit) : left

/**
 * Keeps a refund that somebody prepared; nothing is booked before it is approved. The same form sent
 * twice is one request.
 */
export async function prepareRefund(
  tx: Tx,
  asked: {
    readonly organisationId: OrganisationId
    readonly requestKey: string
    readonly captureId: string
    readonly invoiceId: InvoiceId | null
    readonly amount: Cents
    readonly reason: string
  },
  by: { readonly staffId: StaffId; readonly name: string },
  now: Instant,
): Promise<Result<{ id: string; isNew: boolean }, 'unknown-payment' | 'no-amount' | 'above-refundable'>> {
  const { organisationId, captureId, invoiceId, amount, requestKey } = asked
  const refundable = await readRefundable(tx, organisationId, captureId)
  if (!refundable) return fail('unknown-payment')
  const known = await findRequestId(tx, organisationId, requestKey)
  if (known !== undefined) return ok({ id: known, isNew: false })
  if (amount <= ZERO) return fail('no-amount')
  const most = mostOf(refundable, invoiceId)
  if (amount > most) return fail('above-refundable')
  const { billingUnitId, familyId } = refundable.capture
  if (familyId === null) return fail('unknown-payment')
  const id: string = newId<'refundRequest'>(now)
  await tx
    .insertInto('refund_request')
    .values({
      organisation_id: organisationId,
      id,
      request_key: requestKey,
      billing_unit_id: billingUnitId,
      family_id: familyId,
      capture_id: captureId,
      invoice_id: invoiceId,
      amount_cents: amount,
      refundable_cents: most,
      reason: asked.reason,
      prepared_by: by.staffId,
      prepared_name: by.name,
      prepared_at: now,
    })
    .execute()
  return ok({ id, isNew: true })
}
