// The conventions of the tables, read from a migrated database.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

const db = await testDatabase()
const ask = async <T>(text: string): Promise<T[]> => (await db.pool.query(text)).rows as T[]

/** Found from outside without knowing the organisation, or about the whole deployment. */
const GLOBAL = [
  'access_token',
  'gateway_shop',
  'invitation',
  'login',
  'migration',
  'organisation',
  'payment_reference',
  'session',
  'staff_link',
  'staff_member',
  'staff_passkey',
  'staff_passkey_challenge',
  'staff_recovery_code',
  'staff_session',
  'throttle',
]
/** Foreign keys without an index of their own, and why. */
const UNINDEXED = [
  // An invoice is never deleted nor renumbered, and its account bears its id.
  'account (organisation_id, invoice_id)',
]

const COLUMNS = `select c.table_name as table, c.column_name as column, c.data_type as type
  from information_schema.columns c where c.table_schema = 'public' order by 1, 2`
const CONSTRAINTS = `select c.conrelid::regclass::text as table, c.contype as kind,
    array(select a.attname::text from unnest(c.conkey) with ordinality k (num, place)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num order by k.place) as columns
  from pg_constraint c where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'f') order by 1, 2`
const INDEXES = `select i.indrelid::regclass::text as table, i.indisunique as unique,
    array(select a.attname::text from unnest(i.indkey) with ordinality k (num, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num order by k.place) as columns
  from pg_index i join pg_class t on t.oid = i.indrelid where t.relnamespace = 'public'::regnamespace`

type Keyed = { readonly table: string; readonly columns: readonly string[] }
const named = ({ table, columns }: Keyed) => `${table} (${columns.join(', ')})`

test('every row of business carries its organisation, first in every key', async () => {
  const columns = await ask<{ table: string; column: string }>(COLUMNS)
  const tables = [...new Set(columns.map((one) => one.table))]
  const owned = new Set(columns.filter((one) => one.column === 'organisation_id').map((one) => one.table))
  expect(tables.filter((table) => !owned.has(table) && !GLOBAL.includes(table))).toEqual([])
  expect(GLOBAL.filter((table) => !tables.includes(table))).toEqual([])
  const keys = [
    ...(await ask<Keyed & { kind: string }>(CONSTRAINTS)).filter((one) => one.kind !== 'f'),
    ...(await ask<Keyed & { unique: boolean }>(INDEXES)).filter((one) => one.unique),
  ]
  const strangers = keys.filter((one) => !GLOBAL.includes(one.table) && one.columns[0] !== 'organisation_id')
  expect(strangers.map(named)).toEqual([])
  const keyless = tables.filter((table) => !keys.some((one) => one.table === table))
  expect(keyless).toEqual([])
})

test('every reference between rows of business stays within the organisation', async () => {
  const references = await ask<Keyed & { kind: string }>(CONSTRAINTS)
  const crossing = references.filter(
    (one) => one.kind === 'f' && !one.columns.includes('organisation_id') && !GLOBAL.includes(one.table),
  )
  expect(crossing.map(named)).toEqual([])
})

test('every foreign key has an index that begins with it', async () => {
  const [constraints, indexes] = [await ask<Keyed & { kind: string }>(CONSTRAINTS), await ask<Keyed>(INDEXES)]
  const bare = constraints.filter(
    (key) =>
      key.kind === 'f' &&
      !indexes.some(
        (index) =>
          index.table === key.table &&
          key.columns.every((column) => index.columns.slice(0, key.columns.length).includes(column)),
      ),
  )
  expect(bare.map(named)).toEqual(UNINDEXED)
})

test('no float, no money, no time without a zone, no counted text', async () => {
  const columns = await ask<{ table: string; column: string; type: string }>(COLUMNS)
  const banned = [
    'real',
    'double precision',
    'money',
    'numeric',
    'timestamp without time zone',
    'character varying',
    'character',
    'json',
  ]
  const found = columns.filter((one) => banned.includes(one.type))
  expect(found.map((one) => `${one.table}.${one.column}: ${one.type}`)).toEqual([])
})

test('a column is named after what it holds', async () => {
  const columns = await ask<{ table: string; column: string; type: string }>(COLUMNS)
  const wrong = columns.filter(
    ({ column, type }) =>
      (column.endsWith('cents') && type !== 'bigint') ||
      (column.endsWith('_at') && type !== 'timestamp with time zone') ||
      (column.endsWith('_on') && type !== 'date') ||
      (type === 'timestamp with time zone' && !/_at$|^not_before$|^since$/.test(column)) ||
      !/^[a-z][a-z\d_]*$/.test(column),
  )
  expect(wrong).toEqual([])
})

test('the types of the tables are those of the migrations', () => {
  const root = path.resolve(import.meta.dirname, '../..')
  const bin = path.join(root, 'node_modules/.bin')
  const ran = spawnSync(process.execPath, ['scripts/schema-types.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path.dirname(process.execPath)}:${bin}:${process.env['PATH'] ?? ''}` },
  })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
})
