// Batches and the control before them, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'
import { BLOCKING } from './control.ts'
import { type BatchFilter, controlled } from './control-store.ts'

export type BatchState = 'running' | 'stopped' | 'done' | 'cancelling' | 'cancelled'
export type Batch = {
  readonly id: string
  readonly unitId: BillingUnitId
  readonly state: BatchState
  readonly said: string
  readonly rowCount: number
  readonly startedBy: string
  readonly startedAt: Instant
  readonly endedAt: Instant | null
}

const BATCH = sql`select b.id, b.billing_unit_id as "unitId", b.state, b.said, b.row_count as "rowCount",
  b.started_by as "startedBy", b.started_at as "startedAt", b.ended_at as "endedAt" from invoice_batch b`

export const findBatch = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<Batch | undefined> =>
  row<Batch>(read, sql`${BATCH} where b.organisation_id = ${organisationId} and b.id = ${id}`)

export const lockBatch = (tx: Tx, organisationId: OrganisationId, id: string): Promise<Batch | undefined> =>
  row<Batch>(tx, sql`${BATCH} where b.organisation_id = ${organisationId} and b.id = ${id} for update`)

/** The latest batches of these units. */
export const listBatches = (
  read: Read,
  organisationId: OrganisationId,
  reach: Reach,
  limit: number,
): Promise<Batch[]> =>
  rows<Batch>(
    read,
    sql`${BATCH} where b.organisation_id = ${organisationId}
      and ${reach === 'all' ? sql`true` : sql`b.billing_unit_id = any(${[...reach.unitIds]}::uuid[])`}
      order by b.started_at desc, b.id limit ${limit}`,
  )

/** The batches, of any organisation, that have work left. */
export const listUnfinished = (read: Read): Promise<{ organisationId: OrganisationId; id: string }[]> =>
  rows(
    read,
    sql<{ organisationId: OrganisationId; id: string }>`select organisation_id as "organisationId", id
      from invoice_batch where state in ('running', 'cancelling') order by started_at`,
  )

/** Opens a batch of every draft asked for: those with an exception that was not accepted stay out. */
export async function insertBatch(
  tx: Tx,
  organisationId: OrganisationId,
  batch: Pick<Batch, 'id' | 'said' | 'startedBy'>,
  filter: BatchFilter,
  accepted: readonly string[],
  today: Day,
  now: Instant,
): Promise<{ readonly waiting: number; readonly excluded: number }> {
  // One statement for up to a hundred thousand drafts: longer than a page may take.
  await sql`set local statement_timeout = '120s'`.execute(tx)
  await sql`insert into invoice_batch
      (organisation_id, id, billing_unit_id, state, said, row_count, started_by, started_at)
    values (${organisationId}, ${batch.id}, ${filter.unitId}, 'running', ${batch.said}, 0,
      ${batch.startedBy}, ${now})`.execute(tx)
  const counts = await row<{ waiting: number; excluded: number }>(
    tx,
    sql`with placed as (
        insert into invoice_batch_row (organisation_id, batch_id, place, draft_id, state, reasons)
        select ${organisationId}, ${batch.id}, row_number() over (order by name, id), id,
          case when reasons = '{}' or (id = any(${[...accepted]}::uuid[])
            and not reasons && ${[...BLOCKING]}::text[]) then 'waiting' else 'excluded' end, reasons
        from (${controlled(organisationId, filter, today)}) c
        returning state)
      select count(*) filter (where state = 'waiting')::integer as waiting,
        count(*) filter (where state = 'excluded')::integer as excluded from placed`,
  )
  const { waiting, excluded } = counts ?? { waiting: 0, excluded: 0 }
  await sql`update invoice_batch set row_count = ${waiting}
    where organisation_id = ${organisationId} and id = ${batch.id}`.execute(tx)
  return { waiting, excluded }
}

/** A batch that would issue nothing is not kept. */
export async function dropEmptyBatch(tx: Tx, organisationId: OrganisationId, id: string): Promise<void> {
  await sql`delete from invoice_batch_row where organisation_id = ${organisationId} and batch_id = ${id}`.execute(
    tx,
  )
  await sql`delete from invoice_batch where organisation_id = ${organisationId} and id = ${id}`.execute(tx)
}

export async function moveBatch(
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
  state: BatchState,
  endedAt: Instant | null,
): Promise<void> {
  await sql`update invoice_batch set state = ${state}, ended_at = ${endedAt}
    where organisation_id = ${organisationId} and id = ${id}`.execute(tx)
}

export type RowState = 'waiting' | 'issued' | 'excluded' | 'failed' | 'cancelled' | 'kept'

/** The next rows in that state, in order. */
export const listNextRows = (
  tx: Tx,
  organisationId: OrganisationId,
  batchId: string,
  state: RowState,
  limit: number,
): Promise<{ place: number; draftId: string; invoiceId: InvoiceId | null }[]> =>
  rows(
    tx,
    sql<{ place: number; draftId: string; invoiceId: InvoiceId | null }>`select r.place,
        r.draft_id as "draftId", d.invoice_id as "invoiceId"
      from invoice_batch_row r
      join invoice_draft d on d.organisation_id = r.organisation_id and d.id = r.draft_id
      where r.organisation_id = ${organisationId} and r.batch_id = ${batchId} and r.state = ${state}
      order by r.place limit ${limit}`,
  )

/** Notes how these rows came out. */
export async function markRows(
  tx: Tx,
  organisationId: OrganisationId,
  batchId: string,
  state: RowState,
  places: readonly number[],
  reasons: readonly string[] = [],
): Promise<void> {
  await sql`update invoice_batch_row set state = ${state}, reasons = ${[...reasons]}::text[]
    where organisation_id = ${organisationId} and batch_id = ${batchId}
      and place = any(${[...places]}::integer[])`.execute(tx)
}

/** How many rows came out how. */
export async function countRows(
  read: Read,
  organisationId: OrganisationId,
  batchId: string,
): Promise<Readonly<Record<RowState, number>>> {
  const found = await rows<{ state: RowState; count: number }>(
    read,
    sql`select state, count(*)::integer as count from invoice_batch_row
      where organisation_id = ${organisationId} and batch_id = ${batchId} group by state`,
  )
  const none = { waiting: 0, issued: 0, excluded: 0, failed: 0, cancelled: 0, kept: 0 }
  return { ...none, ...Object.fromEntries(found.map(({ state, count }) => [state, count])) }
}

export type ReportRow = {
  readonly place: number
  readonly familyName: string
  readonly draftId: string
  readonly number: string | null
  readonly total: Cents
  readonly state: RowState
  readonly reasons: readonly string[]
}

/** The report, what went wrong first, then in order. */
export const listReport = (
  read: Read,
  organisationId: OrganisationId,
  batchId: string,
  limit: number,
): Promise<ReportRow[]> =>
  rows<ReportRow>(
    read,
    sql`select r.place, f.name as "familyName", r.draft_id as "draftId", i.number, d.total_cents as total,
        r.state, r.reasons
      from invoice_batch_row r
      join invoice_draft d on d.organisation_id = r.organisation_id and d.id = r.draft_id
      join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
      left join invoice i on i.organisation_id = d.organisation_id and i.id = d.invoice_id
      where r.organisation_id = ${organisationId} and r.batch_id = ${batchId}
      order by r.state not in ('failed', 'kept'), r.state <> 'excluded', r.place limit ${limit}`,
  )

/** Until when the batch can still be cancelled unseen: its first invoice's hour; null when none is left. */
export async function findCancelEnd(
  read: Read,
  organisationId: OrganisationId,
  batchId: string,
): Promise<Instant | null> {
  const found = await row<{ until: Instant | null }>(
    read,
    sql`select min(p.visible_at) as until from invoice_batch_row r
      join invoice_draft d on d.organisation_id = r.organisation_id and d.id = r.draft_id
      join invoice_publication p on p.organisation_id = d.organisation_id and p.invoice_id = d.invoice_id
      where r.organisation_id = ${organisationId} and r.batch_id = ${batchId} and r.state = 'issued'
        and p.published_at is null`,
  )
  return found?.until ?? null
}
