import { sql, type Db, rows } from '../../src/platform/db.ts'
import type { OrganisationId } from '../../src/kernel/ids.ts'
import { sealAll } from '../../src/proof/seal-entries.ts'
import { verifyLedger } from '../../src/proof/verify-ledger.ts'
import { canonicalLines } from './final-state.ts'

/** Tables that may differ without anybody having lost or gained anything, and why. */
const SET_ASIDE: { readonly [table: string]: string } = {
  migration: 'when the schema was made',
  enquiry: 'whom the portal asked, and how often',
  attempt_sending: 'a form that was signed and never reached the family has used its number up',
  transaction_counter: 'the same number',
}
/**
 * Of a message, what came of it: the bank says the same by a notification and by an answer. Of a seal,
 * that it is there: which of two entries of one instant comes first is their drawn identifiers' choice,
 * and `verify` recomputes the chain.
 */
const ONLY: { readonly [table: string]: readonly string[] } = {
  bank_message: ['contract_id', 'outcome'],
  seal: ['organisation_id', 'sequence'],
}

/** Columns that differ for the same reason as the tables set aside. */
const LEFT_OUT: { readonly [table: string]: readonly string[] } = {
  capture: ['transaction_number'],
}

/**
 * Every row of every table, one line each, without instants and hashes; the jobs that are planned; and
 * what `verify` finds once all is sealed. A new table is read too: it must be equal or be set aside.
 */
export async function readState(
  db: Db,
  organisationId: OrganisationId,
  at: Date,
  known: string,
): Promise<string[]> {
  await sealAll(db, at)
  const { findings, unsealed } = await verifyLedger(db, organisationId, undefined)
  const lines = [...(await readRows(db)), ...(await readJobs(db))]
  lines.push(`verify ${JSON.stringify({ findings, unsealed })}`)
  return canonicalLines(lines, await drawnWords(db), known)
}

/** Every row of every table that counts, as text. */
export async function readRows(db: Db): Promise<string[]> {
  const columns = await rows(
    db,
    sql<{ table: string; column: string }>`select c.table_name as table, c.column_name as column
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.data_type not in ('timestamp with time zone', 'bytea')
      order by c.table_name, c.ordinal_position`,
  )
  const tables = [...new Set(columns.map(({ table }) => table))].filter((table) => !(table in SET_ASIDE))
  const lines: string[] = []
  for (const table of tables) {
    const kept = columns.filter(
      ({ table: of, column }) =>
        of === table && (ONLY[table]?.includes(column) ?? !LEFT_OUT[table]?.includes(column)),
    )
    const pairs = kept.map(({ column }) => sql`${sql.lit(column)}, ${sql.ref(column)}`)
    const found = await rows(
      db,
      sql<{
        line: string
      }>`select jsonb_build_object(${sql.join(pairs)})::text as line from ${sql.table(table)}`,
    )
    lines.push(...found.map(({ line }) => `${table} ${line}`))
  }
  return lines
}

async function readJobs(db: Db): Promise<string[]> {
  const jobs = await rows(
    db,
    sql<{ line: string }>`select task_identifier || ' ' || count(*) as line from graphile_worker.jobs
      group by task_identifier`,
  )
  return jobs.map(({ line }) => `job ${line}`)
}

/** What chance drew at each telling, here or at the bank. */
async function drawnWords(db: Db): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ word: string }>`select reference as word from payment_attempt
      union select bank_transaction from capture union select authorisation from capture`,
  )
  return found.map(({ word }) => word).filter((word) => word !== '')
}
