import { numberInvoices } from '../billing/number-invoice.ts'
import { lockUnpublished } from '../billing/withhold-invoice.ts'
import type { JobOf } from '../jobs/job.ts'
import { BrokenInvariant } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { sqlState, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { type Batch, listNextRows, listUnfinished, lockBatch, markRows, moveBatch } from './batch-store.ts'
import { cancelUnseen } from './correct-invoice.ts'
import { readDraft } from './draft.ts'
import { lockDrafts, readContexts, writeDraft } from './draft-store.ts'
import { issueReady, type Ready } from './issue-draft.ts'

/**
 * Rows per transaction: what a crash can undo, and how long the series stays locked, well below a second.
 * A cancellation is many verbs for each row.
 */
const ISSUED = 500
const CANCELLED = 50

type Working = Pick<Services, 'db' | 'clock' | 'log'>

/**
 * Works a batch off, some rows per transaction, until nothing is left or somebody stopped it. Each
 * transaction takes the numbers of what it issues, so that a crash anywhere leaves no gap and no
 * double: what was not committed is done again under the same numbers.
 */
export async function workBatch(
  services: Working,
  { organisationId, batchId }: Pick<JobOf<'work-batch'>, 'organisationId' | 'batchId'>,
): Promise<void> {
  const { db, clock, log } = services
  for (;;) {
    try {
      if ((await db.transaction((tx) => workRows(tx, organisationId, batchId, clock.now()))) === 0) return
    } catch (error) {
      if (!isOwnFault(error)) throw error
      log.error({ batch: batchId, err: error }, 'rows of a batch failed together; one by one')
      await workOneByOne(services, organisationId, batchId)
    }
  }
}

/** Every batch with work left: a job lost with its machine is caught up here. */
export async function workBatches(services: Working): Promise<void> {
  for (const { organisationId, id } of await listUnfinished(services.db))
    await workBatch(services, { organisationId, batchId: id })
}

/** A row's own fault, which the next try would meet again; a lost connection is not one. */
const isOwnFault = (error: unknown): boolean =>
  error instanceof BrokenInvariant || /^2[23]/.test(sqlState(error) ?? '')

/** So many rows, each in its own transaction; one that fails is noted, and stops no other. */
async function workOneByOne(
  { db, clock, log }: Working,
  organisationId: OrganisationId,
  batchId: string,
): Promise<void> {
  for (let done = 0; done < ISSUED; done += 1) {
    try {
      if ((await db.transaction((tx) => workRows(tx, organisationId, batchId, clock.now(), 1))) === 0) return
    } catch (error) {
      if (!isOwnFault(error)) throw error
      log.error({ batch: batchId, err: error }, 'a row of a batch failed')
      await db.transaction((tx) => giveUpRow(tx, organisationId, batchId))
    }
  }
}

async function giveUpRow(tx: Tx, organisationId: OrganisationId, batchId: string): Promise<void> {
  const batch = await lockBatch(tx, organisationId, batchId)
  if (batch?.state !== 'running' && batch?.state !== 'cancelling') return
  const issuing = batch.state === 'running'
  const [next] = await listNextRows(tx, organisationId, batchId, issuing ? 'waiting' : 'issued', 1)
  if (next)
    await markRows(tx, organisationId, batchId, issuing ? 'failed' : 'kept', [next.place], ['unexpected'])
}

/** The next rows of a batch, in one transaction. Gives how many; 0 when there is nothing left to do. */
async function workRows(
  tx: Tx,
  organisationId: OrganisationId,
  batchId: string,
  now: Instant,
  limit?: number,
): Promise<number> {
  const batch = await lockBatch(tx, organisationId, batchId)
  if (batch?.state === 'running') return issueRows(tx, organisationId, batch, limit ?? ISSUED, now)
  if (batch?.state === 'cancelling') return cancelRows(tx, organisationId, batch, limit ?? CANCELLED, now)
  return 0
}

async function issueRows(
  tx: Tx,
  organisationId: OrganisationId,
  batch: Batch,
  limit: number,
  now: Instant,
): Promise<number> {
  const next = await listNextRows(tx, organisationId, batch.id, 'waiting', limit)
  if (next.length === 0) {
    await moveBatch(tx, organisationId, batch.id, 'done', now)
    return 0
  }
  const drafts = await lockDrafts(
    tx,
    organisationId,
    next.map(({ draftId }) => draftId),
  )
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  const context = await readContexts(tx, organisationId, drafts)
  const ready: (Ready & { place: number })[] = []
  const failed = new Map<string, number[]>()
  const fail = (reason: string, place: number) => failed.set(reason, [...(failed.get(reason) ?? []), place])
  for (const { place, draftId } of next) {
    const draft = byId.get(draftId)
    const isOpen = draft?.state === 'draft' || draft?.state === 'checked'
    const read = draft && readDraft(draft.typed, context(draft))
    if (!draft || !isOpen || !read) fail('closed', place)
    else if (read.faults.length > 0) fail('incomplete', place)
    else ready.push({ place, draft, read })
  }
  for (const [reason, places] of failed)
    await markRows(tx, organisationId, batch.id, 'failed', places, [reason])
  const numbers = await numberInvoices(tx, organisationId, batch.unitId, ready.length)
  if (!numbers.ok) {
    await moveBatch(tx, organisationId, batch.id, 'stopped', null)
    return 0
  }
  await issueReady(tx, { organisationId, name: batch.startedBy }, ready, numbers.value, now)
  await markRows(
    tx,
    organisationId,
    batch.id,
    'issued',
    ready.map(({ place }) => place),
  )
  return next.length
}

/** Cancels what the families cannot see yet, and lays its drafts open again. */
async function cancelRows(
  tx: Tx,
  organisationId: OrganisationId,
  batch: Batch,
  limit: number,
  now: Instant,
): Promise<number> {
  const next = await listNextRows(tx, organisationId, batch.id, 'issued', limit)
  if (next.length === 0) {
    await moveBatch(tx, organisationId, batch.id, 'cancelled', now)
    return 0
  }
  const drafts = await lockDrafts(
    tx,
    organisationId,
    next.map(({ draftId }) => draftId),
  )
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  const context = await readContexts(tx, organisationId, drafts)
  const author = { organisationId, name: batch.startedBy }
  const cancelled: number[] = []
  for (const { place, draftId, invoiceId } of next) {
    const draft = byId.get(draftId)
    const isSeen = invoiceId === null || !(await lockUnpublished(tx, organisationId, invoiceId))
    if (!draft || isSeen) {
      await markRows(tx, organisationId, batch.id, 'kept', [place], ['published'])
      continue
    }
    const asked = { invoiceId, requestKey: `batch ${batch.id} ${place}`, reason: batch.said }
    const done = await cancelUnseen(tx, author, asked, now)
    if (!done.ok) {
      await markRows(tx, organisationId, batch.id, 'kept', [place], [done.failure])
      continue
    }
    const again = { ...draft, id: newId<'draft'>(now), version: 1, replaces: draft.replaces ?? undefined }
    await writeDraft(tx, organisationId, again, readDraft(draft.typed, context(draft)), batch.startedBy, now)
    cancelled.push(place)
  }
  await markRows(tx, organisationId, batch.id, 'cancelled', cancelled)
  return next.length
}
