// What a family's phone downloads for the invoices page: sixty invoices, first view, nothing cached.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { findBrowser } from '../scripts/find-browser.ts'
import { buildPortal } from '../src/portal.ts'
import { openBenchWorld } from './world.ts'

const world = await openBenchWorld()
const found = findBrowser()
if ('missing' in found) throw new Error(found.missing)
const app = await buildPortal(world.services)
const listener = getRequestListener(app.fetch)
const server = createServer((request, response) => void listener(request, response))
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const origin = `http://localhost:${(server.address() as AddressInfo).port}`
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] })
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const [name = '', value = ''] = (world.families[1]?.cookie ?? '').split('=')
  await context.addCookies([{ name, value, url: origin }])
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  const types = new Map<string, string>()
  const weights = new Map<string, { files: number; bytes: number }>()
  network.on('Network.responseReceived', (event) => types.set(event.requestId, event.type))
  network.on('Network.loadingFinished', (event) => {
    const type = types.get(event.requestId) ?? 'Other'
    const known = weights.get(type) ?? { files: 0, bytes: 0 }
    weights.set(type, { files: known.files + 1, bytes: known.bytes + event.encodedDataLength })
  })
  await page.goto(`${origin}/factures`, { waitUntil: 'networkidle' })
  const all = [...weights.values()]
  const total = {
    files: all.reduce((sum, one) => sum + one.files, 0),
    bytes: all.reduce((sum, one) => sum + one.bytes, 0),
  }
  console.log('| kind | requests | kB on the wire, headers included |\n|---|---|---|')
  for (const [type, { files, bytes }] of [...weights, ['first view, all', total] as const])
    console.log(`| ${type} | ${files} | ${(bytes / 1024).toFixed(1)} |`)
} finally {
  await browser.close()
  server.close()
  await world.close()
}
process.exit(0)
