import { type Instant, later } from '../kernel/dates.ts'
import type { ReceiptId } from '../kernel/ids.ts'
import { formatCents } from '../kernel/french.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type NewDeskPayment, UNDO_FREELY_MS } from './desk-payment.ts'
import { recordDeskPayment } from './record-desk-payment.ts'
import { methodWords } from './texts.ts'

export const receiptMailKey = (receiptId: ReceiptId): string => `receipt ${receiptId}`

/**
 * Takes a payment at the desk: records it, writes the journal, and plans the mail of its receipt for
 * when it can no longer be undone without a reason. Fails as `recordDeskPayment` does.
 */
export async function takePayment(
  tx: Tx,
  payment: NewDeskPayment,
  by: {
    readonly author: Author
    readonly receiptEmail: string | undefined
    /** What was asked and answered yes, for the journal. */
    readonly reason?: string | undefined
  },
  now: Instant,
): ReturnType<typeof recordDeskPayment> {
  const { organisationId, billingUnitId, familyId } = payment
  const taken = await recordDeskPayment(tx, payment, now, by.author.name)
  if (!taken.ok || !taken.value.recorded) return taken
  const { receiptId } = taken.value
  await recordAct(
    tx,
    by.author,
    {
      kind: 'desk.recorded',
      familyId,
      object: payment.mark === '' ? undefined : payment.mark,
      reason: by.reason,
      changes: {
        method: { after: methodWords[payment.method] },
        amount: { after: formatCents(payment.amount) },
      },
    },
    now,
  )
  if (by.receiptEmail === undefined) return taken
  await planMail(
    tx,
    organisationId,
    {
      key: receiptMailKey(receiptId),
      recipient: by.receiptEmail,
      plan: { kind: 'receipt', receiptId, attemptId: undefined, billingUnitId },
      notBefore: later(now, UNDO_FREELY_MS),
    },
    now,
  )
  return taken
}
