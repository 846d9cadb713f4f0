import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run, runMigrations, runOnce, type TaskList } from 'graphile-worker'
import * as pg from 'pg'
import type { ConnectionSettings } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import type { JobName, JobOf, TimedWork } from './job.ts'

export type JobHandlers = { readonly [Name in JobName]: (job: JobOf<Name>) => Promise<void> }
export type TimedHandlers = { readonly [Name in TimedWork]: () => Promise<void> }
export type JobRunner = { readonly stop: () => Promise<void> }

/** Creates or upgrades the tables of the queue. */
export async function migrateJobs(connection: ConnectionSettings): Promise<void> {
  const pgPool = jobPool(connection, 1)
  try {
    await runMigrations({ pgPool, logger: quietLogger() })
  } finally {
    await pgPool.end()
  }
}

/** How long a runner that ended by itself is left alone before another starts. */
const PAUSE_MS = 1_000

/**
 * Runs planned jobs as they come, and the timed work every minute, until stopped. A runner that the
 * loss of the database ended is replaced by another, for as long as it takes (F23).
 */
export async function startJobs(
  connection: ConnectionSettings,
  handlers: JobHandlers,
  timed: TimedHandlers,
  log: Log,
): Promise<JobRunner> {
  const pgPool = jobPool(connection, 5)
  const stopping = new AbortController()
  let alive: pg.PoolClient | undefined
  const start = async () => {
    alive?.release(true)
    alive = await signOfLife(pgPool)
    return startRunner(pgPool, handlers, timed, log)
  }
  let runner = await start()
  const watched = (async () => {
    for (;;) {
      await runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job runner ended'))
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      try {
        runner = await start()
        if (stopping.signal.aborted) await runner.stop()
      } catch (error) {
        log.error({ err: error }, 'the job runner could not start')
      }
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      // One that has just ended by itself has nothing left to stop.
      await runner.stop().catch(() => {})
      await watched
      alive?.release(true)
      await pgPool.end()
    },
  }
}

/** Held, shared, by every runner that lives. */
const RUNNER_LOCK = 2012_0413

/**
 * A connection whose lock says that a runner lives, until it is released. Who finds that no other does
 * frees the jobs that a killed process held: the queue alone would let them wait for four hours.
 */
async function signOfLife(pgPool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pgPool.connect()
  try {
    const tried = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      RUNNER_LOCK,
    ])
    if (tried.rows[0]?.alone)
      await client.query(`select graphile_worker.force_unlock_workers(array(
        select distinct locked_by from graphile_worker.jobs where locked_by is not null))`)
    await client.query('select pg_advisory_lock_shared($1)', [RUNNER_LOCK])
    if (tried.rows[0]?.alone) await client.query('select pg_advisory_unlock($1)', [RUNNER_LOCK])
    return client
  } catch (error) {
    client.release(true)
    throw error
  }
}

const startRunner = (pgPool: pg.Pool, handlers: JobHandlers, timed: TimedHandlers, log: Log) =>
  run({
    pgPool,
    taskList: taskList(handlers, timed),
    crontab: Object.keys(timed)
      .map((name) => `* * * * * ${name} ?max=1&fill=1m&jobKey=${name}&jobKeyMode=replace`)
      .join('\n'),
    concurrency: 2,
    noHandleSignals: true,
    logger: jobLogger(log),
    // Written one by one, a job's end that the database does not take is a rejection nobody handles:
    // the whole process would go. In a batch it ends the runner, which is watched.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })

/** Runs every job that is due now, then returns: for tests and for the command line. */
export async function runDueJobs(
  connection: ConnectionSettings,
  handlers: JobHandlers,
  timed: TimedHandlers,
): Promise<void> {
  const pgPool = jobPool(connection, 2)
  try {
    await runOnce({
      pgPool,
      taskList: taskList(handlers, timed),
      noHandleSignals: true,
      logger: quietLogger(),
    })
  } finally {
    await pgPool.end()
  }
}

function taskList(handlers: JobHandlers, timed: TimedHandlers): TaskList {
  const tasks: TaskList = {}
  for (const [name, handle] of Object.entries(handlers))
    tasks[name] = async (payload) => {
      await (handle as (job: unknown) => Promise<void>)({ name, ...(payload as object) })
    }
  for (const [name, work] of Object.entries(timed)) tasks[name] = work
  return tasks
}

function jobPool(connection: ConnectionSettings, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connection, max })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const quietLogger = () => new Logger(() => () => {})
const jobLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ job: message })
    else if (level === 'warning') log.warn({ job: message })
  })
