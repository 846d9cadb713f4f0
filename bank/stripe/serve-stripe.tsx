import { Hono } from 'hono'
import type { Clock } from '../clock.ts'
import type { Exchanges } from '../exchanges.ts'
import { startEventSender } from './send-events.ts'
import { type ApiOutage, serveApi } from './serve-api.ts'
import { serveCheckout } from './serve-checkout.tsx'
import { serveStripeDoor } from './serve-test-door.ts'
import { createStripeStore } from './store.ts'
import { openCheckout } from './take-payments.ts'

/** The account of a shop at Stripe. */
export type StripeAccount = {
  readonly key: string
  readonly webhookSecret: string
  readonly webhookUrl: string
}

/** The version the shop's endpoint is created with (gateways 5.2). */
const API_VERSION = '2026-10-28.endive'

/** Stripe's side of the bank, for one account: its API, its hosted page, its events, its test door. */
export function openStripe(
  { key, webhookSecret: secret, webhookUrl: url }: StripeAccount,
  clock: Clock,
  exchanges: Exchanges,
  origin: () => string,
) {
  const store = createStripeStore()
  const outage: ApiOutage = { stripe: 'up' }
  const events = startEventSender({ secret, url, apiVersion: API_VERSION, clock, exchanges })
  const checkout = openCheckout({ clock, store, events, origin })
  const app = new Hono()
  app.route('/v1', serveApi({ key, clock, store, checkout, origin, outage }))
  app.route('/', serveCheckout(checkout))
  const door = serveStripeDoor({ store, checkout, events, outage })
  return { app, door, checkout, outage, stop: events.stop }
}
