// Whose event it is: gateways.md 5.2.
import type { Instant } from '../../../kernel/dates.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import { loadStripe } from './load-stripe.ts'

/** Older than this is refused by the library; from the future, which it would take, by us. */
const TOLERANCE_S = 300

/**
 * The event that one of the secrets signed, over the bytes as they came. Several while a secret is
 * rolled: any will do.
 */
export function readSigned(
  raw: string,
  header: string,
  secrets: readonly (string | undefined)[],
  now: Instant,
): Result<unknown, 'bad-signature' | 'unreadable'> {
  const signedAt = Number(/(?:^|,)\s*t=(\d{1,12})(?:,|$)/.exec(header)?.[1] ?? Number.NaN)
  if (!(signedAt * 1_000 <= now.getTime() + TOLERANCE_S * 1_000)) return fail('bad-signature')
  const Stripe = loadStripe()
  for (const secret of secrets) {
    if (secret === undefined) continue
    try {
      return ok(Stripe.webhooks.constructEvent(raw, header, secret, TOLERANCE_S, undefined, now.getTime()))
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return fail('unreadable')
    }
  }
  return fail('bad-signature')
}
