import { setTimeout as sleep } from 'node:timers/promises'
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { signedOutcome } from './notify.ts'
import { type BackOffice, type OperationResult, statusOf } from './back-office.ts'
import { answered, type Asked, type Described, describeOrder, describeTransaction, refused } from './rest.ts'
import type { Settings } from './settings.ts'
import type { Store, Transaction } from './store.ts'

/** How the interface fails, by order of a test. */
export const restOutages = ['up', 'down', 'slow', 'html', 'mute'] as const
export type Outage = { rest: (typeof restOutages)[number] }

export type RestNeeds = {
  readonly settings: Settings
  readonly clock: Clock
  readonly store: Store
  readonly outage: Outage
  readonly backOffice: BackOffice
}

/** Longer than anybody waits. */
const SLOW = 60_000

const order = z.object({ orderId: z.string().min(1).max(64) })
const transaction = z.object({ uuid: z.string().min(1).max(64) })
const euros = { amount: z.int(), currency: z.literal('EUR') }
const giving = transaction.extend({
  ...euros,
  resolutionMode: z.enum(['AUTO', 'CANCELLATION_ONLY', 'REFUND_ONLY']).default('AUTO'),
})
const update = transaction.extend({ cardUpdate: z.object(euros) })

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** The server-to-server interface, REST V4: questions about orders, and what may be done to them (gateways 2). */
export function serveRest({ settings, clock, store, outage, backOffice }: RestNeeds): Hono {
  const app = new Hono()
  const { shopId, shopKey, shopPassword, otherShopIds = [] } = settings

  const isShop = (c: Context): boolean => {
    if (!shopPassword) return false
    const given = c.req.header('authorization') ?? ''
    return [shopId, ...otherShopIds].some((id) =>
      sameText(given, `Basic ${Buffer.from(`${id}:${shopPassword}`).toString('base64')}`),
    )
  }

  const describedOf = (transaction: Transaction): Described => ({
    fields: signedOutcome(transaction, {}, shopKey),
    parent: transaction.parent,
  })
  const about = (asked: Asked, transaction: Transaction) =>
    answered(
      asked,
      describeTransaction(transaction.order.siteId, transaction.order.orderId, describedOf(transaction)),
    )
  const told = (asked: Asked, result: OperationResult) =>
    'refusal' in result ? refused(asked, result.refusal) : about(asked, result.transaction)

  /** What the shop may see of an order: pages that were left never show (gateways 1.6). */
  const getOrder = (asked: Asked, { orderId }: z.infer<typeof order>) => {
    const found = store.listOfOrder(orderId).filter((one) => one.ending !== 'abandoned')
    return found.length === 0
      ? refused(asked, 'PSP_010')
      : answered(asked, describeOrder(found[0]?.order.siteId ?? shopId, orderId, found.map(describedOf)))
  }
  const getTransaction = (asked: Asked, { uuid }: z.infer<typeof transaction>) => {
    const found = store.findTransaction(uuid)
    return found && found.ending !== 'abandoned' ? about(asked, found) : refused(asked, 'PSP_010')
  }
  /** AUTO cancels before the capture and refunds after it. */
  const cancelOrRefund = (asked: Asked, { uuid, amount, resolutionMode }: z.infer<typeof giving>) => {
    const found = store.findTransaction(uuid)
    const isCaptured = found !== undefined && statusOf(found) === 'CAPTURED'
    const isRefund = resolutionMode === 'REFUND_ONLY' || (resolutionMode === 'AUTO' && isCaptured)
    return told(asked, isRefund ? backOffice.refund(uuid, amount) : backOffice.cancel(uuid, amount))
  }

  const answerTo = (asked: Asked, body: unknown): object => {
    const read = <Body>(schema: z.ZodType<Body>, answer: (asked: Asked, body: Body) => object): object => {
      const parsed = schema.safeParse(body)
      return parsed.success ? answer(asked, parsed.data) : refused(asked, 'INT_009')
    }
    switch (asked.webService) {
      case 'Charge/SDKTest':
        return answered(asked, { value: valueOf(body) })
      case 'Order/Get':
        return read(order, getOrder)
      case 'Transaction/Get':
        return read(transaction, getTransaction)
      case 'Transaction/CancelOrRefund':
        return read(giving, cancelOrRefund)
      case 'Transaction/Update':
        return read(update, (one, { uuid, cardUpdate }) =>
          told(one, backOffice.reduce(uuid, cardUpdate.amount)),
        )
      case 'Transaction/Validate':
        return read(transaction, (one, { uuid }) => told(one, backOffice.validate(uuid)))
      default:
        return refused(asked, 'INT_901')
    }
  }

  app.post('/:folder/:name', async (c) => {
    if (outage.rest === 'down') return c.text('Service Unavailable', 503)
    if (outage.rest === 'html') return c.html('<!doctype html><title>Maintenance</title>')
    if (outage.rest === 'slow') await sleep(SLOW, undefined, { ref: false })
    const webService = `${c.req.param('folder')}/${c.req.param('name')}`
    const asked = { webService, now: clock.now(), mode: settings.mode }
    if (!isShop(c)) return c.json(refused(asked, 'INT_905'), 401)
    const answer = answerTo(asked, await c.req.json().catch(() => undefined))
    // The work is done, and the shop never hears of it.
    if (outage.rest === 'mute') await sleep(SLOW, undefined, { ref: false })
    return c.json(answer)
  })
  return app
}

const valueOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'value' in body ? body.value : null
