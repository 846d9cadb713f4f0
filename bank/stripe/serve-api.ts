import { createHash, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import { describeIntent, describeRefund, describeSession } from './describe.ts'
import { newId } from './new-id.ts'
import { newRefund, newSession, readTree } from './read-params.ts'
import { refundedOf, type StripeStore } from './store.ts'
import type { Checkout } from './take-payments.ts'

/** How the interface fails, by order of a test. */
export const apiOutages = ['up', 'down', 'html'] as const
export type ApiOutage = { stripe: (typeof apiOutages)[number] }

type Needs = {
  readonly key: string
  readonly clock: Clock
  readonly store: StripeStore
  readonly checkout: Checkout
  readonly origin: () => string
  readonly outage: ApiOutage
}
type Answer = { readonly status: ContentfulStatusCode; readonly body: object }
type Kept = { readonly fingerprint: string; readonly answer: Promise<Answer> }

const HALF_HOUR = 30 * 60
const DAY = 24 * 60 * 60

const refused = (status: ContentfulStatusCode, message: string, more: object = {}): Answer => ({
  status,
  body: { error: { type: 'invalid_request_error', message, ...more } },
})
const missing = (what: string, id: string): Answer =>
  refused(404, `No such ${what}: '${id}'`, { code: 'resource_missing', param: what })

/** The part of Stripe's API that a shop with Checkout calls (gateways 5.1 to 5.3). */
export function serveApi(needs: Needs): Hono {
  const { key, outage } = needs
  const keys = new Map<string, Kept>()
  const app = new Hono()

  const isShop = (c: Context): boolean => {
    const digest = (text: string) => createHash('sha256').update(text).digest()
    return timingSafeEqual(digest(c.req.header('authorization') ?? ''), digest(`Bearer ${key}`))
  }
  const send = (c: Context, { status, body }: Answer, headers: Record<string, string> = {}) =>
    c.json(body, status, { 'request-id': newId('req', 7), ...headers })

  /** The same key gives the same answer again, and refuses another question (gateways 5.3). */
  const once = async (c: Context, act: (body: string) => Answer | Promise<Answer>) => {
    const body = await c.req.text()
    const idempotencyKey = c.req.header('idempotency-key')
    if (idempotencyKey === undefined) return send(c, await act(body))
    const fingerprint = `${c.req.path} ${body}`
    const known = keys.get(idempotencyKey)
    if (known && known.fingerprint !== fingerprint)
      return send(c, {
        status: 400,
        body: {
          error: {
            type: 'idempotency_error',
            message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${idempotencyKey}' if you meant to execute a different request.`,
          },
        },
      })
    const kept = known ?? { fingerprint, answer: Promise.resolve(act(body)) }
    keys.set(idempotencyKey, kept)
    return send(c, await kept.answer, {
      'idempotency-key': idempotencyKey,
      ...(known ? { 'idempotent-replayed': 'true' } : {}),
    })
  }

  app.use(async (c, next) => {
    if (outage.stripe === 'down')
      return send(c, { status: 500, body: { error: { type: 'api_error', message: 'Down' } } })
    if (outage.stripe === 'html') return c.html('<!doctype html><title>Maintenance</title>')
    if (!isShop(c)) return send(c, refused(401, 'Invalid API Key provided'))
    return next()
  })
  app.post('/checkout/sessions', (c) => once(c, (body) => createSession(needs, body)))
  app.get('/checkout/sessions/:id', (c) => send(c, getSession(needs, c.req.param('id'), expandOf(c))))
  app.post('/checkout/sessions/:id/expire', (c) => once(c, () => expireSession(needs, c.req.param('id'))))
  app.get('/payment_intents/:id', (c) => send(c, getIntent(needs, c.req.param('id'), expandOf(c))))
  app.post('/refunds', (c) => once(c, (body) => createRefund(needs, body)))
  app.get('/refunds', (c) => send(c, listRefunds(needs, c.req.query('payment_intent') ?? '')))
  app.get('/refunds/:id', (c) => send(c, getRefund(needs, c.req.param('id'))))
  app.get('/balance', (c) =>
    send(c, { status: 200, body: { object: 'balance', livemode: false, available: [], pending: [] } }),
  )
  app.notFound((c) => send(c, refused(404, `Unrecognized request URL (${c.req.method}: ${c.req.path}).`)))
  return app
}

const expandOf = (c: Context): string[] =>
  [...new URL(c.req.url).searchParams]
    .filter(([name]) => /^expand\[\d*\]$/.test(name))
    .map(([, value]) => value)

/** What Stripe says of the first parameter that is wrong. */
function problem({ issues }: z.ZodError): Answer {
  const [issue] = issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const [first = '', ...rest] = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(
    String,
  )
  const param = first + rest.map((name) => `[${name}]`).join('')
  return unknown === undefined
    ? refused(400, `Invalid ${param}: ${issue?.message ?? ''}`, { param })
    : refused(400, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
}

function createSession({ clock, store, checkout, origin }: Needs, body: string): Answer {
  const read = newSession.safeParse(readTree(body))
  if (!read.success) return problem(read.error)
  const asked = read.data
  const now = Math.floor(clock.now() / 1000)
  const expiresAt = asked.expires_at ?? now + DAY
  if (expiresAt < now + HALF_HOUR || expiresAt > now + DAY)
    return refused(400, 'The `expires_at` timestamp must be between 30 minutes and 24 hours from now.', {
      param: 'expires_at',
    })
  const session = checkout.open({
    expiresAt: expiresAt * 1000,
    amount: asked.line_items.reduce((total, item) => total + item.price_data.unit_amount, 0),
    name: asked.line_items.map((item) => item.price_data.product_data.name).join(', '),
    clientReferenceId: asked.client_reference_id ?? null,
    email: asked.customer_email ?? null,
    metadata: asked.metadata,
    intentMetadata: asked.payment_intent_data.metadata,
    description: asked.payment_intent_data.description ?? null,
    methods: asked.allowed_payment_method_types,
    successUrl: asked.success_url,
    cancelUrl: asked.cancel_url ?? null,
  })
  return { status: 200, body: describeSession(store, session, origin()) }
}

function getSession({ store, origin }: Needs, id: string, expand: readonly string[]): Answer {
  const session = store.sessions.get(id)
  if (!session) return missing('checkout.session', id)
  return { status: 200, body: describeSession(store, session, origin(), expand) }
}

async function expireSession(needs: Needs, id: string): Promise<Answer> {
  const { store, checkout, origin } = needs
  const session = store.sessions.get(id)
  if (!session) return missing('checkout.session', id)
  if (session.status !== 'open')
    return refused(
      400,
      `This Session is not in an expireable state. Only Sessions with status in ["open"] can be expired.`,
    )
  void checkout.expire(session)
  return { status: 200, body: describeSession(store, session, origin()) }
}

function getIntent({ store }: Needs, id: string, expand: readonly string[]): Answer {
  const intent = store.intents.get(id)
  return intent ? { status: 200, body: describeIntent(store, intent, expand) } : missing('payment_intent', id)
}

async function createRefund({ store, checkout }: Needs, body: string): Promise<Answer> {
  const read = newRefund.safeParse(readTree(body))
  if (!read.success) return problem(read.error)
  const { payment_intent: intentId, charge: chargeId, amount, reason, metadata } = read.data
  const intent = [...store.intents.values()].find(
    (one) => one.id === intentId || one.charges.some(({ id }) => id === chargeId),
  )
  if (!intent) return missing('payment_intent', intentId ?? chargeId ?? '')
  const charge = intent.charges.at(-1)
  if (!charge || charge.status !== 'succeeded')
    return refused(400, 'This PaymentIntent does not have a successful charge to refund.')
  if (charge.disputed)
    return refused(400, `Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    })
  const left = charge.amount - refundedOf(store, charge)
  if (left === 0)
    return refused(400, `Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  if (amount !== undefined && amount > left)
    return refused(400, `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    })
  const refund = await checkout.refund(intent, charge, amount ?? left, reason ?? null, metadata)
  return { status: 200, body: describeRefund(refund) }
}

function listRefunds({ store }: Needs, intentId: string): Answer {
  const data = [...store.refunds.values()].filter(({ intent }) => intent.id === intentId).map(describeRefund)
  return {
    status: 200,
    body: { object: 'list', url: '/v1/refunds', has_more: false, data: data.toReversed() },
  }
}

function getRefund({ store }: Needs, id: string): Answer {
  const refund = store.refunds.get(id)
  return refund ? { status: 200, body: describeRefund(refund) } : missing('refund', id)
}
