// Stripe's side: its recorded events and answers, about the session that was opened, signed anew.
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Transport } from '../../src/payments/gateway.ts'
import type { BankSide, OpenBankSide, Situation } from './bank-side.ts'

const RECORDED = path.resolve(import.meta.dirname, '../../src/payments/gateways/stripe')
type Json = { [name: string]: unknown }
const read = (name: string) => JSON.parse(readFileSync(path.join(RECORDED, `${name}.json`), 'utf8')) as Json
const SECRET = 'whsec_of_the_side'
const PAYMENT = 'pi_1OfTheSide'
let shops = 0

/** The header of a body at this time. */
const stripeHeader = (raw: string, at: Date, secret = SECRET): string => {
  const time = Math.floor(at.getTime() / 1000)
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${raw}`).digest('hex')}`
}

const EVENTS: Readonly<Record<Situation, string>> = {
  paid: 'session-completed',
  refused: 'payment-failed',
  abandoned: 'session-expired',
  tampered: 'session-completed',
  'other-amount': 'session-completed',
  'other-shop': 'session-completed',
  'unknown-order': 'session-completed',
  'test-message': 'session-completed',
}

export const stripeSide: OpenBankSide = (mode) => {
  const isLive = mode === 'PRODUCTION'
  let opened: Json = {}
  let status: Json = { status: 'open', payment_status: 'unpaid', payment_intent: null }
  const answer = (value: Json) =>
    Promise.resolve({
      ok: true as const,
      value: { status: 200, headers: { 'request-id': 'req_1' }, text: JSON.stringify(value) },
    })
  const transport: Transport = ({ method, url, body }) => {
    if (method === 'POST' && url.endsWith('/v1/checkout/sessions')) {
      const asked = new URLSearchParams(body)
      opened = {
        ...read('answers/session-open'),
        livemode: isLive,
        amount_total: Number(asked.get('line_items[0][price_data][unit_amount]')),
        client_reference_id: asked.get('client_reference_id'),
        metadata: {
          preau_reference: asked.get('metadata[preau_reference]'),
          preau_transaction: asked.get('metadata[preau_transaction]'),
        },
      }
      return answer(opened)
    }
    return answer({ ...opened, ...status })
  }
  const happens: BankSide['happens'] = (situation, _, now) => {
    const event = read(`messages/${EVENTS[situation]}`)
    const { object } = event['data'] as { object: Json }
    const isTest = situation === 'test-message'
    const livemode = isLive && !isTest
    Object.assign(object, { metadata: opened['metadata'], livemode })
    if (object['object'] === 'checkout.session')
      Object.assign(object, { id: opened['id'], amount_total: opened['amount_total'] })
    if (situation === 'paid' || situation === 'other-amount') {
      Object.assign(object, { payment_intent: PAYMENT })
      status = { status: 'complete', payment_status: 'paid', payment_intent: PAYMENT }
    }
    if (situation === 'other-amount') object['amount_total'] = 100
    if (situation === 'unknown-order')
      object['metadata'] = { preau_reference: '0Z9Z8Z7Z6Z5Z4Z3Z2Z1Z0Z9Z8Z', preau_transaction: '000001' }
    const raw = JSON.stringify({ ...event, livemode })
    const secret = situation === 'other-shop' ? 'whsec_of_another_shop' : SECRET
    const signature = stripeHeader(raw, now, secret)
    const sent = situation === 'tampered' ? raw.replace('"eur"', '"eur" ') : raw
    return [{ headers: { 'stripe-signature': signature }, raw: sent }]
  }
  return {
    contract: {
      gateway: 'stripe',
      mode,
      shopNumber: `acct_side${(shops += 1)}`,
      host: 'api.stripe.com',
      settings: { apiUrl: null, pageUrl: null, methods: 'card' },
      secrets: { key: isLive ? 'sk_live_of_the_side' : 'sk_test_of_the_side', webhookSecret: SECRET },
    },
    transport,
    happens,
  }
}
