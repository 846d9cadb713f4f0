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

export type Gateways = {
  readonly systempay: { readonly settings: SystempaySettings; readonly secrets: SystempaySecrets }
}
export type GatewayName = keyof Gateways
