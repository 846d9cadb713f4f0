// One server of a measure, as a process of its own: the portal, or one of the two references.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'pg'
import { unreachable } from '../src/kernel/assert.ts'
import type { ConnectionSettings } from '../src/platform/db.ts'
import { serve } from '@hono/node-server'
import { buildPortal, startPortal } from '../src/portal.ts'
import type { RecordedQuery } from './record-queries.ts'
import { benchServices } from './world.ts'

export type ServeOrder =
  | { readonly kind: 'portal'; readonly connection: ConnectionSettings; readonly smtpUrl?: string }
  /** The portal without its planned work. */
  | { readonly kind: 'doors'; readonly connection: ConnectionSettings }
  | {
      readonly kind: 'bare'
      readonly connection: ConnectionSettings
      readonly queries: readonly RecordedQuery[]
    }
  | { readonly kind: 'constant'; readonly html: string }

process.on('disconnect', () => process.exit(0))
process.on('message', (order: ServeOrder) => void obey(order))

async function obey(order: ServeOrder): Promise<void> {
  const port = await open(order)
  process.send?.({ url: `http://127.0.0.1:${port}` })
}

async function open(order: ServeOrder): Promise<number> {
  switch (order.kind) {
    case 'portal':
      return (await startPortal(benchServices(order.connection, order.smtpUrl), order.connection)).port
    case 'doors':
      return listenDoors(order.connection)
    case 'bare':
      return listen(bareHandler(order.connection, order.queries))
    case 'constant':
      return listen((_request, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8')
        response.end(order.html)
      })
    default:
      return unreachable(order)
  }
}

/** The same queries, prepared, one after another on a pooled connection; the rows' cells concatenated. */
function bareHandler(connection: ConnectionSettings, queries: readonly RecordedQuery[]): RequestListener {
  const pool = new Pool({ ...connection, max: 10 })
  return (_request, response) => {
    void (async () => {
      let html = '<!doctype html><html lang="fr"><body><table>'
      for (const [index, { text, values }] of queries.entries()) {
        const result = await pool.query<Record<string, unknown>>({
          name: `bare_${index}`,
          text,
          values: values.map((value) => (isBytes(value) ? Buffer.from(value.data) : value)),
        })
        for (const row of result.rows) {
          html += '<tr>'
          for (const cell of Object.values(row)) html += `<td>${String(cell)}</td>`
          html += '</tr>'
        }
      }
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`${html}</table></body></html>`)
    })()
  }
}

/** Bytes that crossed to this process as JSON. */
const isBytes = (value: unknown): value is { data: number[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'

function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function listenDoors(connection: ConnectionSettings): Promise<number> {
  const app = await buildPortal(benchServices(connection))
  return new Promise((resolve) => {
    serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address) => resolve(address.port))
  })
}
