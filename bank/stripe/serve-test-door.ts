import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { EventSender } from './send-events.ts'
import { apiOutages, type ApiOutage } from './serve-api.ts'
import type { EventFaults, StripeStore } from './store.ts'
import type { Checkout } from './take-payments.ts'

type Needs = {
  readonly store: StripeStore
  readonly checkout: Checkout
  readonly events: EventSender
  readonly outage: ApiOutage
}

const faults: z.ZodType<EventFaults> = z.strictObject({
  loss: z.boolean().optional(),
  repeat: z.int().min(0).max(5).optional(),
  reversed: z.boolean().optional(),
  badSignature: z.boolean().optional(),
  skewSeconds: z.int().optional(),
  amount: z.int().min(1).optional(),
  livemode: z.boolean().optional(),
})

/** What a test orders of Stripe's side, under /porte-de-test/stripe. */
export function serveStripeDoor({ store, checkout, events, outage }: Needs): Hono {
  const app = new Hono()
  const read = async <Schema extends z.ZodType>(c: Context, schema: Schema) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    return schema.safeParse(body)
  }
  const wrong = (c: Context, error: z.ZodError) => c.json({ error: z.prettifyError(error) }, 400)
  const paidOf = (intentId: string) => {
    const intent = store.intents.get(intentId)
    const charge = intent?.charges.at(-1)
    return intent && charge?.status === 'succeeded' ? { intent, charge } : undefined
  }

  app.post('/armer', async (c) => {
    const asked = await read(c, faults)
    return asked.success ? c.json({ armed: checkout.arm(asked.data) }) : wrong(c, asked.error)
  })
  app.post('/panne', async (c) => {
    const asked = await read(c, z.strictObject({ stripe: z.enum(apiOutages) }))
    return asked.success ? c.json(Object.assign(outage, asked.data)) : wrong(c, asked.error)
  })
  app.get('/evenements', (c) =>
    c.json(
      events.list().map(({ id, type, deliveries, body }) => ({
        id,
        type,
        deliveries,
        event: JSON.parse(body) as unknown,
      })),
    ),
  )
  app.post('/renvoyer', async (c) => {
    const asked = await read(c, z.strictObject({ id: z.string() }))
    if (!asked.success) return wrong(c, asked.error)
    const delivery = await events.resend(asked.data.id)
    return delivery ? c.json(delivery) : c.json({ error: 'no such event' }, 404)
  })
  app.post('/contester', async (c) => {
    const asked = await read(c, z.strictObject({ intent: z.string() }))
    const paid = asked.success ? paidOf(asked.data.intent) : undefined
    if (!paid) return c.json({ error: 'no such payment' }, 404)
    const { id } = await checkout.dispute(paid.intent, paid.charge)
    return c.json({ id })
  })
  app.post('/clore', async (c) => {
    const asked = await read(c, z.strictObject({ dispute: z.string(), status: z.enum(['won', 'lost']) }))
    const dispute = asked.success ? store.disputes.get(asked.data.dispute) : undefined
    if (!asked.success || !dispute) return c.json({ error: 'no such dispute' }, 404)
    await checkout.closeDispute(dispute, asked.data.status)
    return c.json({ status: dispute.status })
  })
  app.post('/rembourser', async (c) => {
    const asked = await read(c, z.strictObject({ intent: z.string(), amount: z.int().min(1) }))
    const paid = asked.success ? paidOf(asked.data.intent) : undefined
    if (!asked.success || !paid) return c.json({ error: 'no such payment' }, 404)
    const { id } = await checkout.refund(paid.intent, paid.charge, asked.data.amount, null, {})
    return c.json({ id })
  })
  app.post('/tourner', async (c) => {
    const asked = await read(c, z.strictObject({ secret: z.string().optional() }))
    if (!asked.success) return wrong(c, asked.error)
    if (asked.data.secret === undefined) events.endRoll()
    else events.roll(asked.data.secret)
    return c.json({ rolled: asked.data.secret !== undefined })
  })
  return app
}
