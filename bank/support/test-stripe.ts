// A bank with an account at Stripe, the official client on it, and the shop's endpoint.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Stripe } from 'stripe'
import { openDesk } from './test-bank.ts'

const STRIPE_KEY = 'sk_test_of_the_tests'
const STRIPE_SECRET = 'whsec_of_the_tests'

export type StripeDesk = Awaited<ReturnType<typeof openStripeDesk>>

/** Events arrive in `received` once the official library has verified them; `refused` counts the others. */
export async function openStripeDesk() {
  const received: Stripe.Event[] = []
  const refused: string[] = []
  const answers: number[] = []
  const secrets = [STRIPE_SECRET]
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      const header = String(request.headers['stripe-signature'])
      try {
        const [secret = ''] = secrets
        received.push(
          stripe.webhooks.constructEvent(Buffer.concat(parts), header, secret, Number.MAX_SAFE_INTEGER),
        )
      } catch {
        refused.push(header)
      }
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const desk = await openDesk({
    stripe: { key: STRIPE_KEY, webhookSecret: STRIPE_SECRET, webhookUrl: `http://127.0.0.1:${port}/` },
  })
  const origin = `http://127.0.0.1:${desk.bank.port}`
  const stripe = new Stripe(STRIPE_KEY, {
    host: '127.0.0.1',
    port: desk.bank.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  })
  return {
    desk,
    stripe,
    origin,
    received,
    refused,
    answers,
    secrets,
    types: () => received.map(({ type }) => type),
    act: (session: string, action: string, fields: Record<string, string>) =>
      fetch(`${origin}/c/pay/${session}/${action}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    door: (path: string, body?: unknown) => desk.door(`stripe/${path}`, body),
    stop: async () => {
      await desk.stop()
      await new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
    },
  }
}

/** What a shop asks of a session, for 74,50 €. */
export const sessionParams = (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) => ({
  mode: 'payment' as const,
  line_items: [
    {
      quantity: 1,
      price_data: { currency: 'eur', unit_amount: 7_450, product_data: { name: 'Factures TH001987' } },
    },
  ],
  success_url: 'http://portail.example/retour',
  cancel_url: 'http://portail.example/annule',
  client_reference_id: 'PR-1',
  metadata: { reference: 'PR-1' },
  payment_intent_data: { metadata: { reference: 'PR-1' } },
  locale: 'fr' as const,
  ...changes,
})
