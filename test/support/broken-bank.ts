// Servers that break as servers do: each way by its name.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

const WAYS = {
  'an internal error': (response: ServerResponse) => response.writeHead(500).end('{}'),
  'a page of maintenance': (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Maintenance</title>'),
  'no answer at all': () => {},
  'a redirect elsewhere': (response: ServerResponse) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
  'an answer cut in its middle': (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"status":"SUCCESS"')
    setTimeout(() => response.destroy(), 20)
  },
  'an answer that drips for ever': (response: ServerResponse) => {
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
  },
  'an answer without end': (response: ServerResponse) => {
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', pour)
    }
    pour()
  },
} as const

export const BREAKDOWNS = Object.keys(WAYS) as (keyof typeof WAYS)[]

/** Starts a server that breaks in this way until the file is done; gives its address. */
export async function brokenBank(way: keyof typeof WAYS): Promise<{ url: string; asked: () => number }> {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    response.on('error', () => {})
    WAYS[way](response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
}
