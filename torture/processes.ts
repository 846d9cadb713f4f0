// Programs run as children: their words go to a file, and they may be killed and started again.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Environment = { readonly [name: string]: string }

export type Program = {
  /** The bundle to run. */
  readonly file: string
  readonly env: Environment
  /** Where its words go. */
  readonly log: string
  readonly cwd: string
  /** Flags of node itself. */
  readonly flags?: readonly string[]
}

const children = new Set<ChildProcess>()
// Nothing outlives the torture.
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

/** Starts a program, with a channel to it. */
export function startProgram({ file, env, log, cwd, flags = [] }: Program): ChildProcess {
  const output = openSync(log, 'a')
  const child = fork(file, {
    cwd,
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...env },
    execArgv: ['--enable-source-maps', ...flags],
    stdio: ['ignore', output, output, 'ipc'],
  })
  closeSync(output)
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** Resolves with the child's first message; rejects when it ends before. */
export async function firstMessage<T>(child: ChildProcess, log: string): Promise<T> {
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`a program ended with ${String(status)} before it was ready: see ${log}`)
  })
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T]
  ended.catch(() => {})
  return message
}

export type Kept = {
  /** Kills the process as `kill -9` does; the supervisor starts another. */
  readonly kill: () => void
  /** How many times it ended by itself once it had lived for a while. */
  readonly ends: () => number
  /** How many times it could not even start, as when the database is away. */
  readonly failedStarts: () => number
  readonly stop: () => Promise<void>
}

const PAUSE_MS = 1_000
/** A process that ends sooner did not start. */
const STARTED_MS = 20_000

/** A supervisor: what ends is started again, until it is told to stop. */
export function keepRunning(program: Program): Kept {
  let ends = 0
  let failedStarts = 0
  let stopping = false
  let startedAt = performance.now()
  let child = startProgram(program)
  const watched = (async () => {
    for (;;) {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      if (stopping) return
      if (child.signalCode !== 'SIGKILL') {
        if (performance.now() - startedAt > STARTED_MS) ends += 1
        else failedStarts += 1
        await sleep(PAUSE_MS)
      }
      startedAt = performance.now()
      child = startProgram(program)
    }
  })()
  return {
    kill: () => void child.kill('SIGKILL'),
    ends: () => ends,
    failedStarts: () => failedStarts,
    stop: async () => {
      stopping = true
      child.kill('SIGKILL')
      await watched
    },
  }
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
