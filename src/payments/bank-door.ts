// Where the bank's server speaks to us: before every middleware, without session, cookie or redirect.
import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import type { FactOutcome } from './apply-fact.ts'
import { type MessageFailure, receiveMessage } from './receive-message.ts'
import type { Shops } from './shops.ts'

/** Ten times what the bank sends. */
const MAX_BYTES = 65_536

/** Our answers, shown in the bank's back office (gateways 1.7): plain, short, ASCII. */
const ANSWERS: Readonly<Record<FactOutcome | 'kept', string>> = {
  applied: 'OK-applied',
  repeated: 'OK-already known',
  set_aside: 'OK-set aside for a person',
  refused_test: 'OK-other mode, not booked',
  kept: 'OK-kept, tried again later',
}
const REFUSALS: Readonly<Record<MessageFailure, readonly [ContentfulStatusCode, string]>> = {
  unreadable: [400, 'KO-unreadable'],
  'unknown-shop': [400, 'KO-unknown shop'],
  'bad-signature': [403, 'KO-signature'],
}

/** Adds the bank's notification; 200 only when the message is stored, 503 when the bank must try again. */
export function bankDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  app.post(paths.bankNotification, async (c) => {
    const raw = await readRaw(c)
    if (raw === 'too-large') return c.text('KO-too large', 413)
    if (raw === 'unreadable') return c.text('KO-unreadable', 400)
    try {
      const received = await receiveMessage(services, shops, raw.text, 'notification')
      if (received.ok) return c.text(ANSWERS[received.value])
      services.log.warn({ failure: received.failure }, 'a bank message was refused')
      const [status, body] = REFUSALS[received.failure]
      return c.text(body, status)
    } catch (error) {
      services.log.error({ err: error }, 'a bank message could not be kept')
      return c.text('KO-unavailable', 503)
    }
  })
  app.all(paths.bankNotification, (c) => c.text('KO-POST only', 405, { allow: 'POST' }))
}

/** The body as sent, byte for byte, when it is UTF-8 of a bearable size. */
async function readRaw(c: Context<Env>): Promise<{ text: string } | 'too-large' | 'unreadable'> {
  if (Number(c.req.header('content-length') ?? 0) > MAX_BYTES) return 'too-large'
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return 'too-large'
    chunks.push(chunk)
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks)) }
  } catch {
    return 'unreadable'
  }
}
