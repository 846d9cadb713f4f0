// The official library takes half a second and 37 MB: it is loaded when a contract first needs it.
import { createRequire } from 'node:module'

type Library = typeof import('stripe')

let loaded: Library['Stripe'] | undefined

/** The library's class, loaded once; at once, since a message is verified without waiting. */
export function loadStripe(): Library['Stripe'] {
  // Required, the module is the class itself.
  loaded ??= createRequire(import.meta.url)('stripe') as Library['Stripe']
  return loaded
}
