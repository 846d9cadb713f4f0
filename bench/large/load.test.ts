// A large load in small: its rows obey every rule, and a load that was killed ends as if it had not been.
import { beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../test/support/database.ts'
import { buildOrganisation } from '../../test/support/build.ts'
import { forge } from '../../test/support/forger.ts'
import { testServices } from '../../test/support/services.ts'
import { invoicePdf } from '../../src/billing/draw-invoice.ts'
import type { InvoiceId, OrganisationId } from '../../src/kernel/ids.ts'
import { verifyLedger } from '../../src/proof/verify-ledger.ts'
import { load, plan, Refused } from './load.ts'
import { checkRules } from './rules.ts'
import { type Table, TABLES } from './copy-rows.ts'

const NOW = new Date('2012-04-12T16:44:00Z')
const whole = await testDatabase()
const killed = await testDatabase()

const loadInto = (
  db: TestDatabase,
  size: { families: number; months: number },
  progress?: (done: number) => void,
) => load(testServices(db, { now: NOW }), size, progress)
const one = async <T>(db: TestDatabase, text: string): Promise<T> => (await db.pool.query(text)).rows[0] as T

beforeAll(async () => {
  await loadInto(whole, { families: 1_000, months: 4 })
}, 300_000)

test('a thousand families have their invoices, lines, payments and debts', async () => {
  expect(await one(whole, 'select count(*)::integer as count from family')).toEqual({ count: 1_000 })
  expect(await one(whole, 'select count(*)::integer as count from invoice')).toEqual({ count: 4_000 })
  expect(await one(whole, 'select count(*)::integer as count from invoice_line')).toEqual({ count: 12_000 })
  const means = await one<Record<string, number>>(
    whole,
    `select (select count(*) from capture)::integer as cards, (select count(*) from desk_payment)::integer as desk,
      (select count(*) from elsewhere_payment)::integer as elsewhere,
      (select count(*) from balance where kind = 'credit' and cents < 0)::integer as credits`,
  )
  for (const count of Object.values(means)) expect(count).toBeGreaterThan(0)
})

test('the ledger proves itself, and a document is drawn from what was frozen', async () => {
  const { id } = await one<{ id: OrganisationId }>(whole, 'select id from organisation')
  const verdict = await verifyLedger(whole, id, undefined)
  expect(verdict).toMatchObject({ findings: [], unsealed: 0 })
  expect(verdict.seals).toBeGreaterThan(4_900)
  expect(verdict.closings).toBeGreaterThan(100)
  const invoice = await one<{ id: InvoiceId }>(whole, 'select id from invoice order by number desc limit 1')
  const { pdf } = await invoicePdf(testServices(whole, { now: NOW }), id, invoice.id)
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('a load killed again and again ends as one that was not', async () => {
  const size = { families: 1_000, months: 4 }
  const all = plan({ ...size, firstMonth: '2011-12' }).length
  const dying = (last: number) => (done: number) => {
    if (done === last) throw new Error(`killed after ${last}`)
  }
  for (const last of [1, 3, all - 2])
    await expect(loadInto(killed, size, dying(last))).rejects.toThrow('killed after')
  // And once in the middle of its work: the server cuts the connection under a COPY.
  await killed.pool.query(`create function cut() returns trigger language plpgsql as $$
    begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`)
  await killed.pool.query(
    'create trigger cut before update on large.progress for each row execute function cut()',
  )
  await killed.pool.query('alter table large.progress enable always trigger cut')
  await expect(loadInto(killed, size)).rejects.toThrow()
  await killed.pool.query('drop trigger cut on large.progress')
  expect(await loadInto(killed, size)).toBe(2)
  expect(await loadInto(killed, size)).toBe(0)
  for (const table of TABLES) expect(await told(killed, table)).toEqual(await told(whole, table))
  expect(await checkRules(killed)).toEqual([])
})

/** How many rows, and what those columns say that bear no id drawn at random. */
function told(db: TestDatabase, table: Table): Promise<unknown> {
  const said: Partial<Record<Table, string>> = {
    invoice: 'id, family_id, number, total_cents, due_on',
    invoice_content: 'invoice_id, content',
    balance: 'account_id, cents',
    entry: 'id, kind, booked_at',
    posting: 'entry_id, line, account_id, cents',
    seal: 'sequence, entry_id',
    receipt: 'number, content',
    login: 'identifier',
  }
  return one(
    db,
    `select count(*)::integer as count, md5(string_agg(t::text, ' ' order by t::text)) as said
      from (select ${said[table] ?? '1'} from ${table}) t`,
  )
}

test('a database with other records is refused, and one begun with another size', async () => {
  const others = await testDatabase()
  await buildOrganisation(others)
  await expect(loadInto(others, { families: 10, months: 1 })).rejects.toThrow(Refused)
  expect(await one(others, 'select count(*)::integer as count from family')).toEqual({ count: 0 })
  await expect(loadInto(killed, { families: 10, months: 1 })).rejects.toThrow('--families 1000 --months 4')
})

test('every rule holds of it, and a broken one is named', async () => {
  expect(await checkRules(whole)).toEqual([])
  const { id: organisationId } = await one<{ id: OrganisationId }>(whole, 'select id from organisation')
  await forge(
    whole,
    { organisationId },
    'update balance set cents = cents + 1 where account_id = (select min(account_id::text)::uuid from balance)',
    "update number_series set last = last + 1 where name = 'invoice LA'",
    'delete from child where id = (select min(child_id::text)::uuid from invoice_line)',
    'delete from posting where entry_id = (select min(id::text)::uuid from entry) and line = 1',
  )
  const broken = (await checkRules(whole)).join('\n')
  for (const rule of ['balance-differs', 'invoice-numbers-with-a-gap', 'invoice_line.', 'entry-unbalanced'])
    expect(broken).toContain(rule)
})
