// The database. A signature tells the power: `Read` reads, `Tx` writes, `Db` opens transactions.
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Insertable, Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import * as pg from 'pg'
import { assert } from '../kernel/assert.ts'
import type { DB } from './schema.ts'
import { shareConnections } from './shared-connections.ts'

export { type RawBuilder, sql }

/** May read: builder queries from `selectFrom`, or `rows` with a written SELECT. */
export type Read = Pick<Kysely<DB>, 'selectFrom' | 'getExecutor'>
/** May write, inside a transaction that somebody else opened and will commit. */
export type Tx = Transaction<DB>
/** May read, and may open transactions. */
export type Db = Read & {
  /**
   * Runs the work in one READ COMMITTED transaction. A deadlock or serialisation conflict is tried
   * again, five times at most (F15), so the work must have no effect outside the database.
   */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** The pool underneath, for the job queue and the migrations. */
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
}

export type ConnectionSettings = {
  readonly connectionString?: string
  readonly host?: string
  readonly user?: string
  readonly database?: string
  readonly port?: number
}

const RETRIES = 5
const RETRIABLE = new Set(['40001', '40P01', '55P03'])
/** Named statements per connection; a program has a bounded set of SQL texts, this is its fuse. */
const MAX_PREPARED = 2_000

const statementNames = new Map<string, string>()

/** A client that prepares each SQL text once per connection: parse and plan are not paid again. */
export class PreparingClient extends pg.Client {
  // The overloads of pg's query cannot be restated here; only the (text, values) form is changed.
  override query = ((first: unknown, second?: unknown, ...rest: unknown[]) => {
    // Called with its own `this` below.
    // oxlint-disable-next-line typescript/unbound-method
    const base = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
    if (typeof first === 'string' && Array.isArray(second) && statementNames.size < MAX_PREPARED) {
      let name = statementNames.get(first)
      if (name === undefined) {
        name = `preau_${statementNames.size}`
        statementNames.set(first, name)
      }
      return base.call(this, { name, text: first, values: second }, ...rest)
    }
    return base.call(this, first, second, ...rest)
  }) as pg.Client['query']
}

const INT8: number = pg.types.builtins.INT8
const DATE: number = pg.types.builtins.DATE
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return readSafeInteger
    if (oid === DATE) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

function readSafeInteger(text: string): number {
  const value = Number(text)
  assert(Number.isSafeInteger(value), `a number from the database is too large: ${text}`)
  return value
}

/** Connections that reads outside transactions share. */
const SHARED_READS = 3

/**
 * Opens a pool of at most `max` connections for transactions, and a few more that all other reads
 * share. Statements end after 5 s, lock waits after 2 s (reliability.md 3.5). `Client` is what every
 * connection is made of: a proof that watches statements passes its own.
 */
export function openDb(connection: ConnectionSettings, max = 10, Client = PreparingClient): Db {
  const settings = {
    ...connection,
    types,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 5_000,
  }
  const pool = new pg.Pool({ ...settings, max, Client })
  // A connection that dies idle, or while nobody listens, must not take the process with it (F23).
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const writing = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const shared = shareConnections(
    (stream) => new Client({ ...settings, pipeline: true, stream: () => stream }),
    SHARED_READS,
  )
  const reading = new Kysely<DB>({ dialect: new PostgresDialect({ pool: shared }) })
  return Object.assign(reading as Read, {
    transaction: <T>(work: (tx: Tx) => Promise<T>) => runTransaction(() => writing.transaction(), work),
    pool,
    close: async () => {
      await reading.destroy()
      await writing.destroy()
      // The builder ends the pool only if it was used; the queue and the migrations take it directly.
      if (!pool.ending) await pool.end()
    },
  })
}

const open = new AsyncLocalStorage<true>()

/** Throws when a transaction is open here: a call to the outside would hold its locks (P11). */
export function assertNoTransaction(): void {
  assert(open.getStore() === undefined, 'an outside call inside a transaction')
}

async function runTransaction<T>(begin: Kysely<DB>['transaction'], work: (tx: Tx) => Promise<T>): Promise<T> {
  assert(open.getStore() === undefined, 'a transaction inside a transaction')
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open.run(true, () => begin().execute(work))
    } catch (error) {
      if (attempt > RETRIES || !RETRIABLE.has(sqlState(error) ?? '')) throw error
    }
  }
}

/** The SQLSTATE of an error of the database, `23505` for a broken unique key. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** A connection that was lost, or not had: what `pg` says of it bears no state. */
const LOST = /^(?:Connection terminated|Client has encountered a connection error|timeout e)/
/** Lost at the socket: its code is the system's. */
const CUT = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT', 'ETIMEDOUT'])

/** Whether waiting may be enough: a lost connection, a conflict, a lock, a full or stopping server. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined) return /^(?:08|40|53|55|57)/.test(state) || CUT.has(state)
  return error instanceof Error && LOST.test(error.message)
}

/** The rows of a written query. */
export async function rows<T>(read: Read, query: RawBuilder<T>): Promise<T[]> {
  const result = await query.execute(read)
  return result.rows
}

/** The only row of a written query, or undefined; more than one is a defect. */
export async function row<T>(read: Read, query: RawBuilder<T>): Promise<T | undefined> {
  const found = await rows(read, query)
  assert(found.length <= 1, 'one row was expected')
  return found[0]
}

/** Inserts rows of the same columns by one statement, however many; none is fine. */
export async function insertRows<Table extends keyof DB>(
  tx: Tx,
  table: Table,
  values: readonly Insertable<DB[Table]>[],
): Promise<void> {
  const [first] = values
  if (!first) return
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)))
  const lines = values.map((value) =>
    Object.fromEntries(Object.entries(value).map(([column, cell]) => [column, toJson(cell)])),
  )
  await sql`insert into ${sql.table(table)} (${columns}) select ${columns}
    from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(lines)}::json)`.execute(tx)
}

/** Bytes as the text in which the database reads them; all else as JSON has it. */
const toJson = (cell: unknown): unknown => (Buffer.isBuffer(cell) ? `\\x${cell.toString('hex')}` : cell)
