import { planJob } from '../jobs/plan-job.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import type { ActKind } from '../staff/act.ts'
import {
  type BatchState,
  findBatch,
  findCancelEnd,
  dropEmptyBatch,
  insertBatch,
  lockBatch,
  moveBatch,
} from './batch-store.ts'
import type { BatchFilter } from './control-store.ts'

export type StartFailure = 'nothing-to-issue' | 'numbered-elsewhere'

/**
 * Opens a batch after the control, made again here: what changed since it was looked at counts. The
 * same form sent twice is one batch. The work itself is planned, and goes on when the page is left.
 */
export async function startBatch(
  tx: Tx,
  author: Author,
  asked: {
    readonly id: string
    readonly said: string
    readonly filter: BatchFilter
    readonly accepted: readonly string[]
  },
  now: Instant,
): Promise<Result<{ readonly waiting: number }, StartFailure>> {
  const { organisationId } = author
  const { id, said, filter } = asked
  if (!(await lockNumbering(tx, organisationId, filter.unitId))) return fail('numbered-elsewhere')
  const known = await findBatch(tx, organisationId, id)
  if (known) return ok({ waiting: known.rowCount })
  const batch = { id, said, startedBy: author.name }
  const { waiting, excluded } = await insertBatch(
    tx,
    organisationId,
    batch,
    filter,
    asked.accepted,
    parisDay(now),
    now,
  )
  if (waiting === 0) {
    await dropEmptyBatch(tx, organisationId, id)
    return fail('nothing-to-issue')
  }
  await planWork(tx, organisationId, id)
  const changes = { invoices: { after: waiting }, excluded: { after: excluded } }
  await recordAct(tx, author, { kind: 'batch.started', object: said, changes }, now)
  return ok({ waiting })
}

/** Stops the work after its present transaction; what is done stays done. */
export const stopBatch = (tx: Tx, author: Author, id: string, now: Instant) =>
  turn(tx, author, id, { from: ['running'], to: 'stopped', act: 'batch.stopped' }, now)

export const resumeBatch = (tx: Tx, author: Author, id: string, now: Instant) =>
  turn(tx, author, id, { from: ['stopped'], to: 'running', act: 'batch.resumed' }, now)

/** « Annuler le lot »: until its first invoice becomes visible. */
export async function cancelBatch(
  tx: Tx,
  author: Author,
  id: string,
  now: Instant,
): Promise<Result<void, 'unknown' | 'too-late'>> {
  const until = await findCancelEnd(tx, author.organisationId, id)
  if (until === null || until <= now) return fail('too-late')
  return turn(
    tx,
    author,
    id,
    { from: ['running', 'stopped', 'done'], to: 'cancelling', act: 'batch.cancelled' },
    now,
  )
}

async function turn(
  tx: Tx,
  author: Author,
  id: string,
  { from, to, act }: { from: readonly BatchState[]; to: BatchState; act: ActKind },
  now: Instant,
): Promise<Result<void, 'unknown' | 'too-late'>> {
  const { organisationId } = author
  const batch = await lockBatch(tx, organisationId, id)
  if (!batch) return fail('unknown')
  if (!from.includes(batch.state)) return fail('too-late')
  await moveBatch(tx, organisationId, id, to, null)
  if (to !== 'stopped') await planWork(tx, organisationId, id)
  await recordAct(tx, author, { kind: act, object: batch.said }, now)
  return ok(undefined)
}

const planWork = (tx: Tx, organisationId: OrganisationId, batchId: string): Promise<void> =>
  planJob(tx, { name: 'work-batch', organisationId, batchId }, { key: `batch ${batchId}` })

/** One start at a time per unit: a draft is in one batch. */
async function lockNumbering(
  tx: Tx,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
): Promise<boolean> {
  const unit = await row<{ source: string | null }>(
    tx,
    sql`select series_source as source from billing_unit
      where organisation_id = ${organisationId} and id = ${unitId} for no key update`,
  )
  return unit !== undefined && unit.source !== 'import'
}
