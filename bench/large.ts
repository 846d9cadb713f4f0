// npm run bench -- large: pages on a database of the size of a large deployment, loaded by `npm run
// seed:large` in DATA_DIR, each asked at a steady pace whatever the answers take; and the families' own
// invoices beside the same with a thousand families, in the same run. LARGE_SECONDS says how long each,
// LARGE_PAGE which pages, by a part of their names.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEMO_PASSWORD } from '../src/demo/load-demo.ts'
import { insertSession } from '../src/identity/store.ts'
import type { LoginId } from '../src/kernel/ids.ts'
import { migrateJobs } from '../src/jobs/run-jobs.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { projectFile } from '../src/platform/files.ts'
import { migrate } from '../src/platform/migrate.ts'
import type { Services } from '../src/platform/services.ts'
import { cookieName } from '../src/web/session.ts'
import { familyId, identifierIn } from './large/family-rows.ts'
import { load } from './large/load.ts'
import { STAFF } from './large/organisation.ts'
import { SETTINGS } from './large/settings.ts'
import { lastNameOf, numberOf, paidAt, quartersOf, type Size } from './large/shape.ts'
import type { ServeOrder } from './serve.ts'
import { benchServices } from './world.ts'

const PER_SECOND = 20
const SECONDS = Number(process.env['LARGE_SECONDS'] ?? 15)
const SMALL = { families: 1_000, months: 36 }
const AIM_MS = 200

type Place = {
  readonly url: string
  readonly services: Services
  readonly size: Size
  readonly contract: string
}

const stops: (() => unknown)[] = []
try {
  const large = await open(path.join(process.env['DATA_DIR'] ?? '.data-large', 'pg'), undefined)
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-bench-'))
  stops.push(() => rmSync(folder, { recursive: true, force: true }))
  const small = await open(path.join(folder, 'pg'), SMALL)
  console.log(
    `${large.size.families} families, ${large.size.months} months; ${PER_SECOND} requests a second\n`,
  )
  console.log('| page | p50 ms | p95 ms | p99 ms | slowest ms |\n|---|---|---|---|---|')
  const staff = await signIn(large.url, '/gestion/connexion', STAFF)
  const only = process.env['LARGE_PAGE']
  for (const [name, address] of Object.entries(pages(large)))
    if (only === undefined || name.includes(only)) tell(name, await ask(large.url, address, () => staff))
  if (only === undefined || 'invoices of a family'.includes(only)) await compare(large, small)
} finally {
  for (const stop of stops.toReversed()) await stop()
}
process.exit()

/** The pages of staff, each with another object at each request. */
function pages({ size, contract }: Place): Readonly<Record<string, (round: number) => string>> {
  const spread = (round: number) => (round * 7_919) % size.families
  const search = (typed: (family: number) => string) => (round: number) =>
    `/gestion/recherche/suggestions?q=${encodeURIComponent(typed(spread(round)))}`
  const day = paidAt(size, Math.floor(size.families / 2), quartersOf(size) - 1)
    .toISOString()
    .slice(0, 10)
  return {
    'family file': (round) => `/gestion/familles/${familyId(size, spread(round))}`,
    'suggestion: a name': search((family) => lastNameOf(family).toLowerCase()),
    'suggestion: the beginning of a name': search((family) => lastNameOf(family).slice(0, 4)),
    'suggestion: a name with a slip': search((family) =>
      lastNameOf(family)
        .toLowerCase()
        .replace(/(.)(.)$/, '$2$1'),
    ),
    'suggestion: an invoice': search((family) => numberOf(size, family, family % size.months)),
    'suggestion: an amount': search((family) => `${30 + (family % 60)},50`),
    'suggestion: a telephone': search((family) => `06${String(family).padStart(8, '0')}`),
    worklist: () => '/gestion',
    'overdue list': () => '/gestion/impayes',
    'invoice list': () => '/gestion/factures',
    'invoice list: a family': (round) => `/gestion/factures?famille=${lastNameOf(spread(round))}`,
    families: () => '/gestion/recherche',
    batches: () => '/gestion/factures/lots',
    desk: () => '/gestion/guichet',
    deposits: () => '/gestion/remises',
    till: () => '/gestion/caisse',
    journal: () => '/gestion/journal',
    'reconciliation: days': () => `/gestion/rapprochement?contrat=${contract}`,
    'reconciliation: a day of 2,000 operations': () => `/gestion/rapprochement/${day}?contrat=${contract}`,
  }
}

/** The families' own invoices, here and with a thousand families, in turn. */
async function compare(large: Place, small: Place): Promise<void> {
  const times: Record<'large' | 'small', number[]> = { large: [], small: [] }
  const cookies = { large: await families(large), small: await families(small) }
  for (let round = 0; round < 3; round += 1)
    for (const [name, place] of [
      ['large', large],
      ['small', small],
    ] as const) {
      const own = cookies[name]
      const took = await ask(
        place.url,
        () => '/factures',
        (one) => own[one % own.length] ?? '',
      )
      if (round > 0) times[name].push(...took)
    }
  tell('invoices of a family', times.large)
  tell(`the same with ${SMALL.families} families`, times.small)
  const ratio = (share: number) => (quantile(times.large, share) / quantile(times.small, share)).toFixed(2)
  console.log(
    `\nthe families' invoices page takes ${ratio(0.5)} (p50), ${ratio(0.95)} (p95) times the same with ${SMALL.families} families; at most 1.5 is asked`,
  )
}

/** Sessions of twenty families, opened in the database: the sign-in's own limit would refuse so many from one address. */
function families({ services, size }: Place): Promise<string[]> {
  return Promise.all(
    Array.from({ length: 20 }, async (_, one) => {
      const identifier = identifierIn(Math.floor((one * size.families) / 20) + 5)
      const { id: loginId } = await services.db
        .selectFrom('login')
        .select('id')
        .where('identifier', '=', identifier)
        .executeTakeFirstOrThrow()
      const session = { loginId: loginId as LoginId, device: 'bench' }
      const token = await services.db.transaction((tx) => insertSession(tx, session, services.clock.now()))
      return `${cookieName(services.config)}=${token}`
    }),
  )
}

/** Asks at a steady pace; gives how long each answer took from when it was due, slow ones behind it included. */
async function ask(
  url: string,
  address: (round: number) => string,
  cookie: (round: number) => string,
): Promise<number[]> {
  const times: number[] = []
  const asking: Promise<void>[] = []
  const refused = new Set<string>()
  const warm = PER_SECOND
  const start = performance.now()
  for (let round = 0; round < PER_SECOND * SECONDS + warm; round += 1) {
    const due = start + (round * 1_000) / PER_SECOND
    await sleep(Math.max(0, due - performance.now()))
    asking.push(
      (async () => {
        const answer = await fetch(url + address(round), {
          headers: { cookie: cookie(round) },
          redirect: 'manual',
        })
        await answer.text()
        if (answer.status !== 200) refused.add(`${address(round)}: ${answer.status}`)
        if (round >= warm) times.push(performance.now() - due)
      })(),
    )
  }
  await Promise.all(asking)
  for (const one of [...refused].slice(0, 3)) console.error(one)
  return times
}

function tell(name: string, times: readonly number[]): void {
  const cells = [0.5, 0.95, 0.99, 1].map((share) => quantile(times, share).toFixed(0))
  const isSlow = quantile(times, 0.95) > AIM_MS
  console.log(`| ${name} | ${cells.join(' | ')} |${isSlow ? ` above ${AIM_MS} ms` : ''}`)
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** A loaded database and a portal before it; `size` says what to load first. */
async function open(folder: string, size: { families: number; months: number } | undefined): Promise<Place> {
  const server = await startEmbeddedPostgres(folder, { settings: SETTINGS })
  stops.push(server.stop)
  const services = benchServices(server.connection)
  stops.push(services.db.close)
  await migrate(services.db.pool)
  await migrateJobs(server.connection)
  if (size) await load(services, size)
  const { rows } = await services.db.pool.query<{ size: Size; contract: string }>(
    `select state -> 'size' as size, (select contract_id from billing_unit order by code limit 1) as contract
      from large.progress`,
  )
  const [known] = rows
  if (!known) throw new Error(`nothing is loaded in ${folder}: npm run seed:large`)
  return { ...known, services, url: await serve({ kind: 'doors', connection: server.connection }) }
}

async function serve(order: ServeOrder): Promise<string> {
  const child: ChildProcess = fork(projectFile('dist/bench-serve.mjs'), {
    execArgv: ['--max-old-space-size=128', '--max-semi-space-size=8'],
  })
  stops.push(() => child.kill())
  child.send(order)
  const [ready] = (await once(child, 'message')) as [{ url: string }]
  return ready.url
}

async function signIn(url: string, address: string, identifier: string): Promise<string> {
  const answer = await fetch(url + address, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: 'http://localhost:3000' },
    body: new URLSearchParams({ identifiant: identifier, 'mot-de-passe': DEMO_PASSWORD }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`${identifier} could not sign in: ${answer.status}`)
  return cookie
}
