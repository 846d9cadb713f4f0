// What Stripe's side remembers; it forgets everything when the bank stops.

export type Metadata = Readonly<Record<string, string>>

/** Faults a test asked for, on the events of one session. */
export type EventFaults = {
  /** No event is ever sent. */
  loss?: boolean | undefined
  /** How many more times each event is sent. */
  repeat?: number | undefined
  /** Events of one moment leave last first. */
  reversed?: boolean | undefined
  badSignature?: boolean | undefined
  /** Seconds added to the signature's time. */
  skewSeconds?: number | undefined
  /** Another amount than the one asked, in cents, on the session and its payment. */
  amount?: number | undefined
  livemode?: boolean | undefined
}

export type Session = {
  readonly id: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly amount: number
  readonly name: string
  readonly clientReferenceId: string | null
  readonly email: string | null
  readonly metadata: Metadata
  readonly intentMetadata: Metadata
  readonly description: string | null
  readonly methods: readonly string[]
  readonly successUrl: string
  readonly cancelUrl: string | null
  readonly faults: EventFaults
  status: 'open' | 'complete' | 'expired'
  paymentStatus: 'unpaid' | 'paid'
  intent: Intent | undefined
  /** The card whose holder is being asked for proof. */
  challenged: string | undefined
}

type PaymentError = { readonly code: string; readonly decline: string; readonly message: string }

export type Charge = {
  readonly id: string
  readonly createdAt: number
  readonly amount: number
  readonly method:
    | { readonly kind: 'card'; readonly brand: string; readonly last4: string; readonly later?: string }
    | { readonly kind: 'sepa_debit'; readonly last4: string; readonly later?: string }
  status: 'succeeded' | 'pending' | 'failed'
  error: PaymentError | undefined
  disputed: boolean
}

export type Intent = {
  readonly id: string
  readonly createdAt: number
  readonly amount: number
  readonly session: Session
  readonly charges: Charge[]
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded'
}

export type Refund = {
  readonly id: string
  readonly createdAt: number
  readonly intent: Intent
  readonly charge: Charge
  readonly amount: number
  readonly reason: string | null
  readonly metadata: Metadata
  status: 'pending' | 'succeeded' | 'failed'
  failureReason: string | undefined
}

export type Dispute = {
  readonly id: string
  readonly createdAt: number
  readonly intent: Intent
  readonly charge: Charge
  readonly amount: number
  readonly reason: string
  status: 'needs_response' | 'won' | 'lost'
}

export type StripeStore = {
  readonly sessions: Map<string, Session>
  readonly intents: Map<string, Intent>
  readonly refunds: Map<string, Refund>
  readonly disputes: Map<string, Dispute>
}

export const createStripeStore = (): StripeStore => ({
  sessions: new Map(),
  intents: new Map(),
  refunds: new Map(),
  disputes: new Map(),
})

/** What a charge has given back, or is giving back, in cents. */
export const refundedOf = (store: StripeStore, charge: Charge): number =>
  [...store.refunds.values()]
    .filter((refund) => refund.charge === charge && refund.status !== 'failed')
    .reduce((total, refund) => total + refund.amount, 0)
