// How fast a ledger is verified, beside a loop that streams and hashes the same rows in the same run.
// At least half as fast, the balances, closings and cross-checks included.
import { hash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { DAY_MS, later } from '../src/kernel/dates.ts'
import { listOrganisations } from '../src/organisations/store.ts'
import { closePeriods } from '../src/proof/close-periods.ts'
import { sealEntries } from '../src/proof/seal-entries.ts'
import { streamSeals } from '../src/proof/store.ts'
import { readSnapshot, verifyLedger } from '../src/proof/verify-ledger.ts'
import { openBenchWorld } from './world.ts'

const ENTRIES = 100_000
const ROUNDS = 5
const MIN_RATIO = 0.5

const world = await openBenchWorld()
const { db, clock } = world.services
try {
  const [organisation] = await listOrganisations(db)
  if (!organisation) throw new Error('no organisation')
  const { id } = organisation
  await fill(id)
  const sealing = await time(() => sealEntries(db, id, clock.now()))
  await closePeriods(db, id, later(clock.now(), 2 * DAY_MS))
  await db.pool.query('vacuum analyze')
  const bare: number[] = []
  const whole: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [await time(() => streamAndHash(id)), await time(() => verify(id))]
    // The first round warms up.
    if (round === 0) continue
    bare.push(one)
    whole.push(other)
  }
  const ratio = median(bare) / median(whole)
  console.log('| what | ms |\n|---|---|')
  console.log(`| seal ${ENTRIES} entries | ${sealing.toFixed(0)} |`)
  console.log(`| stream and hash the same rows (median of ${ROUNDS}) | ${median(bare).toFixed(0)} |`)
  console.log(`| verify (median of ${ROUNDS}) | ${median(whole).toFixed(0)} |`)
  console.log(`\nverify is ${ratio.toFixed(2)} of the bare loop; at least ${MIN_RATIO} is asked`)
  if (ratio < MIN_RATIO) process.exitCode = 1
} finally {
  await world.close()
}
process.exit()

/** Credits given and spent by many families on many days, past our own verbs, which would take minutes. */
async function fill(organisationId: string): Promise<void> {
  const client = await db.pool.connect()
  await client.query('set statement_timeout = 0')
  await client.query('begin')
  for (const kind of ['credit', 'suspense'])
    await client.query(
      `insert into account select $1::uuid, gen_random_uuid(), u.id, $2, f.id, null
        from (select id from billing_unit where organisation_id = $1::uuid order by code limit 1) u
        left join family f on f.organisation_id = $1::uuid and $2 = 'credit' on conflict do nothing`,
      [organisationId, kind],
    )
  await client.query(
    `create temporary table made on commit drop as
      select gen_random_uuid() as id, n, a.billing_unit_id as unit, a.id as credit, o.id as other
      from generate_series(1, ${ENTRIES}) n
      join (select *, row_number() over (order by id) - 1 as place, count(*) over () as many
        from account where organisation_id = $1 and kind = 'credit' and billing_unit_id =
          (select id from billing_unit where organisation_id = $1 order by code limit 1)) a on a.place = n % a.many
      join account o on o.organisation_id = $1 and o.kind = 'suspense' and o.billing_unit_id = a.billing_unit_id`,
    [organisationId],
  )
  await client.query(
    `insert into entry select $1::uuid, id, unit, 'elsewhere', 'bench ' || n, sha256(n::text::bytea),
      current_date - (n % 300), current_date, now() - interval '1 hour' + n * interval '1 millisecond', 'bench', null from made`,
    [organisationId],
  )
  await client.query(
    `insert into posting select $1::uuid, id, side, case side when 1 then credit else other end,
      case side when 1 then -(n % 997 + 1) else n % 997 + 1 end from made, generate_series(1, 2) side`,
    [organisationId],
  )
  await client.query('commit')
  client.release(true)
}

async function verify(organisationId: Parameters<typeof verifyLedger>[1]): Promise<void> {
  const { findings, seals } = await verifyLedger(db, organisationId, undefined)
  if (findings.length > 0 || seals < ENTRIES) throw new Error(JSON.stringify([seals, findings]))
}

/** The least that reads every row and hashes what it says. */
async function streamAndHash(organisationId: Parameters<typeof verifyLedger>[1]): Promise<string> {
  let last = ''
  await readSnapshot(db, (tx) =>
    streamSeals(tx, organisationId, 1, Number.MAX_SAFE_INTEGER, (seals) => {
      for (const one of seals) last = hash('sha256', last + JSON.stringify(one))
    }),
  )
  return last
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
