// Where the bank's server speaks to us: before every middleware, without session, cookie or redirect.
import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import { adapterOf, adapters } from './gateways/registry.ts'
import { referenceOf } from './own-attempt.ts'
import { type Address, receiveMessage } from './receive-message.ts'
import { receiveReturn } from './receive-return.ts'
import type { Shops } from './shops.ts'

/** Ten times what a bank sends. */
const MAX_BYTES = 65_536

/**
 * Adds the bank's notification: one address that the platform of Systempay shares among its shops,
 * and one for each contract; and the return of a bank that comes back by POST, from another site.
 */
export function bankDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  app.post(paths.bankNotification, (c) => hear(c, services, shops, { gateway: 'systempay' }))
  app.all(paths.bankNotification, refuseMethod)
  const own = paths.contractNotification(':gateway', ':contract')
  app.post(own, async (c) => {
    const gateway = adapters.find(({ name }) => name === c.req.param('gateway'))?.name
    if (gateway === undefined) return c.text('KO-unknown shop', 404)
    return hear(c, services, shops, { gateway, contractId: c.req.param('contract') ?? '' })
  })
  app.all(own, refuseMethod)

  app.post(paths.paymentReturn(':ref'), async (c) => {
    const reference = referenceOf(c)
    const raw = await readRaw(c)
    if (typeof raw === 'object') await receiveReturn(services, shops, reference, raw.text)
    return c.redirect(paths.payment(reference), 303)
  })
}

const refuseMethod = (c: Context<Env>) => c.text('KO-POST only', 405, { allow: 'POST' })

/** 200 only when the message is stored, 503 when the bank must try again. */
async function hear(c: Context<Env>, services: Services, shops: Shops, address: Address): Promise<Response> {
  const raw = await readRaw(c)
  if (raw === 'too-large') return c.text('KO-too large', 413)
  if (raw === 'unreadable') return c.text('KO-unreadable', 400)
  const { answer } = adapterOf(address.gateway)
  try {
    const message = { broughtBy: 'notification', headers: c.req.header(), raw: raw.text } as const
    const received = await receiveMessage(services, shops, address, message)
    if (!received.ok && shops.mayTell(`${address.gateway} ${received.failure}`, services.clock.now()))
      services.log.warn({ failure: received.failure }, 'bank messages are refused')
    return say(c, answer(received.ok ? received.value : received.failure))
  } catch (error) {
    services.log.error({ err: error }, 'a bank message could not be kept')
    return say(c, answer('unavailable'))
  }
}

const say = (c: Context<Env>, { status, text }: { readonly status: number; readonly text: string }) =>
  c.text(text, status as ContentfulStatusCode)

/** The body as sent, byte for byte, when it is UTF-8 of a bearable size. */
async function readRaw(c: Context<Env>): Promise<{ text: string } | 'too-large' | 'unreadable'> {
  const length = c.req.header('content-length')
  if (Number(length ?? 0) > MAX_BYTES) return 'too-large'
  // A length that was told is kept to by the server; without one, each piece is counted.
  const bytes = length === undefined ? await readPieces(c) : await c.req.arrayBuffer()
  if (bytes === 'too-large') return bytes
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return 'unreadable'
  }
}

async function readPieces(c: Context<Env>): Promise<Buffer | 'too-large'> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return 'too-large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
