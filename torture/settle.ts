// After the crowd: the bank's own retries, one pass of the chaser a day later, and all that was planned.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { DAY_MS, HOUR_MS } from '../src/kernel/dates.ts'
import type { PassDone } from './portal.ts'
import { firstMessage, startProgram } from './processes.ts'
import type { World } from './world.ts'

const QUARTER_SECONDS = 900
const BANK_RETRIES = 4
/** Every rung up to 24 h has come due, and the day of the payments is over. */
const NEXT_DAY_MS = DAY_MS + HOUR_MS
const MOST_PASSES = 5

/** The bank sends again what the portal did not take: its quarter hours come one after the other. */
export async function letBankRetry(world: World): Promise<void> {
  await world.line.settle()
  for (let quarter = 0; quarter < BANK_RETRIES; quarter += 1) {
    await world.bank.advance(QUARTER_SECONDS)
    await world.line.settle()
  }
}

/** Runs the timed work of one moment; `killAfter` milliseconds it dies in the middle of it. */
export async function runPass(
  world: World,
  milliseconds: number,
  killAfter?: number,
): Promise<PassDone | undefined> {
  const program = world.shifted('pass', milliseconds)
  const child = startProgram(program)
  await firstMessage(child, program.log)
  if (killAfter !== undefined) {
    await sleep(killAfter)
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return undefined
  }
  const done = await firstMessage<PassDone>(child, program.log)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return done
}

/** One pass of the next day, cut once and taken up again, then planned work until none is left. */
export async function settle(world: World, killAfter: number): Promise<{ asked: number; left: number }> {
  await runPass(world, NEXT_DAY_MS, killAfter)
  let asked = 0
  for (let round = 0; ; round += 1) {
    await letQueueWait(world)
    asked += (await runPass(world, NEXT_DAY_MS))?.asked ?? 0
    const left = await planned(world)
    if (left === 0 || round === MOST_PASSES) return { asked, left }
  }
}

/** Mails and retries of messages that have not been done. */
async function planned({ database }: World): Promise<number> {
  const [left] = await database.ask<{ count: string }>(
    `select count(*) from graphile_worker.jobs
       where task_identifier in ('send-mail', 'retry-message') and attempts < max_attempts`,
  )
  return Number(left?.count ?? 0)
}

/**
 * The queue reads the server's own clock, which cannot be moved: what waits for its hour is let go,
 * and jobs held by a process that died are given back, as the queue itself does after four hours.
 */
async function letQueueWait({ database }: World): Promise<void> {
  await database.ask(
    `update graphile_worker._private_jobs set run_at = least(run_at, now()), locked_at = null, locked_by = null`,
  )
}
