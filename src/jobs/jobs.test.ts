import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { HOUR_MS, later } from '../kernel/dates.ts'
import type { MailId, OrganisationId } from '../kernel/ids.ts'
import { createLog } from '../platform/log.ts'
import type { Job } from './job.ts'
import { planJob } from './plan-job.ts'
import { type JobHandlers, migrateJobs, runDueJobs, startJobs, type TimedHandlers } from './run-jobs.ts'

const db = await testDatabase()
const organisationId: OrganisationId = await buildOrganisation(db)

const mailJob = () =>
  ({ name: 'send-mail', organisationId, mailId: randomUUID() as MailId }) as const satisfies Job
const nothing = () => Promise.resolve()
const timed: TimedHandlers = {
  'publish-invoices': nothing,
  'chase-payments': nothing,
  'pay-refunds': nothing,
  'import-journals': nothing,
  'tell-refused-signatures': nothing,
  'import-statements': nothing,
  'expire-attempts': nothing,
  'tidy-sessions': nothing,
  'seal-entries': nothing,
  'close-periods': nothing,
  'compare-days': () => Promise.resolve(),
  'draw-figures': () => Promise.resolve(),
  'work-batches': nothing,
}
const handlers = (sendMail: JobHandlers['send-mail']): JobHandlers => ({
  'send-mail': sendMail,
  'retry-message': nothing,
  'draw-invoice': nothing,
  'work-batch': nothing,
})
const run = async (): Promise<Job[]> => {
  const done: Job[] = []
  await runDueJobs(
    db.connection,
    handlers((job) => Promise.resolve(void done.push(job))),
    timed,
  )
  return done
}

test('a job planned in a transaction is there when it commits, with its ids', async () => {
  const job = mailJob()
  await db.transaction((tx) => planJob(tx, job))
  expect(await run()).toEqual([job])
  expect(await run()).toEqual([])
})

test('a job planned in a transaction that rolled back is not there', async () => {
  const failing = db.transaction(async (tx) => {
    await planJob(tx, mailJob())
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await run()).toEqual([])
})

test('the same work planned twice under one key is done once', async () => {
  const job = mailJob()
  for (let time = 0; time < 2; time += 1) await db.transaction((tx) => planJob(tx, job, { key: 'work' }))
  expect(await run()).toEqual([job])
})

test('a job waits for its time', async () => {
  await db.transaction((tx) => planJob(tx, mailJob(), { runAt: later(new Date(), HOUR_MS) }))
  expect(await run()).toEqual([])
  const past = mailJob()
  await db.transaction((tx) => planJob(tx, past, { runAt: later(new Date(), -HOUR_MS) }))
  expect(await run()).toEqual([past])
})

test('a job that fails is kept for later, and the others advance', async () => {
  const [poison, sound] = [mailJob(), mailJob()]
  await db.transaction(async (tx) => {
    await planJob(tx, poison)
    await planJob(tx, sound)
  })
  const done: Job[] = []
  const work = handlers((job) => {
    if (JSON.stringify(job) === JSON.stringify(poison)) throw new Error('poison')
    done.push(job)
    return Promise.resolve()
  })
  await runDueJobs(db.connection, work, timed)
  expect(done).toEqual([sound])
  const kept = await db.pool.query(
    'select attempts, max_attempts, last_error from graphile_worker._private_jobs where attempts > 0',
  )
  expect(kept.rows).toMatchObject([{ attempts: 1, max_attempts: 16, last_error: 'poison' }])
})

test('the tables of the queue are made once', async () => {
  await migrateJobs(db.connection)
  expect(await run()).toEqual([])
})

test('a runner does what is planned while it runs, and stops', async () => {
  const done = Promise.withResolvers<Job>()
  const runner = await startJobs(
    db.connection,
    handlers((job) => Promise.resolve(done.resolve(job))),
    timed,
    createLog('silent'),
  )
  const job = mailJob()
  await db.transaction((tx) => planJob(tx, job))
  expect(await done.promise).toEqual(job)
  await runner.stop()
})

test('a queue that cannot be written for a moment ends nobody, and what is planned later is done', async () => {
  const done: Job[] = []
  const runner = await startJobs(
    db.connection,
    handlers((job) => Promise.resolve(void done.push(job))),
    timed,
    createLog('silent'),
  )
  const isDone = (job: Job) =>
    expect
      .poll(() => done.map((one) => JSON.stringify(one)), { timeout: 20_000 })
      .toContain(JSON.stringify(job))
  await db.pool.query(`create function refuse_end() returns trigger language plpgsql as
    $$ begin raise exception 'the queue is away'; end $$`)
  await db.pool.query(
    'create trigger away before delete on graphile_worker._private_jobs for each row execute function refuse_end()',
  )
  const [first, second] = [mailJob(), mailJob()]
  await db.transaction((tx) => planJob(tx, first))
  await isDone(first)
  // The runner learns that the end of this job was not taken.
  await new Promise((resolve) => setTimeout(resolve, 200))
  await db.pool.query('drop trigger away on graphile_worker._private_jobs')
  await db.transaction((tx) => planJob(tx, second))
  await isDone(second)
  await runner.stop()
})

test('what a killed process held is done by the next one, and what a living one holds is not', async () => {
  const [held, begun] = [mailJob(), mailJob()]
  const letGo = Promise.withResolvers<undefined>()
  const started = Promise.withResolvers<undefined>()
  const first: Job[] = []
  const second: Job[] = []
  await db.transaction((tx) => planJob(tx, held))
  await db.pool.query(
    `update graphile_worker._private_jobs
    set locked_by = 'a process that was killed', locked_at = now() where payload ->> 'mailId' = $1`,
    [held.mailId],
  )
  const living = await startJobs(
    db.connection,
    handlers(async (job) => {
      first.push(job)
      if (job.name === 'send-mail' && job.mailId === begun.mailId) {
        started.resolve(undefined)
        await letGo.promise
      }
    }),
    timed,
    createLog('silent'),
  )
  await vi.waitFor(() => expect(first).toContainEqual(held))
  await db.transaction((tx) => planJob(tx, begun))
  await started.promise
  const other = await startJobs(
    db.connection,
    handlers((job) => Promise.resolve(void second.push(job))),
    timed,
    createLog('silent'),
  )
  const third = mailJob()
  await db.transaction((tx) => planJob(tx, third))
  await vi.waitFor(() => expect([...first, ...second]).toContainEqual(third))
  expect(second).not.toContainEqual(begun)
  letGo.resolve(undefined)
  await Promise.all([living.stop(), other.stop()])
})
