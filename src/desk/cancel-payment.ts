import type { Instant } from '../kernel/dates.ts'
import { formatCents } from '../kernel/french.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Result, fail } from '../kernel/result.ts'
import { dropMail } from '../mail/drop-mail.ts'
import type { Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { UNDO_FREELY_MS } from './desk-payment.ts'
import { findDeskPayment, type KnownPayment } from './store.ts'
import { receiptMailKey } from './take-payment.ts'
import { methodWords, texts } from './texts.ts'
import { bounceCheque, undoDeskPayment } from './undo-desk-payment.ts'

type Cancelling = {
  readonly organisationId: OrganisationId
  readonly paymentId: string
  /** May be empty as long as `isFresh`. */
  readonly reason: string
}

/** Whether a payment was recorded so lately that undoing it asks no reason. */
const isFresh = (payment: Pick<KnownPayment, 'recordedAt'>, now: Instant): boolean =>
  now.getTime() - payment.recordedAt.getTime() <= UNDO_FREELY_MS

/**
 * Undoes a payment at the desk: its mirror is booked, a receipt's mail that has not left never will,
 * and the journal tells. After a minute a reason is asked (`no-reason`).
 */
export async function cancelPayment(
  tx: Tx,
  { organisationId, paymentId, reason }: Cancelling,
  author: Author,
  now: Instant,
): Promise<Result<unknown, Failure<typeof undoDeskPayment> | 'no-reason'>> {
  const payment = await findDeskPayment(tx, organisationId, paymentId)
  if (!payment) return fail('unknown-payment')
  if (reason === '' && !isFresh(payment, now)) return fail('no-reason')
  const said = reason === '' ? texts.undo.atOnce : reason
  const undone = await undoDeskPayment(tx, { organisationId, paymentId, reason: said }, now, author.name)
  if (!undone.ok) return undone
  await dropMail(tx, organisationId, receiptMailKey(payment.receiptId))
  await recordAct(tx, author, { kind: 'desk.undone', reason: said, ...actOf(payment) }, now)
  return undone
}

/** Books that the bank refused a cheque, and why, and tells the journal. */
export async function returnCheque(
  tx: Tx,
  { organisationId, paymentId, reason }: Cancelling,
  author: Author,
  now: Instant,
): Promise<Result<unknown, Failure<typeof bounceCheque> | 'no-reason'>> {
  const payment = await findDeskPayment(tx, organisationId, paymentId)
  if (!payment) return fail('unknown-payment')
  if (reason === '') return fail('no-reason')
  const bounced = await bounceCheque(tx, { organisationId, paymentId, reason }, now, author.name)
  if (!bounced.ok) return bounced
  await recordAct(tx, author, { kind: 'cheque.bounced', reason, ...actOf(payment) }, now)
  return bounced
}

type Failure<Verb extends typeof undoDeskPayment | typeof bounceCheque> =
  Awaited<ReturnType<Verb>> extends Result<unknown, infer F> ? F : never

const actOf = ({ familyId, mark, receiptNumber, method, amount }: KnownPayment) => ({
  familyId,
  object: mark === '' ? receiptNumber : mark,
  changes: { method: { before: methodWords[method] }, amount: { before: formatCents(amount) } },
})
