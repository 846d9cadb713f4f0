import { readId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { readReceiptContent } from '../documents/receipt-document.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { reaches, reachOf } from '../staff/rights.ts'
import { UNDO_FREELY_MS } from './desk-payment.ts'
import type { Saved } from './saved-notice.tsx'
import { findDeskPayment } from './store.ts'

/** The payment just recorded, when this person may see it. */
export async function findSaved(
  { db, clock }: Services,
  actor: StaffActor,
  id: string | undefined,
  given: Cents | undefined,
): Promise<Saved | undefined> {
  const paymentId = readId<'deskPayment'>(id)
  const payment = paymentId && (await findDeskPayment(db, actor.organisationId, paymentId))
  if (!payment || !reaches(reachOf(actor.grants, 'desk.record'), payment.billingUnitId)) return undefined
  const left = UNDO_FREELY_MS - (clock.now().getTime() - payment.recordedAt.getTime())
  return {
    payment,
    given,
    credit: readReceiptContent(payment.receipt).creditCents,
    seconds: Math.max(0, Math.floor(left / 1_000)),
  }
}
