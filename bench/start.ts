// How long `npm start` takes on a fresh folder and on existing data, and what the portal weighs after 10,000 pages.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import autocannon from 'autocannon'
import { DEMO_PASSWORD } from '../src/demo/load-demo.ts'
import { projectFile } from '../src/platform/files.ts'

const PAGES = 10_000
const PORTS = { PORT: '3900', BANK_PORT: '3901', MAIL_PORT: '3902' }
const folder = mkdtempSync(path.join(tmpdir(), 'preau-start-'))

try {
  const fresh = await start()
  await stop(fresh.child)
  const times: number[] = []
  let last = fresh
  for (let turn = 0; turn < 3; turn += 1) {
    last = await start()
    times.push(last.ms)
    if (turn < 2) await stop(last.child)
  }
  const before = memory(last.child)
  const run = await autocannon({
    url: `http://127.0.0.1:${PORTS.PORT}/factures`,
    connections: 8,
    amount: PAGES,
    headers: { cookie: await signIn() },
  })
  console.log('| what | measured |\n|---|---|')
  console.log(`| npm start, fresh folder, to the printed addresses | ${(fresh.ms / 1000).toFixed(2)} s |`)
  console.log(
    `| npm start, existing data (median of 3) | ${((times.toSorted((a, b) => a - b)[1] ?? 0) / 1000).toFixed(2)} s |`,
  )
  console.log(`| memory of the portal process at start | ${before} MB |`)
  console.log(`| memory after ${run['2xx']} invoice pages of 60 invoices | ${memory(last.child)} MB |`)
  await stop(last.child)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

function start(): Promise<{ child: ChildProcess; ms: number }> {
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: projectFile('.'),
    env: { ...process.env, ...PORTS, DATA_DIR: folder },
    detached: true,
  })
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('preau-demo-2012')) resolve({ child, ms: performance.now() - began })
    })
    child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk))
    child.once('exit', () => reject(new Error('npm start ended')))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await over
}

/** Resident memory of the portal's own process, found by its command line among npm's children. */
function memory(child: ChildProcess): string {
  for (const pid of descendants(child.pid ?? 0)) {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (!command.includes('dist/start.mjs') || command.startsWith('sh')) continue
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024).toFixed(0)
  }
  return '?'
}

function descendants(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return children.flatMap((one) => [Number(one), ...descendants(Number(one))])
}

async function signIn(): Promise<string> {
  const origin = `http://localhost:${PORTS.PORT}`
  const answer = await fetch(`${origin}/connexion`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams({ identifiant: 'diallo.awa', 'mot-de-passe': DEMO_PASSWORD }),
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}
