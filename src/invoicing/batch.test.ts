// Drafts become invoices, one by one and in batches: no gap, no double, whatever breaks.
import { beforeEach, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildDraft, testAuthor, typedLine } from '../../test/support/drafts.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { findInvoice, listUnsettled } from '../billing/store.ts'
import { publishInvoices } from '../billing/publish-invoices.ts'
import { HOUR_MS, later, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { newId } from '../platform/secrets.ts'
import { verifyLedger } from '../proof/verify-ledger.ts'
import { countRows, findBatch } from './batch-store.ts'
import { readControl } from './control-store.ts'
import { cancelInvoice } from './correct-invoice.ts'
import { findDraft } from './draft-store.ts'
import { workBatch } from './issue-batch.ts'
import { issueDraft } from './issue-draft.ts'
import { checkDraft } from './save-draft.ts'
import { cancelBatch, resumeBatch, startBatch, stopBatch } from './start-batch.ts'

const db = await testDatabase()
const services = testServices(db)
let organisationId: OrganisationId
let unitId: BillingUnitId
let series: string

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  organisationId = await buildOrganisation(db)
  ;({ unitId, series } = await buildUnit(db, organisationId))
})

const numberOf = (place: number) => `${series}${String(place).padStart(6, '0')}`
const all = () => ({ unitId, establishmentId: undefined, from: undefined, to: undefined })

async function family(): Promise<FamilyId> {
  const { familyId } = await buildFamily(db, organisationId)
  await buildLogin(db, organisationId, familyId)
  return familyId
}
async function drafts(count: number): Promise<string[]> {
  const made: string[] = []
  for (let one = 0; one < count; one += 1) made.push(await buildDraft(db, organisationId, await family()))
  return made
}
async function start(accepted: readonly string[] = []) {
  const id: string = newId<'batch'>(TEST_NOW)
  const asked = { id, said: 'Avril', filter: all(), accepted }
  const started = await db.transaction((tx) =>
    startBatch(tx, testAuthor(organisationId), asked, services.clock.now()),
  )
  return { id, started }
}
const work = (batchId: string) => workBatch(services, { organisationId, batchId })
const numbers = async () => {
  const found = db.selectFrom('invoice').select('number').where('organisation_id', '=', organisationId)
  return (await found.orderBy('number').execute()).map((one) => one.number)
}
const issue = async (id: string, version = 1) => {
  await db.transaction((tx) => checkDraft(tx, testAuthor(organisationId), id, version, TEST_NOW))
  return db.transaction((tx) => issueDraft(tx, testAuthor(organisationId), id, version, TEST_NOW))
}

test('drafts issued at once take numbers that follow one another', async () => {
  const made = await drafts(6)
  await Promise.all(made.map((id) => issue(id)))
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6].map(numberOf))
})

test('a draft is issued once, and only as it was checked', async () => {
  const [id = ''] = await drafts(1)
  const author = testAuthor(organisationId)
  const unchecked = await db.transaction((tx) => issueDraft(tx, author, id, 1, TEST_NOW))
  expect(unchecked).toEqual({ ok: false, failure: 'not-checked' })
  expect(await issue(id)).toMatchObject({ ok: true, value: { number: numberOf(1) } })
  const again = await db.transaction((tx) => issueDraft(tx, author, id, 1, TEST_NOW))
  expect(again).toEqual({ ok: false, failure: 'closed' })
  expect(await numbers()).toEqual([numberOf(1)])
})

test('a series that the other software numbers is left to it', async () => {
  const [id = ''] = await drafts(1)
  await db.pool.query("update billing_unit set series_source = 'import' where id = $1", [unitId])
  expect(await issue(id)).toEqual({ ok: false, failure: 'numbered-elsewhere' })
  expect(await start()).toMatchObject({ started: { ok: false, failure: 'numbered-elsewhere' } })
  expect(await numbers()).toEqual([])
})

test('the control names what is wrong, and a batch leaves it out unless it was accepted', async () => {
  const [good = ''] = await drafts(1)
  const { familyId: poor } = await buildFamily(db, organisationId, { name: 'SANS PAYEUR' })
  await buildDraft(db, organisationId, poor)
  const double = await buildDraft(db, organisationId, await family(), { lines: [typedLine(), typedLine()] })
  const empty = await buildDraft(db, organisationId, await family(), { lines: [] })
  const faulty = await buildDraft(db, organisationId, await family(), { periodFrom: '31/02/2012' })
  const control = await readControl(db, organisationId, all(), parisDay(TEST_NOW), 10)
  expect(control).toMatchObject({ ready: 1, readyTotal: 1_450, exceptionCount: 4 })
  expect(Object.fromEntries(control.exceptions.map(({ id, reasons }) => [id, reasons]))).toMatchObject({
    [double]: ['double'],
    [empty]: ['no-amount'],
    [faulty]: ['incomplete'],
  })
  const { id } = await start([double, empty, faulty])
  await work(id)
  expect(await countRows(db, organisationId, id)).toMatchObject({ issued: 2, excluded: 3, failed: 0 })
  expect((await findDraft(db, organisationId, good))?.state).toBe('issued')
  expect((await findDraft(db, organisationId, empty))?.state).toBe('draft')
})

test('more than twice the average of three months is an exception; twice is none', async () => {
  const familyId = await family()
  await issue(await buildDraft(db, organisationId, familyId))
  const twice = await buildDraft(db, organisationId, familyId, { lines: [typedLine({ price: '29,00' })] })
  const more = await buildDraft(db, organisationId, familyId, { lines: [typedLine({ price: '29,01' })] })
  const { exceptions } = await readControl(db, organisationId, all(), parisDay(TEST_NOW), 10)
  expect(exceptions.map(({ id, reasons }) => [id, reasons])).toEqual([[more, ['twice-average']]])
  expect(twice).not.toBe(more)
})

test('a crash in the middle of a batch resumes without gap or double', async () => {
  await drafts(7)
  const { id } = await start()
  // The fifth invoice breaks the connection, as a machine that dies would.
  await db.pool.query(`create function break_invoice() returns trigger language plpgsql as $$
    begin if new.number like '%5' then raise exception 'gone' using errcode = '57P01'; end if; return new; end $$`)
  await db.pool.query(
    'create trigger broken before insert on invoice for each row execute function break_invoice()',
  )
  await expect(work(id)).rejects.toThrow('gone')
  expect(await numbers()).toEqual([])
  await db.pool.query('drop trigger broken on invoice; drop function break_invoice')
  await Promise.all([work(id), work(id)])
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6, 7].map(numberOf))
  expect((await findBatch(db, organisationId, id))?.state).toBe('done')
})

test('a row that cannot be issued is noted and stops no other; no number is lost', async () => {
  const made = await drafts(3)
  const { id } = await start()
  const poison = (await findDraft(db, organisationId, made[1] ?? ''))?.familyId
  await db.pool.query(`create function break_family() returns trigger language plpgsql as $$
    begin if new.family_id = '${poison}' then raise exception 'no' using errcode = '23514'; end if; return new; end $$`)
  await db.pool.query(
    'create trigger broken before insert on invoice for each row execute function break_family()',
  )
  await work(id)
  await db.pool.query('drop trigger broken on invoice; drop function break_family')
  expect(await countRows(db, organisationId, id)).toMatchObject({ issued: 2, failed: 1 })
  expect(await numbers()).toEqual([1, 2].map(numberOf))
})

/** So many drafts of one family, copied from the first: more than one transaction issues. */
async function manyDrafts(count: number): Promise<void> {
  const [model] = await drafts(1)
  await db.pool.query(
    `insert into invoice_draft (organisation_id, id, billing_unit_id, establishment_id, family_id, state, version,
        typed, fault_count, has_double, total_cents, created_at, saved_at, saved_by)
      select organisation_id, gen_random_uuid(), billing_unit_id, establishment_id, family_id, state, version,
        typed, fault_count, has_double, total_cents, created_at, saved_at, saved_by
      from invoice_draft, generate_series(2, $2) where id = $1`,
    [model, count],
  )
}

test('a crash inside the second transaction keeps the first whole, and goes on from there', async () => {
  await manyDrafts(1_001)
  const { id } = await start()
  await db.pool.query(`create function break_invoice() returns trigger language plpgsql as $$
    begin if new.number like '%0700' then raise exception 'gone' using errcode = '57P01'; end if; return new; end $$`)
  await db.pool.query(
    'create trigger broken before insert on invoice for each row execute function break_invoice()',
  )
  await expect(work(id)).rejects.toThrow('gone')
  expect(await numbers()).toEqual(Array.from({ length: 500 }, (_, place) => numberOf(place + 1)))
  expect(await countRows(db, organisationId, id)).toMatchObject({ issued: 500, waiting: 501 })
  await db.pool.query('drop trigger broken on invoice; drop function break_invoice')
  await work(id)
  expect(await numbers()).toEqual(Array.from({ length: 1_001 }, (_, place) => numberOf(place + 1)))
  expect(await countRows(db, organisationId, id)).toMatchObject({ issued: 1_001, waiting: 0, failed: 0 })
  expect((await verifyLedger(db, organisationId, undefined)).findings).toEqual([])
})

test('a stopped batch does nothing until it is resumed', async () => {
  await drafts(2)
  const { id } = await start()
  const author = testAuthor(organisationId)
  await db.transaction((tx) => stopBatch(tx, author, id, TEST_NOW))
  await work(id)
  expect(await numbers()).toEqual([])
  await db.transaction((tx) => resumeBatch(tx, author, id, TEST_NOW))
  await work(id)
  expect(await numbers()).toHaveLength(2)
})

test('a cancelled batch is never shown: credit notes, no number taken back, drafts open again', async () => {
  const [first = ''] = await drafts(2)
  const { id } = await start()
  await work(id)
  const draft = await findDraft(db, organisationId, first)
  const author = testAuthor(organisationId)
  expect(await db.transaction((tx) => cancelBatch(tx, author, id, later(TEST_NOW, HOUR_MS)))).toMatchObject({
    ok: true,
  })
  await work(id)
  expect(await countRows(db, organisationId, id)).toMatchObject({ cancelled: 2, kept: 0 })
  const muchLater = later(TEST_NOW, 1_000 * HOUR_MS)
  await publishInvoices(db, muchLater)
  const familyId = draft?.familyId as FamilyId
  expect(
    await findInvoice(db, organisationId, familyId, draft?.invoiceNumber ?? '', muchLater),
  ).toBeUndefined()
  expect(await listUnsettled(db, organisationId, familyId, muchLater)).toEqual([])
  const open = db.selectFrom('invoice_draft').select('id').where('organisation_id', '=', organisationId)
  expect(await open.where('state', '=', 'draft').execute()).toHaveLength(2)
  const again = await start()
  await work(again.id)
  expect(await numbers()).toEqual([1, 2, 3, 4].map(numberOf))
  expect((await verifyLedger(db, organisationId, undefined)).findings).toEqual([])
})

test('once the families see it, a batch can no longer be cancelled', async () => {
  await drafts(1)
  const { id } = await start()
  await work(id)
  const seen = later(TEST_NOW, 25 * HOUR_MS)
  await publishInvoices(db, seen)
  const late = await db.transaction((tx) => cancelBatch(tx, testAuthor(organisationId), id, seen))
  expect(late).toEqual({ ok: false, failure: 'too-late' })
})

test('the database withholds no invoice that is not brought to nothing, or was published', async () => {
  const [id = ''] = await drafts(1)
  await issue(id)
  const withhold = () =>
    db.pool.query("update invoice set visible_at = 'infinity' where organisation_id = $1", [organisationId])
  await expect(withhold()).rejects.toThrow('append-only')
  const seen = later(TEST_NOW, 25 * HOUR_MS)
  await publishInvoices(db, seen)
  const invoice = await db
    .selectFrom('invoice')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const asked = { invoiceId: invoice.id as never, requestKey: 'k', reason: 'Erreur' }
  const cancelled = await db.transaction((tx) => cancelInvoice(tx, testAuthor(organisationId), asked, seen))
  expect(cancelled).toMatchObject({ ok: true, value: { withheld: false, amount: 1_450 } })
  await expect(withhold()).rejects.toThrow('append-only')
})
