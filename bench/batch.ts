// How long a batch takes to issue, beside a plain COPY of the same rows in the same run: the rules of the
// ledger, the gapless numbers and the frozen contents included. BATCH says how many invoices.
import { performance } from 'node:perf_hooks'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { workBatch } from '../src/invoicing/issue-batch.ts'
import { startBatch } from '../src/invoicing/start-batch.ts'
import type { BillingUnitId } from '../src/kernel/ids.ts'
import { listOrganisations } from '../src/organisations/store.ts'
import { newId } from '../src/platform/secrets.ts'
import { openBenchWorld } from './world.ts'

const COUNT = Number(process.env['BATCH'] ?? 5_000)
const TABLES = ['invoice', 'invoice_line', 'invoice_content', 'invoice_publication', 'entry', 'posting']

const world = await openBenchWorld()
const { services } = world
const { db, clock } = services
try {
  const [organisation] = await listOrganisations(db)
  if (!organisation) throw new Error('no organisation')
  const organisationId = organisation.id
  const { rows } = await db.pool.query<{ id: BillingUnitId }>(
    "update billing_unit set series_source = 'preau' where code = 'THONON' returning id",
  )
  const unitId = rows[0]?.id
  if (!unitId) throw new Error('no unit')
  await fill(unitId)
  const batchId: string = newId<'batch'>(clock.now())
  const author = { organisationId, staffId: undefined, name: 'bench', screen: 'bench', clientAddress: '-' }
  const filter = { unitId, establishmentId: undefined, from: undefined, to: undefined }
  const asked = { id: batchId, said: 'bench', filter, accepted: [] }
  const control = await time(() => db.transaction((tx) => startBatch(tx, author, asked, clock.now())))
  const { rows: counted } = await db.pool.query<{ row_count: number }>(
    'select row_count from invoice_batch where id = $1',
    [batchId],
  )
  const waiting = counted[0]?.row_count ?? 0
  const issued = await time(() => workBatch(services, { organisationId, batchId }))
  await assertGapless(waiting)
  const copied = await copyAgain()
  console.log('| what | measured |\n|---|---|')
  console.log(`| control ${COUNT} drafts and open the batch | ${(control / 1000).toFixed(2)} s |`)
  console.log(`| issue ${waiting} invoices | ${(issued / 1000).toFixed(2)} s |`)
  console.log(`| one invoice | ${(issued / waiting).toFixed(2)} ms |`)
  console.log(`| COPY of the same rows, indexes included | ${(copied / 1000).toFixed(2)} s |`)
  console.log(`\nissuing takes ${(issued / copied).toFixed(1)} times the plain COPY`)
} finally {
  await world.close()
}
process.exit()

/** Drafts of three lines for families of their own, past the editor, which would take minutes. */
async function fill(unitId: string): Promise<void> {
  const client = await db.pool.connect()
  await client.query('set statement_timeout = 0')
  await client.query(
    `with made as (insert into family (organisation_id, id, name, address, postal_code, city, created_at)
        select u.organisation_id, gen_random_uuid(), 'BENCH ' || n, '1 rue du Test', '74200', 'Thonon', now()
        from billing_unit u, generate_series(1, ${COUNT}) n where u.id = $1 returning organisation_id, id),
      payers as (insert into adult (organisation_id, id, family_id, role, first_name, last_name, email, created_at)
        select organisation_id, gen_random_uuid(), id, 'payer', 'Zoé', 'BENCH', 'zoe@courriel.example', now() from made)
    insert into invoice_draft (organisation_id, id, billing_unit_id, establishment_id, family_id, state, version,
        typed, fault_count, has_double, total_cents, created_at, saved_at, saved_by)
    select m.organisation_id, gen_random_uuid(), e.billing_unit_id, e.id, m.id, 'checked', 1,
      jsonb_build_object('establishment', e.id, 'activity', 'Mercredis', 'beneficiary', 'BENCH', 'referent', '',
        'periodFrom', '', 'periodTo', '', 'dueOn', '', 'onlineUntil', '', 'deskUntil', '', 'lines', (
          select jsonb_agg(jsonb_build_object('child', '', 'day', '0' || l || '/04/2012', 'label', 'Mercredi',
            'quantity', '1', 'price', '14,50')) from generate_series(1, 3) l)),
      0, false, 4350, now(), now(), 'bench'
    from made m cross join lateral (select id, billing_unit_id from establishment
      where billing_unit_id = $1 order by code limit 1) e`,
    [unitId],
  )
  await client.query('analyze')
  client.release(true)
}

async function assertGapless(count: number): Promise<void> {
  const { rows } = await db.pool.query<{ count: number; span: number }>(
    `select count(*)::integer as count,
      max(right(i.number, 6)::integer) - min(right(i.number, 6)::integer) + 1 as span
      from invoice i join invoice_draft d on d.invoice_id = i.id`,
  )
  if (rows[0]?.count !== count || rows[0].span !== count) throw new Error(JSON.stringify([count, rows[0]]))
}

/** The rows just issued, written to files and read back by COPY into tables of the same shape. */
async function copyAgain(): Promise<number> {
  const client = await db.pool.connect()
  await client.query('set statement_timeout = 0')
  for (const table of TABLES) {
    await client.query(`create table bench_${table} (like ${table} including indexes)`)
    await client.query(`copy ${table} to '${path.join(tmpdir(), `preau-bench-${table}`)}'`)
  }
  const took = await time(async () => {
    for (const table of TABLES)
      await client.query(`copy bench_${table} from '${path.join(tmpdir(), `preau-bench-${table}`)}'`)
  })
  client.release(true)
  return took
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
