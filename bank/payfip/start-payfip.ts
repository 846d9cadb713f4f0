import { setTimeout as wait } from 'node:timers/promises'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Exchanges } from '../exchanges.ts'
import { openCounter, type Counter, type Operation } from './counter.ts'
import { startPayfipNotifier } from './notify.ts'
import { servePayfip } from './serve-payfip.tsx'
import { servePayfipService, type Exchange, payfipOutages, type PayfipOutage } from './serve-soap.ts'

/** What PayFiP must be told to play its part. */
export type PayfipSettings = {
  /** The client's number, six digits; 090909 is the public test client. */
  readonly numcli: string
  /** The name of the service that is paid. */
  readonly service: string
  readonly shopUrl: string
}

/** PayFiP at work: its pages and web service, and the door for tests. */
export type Payfip = {
  readonly pages: Hono
  readonly testDoor: Hono
  readonly counter: Counter
  readonly outage: PayfipOutage
  readonly stop: () => void
}

const PATIENCE = 2000
const MOST_EXCHANGES = 100

const faults = z.strictObject({
  loss: z.boolean().optional(),
  repeat: z.int().min(0).max(50).optional(),
  lateMinutes: z.number().min(0).optional(),
  returnBy: z.enum(['GET', 'POST']).optional(),
  amount: z.int().min(0).optional(),
  detail: z.enum(['P1', 'P3', 'P4', 'P5', '999']).optional(),
})
const outages = z.strictObject({ service: z.enum(payfipOutages) })

/** Opens PayFiP on the bank's clock. */
export function startPayfip(
  settings: PayfipSettings,
  clock: Clock,
  shopExchanges: Exchanges,
  onFailure: (idOp: string) => void,
): Payfip {
  const notifier = startPayfipNotifier(clock, shopExchanges, onFailure)
  const told = new WeakMap<Operation, Promise<void>>()
  const counter = openCounter({
    clock,
    ...settings,
    onEnding: (operation) => void told.set(operation, notifier.announce(operation)),
  })
  const outage: PayfipOutage = { service: 'up' }
  const exchanges: Exchange[] = []
  const keep = (exchange: Exchange) => {
    exchanges.push(exchange)
    if (exchanges.length > MOST_EXCHANGES) exchanges.shift()
  }
  const whenTold = async (operation: Operation) => {
    await Promise.race([told.get(operation), wait(PATIENCE, undefined, { ref: false })])
  }

  const pages = new Hono()
  pages.route('/', servePayfipService({ clock, counter, outage, keep }))
  pages.route('/', servePayfip({ clock, counter, whenTold, ...settings }))

  const testDoor = new Hono()
  testDoor.post('/armer', async (c) => {
    const read = faults.safeParse(await c.req.json().catch(() => undefined))
    return read.success
      ? c.json({ armed: counter.arm(read.data) })
      : c.json({ error: z.prettifyError(read.error) }, 400)
  })
  testDoor.post('/panne', async (c) => {
    const read = outages.safeParse(await c.req.json().catch(() => undefined))
    return read.success
      ? c.json(Object.assign(outage, read.data))
      : c.json({ error: z.prettifyError(read.error) }, 400)
  })
  testDoor.get('/operations', (c) => c.json(counter.list()))
  testDoor.get('/echanges', (c) => c.json(exchanges))
  return { pages, testDoor, counter, outage, stop: notifier.stop }
}
