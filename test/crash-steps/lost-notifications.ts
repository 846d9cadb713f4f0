// The bank's notifications as they come, kept and never told to the portal.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type LostNotifications = {
  readonly url: string
  /** The message about an order, as it came. */
  readonly about: (reference: string) => string | undefined
  readonly stop: () => void
}

/** Starts the address that the bank notifies. */
export async function catchNotifications(): Promise<LostNotifications> {
  const caught = new Map<string, string>()
  const keep = async (request: IncomingMessage, response: ServerResponse) => {
    const raw = await text(request)
    caught.set(new URLSearchParams(raw).get('vads_order_id') ?? '', raw)
    response.end('OK')
  }
  const server = createServer((request, response) => void keep(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    about: (reference) => caught.get(reference),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
