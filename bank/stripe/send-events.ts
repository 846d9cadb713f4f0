import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Exchanges } from '../exchanges.ts'
import type { EventFaults } from './store.ts'

/** An event sent, and what the shop answered. */
type EventDelivery = { readonly at: number; readonly status: number | 'lost' | 'failed' }

type StripeEvent = {
  readonly id: string
  readonly type: string
  readonly body: string
  readonly faults: EventFaults
  readonly deliveries: EventDelivery[]
}

export type EventSender = {
  /** Tells the shop of what happened in one moment, in order. */
  send: (
    happened: readonly { readonly type: string; readonly object: object }[],
    faults: EventFaults,
  ) => Promise<void>
  /** Sends an event once more, by hand. */
  resend: (id: string) => Promise<EventDelivery | undefined>
  list: () => readonly StripeEvent[]
  /** From now on both secrets sign, the new one first; `end` retires the old. */
  roll: (secret: string) => void
  endRoll: () => void
  stop: () => void
}

type Needs = {
  readonly secret: string
  readonly url: string
  readonly apiVersion: string
  readonly clock: Clock
  readonly exchanges: Exchanges
}

const TIMEOUT = 30_000
/** In a sandbox: three times over a few hours (gateways 5.2). */
const RETRY_AFTER = [5 * 60_000, 60 * 60_000, 3 * 60 * 60_000]
const STRANGER = 'whsec_nobody_knows_this_one'
const MOST_KEPT = 500

/** The header of a body at a time in seconds: one signature for each secret. */
export function signatureHeader(body: string, time: number, secrets: readonly string[]): string {
  const signatures = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'),
  )
  return [`t=${time}`, ...signatures.map((one) => `v1=${one}`)].join(',')
}

type Happened = { readonly id: string; readonly type: string; readonly object: object }

/** An event's body as Stripe writes it, over several lines. */
export const writeEvent = ({ id, type, object }: Happened, version: string, now: number, livemode: boolean) =>
  JSON.stringify(
    {
      id,
      object: 'event',
      api_version: version,
      created: Math.floor(now / 1000),
      data: { object },
      livemode,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    },
    undefined,
    2,
  )

/** Starts the sender of signed events. */
export function startEventSender({ secret, url, apiVersion, clock, exchanges }: Needs): EventSender {
  const closing = new AbortController()
  const events: StripeEvent[] = []
  let secrets = [secret]

  const begin = (event: StripeEvent, signature: string) =>
    exchanges.begin({
      kind: 'stripe-event',
      address: `POST ${url}`,
      request: `stripe-signature: ${signature}\n\n${event.body}`,
      signed: `${/^t=(-?\d+)/.exec(signature)?.[1] ?? ''}.${event.body}`,
    })
  const signatureOf = ({ body, faults }: StripeEvent, at: number) =>
    signatureHeader(
      body,
      Math.floor(at / 1000) + (faults.skewSeconds ?? 0),
      faults.badSignature ? [STRANGER] : secrets,
    )
  const post = async (event: StripeEvent): Promise<EventDelivery> => {
    const at = clock.now()
    const signature = signatureOf(event, at)
    const end = begin(event, signature)
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: event.body,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signature,
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT)]),
      })
      end(response.status, await response.text())
      return { at, status: response.status }
    } catch (error) {
      end('failed', String(error))
      return { at, status: 'failed' }
    }
  }
  const deliver = async (event: StripeEvent): Promise<EventDelivery> => {
    const delivery = await post(event)
    event.deliveries.push(delivery)
    return delivery
  }
  const retryLater = (event: StripeEvent, tries: number) => {
    const after = RETRY_AFTER[tries]
    if (after === undefined) return
    clock.at(clock.now() + after, async () => {
      if (!isTaken(await deliver(event))) retryLater(event, tries + 1)
    })
  }
  const write = ({ type, object }: { type: string; object: object }, faults: EventFaults): StripeEvent => {
    const id = `evt_${randomBytes(12).toString('hex')}`
    const body = writeEvent({ id, type, object }, apiVersion, clock.now(), faults.livemode ?? false)
    const event = { id, type, body, faults, deliveries: [] }
    events.push(event)
    if (events.length > MOST_KEPT) events.shift()
    return event
  }

  return {
    send: async (happened, faults) => {
      const written = happened.map((one) => write(one, faults))
      for (const event of faults.reversed ? written.toReversed() : written) {
        if (faults.loss) {
          event.deliveries.push({ at: clock.now(), status: 'lost' })
          begin(event, signatureOf(event, clock.now()))('lost', '')
          continue
        }
        const copies = Array.from({ length: 1 + (faults.repeat ?? 0) }, () => deliver(event))
        if (!(await Promise.all(copies)).some(isTaken)) retryLater(event, 0)
      }
    },
    resend: async (id) => {
      const event = events.find((one) => one.id === id)
      return event && deliver(event)
    },
    list: () => events,
    roll: (next) => {
      secrets = [next, ...secrets]
    },
    endRoll: () => {
      secrets = secrets.slice(0, 1)
    },
    stop: () => closing.abort(),
  }
}

const isTaken = ({ status }: EventDelivery): boolean =>
  typeof status === 'number' && status >= 200 && status < 300
