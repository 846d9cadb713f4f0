// The rules the database keeps by itself: every refusal names its rule, and beside it the same act done rightly.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildFamily, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { openTill } from '../../test/support/till.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { sql, type Tx } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'
import { accountKey, assertBalanced, receivableAccountId } from './ledger.ts'
import { creditOf } from './store.ts'

const db = await testDatabase()

type Place = {
  organisationId: OrganisationId
  unitId: BillingUnitId
  familyId: FamilyId
  clearing: string
  suspense: string
  credit: string
}

async function place(): Promise<Place> {
  const organisationId = await buildOrganisation(db)
  const { unitId } = await buildUnit(db, organisationId)
  const { familyId } = await buildFamily(db, organisationId)
  const account = (kind: string, family: string | null) => addAccount(organisationId, unitId, kind, family)
  const [clearing, suspense, credit] = [
    await account('clearing', null),
    await account('suspense', null),
    await account('credit', familyId),
  ]
  return { organisationId, unitId, familyId, clearing, suspense, credit }
}

async function addAccount(organisationId: string, unitId: string, kind: string, familyId: string | null) {
  const id = randomUUID()
  const values = { organisation_id: organisationId, id, billing_unit_id: unitId, kind, family_id: familyId }
  await db.transaction((tx) => tx.insertInto('account').values(values).execute())
  return id
}

/** An entry with these lines, written past our own checks. */
async function write(tx: Tx, at: Place, lines: [account: string, amount: number][]): Promise<string> {
  const id = randomUUID()
  await sql`insert into entry values (${at.organisationId}, ${id}, ${at.unitId}, 'capture', ${id},
    ${sha256(id)}, '2012-03-16', '2012-03-16', ${TEST_NOW}, 'test', null)`.execute(tx)
  for (const [index, [account, amount]] of lines.entries())
    await addLine(tx, at, id, index + 1, account, amount)
  return id
}

const addLine = (tx: Tx, at: Place, entry: string, line: number, account: string, amount: number) =>
  sql`insert into posting values (${at.organisationId}, ${entry}, ${line}, ${account}, ${amount})`.execute(tx)

const writing = (at: Place, lines: [account: string, amount: number][]) =>
  db.transaction((tx) => write(tx, at, lines))

test('an entry of two lines that sum to zero is taken', async () => {
  const at = await place()
  await writing(at, [
    [at.clearing, 500],
    [at.credit, -500],
  ])
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(500)
})

test('a header alone, one line, or lines that do not balance are refused at commit', async () => {
  const at = await place()
  await expect(writing(at, [])).rejects.toThrow(/has 0 line\(s\), two are needed/)
  await expect(writing(at, [[at.clearing, 500]])).rejects.toThrow(/has 1 line\(s\), two are needed/)
  await expect(
    writing(at, [
      [at.clearing, 500],
      [at.credit, -499],
    ]),
  ).rejects.toThrow(/does not balance: 1 cents/)
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(0)
})

test('no line joins an entry later, not even two that balance', async () => {
  const at = await place()
  const entry = await writing(at, [
    [at.clearing, 500],
    [at.credit, -500],
  ])
  const other = await addAccount(at.organisationId, at.unitId, 'elsewhere', null)
  const adding = db.transaction(async (tx) => {
    await addLine(tx, at, entry, 3, at.suspense, 100)
    await addLine(tx, at, entry, 4, other, -100)
  })
  await expect(adding).rejects.toThrow(/is closed/)
})

test('an entry never crosses billing units', async () => {
  const at = await place()
  const { unitId } = await buildUnit(db, at.organisationId)
  const elsewhere = await addAccount(at.organisationId, unitId, 'clearing', null)
  await expect(
    writing(at, [
      [elsewhere, 500],
      [at.credit, -500],
    ]),
  ).rejects.toThrow(/crosses billing units/)
})

test('an entry never crosses organisations', async () => {
  const [at, stranger] = [await place(), await place()]
  const crossing = writing(at, [
    [stranger.clearing, 500],
    [at.credit, -500],
  ])
  await expect(crossing).rejects.toMatchObject({ code: '23503', table: 'posting' })
})

test('an amount is never zero nor beyond a million euros', async () => {
  const at = await place()
  await writing(at, [
    [at.clearing, 100_000_000],
    [at.credit, -100_000_000],
  ])
  for (const amount of [0, 100_000_001])
    await expect(
      writing(at, [
        [at.clearing, amount],
        [at.credit, -amount],
      ]),
    ).rejects.toMatchObject({
      constraint: 'posting_cents_check',
    })
})

test('one account stands once in an entry', async () => {
  const at = await place()
  const twice = writing(at, [
    [at.clearing, 500],
    [at.credit, -200],
    [at.credit, -300],
  ])
  await expect(twice).rejects.toMatchObject({ constraint: 'posting_organisation_id_entry_id_account_id_key' })
})

test('entries, lines and accounts are never changed, deleted or emptied', async () => {
  const at = await place()
  await writing(at, [
    [at.clearing, 500],
    [at.credit, -500],
  ])
  for (const table of ['entry', 'posting', 'account'])
    for (const [act, statement] of [
      ['UPDATE', `update ${table} set organisation_id = organisation_id`],
      ['DELETE', `delete from ${table}`],
      ['TRUNCATE', `truncate ${table} cascade`],
    ] as const)
      await expect(db.pool.query(statement)).rejects.toThrow(new RegExp(`is append-only: ${act} refused`))
})

test('what was issued, taken and received is never changed, deleted or emptied', async () => {
  const till = await openTill(db)
  await till.issue(3_100)
  for (const table of ['invoice', 'invoice_content'])
    for (const statement of [`update ${table} set organisation_id = organisation_id`, `delete from ${table}`])
      await expect(db.pool.query(statement)).rejects.toThrow(/is append-only/)
  const kept = [
    'invoice',
    'invoice_line',
    'invoice_content',
    'invoice_pdf',
    'capture',
    'receipt',
    'elsewhere_payment',
    'credit_note',
    'credit_note_line',
    'desk_payment',
    'deposited_payment',
    'capture_cancellation',
    'refund',
    'refund_sending',
    'refund_refusal',
    'chargeback',
    'write_off',
  ]
  for (const table of kept)
    await expect(db.pool.query(`truncate ${table} cascade`)).rejects.toThrow(
      /is append-only: TRUNCATE refused/,
    )
})

test('a balance is moved by lines only, never by hand', async () => {
  const at = await place()
  await writing(at, [
    [at.clearing, 500],
    [at.credit, -500],
  ])
  for (const statement of [
    'update balance set cents = cents - 1',
    'delete from balance',
    `insert into balance values ('${at.organisationId}', '${at.clearing}', 'credit', 0)`,
  ])
    await expect(db.pool.query(statement)).rejects.toThrow(/balance moves by postings only/)
  await expect(db.pool.query('truncate balance')).rejects.toThrow(/balance is append-only: TRUNCATE refused/)
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(500)
})

test('a credit is spent to the last cent and never overdrawn', async () => {
  const at = await place()
  await writing(at, [
    [at.clearing, 500],
    [at.credit, -500],
  ])
  const overdrawing = writing(at, [
    [at.credit, 501],
    [at.suspense, -501],
  ])
  await expect(overdrawing).rejects.toMatchObject({ constraint: 'credit_never_overdrawn' })
  await writing(at, [
    [at.credit, 500],
    [at.suspense, -500],
  ])
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(0)
})

test('an invoice is paid to the last cent and never overpaid', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const { organisationId, unitId, familyId } = till
  const clearing = await addAccount(organisationId, unitId, 'clearing', null)
  const at = {
    organisationId,
    unitId,
    familyId,
    clearing,
    suspense: clearing,
    credit: clearing,
  }
  const paying = (amount: number) =>
    writing(at, [
      [clearing, amount],
      [invoice.id, -amount],
    ])
  await expect(paying(3_101)).rejects.toMatchObject({ constraint: 'invoice_never_overpaid' })
  await paying(3_100)
  expect(await till.due(invoice)).toBe(0)
})

test('our own check refuses before the database does', () => {
  const line = (amount: number) => ({ account: { kind: 'clearing' as const }, cents: cents(amount) })
  expect(() => assertBalanced([line(5), line(-5)])).not.toThrow()
  expect(() => assertBalanced([])).toThrow('an entry needs two lines')
  expect(() => assertBalanced([line(5), line(-5), line(0)])).toThrow('an entry has an empty line')
  expect(() => assertBalanced([line(5), line(-4)])).toThrow('an entry does not balance: 1 cents')
})

test('an account is named by what it is for, and a receivable bears its invoice’s id', () => {
  const [familyId, invoiceId] = [
    randomUUID() as FamilyId,
    randomUUID() as Parameters<typeof receivableAccountId>[0],
  ]
  expect(accountKey({ kind: 'revenue' })).toEqual({ familyId: null, invoiceId: null })
  expect(accountKey({ kind: 'credit', familyId })).toEqual({ familyId, invoiceId: null })
  expect(accountKey({ kind: 'receivable', familyId, invoiceId })).toEqual({ familyId, invoiceId })
  expect(receivableAccountId(invoiceId)).toBe(invoiceId)
})
