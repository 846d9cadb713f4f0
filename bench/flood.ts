// npm run bench -- flood: how long a family waits for its invoices while 5,000 notifications a second
// that nobody signed are thrown at the portal, beside the same with the generator aimed at a bare
// server. Prints a table; judges nothing.
import autocannon from 'autocannon'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { projectFile } from '../src/platform/files.ts'
import { paths } from '../src/web/paths.ts'
import type { ServeOrder } from './serve.ts'
import { BENCH_SHOP, openBenchWorld } from './world.ts'

const FLOOD = 5_000
const PAGES = 40
const SECONDS = 8
const ROUNDS = 3

export type FloodOrder = {
  readonly url: string
  readonly body: string
  readonly rate: number
  readonly seconds: number
}
type Figures = { p50: number; p97: number; mean: number; flood: number }

const world = await openBenchWorld()
const servers: ChildProcess[] = []
try {
  const family = world.families[0]
  if (!family) throw new Error('no family')
  const portal = await serve({ kind: 'portal', connection: world.connection })
  const bare = await serve({ kind: 'constant', html: 'OK' })
  const rounds: Record<'nothing' | 'bare' | 'portal', Figures[]> = { nothing: [], bare: [], portal: [] }
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const aim of ['nothing', 'bare', 'portal'] as const) {
      const figures = await measure(
        `${portal}/factures`,
        family.cookie,
        aim === 'nothing' ? undefined : aim === 'bare' ? bare : portal,
      )
      if (round > 0) rounds[aim].push(figures)
    }
  const reference = median(rounds.bare)
  console.log(
    '| generator aimed at | notifications/s | page p50 ms | p97.5 ms | mean ms | mean ratio |\n|---|---|---|---|---|---|',
  )
  for (const aim of ['nothing', 'bare', 'portal'] as const) {
    const one = median(rounds[aim])
    const cells = [one.flood.toFixed(0), one.p50.toFixed(1), one.p97.toFixed(1), one.mean.toFixed(1)]
    console.log(`| ${aim} | ${cells.join(' | ')} | ${(one.mean / reference.mean).toFixed(2)} |`)
  }
} finally {
  for (const server of servers) server.kill()
  await world.close()
}
process.exit(0)

async function measure(url: string, cookie: string, target: string | undefined): Promise<Figures> {
  const flooding = target === undefined ? undefined : flood(target)
  const pages = await autocannon({
    url,
    connections: 4,
    overallRate: PAGES,
    duration: SECONDS,
    headers: { cookie },
  })
  if (pages.non2xx > 0 || pages.errors > 0)
    throw new Error(`${pages.non2xx} pages refused, ${pages.errors} errors`)
  const { p50, p97_5, average } = pages.latency
  return { p50, p97: p97_5, mean: average, flood: (await flooding) ?? 0 }
}

/** The generator, a process of its own; gives what it sent a second. */
async function flood(target: string): Promise<number> {
  const child = fork(projectFile('dist/bench-flood-generator.mjs'))
  const order: FloodOrder = {
    url: target + paths.bankNotification,
    body: unsigned(),
    rate: FLOOD,
    seconds: SECONDS,
  }
  child.send(order)
  const [sent] = (await once(child, 'message')) as [{ perSecond: number }]
  child.kill()
  return sent.perSecond
}

/** Everything is there but the bank's signature. */
function unsigned(): string {
  return new URLSearchParams({
    vads_amount: '3100',
    vads_auth_result: '00',
    vads_card_brand: 'CB',
    vads_ctx_mode: 'TEST',
    vads_currency: '978',
    vads_operation_type: 'DEBIT',
    vads_order_id: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
    vads_result: '00',
    vads_site_id: BENCH_SHOP.id,
    vads_trans_date: '20120412164400',
    vads_trans_id: '000042',
    vads_trans_status: 'AUTHORISED',
    vads_trans_uuid: '7a4a508dd2504ad5a4d4cd35f2c7d45f',
    vads_url_check_src: 'PAY',
    vads_version: 'V2',
    signature: 'of04HYwY8ezhpsOm60V74+dDpvdOtXT7DT3iUZ1KEhs=',
  }).toString()
}

async function serve(order: ServeOrder): Promise<string> {
  const child = fork(projectFile('dist/bench-serve.mjs'))
  servers.push(child)
  child.send(order)
  const [ready] = (await once(child, 'message')) as [{ url: string }]
  return ready.url
}

function median(figures: Figures[]): Figures {
  const sorted = figures.toSorted((a, b) => a.mean - b.mean)
  return sorted[Math.floor(sorted.length / 2)] ?? { p50: 0, p97: 0, mean: 0, flood: 0 }
}
