// Stripe's objects as its API writes them, with the fields a shop reads (API reference, 2026-10-28).
import {
  type Charge,
  type Dispute,
  type Intent,
  type Refund,
  refundedOf,
  type Session,
  type StripeStore,
} from './store.ts'

const seconds = (time: number): number => Math.floor(time / 1000)

export function describeSession(
  store: StripeStore,
  session: Session,
  origin: string,
  expand: readonly string[] = [],
) {
  const { intent, faults } = session
  const amount = faults.amount ?? session.amount
  return {
    id: session.id,
    object: 'checkout.session',
    amount_subtotal: amount,
    amount_total: amount,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    created: seconds(session.createdAt),
    currency: 'eur',
    customer: null,
    customer_details: session.email === null ? null : { email: session.email },
    customer_email: session.email,
    expires_at: seconds(session.expiresAt),
    livemode: faults.livemode ?? false,
    locale: 'fr',
    metadata: session.metadata,
    mode: 'payment',
    payment_intent: expanded(intent, expand, 'payment_intent', (one, deeper) =>
      describeIntent(store, one, deeper),
    ),
    payment_method_types: session.methods,
    payment_status: session.paymentStatus,
    status: session.status,
    success_url: session.successUrl,
    url: session.status === 'open' ? `${origin}/c/pay/${session.id}` : null,
  }
}

export function describeIntent(store: StripeStore, intent: Intent, expand: readonly string[] = []) {
  const { session, charges } = intent
  const latest = charges.at(-1)
  const amount = session.faults.amount ?? intent.amount
  return {
    id: intent.id,
    object: 'payment_intent',
    amount,
    amount_received: intent.status === 'succeeded' ? amount : 0,
    capture_method: 'automatic_async',
    created: seconds(intent.createdAt),
    currency: 'eur',
    description: session.description,
    last_payment_error: intent.status === 'requires_payment_method' ? errorOf(latest) : null,
    latest_charge: expanded(latest, expand, 'latest_charge', (one) => describeCharge(store, intent, one)),
    livemode: session.faults.livemode ?? false,
    metadata: session.intentMetadata,
    payment_method_types: session.methods,
    status: intent.status,
  }
}

const errorOf = (charge: Charge | undefined) =>
  charge?.error
    ? {
        type: 'card_error',
        code: charge.error.code,
        decline_code: charge.error.decline,
        message: charge.error.message,
        charge: charge.id,
      }
    : null

export function describeCharge(store: StripeStore, intent: Intent, charge: Charge) {
  const { method, error } = charge
  const refunded = refundedOf(store, charge)
  const amount = intent.session.faults.amount ?? charge.amount
  return {
    id: charge.id,
    object: 'charge',
    amount,
    amount_captured: charge.status === 'succeeded' ? amount : 0,
    amount_refunded: refunded,
    created: seconds(charge.createdAt),
    currency: 'eur',
    description: intent.session.description,
    disputed: charge.disputed,
    failure_code: error?.code ?? null,
    failure_message: error?.message ?? null,
    livemode: intent.session.faults.livemode ?? false,
    metadata: intent.session.intentMetadata,
    outcome: {
      network_status: error ? 'declined_by_network' : 'approved_by_network',
      reason: error?.decline ?? null,
    },
    paid: charge.status !== 'failed',
    payment_intent: intent.id,
    payment_method_details:
      method.kind === 'card'
        ? {
            type: 'card',
            card: { brand: method.brand, last4: method.last4, country: 'FR', authorization_code: '123456' },
          }
        : { type: 'sepa_debit', sepa_debit: { last4: method.last4, country: 'FR' } },
    refunded: refunded === charge.amount,
    status: charge.status,
  }
}

export const describeRefund = (refund: Refund) => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  charge: refund.charge.id,
  created: seconds(refund.createdAt),
  currency: 'eur',
  ...(refund.failureReason === undefined ? {} : { failure_reason: refund.failureReason }),
  metadata: refund.metadata,
  payment_intent: refund.intent.id,
  reason: refund.reason,
  status: refund.status,
})

export const describeDispute = (dispute: Dispute) => ({
  id: dispute.id,
  object: 'dispute',
  amount: dispute.amount,
  charge: dispute.charge.id,
  created: seconds(dispute.createdAt),
  currency: 'eur',
  livemode: dispute.intent.session.faults.livemode ?? false,
  metadata: {},
  payment_intent: dispute.intent.id,
  reason: dispute.reason,
  status: dispute.status,
})

/** An object itself when « expand » asks for it, with what it asks for inside; else its id. */
function expanded<T extends { readonly id: string }, Described>(
  one: T | undefined,
  expand: readonly string[],
  name: string,
  describe: (one: T, deeper: readonly string[]) => Described,
): Described | string | null {
  if (!one) return null
  const inside = expand.filter((path) => path === name || path.startsWith(`${name}.`))
  if (inside.length === 0) return one.id
  return describe(
    one,
    inside.map((path) => path.slice(name.length + 1)).filter((path) => path !== ''),
  )
}
