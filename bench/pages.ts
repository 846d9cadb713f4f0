// npm run bench -- pages: the invoices page of a signed-in family, beside two references in the same
// run on the same cores: a bare handler that runs the same queries as prepared statements and
// concatenates strings, and a constant page of the same size. Prints a table; judges nothing.
import autocannon from 'autocannon'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { projectFile } from '../src/platform/files.ts'
import type { ServeOrder } from './serve.ts'
import { openBenchWorld } from './world.ts'

const CLIENTS = 8
const SECONDS = 5
const ROUNDS = 3

type Figures = { perSecond: number; p50: number; p99: number }

const world = await openBenchWorld()
const servers: ChildProcess[] = []
try {
  const rows: string[][] = []
  for (const family of world.families) {
    const page = await world.record(family)
    const [portal, bare, constant] = await Promise.all([
      serve({ kind: 'portal', connection: world.connection }),
      serve({ kind: 'bare', connection: world.connection, queries: page.queries }),
      serve({ kind: 'constant', html: page.html }),
    ])
    const rounds: Record<'portal' | 'bare' | 'constant', Figures[]> = { portal: [], bare: [], constant: [] }
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const [name, url] of Object.entries({ portal, bare, constant }) as ['portal', string][]) {
        const figures = await measure(`${url}/factures`, family.cookie)
        if (round > 0) rounds[name].push(figures)
      }
    if (family.invoices === world.families[0]?.invoices)
      rows.push([`memory after warm-up`, rss(), '', '', ''])
    const own = median(rounds.portal)
    for (const name of ['portal', 'bare', 'constant'] as const) {
      const one = median(rounds[name])
      rows.push([
        `${family.invoices} invoices (${(page.html.length / 1024).toFixed(1)} kB, ${page.queries.length} queries): ${name}`,
        one.perSecond.toFixed(0),
        one.p50.toFixed(1),
        one.p99.toFixed(1),
        name === 'portal' ? '' : (own.perSecond / one.perSecond).toFixed(2),
      ])
    }
    for (const server of servers.splice(0)) server.kill()
  }
  print(['page', 'requests/s', 'p50 ms', 'p99 ms', 'portal is so many times it'], rows)
} finally {
  for (const server of servers) server.kill()
  await world.close()
}
process.exit(0)

/** One of the three servers as a process of its own; gives its address. */
async function serve(order: ServeOrder): Promise<string> {
  const child = fork(projectFile('dist/bench-serve.mjs'), { execArgv: memoryFlags() })
  servers.push(child)
  child.send(order)
  const [ready] = (await once(child, 'message')) as [{ url: string }]
  return ready.url
}

/** The limits under which `npm start` runs the portal. */
function memoryFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.match(/--max-\S+/g) ?? []
}

async function measure(url: string, cookie: string): Promise<Figures> {
  const run = await autocannon({
    url,
    connections: CLIENTS,
    duration: SECONDS,
    headers: { cookie },
  })
  if (run.non2xx > 0 || run.errors > 0) throw new Error(`${url}: ${run.non2xx} refused, ${run.errors} errors`)
  return { perSecond: run.requests.average, p50: run.latency.p50, p99: run.latency.p99 }
}

function median(figures: Figures[]): Figures {
  const sorted = figures.toSorted((a, b) => a.perSecond - b.perSecond)
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50: 0, p99: 0 }
}

function rss(): string {
  const status = readFileSync(`/proc/${servers[0]?.pid}/status`, 'utf8')
  return `${(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024).toFixed(0)} MB`
}

function print(head: string[], rows: string[][]): void {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'))
}
