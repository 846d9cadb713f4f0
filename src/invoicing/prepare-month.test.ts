// A past month prepared for the next: the same lines moved, and never a double.
import { beforeEach, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildDraft, testAuthor, typedLine } from '../../test/support/drafts.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { day } from '../kernel/dates.ts'
import type { ChildId, EstablishmentId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { present } from '../kernel/assert.ts'
import { buildPortal } from '../portal.ts'
import { saveItem } from './catalogue-store.ts'
import { cancelInvoice } from './correct-invoice.ts'
import { readDraft } from './draft.ts'
import { findDraft, readContexts } from './draft-store.ts'
import { issueDraft } from './issue-draft.ts'
import { movedDay } from './past-invoice.ts'
import { findPlace } from './places.ts'
import { prepareMonth } from './prepare-month.ts'
import { checkDraft, dropDraft } from './save-draft.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
let organisationId: OrganisationId
let establishmentId: EstablishmentId
const move = { from: day('2012-04-01'), to: day('2012-05-01') }

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  organisationId = await buildOrganisation(db)
  ;({ establishmentId } = await buildUnit(db, organisationId))
})

async function family(): Promise<{ familyId: FamilyId; childId: ChildId }> {
  const built = await buildFamily(db, organisationId)
  await buildLogin(db, organisationId, built.familyId)
  return built
}
async function issue(id: string): Promise<InvoiceId> {
  const author = testAuthor(organisationId)
  await db.transaction((tx) => checkDraft(tx, author, id, 1, TEST_NOW))
  const issued = await db.transaction((tx) => issueDraft(tx, author, id, 1, TEST_NOW))
  if (!issued.ok) throw new Error(issued.failure)
  return issued.value.invoiceId
}
async function invoiced(
  familyId: FamilyId,
  values: Parameters<typeof buildDraft>[3] = {},
): Promise<InvoiceId> {
  return issue(await buildDraft(db, organisationId, familyId, values))
}
async function prepare() {
  const place = present(await findPlace(db, organisationId, establishmentId), 'no place')
  return prepareMonth(db, testAuthor(organisationId), place, move, TEST_NOW)
}
const prepared = async () => {
  const found = db.selectFrom('invoice_draft').select('id').where('organisation_id', '=', organisationId)
  const ids = await found.where('prepared_for', 'is not', null).orderBy('id').execute()
  return Promise.all(ids.map(async ({ id }) => present(await findDraft(db, organisationId, id), 'no draft')))
}

test('a month is prepared with the same lines, moved to the new month, and said in the journal', async () => {
  const { familyId, childId } = await family()
  await db.transaction((tx) =>
    saveItem(
      tx,
      organisationId,
      {
        id: '00000000-0000-7000-8000-000000000001',
        establishmentId,
        label: 'Cantine',
        unit: 420 as never,
        vat: 'reduced',
        accountCode: '706200',
      },
      TEST_NOW,
    ),
  )
  const lines = [
    typedLine({ child: childId, day: '11/04/2012', quantity: '0,5' }),
    typedLine({ day: '', label: 'Cantine', price: '4,20', quantity: '3' }),
  ]
  await invoiced(familyId, { lines })
  await db.pool.query('update charge_item set retired_at = now() where organisation_id = $1', [
    organisationId,
  ])
  expect(await prepare()).toEqual({ made: 1, served: 0, left: 0 })
  const [draft] = await prepared()
  expect(draft).toMatchObject({ familyId, total: 1_985, faultCount: 0, state: 'draft', establishmentId })
  expect(draft?.typed).toMatchObject({
    periodFrom: '01/05/2012',
    periodTo: '31/05/2012',
    activity: 'Mercredis',
  })
  expect(draft?.typed.lines).toMatchObject([
    { child: childId, day: '09/05/2012', label: 'Mercredi', quantity: '0,5', price: '14,5' },
    { child: '', day: '', label: 'Cantine', quantity: '3', price: '4,2' },
  ])
  const one = present(draft, 'no draft')
  const context = await readContexts(db, organisationId, [one])
  expect(readDraft(one.typed, context(one)).lines[1]).toMatchObject({ vat: 'reduced', accountCode: '706200' })
  const acts = db.selectFrom('staff_act').select('object').where('organisation_id', '=', organisationId)
  expect(await acts.where('kind', '=', 'drafts.prepared').execute()).toHaveLength(1)
})

test('prepared twice, or twice at once, nothing new is made', async () => {
  await invoiced((await family()).familyId)
  await invoiced((await family()).familyId)
  const both = await Promise.all([prepare(), prepare()])
  expect(both.map(({ made }) => made).toSorted((one, other) => one - other)).toEqual([0, 2])
  expect(await prepare()).toEqual({ made: 0, served: 2, left: 0 })
  expect(await prepared()).toHaveLength(2)
})

test('a family that has the new month is left aside, as draft or as invoice; one given up is not', async () => {
  const [asDraft, asInvoice, asDropped] = [await family(), await family(), await family()]
  const may = { periodFrom: '01/05/2012', periodTo: '31/05/2012' }
  for (const { familyId } of [asDraft, asInvoice, asDropped]) await invoiced(familyId)
  await buildDraft(db, organisationId, asDraft.familyId, may)
  await invoiced(asInvoice.familyId, may)
  const dropped = await buildDraft(db, organisationId, asDropped.familyId, may)
  await db.transaction((tx) => dropDraft(tx, testAuthor(organisationId), dropped, TEST_NOW))
  expect(await prepare()).toEqual({ made: 1, served: 2, left: 0 })
  expect((await prepared())[0]?.familyId).toBe(asDropped.familyId)
})

test('an invoice brought to nothing is not copied', async () => {
  const [kept, gone] = [await family(), await family()]
  await invoiced(kept.familyId)
  const invoiceId = await invoiced(gone.familyId)
  const asked = { invoiceId, requestKey: 'k', reason: 'Erreur' }
  await db.transaction((tx) => cancelInvoice(tx, testAuthor(organisationId), asked, TEST_NOW))
  expect(await prepare()).toEqual({ made: 1, served: 0, left: 0 })
  expect((await prepared())[0]?.familyId).toBe(kept.familyId)
})

test('a child who left has no line, and a family without any is left aside', async () => {
  const [gone, half] = [await family(), await family()]
  const lineOf = (child: ChildId) => typedLine({ child })
  await invoiced(gone.familyId, { lines: [lineOf(gone.childId)] })
  await invoiced(half.familyId, { lines: [lineOf(half.childId), typedLine({ label: 'Adhésion' })] })
  await db.pool.query("update child set left_on = '2012-04-30' where organisation_id = $1", [organisationId])
  expect(await prepare()).toEqual({ made: 1, served: 0, left: 1 })
  expect((await prepared())[0]?.typed.lines.map(({ label }) => label)).toEqual(['Adhésion'])
})

test('the database keeps one open draft of an invoice for a month', async () => {
  await invoiced((await family()).familyId)
  await prepare()
  const twice = db.pool.query(
    `insert into invoice_draft select organisation_id, gen_random_uuid(), billing_unit_id, establishment_id,
      family_id, state, version, typed, fault_count, has_double, total_cents, period_from, period_to,
      replaces_invoice_id, invoice_id, created_at, saved_at, saved_by, prepared_from_invoice_id, prepared_for
    from invoice_draft where organisation_id = $1 and prepared_for is not null`,
    [organisationId],
  )
  await expect(twice).rejects.toThrow('invoice_draft_prepared_once')
})

test.each([
  ['the second Wednesday', '2012-04-11', 1, '2012-05-09'],
  ['the first Sunday', '2012-04-01', 1, '2012-05-06'],
  ['a fifth Monday that the month lacks', '2012-04-30', 2, undefined],
  ['a day over the new year', '2012-12-05', 1, '2013-01-02'],
])('%s is moved by its rank', (_, from, months, to) => {
  expect(movedDay(day(from), months)).toBe(to)
})

test('the page prepares, tells how many, and leads to the control; another place is refused', async () => {
  await invoiced((await family()).familyId)
  const who = visitor(app, services)
  await who.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const path = '/gestion/factures/lots/preparer'
  expect((await who.get(path)).words).toContain('Préparer depuis un mois passé')
  const asked = { lieu: establishmentId, de: '2012-04-01', pour: '2012-05-01' }
  const backwards = await who.post(path, { ...asked, pour: '2012-04-01' })
  expect([backwards.status, backwards.words]).toEqual([422, expect.stringContaining('mois postérieur')])
  const done = await who.get((await who.post(path, asked)).location ?? '')
  expect(done.words).toContain('1 brouillon préparé.')
  expect(done.html).toContain(`/gestion/factures/lots?lieu=e%3A${establishmentId}&amp;du=01%2F05%2F2012`)
  const again = await who.get((await who.post(path, asked)).location ?? '')
  expect(again.words).toContain('Aucun nouveau brouillon, 1 famille laissée de côté : 1 a déjà un brouillon')
  const elsewhere = visitor(app, services)
  const { unitId } = await buildUnit(db, organisationId)
  await elsewhere.signInStaff((await buildStaff(db, organisationId, ['cashier'], { unitId })).staffId)
  await elsewhere.get(path)
  expect((await elsewhere.post(path, asked)).status).toBe(403)
})
