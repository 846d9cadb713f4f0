import { setTimeout as sleep } from 'node:timers/promises'
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { signedOutcome } from './notify.ts'
import { answered, describeOrder, refused } from './rest.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'

/** How the interface fails, by order of a test. */
export type Outage = { rest: 'up' | 'down' | 'slow' | 'html' }

export type RestNeeds = {
  readonly settings: Settings
  readonly clock: Clock
  readonly store: Store
  readonly outage: Outage
}

/** Longer than anybody waits. */
const SLOW = 60_000

const question = z.object({ orderId: z.string().min(1).max(64) })

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** The server-to-server interface, REST V4: Charge/SDKTest and Order/Get (gateways 2). */
export function serveRest({ settings, clock, store, outage }: RestNeeds): Hono {
  const app = new Hono()
  const { shopId, shopKey, shopPassword } = settings

  const isShop = (c: Context): boolean => {
    if (!shopPassword) return false
    const expected = Buffer.from(`${shopId}:${shopPassword}`).toString('base64')
    return sameText(c.req.header('authorization') ?? '', `Basic ${expected}`)
  }

  /** What the shop may see of an order: pages that were left never show (gateways 1.6). */
  const outcomesOf = (orderId: string) =>
    store
      .listOfOrder(orderId)
      .filter((one) => one.ending !== 'abandoned')
      .map((one) => signedOutcome(one, {}, shopKey))

  app.post('/:folder/:name', async (c) => {
    if (outage.rest === 'down') return c.text('Service Unavailable', 503)
    if (outage.rest === 'html') return c.html('<!doctype html><title>Maintenance</title>')
    if (outage.rest === 'slow') await sleep(SLOW, undefined, { ref: false })
    const webService = `${c.req.param('folder')}/${c.req.param('name')}`
    const asked = { webService, now: clock.now(), mode: settings.mode }
    if (!isShop(c)) return c.json(refused(asked, 'INT_905'), 401)
    const body: unknown = await c.req.json().catch(() => undefined)
    if (webService === 'Charge/SDKTest') return c.json(answered(asked, { value: valueOf(body) }))
    if (webService !== 'Order/Get') return c.json(refused(asked, 'INT_901'))
    const read = question.safeParse(body)
    if (!read.success) return c.json(refused(asked, 'INT_009'))
    const { orderId } = read.data
    const outcomes = outcomesOf(orderId)
    if (outcomes.length === 0) return c.json(refused(asked, 'PSP_010'))
    return c.json(answered(asked, describeOrder(shopId, orderId, outcomes, asked.now)))
  })
  return app
}

const valueOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'value' in body ? body.value : null
