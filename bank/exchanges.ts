import type { Clock } from './clock.ts'

/** What travels between a shop and the bank, by the gateway that speaks. */
export type ExchangeKind =
  'form' | 'notification' | 'return' | 'rest' | 'soap' | 'payfip-notification' | 'stripe-api' | 'stripe-event'

/** HTTP status; waiting: no answer yet; lost: never sent, by order; failed: no answer; browser: carried by the buyer. */
export type ExchangeStatus = number | 'waiting' | 'lost' | 'failed' | 'browser'

/** One message and its answer, secrets masked. */
export type Exchange = {
  /** Counts up from 1 while the bank lives. */
  readonly number: number
  readonly kind: ExchangeKind
  /** Milliseconds since 1970, on the bank's clock. */
  readonly at: number
  readonly address: string
  readonly request: string
  /** What the signature covers, without its secret; undefined when nothing is signed. */
  readonly signed: string | undefined
  status: ExchangeStatus
  answer: string
  /** Real milliseconds from the message to its answer. */
  durationMs: number
  /** How the two sides call the payment; empty when the message names none. */
  payment: string
}

type Started = Pick<Exchange, 'kind' | 'address' | 'request'> & { readonly signed?: string | undefined }
type End = (status: ExchangeStatus, answer: string) => void

/** The last exchanges of the bank with its shops. */
export type Exchanges = {
  /** Keeps a message as it leaves or comes in; the function given back keeps its answer. */
  begin: (started: Started) => End
  /** Newest first; with a text, those only that bear it somewhere. */
  list: (text?: string) => readonly Exchange[]
}

const MOST_KEPT = 200
const LONGEST = 8_000
const MASK = '••••'

const SYSTEMPAY = /(?:^vads_order_id = |"orderId":\s*")([\w-]+)/m
const PAYFIP = /(?:\bidop=|<idop>)([\w-]+)/i
const STRIPE = /(?:client_reference_id = |"client_reference_id":\s*")([\w-]+)|\b((?:pi|cs|re|du)_\w+)/
const NAMES: Record<ExchangeKind, RegExp> = {
  form: SYSTEMPAY,
  notification: SYSTEMPAY,
  return: SYSTEMPAY,
  rest: SYSTEMPAY,
  soap: PAYFIP,
  'payfip-notification': PAYFIP,
  'stripe-api': STRIPE,
  'stripe-event': STRIPE,
}

/** Fields one under the other, as a person reads them. */
export function listFields(fields: Iterable<readonly [string, string]>): string {
  return [...fields].map(([name, value]) => `${name} = ${value}`).join('\n')
}

/** An empty memory, in which none of the secrets ever stands. */
export function createExchanges(clock: Clock, secrets: readonly (string | undefined)[]): Exchanges {
  const kept: Exchange[] = []
  const hidden = secrets.filter((secret) => secret !== undefined && secret !== '')
  let number = 0

  const clean = (text: string): string =>
    hidden.reduce<string>((left, secret) => left.replaceAll(secret ?? '', MASK), text).slice(0, LONGEST)
  const nameOf = ({ kind, address, request, answer }: Exchange): string => {
    const found = NAMES[kind].exec(`${request}\n${address}\n${answer}`)
    return found?.[1] ?? found?.[2] ?? ''
  }

  return {
    begin: ({ kind, address, request, signed }) => {
      number += 1
      const from = performance.now()
      const exchange: Exchange = {
        number,
        kind,
        at: clock.now(),
        address: clean(address),
        request: clean(request),
        signed: signed === undefined ? undefined : clean(signed),
        status: 'waiting',
        answer: '',
        durationMs: 0,
        payment: '',
      }
      exchange.payment = nameOf(exchange)
      kept.push(exchange)
      if (kept.length > MOST_KEPT) kept.shift()
      return (status, answer) => {
        exchange.status = status
        exchange.answer = clean(answer)
        exchange.durationMs = Math.round(performance.now() - from)
        exchange.payment = nameOf(exchange)
      }
    },
    list: (text = '') =>
      kept
        .filter((one) =>
          [one.payment, one.address, one.request, one.answer].some((part) => part.includes(text)),
        )
        .toReversed(),
  }
}
