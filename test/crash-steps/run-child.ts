import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Order, Survived } from './child.ts'

const TIMEOUT_MS = 60_000

export type Children = {
  /** Has an order carried out by a new process; undefined when it died as ordered. */
  readonly run: (order: Order) => Promise<Survived | undefined>
  readonly close: () => void
}

/** Each process carries one order out. The next one starts meanwhile, so that nobody waits for it. */
export function openChildren(): Children {
  // What one process compiled, the next ones need not.
  const cache = mkdtempSync(path.join(tmpdir(), 'preau-crash-'))
  const start = () =>
    fork(path.join(import.meta.dirname, 'child.ts'), {
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    })
  let next: ChildProcess | undefined
  return {
    run: (order) => {
      const child = next ?? start()
      next = start()
      return carryOut(child, order)
    },
    close: () => {
      next?.kill('SIGKILL')
      rmSync(cache, { recursive: true, force: true })
    },
  }
}

function carryOut(child: ChildProcess, order: Order): Promise<Survived | undefined> {
  return new Promise((resolve, reject) => {
    let survived: Survived | undefined
    const timer = setTimeout(() => child.kill('SIGTERM'), TIMEOUT_MS)
    child.once('message', (said) => {
      survived = said as Survived
    })
    child.once('exit', (status, signal) => {
      clearTimeout(timer)
      const died = signal === 'SIGKILL' && survived === undefined
      if (order.death && died) resolve(undefined)
      else if (!order.death && survived) resolve(survived)
      else
        reject(
          new Error(`${order.verb} ended with ${signal ?? status}, ${survived ? 'alive' : 'without a word'}`),
        )
    })
    child.send(order)
  })
}
