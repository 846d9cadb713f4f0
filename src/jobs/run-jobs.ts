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

/** Runs planned jobs as they come, and the timed work every minute, until stopped. */
export async function startJobs(
  connection: ConnectionSettings,
  handlers: JobHandlers,
  timed: TimedHandlers,
  log: Log,
): Promise<JobRunner> {
  const pgPool = jobPool(connection, 4)
  const runner = await run({
    pgPool,
    taskList: taskList(handlers, timed),
    crontab: Object.keys(timed)
      .map((name) => `* * * * * ${name} ?max=1&fill=1m&jobKey=${name}&jobKeyMode=replace`)
      .join('\n'),
    concurrency: 2,
    noHandleSignals: true,
    logger: jobLogger(log),
  })
  return {
    stop: async () => {
      await runner.stop()
      await pgPool.end()
    },
  }
}

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
