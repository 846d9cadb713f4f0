// The official library takes half a second and 37 MB: it is loaded when a contract first needs it.
import { createRequire } from 'node:module'
import type { Stripe } from 'stripe'

let loaded: typeof Stripe | undefined

/** The library's class, loaded once; at once, since a message is verified without waiting. */
export function loadStripe(): typeof Stripe {
  // Required, the module is the class itself.
  loaded ??= createRequire(import.meta.url)('stripe') as typeof Stripe
  return loaded
}
