import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { buildExample } from '../../test/support/example-organisation.ts'
import { FILE, importer } from '../../test/support/import-records.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { rows, sql } from '../platform/db.ts'
import { projectFile } from '../platform/files.ts'
import { planImport } from './apply-import.ts'

const db = await testDatabase()
const services = testServices(db)

const { run, apply, balancesOf } = importer(services)
const TABLES = ['family', 'adult', 'child', 'invoice', 'entry', 'mail', 'elsewhere_payment'] as const
const countsOf = async (id: OrganisationId) => {
  const counts: Record<string, number> = {}
  for (const table of TABLES) {
    const found = await db.selectFrom(table).select('id').where('organisation_id', '=', id).execute()
    counts[table] = found.length
  }
  return counts
}
test('a dry run writes nothing', async () => {
  const id = await buildExample(services)
  const { plan } = await planImport(db, id, FILE, {})
  expect([plan.problems, plan.families.created.length, plan.invoices.created.length]).toEqual([[], 1, 1])
  expect(Object.values(await countsOf(id))).toEqual(TABLES.map(() => 0))
})

test('an import books what the file says', async () => {
  const id = await buildExample(services)
  const { mails, letters } = await apply(id, FILE)
  expect([mails, letters.length]).toEqual([1, 1])
  expect(await balancesOf(id)).toEqual([{ number: 'TH001987', cents: 450 }])
  const logins = await db
    .selectFrom('login')
    .select(['identifier', 'email'])
    .where('organisation_id', '=', id)
    .orderBy('identifier')
    .execute()
  expect(logins).toEqual([
    { identifier: 'martin.claire', email: 'claire.martin@exemple.fr' },
    { identifier: 'martin.paul', email: null },
  ])
})

test('the same file again changes nothing, and sends no second mail', async () => {
  const id = await buildExample(services)
  await apply(id, FILE)
  const before = await countsOf(id)
  const again = await apply(id, FILE)
  expect([again.mails, again.letters, again.plan.notes]).toEqual([0, [], []])
  expect(await countsOf(id)).toEqual(before)
  expect(before).toMatchObject({ mail: 1, invoice: 1, entry: 2 })
})

test('a later file adds what is new, and leans on what is known', async () => {
  const id = await buildExample(services)
  await apply(id, FILE)
  await apply(
    id,
    `facture;K2;TH001999;THONON;THONON;F1;16/04/2012;;;;;;;10,00
ligne;K2;E1;11/04/2012;Sortie;1;10,00;10,00
paiement;P2;THONON;F1;17/04/2012;espèces;4,50;TH001987`,
  )
  expect(await balancesOf(id)).toEqual([
    { number: 'TH001987', cents: 0 },
    { number: 'TH001999', cents: 1_000 },
  ])
  const [line] = await db
    .selectFrom('invoice_line')
    .select('child_name')
    .where('organisation_id', '=', id)
    .where('label', '=', 'Sortie')
    .execute()
  expect(line?.child_name).toBe('MARTIN Léo')
})

test('an issued invoice that differs is told, and stays as it was', async () => {
  const id = await buildExample(services)
  await apply(id, FILE)
  const other = FILE.replace('16,00;8,00', '18,00;9,00').replace(';31,00\n', ';32,00\n')
  const { plan } = await apply(id, other)
  expect(plan.notes).toMatchObject([
    { column: 'montant', reason: expect.stringContaining('31,00') },
    { reason: expect.stringContaining('lignes') },
  ])
  expect(plan.notes.every((note) => note.reason.includes('TH001987'))).toBe(true)
  expect(await balancesOf(id)).toEqual([{ number: 'TH001987', cents: 450 }])
})

test('a payment taken over that differs is told, and stays as it was', async () => {
  const id = await buildExample(services)
  await apply(id, FILE)
  const { plan } = await apply(id, FILE.replace('26,50', '30,00'))
  expect(plan.notes).toMatchObject([{ column: 'montant', value: '30,00\u00A0€' }])
  expect(await balancesOf(id)).toEqual([{ number: 'TH001987', cents: 450 }])
})

test('one problem, and nothing at all is written', async () => {
  const id = await buildExample(services)
  const done = await run(id, FILE + 'solde;S1;THONON;F9;31/12/2011;10,00\n')
  expect(done).toMatchObject({ ok: false, failure: { kind: 'problems' } })
  expect(Object.values(await countsOf(id))).toEqual(TABLES.map(() => 0))
})

test('a failure on the way leaves nothing behind', async () => {
  const id = await buildExample(services)
  const unit = await db
    .selectFrom('billing_unit')
    .select('id')
    .where('organisation_id', '=', id)
    .where('code', '=', 'THONON')
    .executeTakeFirstOrThrow()
  // An entry under the payment's key: booking it again fails, after the invoice was issued.
  await db.transaction((tx) =>
    postEntry(tx, {
      organisationId: id,
      billingUnitId: unit.id as BillingUnitId,
      kind: 'elsewhere',
      sourceKey: 'P1',
      fact: 'a payment of a family, booked under this key before',
      accountingOn: parisDay(TEST_NOW),
      valueOn: parisDay(TEST_NOW),
      bookedAt: TEST_NOW,
      actor: 'test',
      postings: [
        { account: { kind: 'elsewhere' }, cents: cents(100) },
        { account: { kind: 'suspense' }, cents: cents(-100) },
      ],
    }),
  )
  const before = await countsOf(id)
  await expect(run(id, FILE)).rejects.toThrow('P1')
  expect(await countsOf(id)).toEqual(before)
})

test('two imports do not run at once', async () => {
  const id = await buildExample(services)
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(20120412)')
    expect(await run(id, FILE)).toEqual({ ok: false, failure: { kind: 'busy' } })
    await client.query('rollback')
    expect(await run(id, FILE)).toMatchObject({ ok: true })
  } finally {
    client.release()
  }
})

test('a file in Windows-1252 keeps its accents', async () => {
  const id = await buildExample(services)
  await apply(id, Buffer.from(FILE, 'latin1'))
  const child = await db.selectFrom('child').select('first_name').where('organisation_id', '=', id).execute()
  expect(child).toEqual([{ first_name: 'Léo' }])
})

test('a changed address is brought up to date, and listed', async () => {
  const id = await buildExample(services)
  await apply(id, FILE)
  const { plan } = await apply(id, FILE.replace('4 chemin du Lac', '9 rue du Port'))
  expect(plan.notes).toMatchObject([{ line: 1, column: 'adresse', value: '9 rue du Port' }])
  const family = await db.selectFrom('family').select('address').where('organisation_id', '=', id).execute()
  expect(family).toEqual([{ address: '9 rue du Port' }])
})

test('a corrected e-mail gets the link, until the access is activated', async () => {
  const id = await buildExample(services)
  await apply(id, FILE)
  const corrected = FILE.replace('Claire.Martin@', 'claire@')
  expect((await apply(id, corrected)).mails).toBe(1)
  await db.transaction((tx) =>
    tx
      .updateTable('login')
      .set({ password_hash: 'x', activated_at: TEST_NOW })
      .where('organisation_id', '=', id)
      .where('identifier', 'like', 'martin.claire%')
      .execute(),
  )
  const { plan, mails } = await apply(id, FILE)
  expect([mails, plan.notes.map((note) => note.column)]).toEqual([0, ['courriel']])
  const login = await db
    .selectFrom('login')
    .select('email')
    .where('organisation_id', '=', id)
    .where('activated_at', 'is not', null)
    .execute()
  expect(login).toEqual([{ email: 'claire@exemple.fr' }])
})

test('without activation mails adults get a login and no word', async () => {
  const id = await buildExample(services)
  const done = await apply(id, FILE, { mailActivation: false })
  expect([done.mails, done.letters]).toEqual([0, []])
  expect(await countsOf(id)).toMatchObject({ adult: 2, mail: 0 })
})

test('the sample of 200 families is imported in a few seconds', { timeout: 120_000 }, async () => {
  const id = await buildExample(services)
  const { plan } = await apply(id, readFileSync(projectFile('examples/familles-200.csv')))
  expect([plan.families.created.length, plan.notes]).toEqual([200, []])
  const [sums] = await rows<{ total: number }>(
    db,
    sql`select sum(cents)::bigint as total from posting where organisation_id = ${id}`,
  )
  expect(sums?.total).toBe(0)
})
