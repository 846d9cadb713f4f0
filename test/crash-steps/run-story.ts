// The machine: the story told once, cut before each verb; each verb run again from its cut and killed at a step.
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type Pool } from 'pg'
import { assert, present } from '../../src/kernel/assert.ts'
import { DAY_MS, later, MINUTE_MS, utcDay } from '../../src/kernel/dates.ts'
import type { ConnectionSettings } from '../../src/platform/db.ts'
import { cloneDatabase, createTemplate, dropDatabase, onDatabase, openTestServer } from '../support/server.ts'
import { ACTS, DONE_AGAIN, type Scene, setScene, type Tale, timeOf } from './acts.ts'
import { type ProofBank, startProofBank } from './bank.ts'
import { differences } from './final-state.ts'
import { catchNotifications } from './lost-notifications.ts'
import { readRows, readState } from './read-state.ts'
import { type Children, openChildren } from './run-child.ts'
import { type Death, VERBS, type VerbName } from './step.ts'
import { inWorld, type World } from './world.ts'

/** One verb told without a crash: its steps, and the state that its story ends in. */
export type Telling = {
  readonly verb: VerbName
  readonly split: string | undefined
  readonly steps: readonly string[]
  readonly state: readonly string[]
}

export type Machine = {
  /** Runs the verb without a crash; `split` breaks its transactions before inserts into that table. */
  readonly tell: (verb: VerbName, split?: string) => Promise<Telling>
  /** Runs it again, dies there, goes on; gives how the state differs from the telling's: not at all is right. */
  readonly crash: (telling: Telling, death: Death) => Promise<string[]>
  readonly close: () => Promise<void>
}

type Cut = { readonly database: string; readonly tale: Tale; readonly known: string }
type Stage = {
  readonly server: ConnectionSettings
  readonly prefix: string
  readonly bank: ProofBank
  readonly children: Children
  readonly scene: Scene
  readonly cuts: ReadonlyMap<VerbName, Cut>
}

/** Starts a server and a bank, tells the story once, and keeps a copy of the database before each verb. */
export async function openMachine(): Promise<Machine> {
  const { connection: server, stop } = await openTestServer()
  const lost = await catchNotifications()
  const bank = await startProofBank(lost.url)
  const prefix = `preau_crash_${process.pid}`
  const story = `${prefix}_story`
  await createTemplate(server, story)
  const scene = await setScene(onDatabase(server, story), later(bank.noon, -DAY_MS), bank.shop)
  const cuts = new Map<VerbName, Cut>()
  let tale: Tale = {}
  for (const verb of VERBS) {
    const database = `${story}_${cuts.size}`
    await cloneDatabase(server, story, database)
    const at = timeOf(verb, bank.noon)
    const rows = await inWorld(onDatabase(server, story), at, ({ services }) => readRows(services.db))
    cuts.set(verb, { database, tale, known: [...rows, JSON.stringify(tale)].join('\n') })
    // The chaser learns what the notification says: the story has one of them.
    if (verb === 'settle') continue
    tale = await inWorld(onDatabase(server, story), at, async (world) => {
      const told = { ...tale, ...(await ACTS[verb](world, scene, tale)) }
      if (verb !== 'redirect') return { ...told, ...(await lookUp(world)) }
      await bank.pay(present(told.form, 'no form'))
      return { ...told, message: present(lost.about(present(told.reference, 'no order')), 'no message') }
    })
  }
  const children = openChildren()
  const stage = { server, prefix, bank, children, scene, cuts }
  let runs = 0
  return {
    tell: async (verb, split) => {
      const { steps, state } = await run(stage, (runs += 1), verb, split, undefined)
      assertPaidOnce(state)
      return { verb, split, steps, state }
    },
    crash: async ({ verb, split, state }, death) =>
      differences(state, (await run(stage, (runs += 1), verb, split, death)).state),
    close: async () => {
      children.close()
      lost.stop()
      await bank.stop()
      for (const name of [story, ...[...cuts.values()].map((cut) => cut.database)])
        await dropDatabase(server, name)
      await stop()
    },
  }
}

/** What staff read on their screen. */
async function lookUp({ services: { db } }: World): Promise<Tale> {
  const capture = await db.selectFrom('capture').select('id').executeTakeFirst()
  const refund = await db.selectFrom('refund').select('id').executeTakeFirst()
  return { ...(capture ? { captureId: capture.id } : {}), ...(refund ? { refundId: refund.id } : {}) }
}

/** An end that others are compared with must itself be right: every story pays once and proves it. */
function assertPaidOnce(state: readonly string[]): void {
  for (const table of ['capture', 'receipt', 'mail'])
    assert(state.filter((line) => line.startsWith(`${table} `)).length === 1, `not one ${table}`)
  assert(state.includes('verify {"findings":[],"unsealed":0}'), 'the ledger does not verify')
}

/** The verb in a process of its own, its end if it must die, then the rest of the story to its state. */
async function run(
  { server, prefix, bank, children, scene, cuts }: Stage,
  number: number,
  verb: VerbName,
  split: string | undefined,
  death: Death | undefined,
): Promise<{ steps: readonly string[]; state: string[] }> {
  // A form is paid once at the bank, whose orders outlive each telling: a sending has an attempt of its own.
  const isSending = verb === 'redirect'
  const cut = present(cuts.get(isSending ? 'start' : verb), 'no such verb')
  const at = timeOf(verb, bank.noon)
  const database = `${prefix}_${number}`
  const connection = onDatabase(server, database)
  await cloneDatabase(server, cut.database, database)
  try {
    const act = async (world: World, name: VerbName) => {
      tale = { ...tale, ...(await ACTS[name](world, scene, tale)) }
    }
    let { tale } = cut
    if (verb === 'start' || verb === 'redirect')
      await inWorld(connection, at, async (world) => {
        // The bank takes a transaction number once a day: each telling leaves some to the others.
        await skipNumbers(world.services.db.pool, scene, at, number * 10)
        if (isSending) await act(world, 'start')
      })
    const survived = await children.run({ connection, at, verb, scene, tale, death, split })
    await untilLeft(server, database)
    tale = { ...tale, ...survived?.told }
    const state = await inWorld(connection, later(at, MINUTE_MS), async (world) => {
      if (death && DONE_AGAIN[verb]) await act(world, verb)
      if (verb === 'start') await act(world, 'redirect')
      if (verb === 'start' || isSending) await bank.pay(present(tale.form, 'no form'))
      const pass = later(at, 7 * MINUTE_MS)
      world.services.clock.set(pass)
      await act(world, 'settle')
      return readState(world.services.db, scene.organisationId, pass, cut.known)
    })
    return { steps: survived?.steps ?? [], state }
  } finally {
    await dropDatabase(server, database)
  }
}

/** The time of day asks for less than this at noon and a while after: the counter alone decides. */
const FIRST_NUMBER = 500_000

async function skipNumbers(pool: Pool, scene: Scene, at: Date, skipped: number): Promise<void> {
  await pool.query(
    `insert into transaction_counter (organisation_id, contract_id, utc_day, last) values ($1, $2, $3, $4)
      on conflict (organisation_id, contract_id, utc_day) do update set last = excluded.last`,
    [scene.organisationId, scene.contractId, utcDay(at), FIRST_NUMBER + skipped],
  )
}

/** A server takes a moment to see that a process is gone, and to give its locks back. */
async function untilLeft(server: ConnectionSettings, database: string): Promise<void> {
  const client = new Client(server)
  await client.connect()
  try {
    for (;;) {
      const left = await client.query('select from pg_stat_activity where datname = $1', [database])
      if (left.rowCount === 0) return
      await sleep(5)
    }
  } finally {
    await client.end()
  }
}
