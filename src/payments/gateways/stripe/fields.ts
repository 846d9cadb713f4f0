// Stripe's objects in our words: gateways.md 5.2 and 9.2. What a field lacks makes the whole unreadable.
import type { z } from 'zod'
import { cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { BankFact, News, Verdict } from '../../gateway.ts'
import { charge, dispute, event, intent, marked, refund, session } from './objects.ts'

/** Ours, on the session and on its payment: Stripe copies neither to the other (gateways 5.1). */
export const METADATA = {
  reference: 'preau_reference',
  transaction: 'preau_transaction',
  refund: 'preau_refund',
} as const

type Session = z.output<typeof session>
type Charge = z.output<typeof charge>
type Intent = z.output<typeof intent>

const modeOf = (livemode: boolean) => (livemode ? 'PRODUCTION' : 'TEST')
const at = (seconds: number): Date => new Date(seconds * 1_000)
const isEuro = (currency: string): boolean => currency === 'eur'
const ordered = (pairs: Readonly<Record<string, string>>) => ({
  reference: pairs[METADATA.reference] ?? '',
  transactionNumber: pairs[METADATA.transaction] ?? '',
})
const NO_CARD = { cardBrand: '', cardMasked: '', authorisation: '', reason: '' }

/** Money of another use of the same account: it has none of our marks, and is nothing to us. */
const isOurs = (pairs: Readonly<Record<string, string>>): boolean => METADATA.reference in pairs

/** An event's news; what it is about may be another use of the account, or nothing we keep. */
export function readEvent(json: unknown): Result<News, 'unreadable'> {
  const read = event.safeParse(json)
  if (!read.success) return fail('unreadable')
  const { type, created, livemode, data } = read.data
  const known = READERS[type]
  if (!known) return ok({ kind: 'ignored' })
  const fact = known(data.object, { mode: modeOf(livemode), toldAt: at(created) })
  if (fact === undefined) return fail('unreadable')
  return ok(fact === 'not-ours' ? { kind: 'ignored' } : { kind: 'facts', facts: [fact] })
}

type Told = { readonly mode: BankFact['mode']; readonly toldAt: Date }
type Reader = (object: unknown, told: Told) => BankFact | 'not-ours' | undefined

/** A reader of one kind of object; undefined when a field that is needed is missing. */
const reading =
  <Schema extends z.ZodType>(
    schema: Schema,
    read: (object: z.output<Schema>, told: Told) => BankFact,
  ): Reader =>
  (object, told) => {
    const parsed = schema.safeParse(object)
    return parsed.success ? read(parsed.data, told) : undefined
  }
/** Nothing is asked of what another use of the account made: it may be a subscription, or keep a card. */
const ours =
  (read: Reader): Reader =>
  (object, told) => {
    const found = marked.safeParse(object)
    return found.success && !isOurs(found.data.metadata) ? 'not-ours' : read(object, told)
  }
const ofSession = (reason = '') =>
  ours(reading(session, (object, { toldAt }) => sessionFact(object, toldAt, reason)))
const ofRefund = reading(refund, (object, { mode }) => refundFact(object, mode))
const ofDispute = reading(dispute, disputeFact)

/** The events to tick (docs/gateways/stripe.md), and their older names; any other is nothing to us. */
const READERS: Readonly<Record<string, Reader>> = {
  'charge.succeeded': ours(reading(charge, (object) => chargeFact(object, object.metadata, 'accepted'))),
  'payment_intent.payment_failed': ours(reading(intent, failedFact)),
  'checkout.session.completed': ofSession(),
  'checkout.session.async_payment_succeeded': ofSession(),
  'checkout.session.async_payment_failed': ofSession('async_payment_failed'),
  'checkout.session.expired': ofSession(),
  'refund.created': ofRefund,
  'refund.updated': ofRefund,
  'refund.failed': ofRefund,
  'charge.refund.updated': ofRefund,
  'charge.dispute.created': ofDispute,
  // An inquiry that becomes a dispute is told by these two; « reinstated » may still say what it was.
  'charge.dispute.updated': ofDispute,
  'charge.dispute.funds_withdrawn': ofDispute,
  'charge.dispute.closed': ofDispute,
}

/** A charge that went through: the payment's own id, so that every witness names the same money. */
function chargeFact(of: Charge, pairs: Readonly<Record<string, string>>, verdict: Verdict): BankFact {
  const { card, sepa_debit: debit } = of.payment_method_details ?? {}
  const last4 = card?.last4 ?? debit?.last4 ?? ''
  return {
    ...ordered(pairs),
    mode: modeOf(of.livemode),
    bankTransaction: of.payment_intent === '' ? of.id : of.payment_intent,
    operation: 'debit',
    verdict,
    amount: cents(of.amount),
    isEuro: isEuro(of.currency),
    happenedAt: at(of.created),
    cardBrand: debit ? 'SEPA' : brandOf(card?.brand ?? ''),
    cardMasked: last4 === '' ? '' : `•••• ${last4}`,
    authorisation: card?.authorization_code ?? '',
    reason: '',
  }
}

const brandOf = (brand: string): string => (brand === 'cartes_bancaires' ? 'CB' : brand.toUpperCase())

/**
 * A try that failed: under its own charge, never under the payment, which may go through afterwards
 * and whose money a late refusal must not take back.
 */
function failedFact(of: Intent): BankFact {
  const error = of.last_payment_error
  const latest = typeof of.latest_charge === 'string' ? of.latest_charge : (of.latest_charge?.id ?? '')
  const tried = error?.charge === undefined || error.charge === '' ? latest : error.charge
  return {
    ...NO_CARD,
    ...ordered(of.metadata),
    mode: modeOf(of.livemode),
    bankTransaction: tried === '' ? `${of.id}:failed` : tried,
    operation: 'debit',
    verdict: 'refused',
    amount: cents(of.amount),
    isEuro: isEuro(of.currency),
    happenedAt: at(of.created),
    reason:
      error === undefined || error === null
        ? ''
        : error.decline_code === ''
          ? error.code
          : error.decline_code,
  }
}

/** Where a session stands: paid, awaited, refused later (`reason`), or left. */
function sessionFact(of: Session, toldAt: Date, reason: string): BankFact {
  const paymentId =
    typeof of.payment_intent === 'string' ? of.payment_intent : (of.payment_intent?.id ?? of.id)
  const verdict = verdictOf(of, reason)
  return {
    ...NO_CARD,
    ...ordered(of.metadata),
    mode: modeOf(of.livemode),
    bankTransaction:
      verdict === 'refused' ? `${paymentId}:failed` : verdict === 'abandoned' ? of.id : paymentId,
    operation: 'debit',
    verdict,
    amount: cents(of.amount_total),
    isEuro: isEuro(of.currency),
    happenedAt: toldAt,
    reason,
  }
}

function verdictOf({ status, payment_status: paid }: Session, reason: string): Verdict {
  if (paid === 'paid') return 'accepted'
  if (paid === 'no_payment_required') return 'unknown'
  if (reason !== '') return 'refused'
  return status === 'expired' ? 'abandoned' : 'pending'
}

const REFUND_VERDICTS: Readonly<Record<string, Verdict>> = {
  succeeded: 'accepted',
  pending: 'pending',
  requires_action: 'pending',
  failed: 'refused',
  canceled: 'refused',
}

/** Money given back, ours or made by hand in Stripe's dashboard. */
function refundFact(of: z.output<typeof refund>, mode: BankFact['mode']): BankFact {
  return {
    ...NO_CARD,
    ...ordered(of.metadata),
    mode,
    bankTransaction: of.id,
    parentTransaction: of.payment_intent,
    operation: 'credit',
    verdict: REFUND_VERDICTS[of.status] ?? 'unknown',
    amount: cents(of.amount),
    isEuro: isEuro(of.currency),
    happenedAt: at(of.created),
  }
}

/** Lost or open, the money is withheld; a warning is announced only (gateways 5.2). */
function disputeFact(of: z.output<typeof dispute>, { mode, toldAt }: Told): BankFact {
  const isWarning = of.status.startsWith('warning_')
  const isOver = of.status === 'won' || of.status === 'prevented'
  const isWithheld = ['needs_response', 'under_review', 'lost'].includes(of.status)
  return {
    ...NO_CARD,
    reference: '',
    transactionNumber: '',
    mode,
    bankTransaction: of.id,
    parentTransaction: of.payment_intent,
    operation: 'dispute',
    verdict: isWarning ? 'pending' : isOver ? 'refused' : isWithheld ? 'accepted' : 'unknown',
    amount: cents(of.amount),
    isEuro: isEuro(of.currency),
    happenedAt: toldAt,
    reason: of.status,
  }
}

/** What a retrieved session, expanded to its charge, says of the order; undefined when it cannot be read. */
export function readSession(json: unknown): readonly BankFact[] | undefined {
  const read = session.safeParse(json)
  if (!read.success) return undefined
  const found = read.data
  if (typeof found.created !== 'number') return undefined
  const payment = typeof found.payment_intent === 'object' ? (found.payment_intent ?? undefined) : undefined
  const latest = typeof payment?.latest_charge === 'object' ? (payment.latest_charge ?? undefined) : undefined
  if (found.payment_status === 'paid')
    return latest
      ? [chargeFact(latest, found.metadata, 'accepted')]
      : [sessionFact(found, at(found.created), '')]
  const failed =
    payment?.status === 'requires_payment_method' && payment.last_payment_error ? [failedFact(payment)] : []
  // A session still open, nobody tried: nothing is known yet.
  if (found.status === 'open') return failed
  if (found.status === 'expired') return [...failed, sessionFact(found, at(found.created), '')]
  return failed.length > 0 ? failed : [sessionFact(found, at(found.created), '')]
}

/** A refund as the API answers it; undefined when it cannot be read. */
export function readRefund(json: unknown, mode: BankFact['mode']): BankFact | undefined {
  const read = refund.safeParse(json)
  return read.success ? refundFact(read.data, mode) : undefined
}
