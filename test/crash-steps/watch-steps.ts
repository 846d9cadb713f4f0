// The database wrapper and the gateway client that count a verb's steps, and where the process dies.
// Business code knows nothing of it.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Transport } from '../../src/payments/gateway.ts'
import { askBank } from '../../src/payments/gateways/ask-bank.ts'
import { PreparingClient } from '../../src/platform/db.ts'
import { BANK_CALL, type Death, type Moment, statementName } from './step.ts'

export type Watch = {
  /** For `openDb`: what its connections are made of. */
  readonly Client: typeof PreparingClient
  readonly transport: Transport
  /** Runs a verb: only what it does counts. */
  readonly watched: <T>(verb: () => Promise<T>) => Promise<T>
  /** The names of the steps so far. */
  readonly steps: readonly string[]
}

type Query = (first: unknown, ...rest: unknown[]) => Promise<unknown>

/**
 * Counts steps and kills this process at `death`. `split` breaks what it watches, to show that the
 * proof can fail: the transaction is committed before each insert into that table, and another begun.
 */
export function watchSteps(death?: Death, split?: string): Watch {
  const running = new AsyncLocalStorage<true>()
  const steps: string[] = []
  const die = async (moment: Moment): Promise<void> => {
    if (death?.step !== steps.length || death.moment !== moment) return
    process.kill(process.pid, 'SIGKILL')
    // Nothing of this process may go on until the signal is there.
    await new Promise(() => {})
  }
  const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    steps.push(name)
    await die('before')
    const result = await run()
    await die('after')
    return result
  }
  class WatchedClient extends PreparingClient {
    constructor(settings?: ConstructorParameters<typeof PreparingClient>[0]) {
      super(settings)
      const send = this.query.bind(this) as unknown as Query
      const watched: Query = async (first, ...rest) => {
        if (typeof first !== 'string' || running.getStore() === undefined) return send(first, ...rest)
        const name = statementName(first)
        if (split !== undefined && name === `insert into ${split}`)
          for (const cut of ['commit', 'begin']) await step(cut, () => send(cut))
        return step(name, () => send(first, ...rest))
      }
      this.query = watched as unknown as typeof this.query
    }
  }
  const ask = askBank()
  return {
    Client: WatchedClient,
    transport: (question) => step(BANK_CALL, () => ask(question)),
    watched: (verb) => running.run(true, verb),
    steps,
  }
}
