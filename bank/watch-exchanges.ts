import type { MiddlewareHandler } from 'hono'
import { listFields, type ExchangeKind, type Exchanges } from './exchanges.ts'
import { signedText } from './signature.ts'

/** Keeps every message that a shop posts or asks at an address, with the bank's answer. */
export function watchExchanges(exchanges: Exchanges, kind: ExchangeKind): MiddlewareHandler {
  return async (c, next) => {
    const body = await c.req.text()
    const fields = [...new URLSearchParams(body)]
    const { pathname, search } = new URL(c.req.url)
    const isForm = kind === 'form' || kind === 'stripe-api'
    const end = exchanges.begin({
      kind,
      address: `${c.req.method} ${pathname}${search}`,
      request: isForm ? listFields(fields) : body,
      signed: kind === 'form' ? signedText(Object.fromEntries(fields)) : undefined,
    })
    await next()
    const { status, headers } = c.res
    const address = headers.get('location')
    if (address !== null) {
      end(status, `location: ${address}`)
      return
    }
    // The shop must not wait until its answer was copied, nor lose one that is cut on purpose.
    void c.res
      .clone()
      .text()
      .then(
        (answer) => end(status, answer),
        () => end('failed', ''),
      )
  }
}
