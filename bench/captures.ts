// npm run bench -- captures: how many payments a second become entries, receipts and planned mails,
// through HTTP and signature, beside a bare client of the database that sends the very same statements
// with the same concurrency to the same server in the same run. Then how long the bank waits for our
// answer at 50 notifications a second. Prints tables; judges nothing.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { SMTPServer } from 'smtp-server'
import { listOrganisations } from '../src/organisations/store.ts'
import type { ConnectionSettings } from '../src/platform/db.ts'
import { projectFile } from '../src/platform/files.ts'
import { buildPortal } from '../src/portal.ts'
import { paths } from '../src/web/paths.ts'
import { payMany } from './payments.ts'
import { recordQueries, type RecordedQuery } from './record-queries.ts'
import type { ServeOrder } from './serve.ts'
import { benchServices, openBenchWorld } from './world.ts'

const FAMILIES = 300
const CLIENTS = 8
const WARM = 200
const ROUNDS = 3
const RATE = 50

const world = await openBenchWorld()
const { connection } = world
const admin = new Client({ ...connection, database: 'postgres' })
try {
  const [organisation] = await listOrganisations(world.services.db)
  if (!organisation) throw new Error('no organisation')
  const [first, ...bodies] = await payMany(world.services, organisation.id, FAMILIES)
  // The unit's clearing account is opened by its first capture, and shared by all that follow.
  await notify(await buildPortal(world.services), first ?? '')
  await world.services.db.pool.query('vacuum analyze')
  await world.services.db.close()
  await admin.connect()
  const scripts = await record(await clone('recorded'), bodies)
  const rates: { portal: number; bare: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    rates.push({
      portal: await viaPortal(await clone('portal'), bodies),
      bare: await viaBare(await clone('bare'), scripts),
    })
  const middle = rates.toSorted((a, b) => a.portal / a.bare - b.portal / b.bare)[Math.floor(ROUNDS / 2)]
  if (!middle) throw new Error('no round')
  const statements = scripts.reduce((sum, one) => sum + one.length, 0) / scripts.length
  console.log('| what | captures/s | ratio |\n|---|---|---|')
  console.log(
    `| portal: HTTP, signature, ledger, receipt, planned mail | ${middle.portal.toFixed(0)} | ${(middle.portal / middle.bare).toFixed(2)} |`,
  )
  console.log(`| bare client, the same ${statements.toFixed(0)} statements | ${middle.bare.toFixed(0)} | |`)
  const waits = (await answers(await clone('steady'), bodies)).toSorted((a, b) => a - b)
  const at = (part: number) => waits[Math.floor((waits.length - 1) * part)]?.toFixed(1) ?? '?'
  console.log(`\nAt ${RATE} notifications a second: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (${waits.length})`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await admin.end().catch(() => {})
  await world.close()
}
process.exit(0)

/** A copy of the database as it stood before the first notification. */
async function clone(name: string): Promise<ConnectionSettings> {
  await admin.query(`drop database if exists bench_${name} with (force)`)
  await admin.query(`create database bench_${name} template ${String(connection.database)}`)
  return { ...connection, database: `bench_${name}` }
}

/** The statements that each notification sends, in their order. */
async function record(copy: ConnectionSettings, bodies: readonly string[]): Promise<RecordedQuery[][]> {
  const services = benchServices(copy)
  const app = await buildPortal(services)
  const scripts: RecordedQuery[][] = []
  for (const body of bodies) scripts.push(await recordQueries(() => notify(app, body)))
  await services.db.close()
  return scripts
}

async function notify(app: Awaited<ReturnType<typeof buildPortal>>, body: string): Promise<void> {
  const answer = await app.request(paths.bankNotification, { method: 'POST', body })
  const text = await answer.text()
  if (text !== 'OK-applied') throw new Error(`${answer.status} ${text}`)
}

async function viaPortal(copy: ConnectionSettings, bodies: readonly string[]): Promise<number> {
  const { child, url } = await serve({ kind: 'doors', connection: copy })
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const rate = await paced(bodies, () => (body) => post(url, agent, body))
  child.kill()
  return rate
}

async function viaBare(
  copy: ConnectionSettings,
  scripts: readonly (readonly RecordedQuery[])[],
): Promise<number> {
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    const name = names.get(text) ?? `bare_${names.size}`
    names.set(text, name)
    return name
  }
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new Client(copy)
      await client.connect()
      return client
    }),
  )
  const rate = await paced(scripts, (lane) => async (script) => {
    const client = clients[lane]
    for (const { text, values } of script)
      await client?.query({ name: nameOf(text), text, values: [...values] })
  })
  await Promise.all(clients.map((client) => client.end()))
  return rate
}

/** Works the list off in lanes; the first ones warm up. Gives pieces a second. */
async function paced<T>(pieces: readonly T[], worker: (lane: number) => (piece: T) => Promise<void>) {
  const run = async (list: readonly T[]) => {
    let next = 0
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, lane) => {
        const work = worker(lane)
        for (let piece = list[next++]; piece !== undefined; piece = list[next++]) await work(piece)
      }),
    )
  }
  await run(pieces.slice(0, WARM))
  const start = performance.now()
  await run(pieces.slice(WARM))
  return ((pieces.length - WARM) * 1_000) / (performance.now() - start)
}

/** How long each answer took, from the moment it was due to leave: at a steady rate, jobs running. */
async function answers(copy: ConnectionSettings, bodies: readonly string[]): Promise<number[]> {
  const mails = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void stream.resume().on('end', done),
  })
  await new Promise<void>((listening) => mails.listen(0, '127.0.0.1', listening))
  const { port } = mails.server.address() as AddressInfo
  const smtpUrl = `smtp://127.0.0.1:${port}?ignoreTLS=true`
  const { child, url } = await serve({ kind: 'portal', connection: copy, smtpUrl })
  const agent = new Agent({ keepAlive: true })
  await paced(bodies.slice(0, WARM), () => (body) => post(url, agent, body))
  const begin = performance.now()
  const waits = await Promise.all(
    bodies.slice(WARM).map(async (body, index) => {
      const due = begin + (index * 1_000) / RATE
      await sleep(Math.max(0, due - performance.now()))
      await post(url, agent, body)
      return performance.now() - due
    }),
  )
  child.kill()
  mails.close()
  return waits
}

async function serve(order: ServeOrder): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(projectFile('dist/bench-serve.mjs'))
  child.send(order)
  const [ready] = (await once(child, 'message')) as [{ url: string }]
  return { child, url: ready.url + paths.bankNotification }
}

function post(url: string, agent: Agent, body: string): Promise<void> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`answered ${answer.statusCode}`)),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
