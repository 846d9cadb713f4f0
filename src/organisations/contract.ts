// A contract with a bank: what each gateway is told in clear, and what is kept sealed. A gateway more
// is a member here, in contract-file.ts, and a line in payments/gateways/registry.ts.

/** Every setting is a text, or null where the bank's own default stands. */
type SystempaySettings = {
  readonly formUrl: string
  /** The interface between servers; null for a shop without it. */
  readonly restUrl: string | null
  /** The shop's setting in the bank's back office, the same in both directions. */
  readonly signature: 'HMAC-SHA-256' | 'SHA-1'
  /** Codes joined with `;`; null: the bank's page offers all that the shop takes. */
  readonly cards: string | null
  /** vads_threeds_mpi (gateways 1.9); null: no preference. */
  readonly threeDs: '2' | '3' | '4' | null
}

type SystempaySecrets = {
  readonly key: string
  /** Still valid for messages while the bank changes to the new one. */
  readonly previousKey?: string | undefined
  readonly restPassword?: string | undefined
  /** Signs what a browser brings back from the JavaScript form. */
  readonly restHmacKey?: string | undefined
}

type PayfipSettings = {
  readonly address: string
  /** T: no money. X: real cards, for the first payments that open the contract. W: for good. */
  readonly saisie: 'T' | 'X' | 'W'
}

type StripeSettings = {
  /** Where Stripe is asked; null: api.stripe.com. */
  readonly apiUrl: string | null
  /** Where families pay; null: checkout.stripe.com. */
  readonly pageUrl: string | null
  /** Stripe's names joined with `;`; null: those of the account's dashboard. */
  readonly methods: string | null
}

type StripeSecrets = {
  readonly key: string
  /** Signs the events; known once the endpoint was created at Stripe's. */
  readonly webhookSecret?: string | undefined
  /** Still valid while Stripe rolls to the new one. */
  readonly previousWebhookSecret?: string | undefined
}

export type Gateways = {
  /** PayFiP gives no secret: the contract's number is all there is. */
  readonly payfip: {
    readonly settings: PayfipSettings
    readonly secrets: { readonly [name: string]: string }
  }
  readonly systempay: { readonly settings: SystempaySettings; readonly secrets: SystempaySecrets }
  readonly stripe: { readonly settings: StripeSettings; readonly secrets: StripeSecrets }
}
export type GatewayName = keyof Gateways
