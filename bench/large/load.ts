import type pg from 'pg'
import { DEMO_PASSWORD } from '../../src/demo/load-demo.ts'
import { addDays, parisDay, parisInstant } from '../../src/kernel/dates.ts'
import { GENESIS } from '../../src/proof/chain.ts'
import { closePeriods } from '../../src/proof/close-periods.ts'
import { hashPassword } from '../../src/platform/secrets.ts'
import type { Services } from '../../src/platform/services.ts'
import { copyRows, openRows, TABLES } from './copy-rows.ts'
import { addInternalAccounts, type Chain } from './entry-rows.ts'
import { addFamily } from './family-rows.ts'
import { addInvoice } from './invoice-rows.ts'
import { openWorld, SLUG, type World } from './organisation.ts'
import { addPayment } from './payment-rows.ts'
import { addJournals, addSlips } from './quarter-rows.ts'
import { lastNumber, monthStart, QUARTER, quartersOf, SERIES, type Size, UNITS } from './shape.ts'

/** A database that is not to be written to; the message says why. */
export class Refused extends Error {}

/** Families of one chunk: what a kill undoes. */
const SLICE = 2_000

type Chunk =
  | { readonly kind: 'families' | 'invoices' | 'payments'; readonly month: number; readonly from: number }
  | { readonly kind: 'slips' | 'journals' | 'close'; readonly month: number }

/** Everything to be done, in order: months one after another, so that entries are sealed as they come. */
export function plan(size: Size): Chunk[] {
  const slices = Array.from({ length: Math.ceil(size.families / SLICE) }, (_, index) => index * SLICE)
  const chunks: Chunk[] = slices.map((from) => ({ kind: 'families', month: 0, from }))
  for (let month = 0; month < size.months; month += 1) {
    chunks.push(...slices.map((from) => ({ kind: 'invoices' as const, month, from })))
    if (month % QUARTER === QUARTER - 1) {
      chunks.push(...slices.map((from) => ({ kind: 'payments' as const, month, from })))
      chunks.push({ kind: 'slips', month })
      if (Math.floor(month / QUARTER) === quartersOf(size) - 1) chunks.push({ kind: 'journals', month })
    }
    chunks.push({ kind: 'close', month })
  }
  return chunks
}

type State = {
  readonly size: Size
  readonly passwordHash: string
  readonly done: number
  readonly chain: Chain
}

/**
 * Loads families and their invoices, some thousands per transaction, and goes on where an earlier run
 * stopped. Gives how many chunks were left. Triggers rest meanwhile: `checkRules` says whether all is
 * as they would have had it. Throws `Refused` on a database that holds anything else.
 */
export async function load(
  services: Services,
  asked: { readonly families: number; readonly months: number },
  progress: (done: number, all: number) => void = () => {},
): Promise<number> {
  const client = await services.db.pool.connect()
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set synchronous_commit = off')
    await client.query('set idle_in_transaction_session_timeout = 0')
    const state = await begin(client, asked, services.clock.now())
    const world = await openWorld(services, state.passwordHash)
    const chunks = plan(state.size)
    let { chain } = state
    for (let index = state.done; index < chunks.length; index += 1) {
      const chunk = chunks[index]
      if (chunk) chain = await loadChunk(services, client, world, state, chunk, chain, index + 1)
      progress(index + 1, chunks.length)
    }
    await finish(client, world, state.size, chain)
    return chunks.length - state.done
  } finally {
    client.release(true)
  }
}

/** What was done so far; on an empty database, nothing yet. */
async function begin(
  client: pg.ClientBase,
  asked: { readonly families: number; readonly months: number },
  now: Date,
): Promise<State> {
  const { rows: others } = await client.query('select from organisation where slug <> $1', [SLUG])
  const { rows: tables } = await client.query("select to_regclass('large.progress') is not null as known")
  const isKnown = (tables[0] as { known: boolean }).known
  const { rows: own } = await client.query('select from organisation')
  if (others.length > 0 || (own.length > 0 && !isKnown))
    throw new Refused('This database holds records of somebody: a large load wants an empty one.')
  await client.query(
    'create schema if not exists large; create table if not exists large.progress (state jsonb not null)',
  )
  const { rows: found } = await client.query<{ state: State }>('select state from large.progress')
  const known = found[0]?.state
  if (known) {
    const { families, months } = known.size
    if (families !== asked.families || months !== asked.months)
      throw new Refused(
        `This database was begun with --families ${families} --months ${months}: use the same.`,
      )
    return known
  }
  // The last month is the one before this one.
  const firstMonth = monthStart({ firstMonth: parisDay(now).slice(0, 7) }, -asked.months).slice(0, 7)
  const state: State = {
    size: { ...asked, firstMonth },
    passwordHash: await hashPassword(DEMO_PASSWORD),
    done: 0,
    chain: { sequence: 0, head: GENESIS, receipts: {} },
  }
  await client.query('insert into large.progress values ($1)', [JSON.stringify(state)])
  return state
}

/** One chunk and the word that it is done, in one transaction. */
async function loadChunk(
  services: Services,
  client: pg.ClientBase,
  world: World,
  { size, passwordHash }: State,
  chunk: Chunk,
  before: Chain,
  done: number,
): Promise<Chain> {
  const chain = { ...before, receipts: { ...before.receipts } }
  // The books close by the product's own verb, as they would have the day after the month's last.
  if (chunk.kind === 'close')
    await closePeriods(
      services.db,
      world.organisationId,
      parisInstant(addDays(monthStart(size, chunk.month + 1), 1)),
    )
  const rows = openRows()
  fill(rows, world, size, chain, chunk, passwordHash)
  await client.query('begin')
  // No trigger and no check of a reference: they are made once, of everything, at the end.
  await client.query('set local session_replication_role = replica')
  await copyRows(client, rows)
  await client.query("update large.progress set state = state || jsonb_build_object('done', $1::integer, 'chain', $2::jsonb)", [done, JSON.stringify(chain)]) // prettier-ignore
  await client.query('commit')
  return chain
}

function fill(
  rows: ReturnType<typeof openRows>,
  world: World,
  size: Size,
  chain: Chain,
  chunk: Chunk,
  passwordHash: string,
): void {
  const quarter = Math.floor(chunk.month / QUARTER)
  switch (chunk.kind) {
    case 'slips':
      return addSlips(rows, world, size, chain, quarter)
    case 'journals':
      return addJournals(rows, world, size, quarter)
    case 'close':
      break
    case 'families':
    case 'invoices':
    case 'payments':
      if (chunk.kind === 'families' && chunk.from === 0) addInternalAccounts(rows, world, size)
      for (let family = chunk.from; family < Math.min(chunk.from + SLICE, size.families); family += 1)
        if (chunk.kind === 'families') addFamily(rows, world, size, family, passwordHash)
        else if (chunk.kind === 'invoices') addInvoice(rows, world, size, chain, family, chunk.month)
        else addPayment(rows, world, size, chain, family, quarter)
  }
}

/** The last numbers given, the debts followed, and what the planner must know. */
async function finish(
  client: pg.ClientBase,
  { organisationId }: World,
  size: Size,
  chain: Chain,
): Promise<void> {
  const series: Record<string, number> = {}
  for (const [name, last] of Object.entries(chain.receipts))
    series[name.startsWith('slip ') ? name : `receipt ${name}`] = last
  for (let unit = 0; unit < UNITS; unit += 1) series[`invoice ${SERIES[unit] ?? ''}`] = lastNumber(size, unit)
  for (const [name, last] of Object.entries(series))
    await client.query(
      `insert into number_series values ($1, $2, $3)
        on conflict (organisation_id, name) do update set last = greatest(number_series.last, excluded.last)`,
      [organisationId, name, last],
    )
  // What triggers follow was loaded past them (migration 0023).
  await client.query('select fill_debts($1)', [organisationId])
  await client.query(
    `insert into undeposited
      select d.organisation_id, d.id, d.billing_unit_id, d.entry_id, d.amount_cents, d.recorded_at
      from desk_payment d
      where d.organisation_id = $1 and d.method in ('cheque', 'voucher', 'cesu')
        and not exists (select from deposited_payment p
          where p.organisation_id = d.organisation_id and p.desk_payment_id = d.id)
        and not exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id)
      on conflict do nothing`,
    [organisationId],
  )
  for (const table of [...TABLES, 'debt', 'family_debt', 'undeposited'])
    await client.query(`vacuum analyze ${table}`)
}
