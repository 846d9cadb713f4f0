import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { nextQuarter, type Clock } from './clock.ts'
import { listFields, type Exchanges } from './exchanges.ts'
import { sign, signedText, type Algorithm, type Fields } from './signature.ts'
import type { Delivery, Source, Transaction } from './store.ts'

/** Tells the shop's server how a payment ended. */
export type Notifier = {
  /** First notification, with its retries if the shop does not take it. */
  announce: (transaction: Transaction) => Promise<void>
  /** What changed after the payment, by whom it was changed; retried as a first notification is. */
  tell: (transaction: Transaction, source: 'MERCH_BO' | 'BATCH') => Promise<void>
  /** Replay by hand from the back office: some fields vanish, no retry. */
  replay: (transaction: Transaction) => Promise<Delivery>
  stop: () => void
}

export type NotifierNeeds = {
  readonly key: string
  readonly algorithm?: Algorithm | undefined
  readonly notificationUrl: string
  readonly clock: Clock
  readonly exchanges: Exchanges
  readonly onFailure: (transaction: Transaction, delivery: Delivery) => void
}

const TIMEOUT = 35_000
const RETRIES = 4
const ANSWER_KEPT = 200
const TAKEN = new Set([200, 201, 202, 203, 204, 205, 206, 301, 302, 303, 307, 308])
const UNKNOWN_KEY = 'une clé que personne ne connaît'

/** The signed data of a transaction, faults included; `own` are the fields the message adds. */
export function signedOutcome(
  transaction: Transaction,
  own: Fields,
  key: string,
  algorithm?: Algorithm,
): Fields {
  const { faults } = transaction
  const amount = faults.amount === undefined ? undefined : String(faults.amount)
  const fields: Fields = {
    ...transaction.order.fields,
    ...transaction.outcome,
    ...own,
    ...(amount === undefined || transaction.outcome['vads_amount'] !== undefined
      ? {}
      : { vads_amount: amount, vads_effective_amount: amount }),
    ...faults.fields,
  }
  return { ...fields, signature: sign(fields, faults.badSignature ? UNKNOWN_KEY : key, algorithm) }
}

const VANISHING = ['vads_page_action', 'vads_payment_config', 'vads_action_mode']

/** Body of a notification; each call has its own hash, hence its own signature (gateways 1.7). */
function notificationBody(
  transaction: Transaction,
  source: Source,
  key: string,
  algorithm?: Algorithm,
): URLSearchParams {
  const own = { vads_url_check_src: source, vads_hash: randomBytes(32).toString('hex') }
  if (source !== 'BO') return new URLSearchParams(signedOutcome(transaction, own, key, algorithm))
  const kept = Object.entries(transaction.order.fields).filter(([name]) => !VANISHING.includes(name))
  const order = { ...transaction.order, fields: Object.fromEntries(kept) }
  return new URLSearchParams(signedOutcome({ ...transaction, order }, own, key, algorithm))
}

/** Starts the sender of notifications. */
export function startNotifier({
  key,
  algorithm,
  notificationUrl,
  clock,
  exchanges,
  onFailure,
}: NotifierNeeds): Notifier {
  const closing = new AbortController()

  const addressOf = ({ order }: Transaction) => order.fields['vads_url_check'] || notificationUrl
  const begin = (address: string, body: URLSearchParams) =>
    exchanges.begin({
      kind: 'notification',
      address: `POST ${address}`,
      request: listFields(body),
      signed: signedText(Object.fromEntries(body)),
    })

  const post = async (
    transaction: Transaction,
    source: Source,
  ): Promise<Pick<Delivery, 'status' | 'answer'>> => {
    const address = addressOf(transaction)
    const body = notificationBody(transaction, source, key, algorithm)
    const end = begin(address, body)
    try {
      const response = await fetch(address, {
        method: 'POST',
        body: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT)]),
      })
      const answer = await response.text()
      end(response.status, answer)
      return { status: response.status, answer: answer.slice(0, ANSWER_KEPT) }
    } catch (error) {
      end('failed', String(error))
      return { status: 'failed', answer: String(error).slice(0, ANSWER_KEPT) }
    }
  }

  const deliver = async (transaction: Transaction, source: Source): Promise<Delivery> => {
    const at = clock.now()
    const delivery: Delivery = { at, source, ...(await post(transaction, source)) }
    transaction.deliveries.push(delivery)
    if (!isTaken(delivery)) onFailure(transaction, delivery)
    return delivery
  }

  const retryLater = (transaction: Transaction, left: number) => {
    if (left === 0) return
    clock.at(nextQuarter(clock.now()), async () => {
      if (!isTaken(await deliver(transaction, 'RETRY'))) retryLater(transaction, left - 1)
    })
  }

  return {
    announce: async (transaction) => {
      const { loss, delayMs = 0, repeat = 0 } = transaction.faults
      if (loss) {
        transaction.deliveries.push({ at: clock.now(), source: 'PAY', status: 'lost', answer: '' })
        begin(addressOf(transaction), notificationBody(transaction, 'PAY', key, algorithm))('lost', '')
        return
      }
      if (delayMs > 0)
        await sleep(delayMs, undefined, { ref: false, signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return
      const sent = await Promise.all(Array.from({ length: 1 + repeat }, () => deliver(transaction, 'PAY')))
      if (!sent.some(isTaken)) retryLater(transaction, RETRIES)
    },
    tell: async (transaction, source) => {
      if (!isTaken(await deliver(transaction, source))) retryLater(transaction, RETRIES)
    },
    replay: (transaction) => deliver(transaction, 'BO'),
    stop: () => closing.abort(),
  }
}

function isTaken(delivery: Delivery): boolean {
  return typeof delivery.status === 'number' && TAKEN.has(delivery.status)
}
