// Throws one body at one address, so many times a second, and says how many it managed.
import autocannon from 'autocannon'
import type { FloodOrder } from './flood.ts'

process.on('disconnect', () => process.exit(0))
process.on('message', (order: FloodOrder) => void obey(order))

async function obey({ url, body, rate, seconds }: FloodOrder): Promise<void> {
  const run = await autocannon({
    url,
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    connections: 20,
    overallRate: rate,
    duration: seconds,
  })
  process.send?.({ perSecond: run.requests.average })
}
