// The line between the bank and the portal: it loses, repeats, delays and shuffles what the bank
// sends, and strangers write on it. It runs apart from both, and nobody tells the portal.
import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack, Delivery, PlannedPayment } from './plan.ts'

export type Line = {
  readonly port: number
  /** What the plan says of this order, before its form goes to the bank. */
  readonly expect: (orderId: string, payment: PlannedPayment) => void
  /** Resolves when every copy has arrived. */
  readonly settle: () => Promise<void>
  readonly counts: Readonly<Record<LineCount, number>>
  readonly stop: () => Promise<void>
}
type LineCount = 'sent' | 'lost' | 'copies' | 'refused' | 'unavailable' | Attack

const TIMEOUT_MS = 30_000

/** Opens the line to the portal's notification address. `key` is the shop's, which some strangers have. */
export async function openLine(portal: string, key: string): Promise<Line> {
  const plans = new Map<string, PlannedPayment>()
  const told = new Map<string, string[]>()
  const heard: string[] = []
  const open = new Set<Promise<unknown>>()
  const counts: Record<LineCount, number> = {
    sent: 0,
    lost: 0,
    copies: 0,
    refused: 0,
    unavailable: 0,
    forged: 0,
    tampered: 0,
    'test-mode': 0,
    replayed: 0,
  }

  const post = async (body: string): Promise<number> => {
    counts.copies += 1
    try {
      const answer = await fetch(portal, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await answer.text()
      if (answer.status >= 500) counts.unavailable += 1
      else if (answer.status >= 400) counts.refused += 1
      return answer.status
    } catch {
      counts.unavailable += 1
      return 502
    }
  }
  const later = (milliseconds: number, work: () => Promise<unknown>): Promise<unknown> => {
    const done = sleep(milliseconds).then(work)
    const kept: Promise<unknown> = done.finally(() => open.delete(kept))
    open.add(kept)
    return done
  }

  const attack = (raw: string, { attacks }: PlannedPayment) => {
    for (const { attack: kind, choice } of attacks) {
      const body = kind === 'replayed' ? heard[Math.floor(choice * heard.length)] : forge(kind, raw, key)
      if (body === undefined) continue
      counts[kind] += 1
      void later(Math.floor(choice * 500), () => post(body))
    }
  }

  /** The bank's own message on its way; gives the status the bank reads. */
  const carry = async (raw: string): Promise<number> => {
    counts.sent += 1
    heard.push(raw)
    const fields = new URLSearchParams(raw)
    const orderId = fields.get('vads_order_id') ?? ''
    const payment = plans.get(orderId)
    const known = told.get(orderId) ?? []
    const uuid = fields.get('vads_trans_uuid') ?? ''
    const isFirst = !known.includes(uuid)
    if (isFirst) told.set(orderId, [...known, uuid])
    // The bank's later tries take a line that works: what loses them is the portal's own absence.
    if (!payment || !isFirst) return post(raw)
    attack(raw, payment)
    const delivery: Delivery | undefined = payment.deliveries[Math.min(known.length, 1)]
    if (!delivery || delivery.isLost) {
      counts.lost += 1
      return 200
    }
    const [first = 0, ...copies] = delivery.copies
    const answer = later(first, () => post(raw))
    for (const copy of copies) void later(copy, () => post(raw))
    return (await answer) as number
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      void carry(Buffer.concat(chunks).toString('utf8')).then((status) => response.writeHead(status).end())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    expect: (orderId, payment) => void plans.set(orderId, payment),
    settle: async () => {
      while (open.size > 0) await Promise.all(open)
    },
    counts,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A message that the bank never sent, made from one that it did. */
function forge(kind: 'forged' | 'tampered' | 'test-mode', raw: string, key: string): string {
  const fields = new URLSearchParams(raw)
  fields.set('vads_trans_uuid', randomBytes(16).toString('hex'))
  fields.set('vads_trans_status', 'AUTHORISED')
  fields.set('vads_operation_type', 'DEBIT')
  if (kind === 'tampered') {
    // Signed by the bank, and altered on the way.
    const own = new URLSearchParams(raw)
    own.set('vads_amount', String(Number(own.get('vads_amount')) + 5_000))
    return own.toString()
  }
  if (kind === 'test-mode') fields.set('vads_ctx_mode', 'TEST')
  fields.set('signature', sign(fields, kind === 'forged' ? 'a key that nobody was given' : key))
  return fields.toString()
}

function sign(fields: URLSearchParams, key: string): string {
  const names = [...fields.keys()].filter((name) => name.startsWith('vads_')).toSorted()
  const values = names.map((name) => fields.get(name) ?? '')
  return createHmac('sha256', key)
    .update([...values, key].join('+'))
    .digest('base64')
}
