// The official client over the portal's own transport: its time-out, its breaker, no redirect followed.
import type { Stripe } from 'stripe'
import type { ContractOf, EnquireFailure, Transport } from '../../gateway.ts'
import { loadStripe } from './load-stripe.ts'

/** The library's own version, pinned: answers keep the shape that is read here (gateways 5.2). */
export const API_VERSION = '2026-10-28.endive'
const API_URL = 'https://api.stripe.com'

/** What went wrong with a call. lost: nobody knows what became of it · told: Stripe refuses it. */
export type CallFailure =
  | { readonly kind: 'lost'; readonly failure: EnquireFailure }
  | { readonly kind: 'told'; readonly failure: EnquireFailure; readonly code: string; readonly param: string }

/** The client of a contract; it never tries again by itself, whoever calls decides that. */
function openClient({ settings, secrets }: ContractOf<'stripe'>, transport: Transport): Stripe {
  const Stripe = loadStripe()
  const { hostname, port, protocol } = new URL(settings.apiUrl ?? API_URL)
  return new Stripe(secrets.key, {
    apiVersion: API_VERSION,
    host: hostname,
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : port,
    protocol: protocol === 'http:' ? 'http' : 'https',
    httpClient: overTransport(transport),
    maxNetworkRetries: 0,
    telemetry: false,
  })
}

const LOST = 'preau-lost'

/** Calls Stripe, and says in our words why it did not answer. */
export async function callStripe<Answer>(
  contract: ContractOf<'stripe'>,
  transport: Transport,
  call: (client: Stripe) => Promise<Answer>,
): Promise<
  { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly failure: CallFailure }
> {
  let lost: EnquireFailure = 'unreachable'
  const watched: Transport = async (question) => {
    const got = await transport(question)
    if (!got.ok) lost = got.failure
    // The library reads a redirect, and a failure that does not say it is one, as answers like others.
    else if (got.value.status >= 300 && got.value.status < 400) return { ok: false, failure: 'unreachable' }
    else if (got.value.status >= 500) {
      lost = 'unreadable'
      return { ok: false, failure: 'unreachable' }
    }
    return got
  }
  try {
    return { ok: true, value: await call(openClient(contract, watched)) }
  } catch (error) {
    return { ok: false, failure: explain(error, lost) }
  }
}

function explain(error: unknown, lost: EnquireFailure): CallFailure {
  const { StripeError } = loadStripe().errors
  if (!(error instanceof StripeError)) throw error
  const told = { kind: 'told', code: error.code ?? error.type, param: error.param ?? '' } as const
  switch (error.type) {
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
    case 'StripeInvalidRequestError':
    case 'StripeIdempotencyError':
    case 'StripeCardError':
      return { ...told, failure: 'refused' }
    case 'StripeConnectionError':
      return { kind: 'lost', failure: lost }
    default:
      // Its own defects, its limits of rate, a page of maintenance: what was asked may have been done.
      return { kind: 'lost', failure: 'unreadable' }
  }
}

function overTransport(transport: Transport): Stripe.HttpClient {
  const Stripe = loadStripe()
  class Response extends Stripe.HttpClientResponse {
    readonly text: string
    constructor(status: number, headers: Record<string, string>, text: string) {
      super(status, headers)
      this.text = text
    }
    /** The library hangs on to it as `lastResponse`, and never answers when it is missing. */
    override getRawResponse(): unknown {
      return this
    }
    override async toJSON(): Promise<unknown> {
      return JSON.parse(this.text) as unknown
    }
  }
  class Client extends Stripe.HttpClient {
    override getClientName(): string {
      return 'preau'
    }
    override async makeRequest(...asked: Parameters<Stripe.HttpClient['makeRequest']>) {
      const [host, port, path, method, headers, body, protocol] = asked
      const { href: url } = new URL(path, `${protocol}://${host}:${port}`)
      const got = await transport({
        method: method === 'GET' ? 'GET' : 'POST',
        url,
        headers: headersOf(headers),
        body,
      })
      if (!got.ok) throw Object.assign(new Error(got.failure), { code: LOST })
      return new Response(got.value.status, { ...got.value.headers }, got.value.text)
    }
  }
  return new Client()
}

/** What the transport sends by itself is left out. */
const headersOf = (headers: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(
        ([name, value]) => value !== undefined && value !== null && name.toLowerCase() !== 'content-length',
      )
      .map(([name, value]) => [name, String(value)]),
  )
