// « À traiter » of a part of the organisation: what each role sees of each unit, and blocks put off.
import { beforeEach, expect, test } from 'vitest'
import { buildInvoice } from '../../test/support/account.ts'
import { buildFamily, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { buildPortal } from '../portal.ts'
import type { Place } from '../staff/member-store.ts'
import type { Role } from '../staff/rights.ts'
import { openTask } from '../tasks/open-task.ts'
import type { TaskPlace } from '../tasks/task.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
type Unit = Awaited<ReturnType<typeof buildUnit>>
let organisationId: OrganisationId
let thonon: Unit
let ccvs: Unit

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  organisationId = await buildOrganisation(db)
  thonon = await buildUnit(db, organisationId, { name: 'THONON' })
  ccvs = await buildUnit(db, organisationId, { name: 'CCVS' })
})

const signIn = async (role: Role, place: Place = {}): Promise<Visitor> => {
  const who = visitor(app, services)
  await who.signInStaff((await buildStaff(db, organisationId, [role], place)).staffId)
  return who
}
const open = async (reference: string, place: TaskPlace): Promise<string> => {
  const plan = {
    kind: 'surplus',
    amountCents: cents(4_200),
    expectedCents: null,
    reference,
    bankTransaction: reference,
  } as const
  await db.transaction((tx) => openTask(tx, organisationId, place, reference, plan, TEST_NOW))
  const found = db.selectFrom('task').select('id').where('task_key', '=', reference)
  const { id } = await found.where('organisation_id', '=', organisationId).executeTakeFirstOrThrow()
  return `/gestion/taches/${id}`
}
const invoice = (unit: Unit, familyId: FamilyId, number: string, amount: number) =>
  buildInvoice(db, { organisationId, familyId, unit }, number, amount)

test('a task is seen where its unit is, and elsewhere neither shown, opened nor done', async () => {
  const task = await open('REF-THONON', { unitId: thonon.unitId })
  const own = await signIn('director', { unitId: thonon.unitId })
  expect((await own.get('/gestion')).words).toContain('REF-THONON')
  expect((await own.get(task)).status).toBe(200)
  for (const place of [{ unitId: ccvs.unitId }, { establishmentId: ccvs.establishmentId }]) {
    const stranger = await signIn('director', place)
    const page = await stranger.get('/gestion')
    expect([page.words.includes('REF-THONON'), page.words.includes('Rien à traiter.')]).toEqual([false, true])
    expect((await stranger.get(task)).status).toBe(403)
    expect((await stranger.post(task, { geste: 'terminer', fait: 'Vu' })).status).toBe(403)
  }
  const done = db.selectFrom('task').select('done_at').where('organisation_id', '=', organisationId)
  expect(await done.execute()).toEqual([{ done_at: null }])
})

test('a task of the whole organisation is for who holds the right on all of it', async () => {
  const task = await open('REF-ALL', 'organisation')
  expect((await (await signIn('director', { unitId: thonon.unitId })).get(task)).status).toBe(403)
  expect((await (await signIn('director')).get(task)).status).toBe(200)
})

test('a task about a family stands at every unit that the family deals with', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  await invoice(thonon, familyId, `${thonon.series}000001`, 1_000)
  const task = await open('REF-FAMILY', { familyId })
  expect((await (await signIn('cashier', { unitId: thonon.unitId })).get(task)).status).toBe(200)
  expect((await (await signIn('cashier', { unitId: ccvs.unitId })).get(task)).status).toBe(403)
})

test('balances above the threshold of their own unit are counted, and no others', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const { familyId: other } = await buildFamily(db, organisationId)
  await invoice(thonon, familyId, `${thonon.series}000001`, 2_000)
  await invoice(thonon, familyId, `${thonon.series}000002`, 1_001)
  await invoice(thonon, other, `${thonon.series}000003`, 3_000)
  await invoice(ccvs, other, `${ccvs.series}000001`, 9_000)
  const cashier = await signIn('cashier', { unitId: thonon.unitId })
  expect((await cashier.get('/gestion')).words).toContain('Soldes au-delà du seuil 1 30,01 €')
  expect((await (await signIn('cashier')).get('/gestion')).words).toContain(
    'Soldes au-delà du seuil 2 120,01 €',
  )
})

test('a block put off leaves the list with its reason, stays counted below, and comes back at its day', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  await invoice(thonon, familyId, `${thonon.series}000001`, 5_000)
  await invoice(ccvs, familyId, `${ccvs.series}000001`, 7_000)
  const cashier = await signIn('cashier', { unitId: thonon.unitId })
  await cashier.get('/gestion/a-traiter/report?bloc=overdue')
  const form = { bloc: 'overdue', 'jusqu-au': '20/04/2012', motif: 'Relance le 18' }
  const refused = await cashier.post('/gestion/a-traiter/report', { ...form, motif: ' ' })
  expect([refused.status, refused.words]).toEqual([
    422,
    expect.stringContaining('Dites en quelques mots pourquoi.'),
  ])
  expect(refused.html).toContain('20/04/2012')
  expect((await cashier.post('/gestion/a-traiter/report', form)).location).toBe('/gestion?note=bloc-reporte')
  const page = await cashier.get('/gestion')
  expect(page.words).toContain('Rien à traiter.')
  expect(page.words).toContain('reporté au 20/04/2012 par Nadia Lefèvre')
  expect(page.words).toContain('Relance le 18 (1 en attente)')
  // The other unit’s people still see theirs.
  expect((await (await signIn('cashier')).get('/gestion')).words).toContain(
    'Soldes au-delà du seuil 1 70,00 €',
  )
  services.clock.set(new Date('2012-04-20T06:00:00Z'))
  const later = await signIn('cashier', { unitId: thonon.unitId })
  expect((await later.get('/gestion')).words).toContain('Soldes au-delà du seuil 1 50,00 €')
})

test('a block put off is taken up again by hand', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  await invoice(thonon, familyId, `${thonon.series}000001`, 5_000)
  const cashier = await signIn('cashier')
  await cashier.get('/gestion/a-traiter/report?bloc=overdue')
  await cashier.post('/gestion/a-traiter/report', { bloc: 'overdue', 'jusqu-au': '20/04/2012', motif: 'x' })
  await cashier.get('/gestion')
  const taken = await cashier.post('/gestion/a-traiter/report', { bloc: 'overdue', geste: 'reprendre' })
  expect(taken.location).toBe('/gestion?note=repris')
  expect((await cashier.get('/gestion')).words).toContain('Soldes au-delà du seuil 1 50,00 €')
})

test('who holds one establishment puts no block of the unit off', async () => {
  const director = await signIn('director', { establishmentId: thonon.establishmentId })
  expect((await director.get('/gestion/a-traiter/report?bloc=overdue')).status).toBe(403)
})

test('mails in failure are shown where their family is, and tried again', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  await invoice(thonon, familyId, `${thonon.series}000001`, 100)
  const plan = { kind: 'new-invoices', adultId: familyId, familyId, day: '2012-04-12' } as never
  const mail = { key: 'k', recipient: 'claire@famille.example', plan }
  await db.transaction((tx) => planMail(tx, organisationId, mail, TEST_NOW))
  await db.transaction((tx) =>
    tx
      .updateTable('mail')
      .set({ last_error: '550', attempts: 3 })
      .where('organisation_id', '=', organisationId)
      .execute(),
  )
  const cashier = await signIn('cashier', { unitId: thonon.unitId })
  const page = await cashier.get('/gestion/courriels')
  expect(page.words).toContain('claire@famille.example')
  const stranger = await signIn('cashier', { unitId: ccvs.unitId })
  expect((await stranger.get('/gestion/courriels')).words).toContain('Aucun courriel en échec.')
  const { id } = await db
    .selectFrom('mail')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const acts = () =>
    db
      .selectFrom('staff_act')
      .select('kind')
      .where('kind', '=', 'mail.retried')
      .where('organisation_id', '=', organisationId)
      .execute()
  await stranger.post('/gestion/courriels', { courriel: id })
  expect(await acts()).toEqual([])
  await cashier.post('/gestion/courriels', { courriel: id })
  expect(await acts()).toHaveLength(1)
})

test('the menu says how much waits, and « 99+ » past ninety-nine', async () => {
  for (let one = 0; one < 100; one += 1) await open(`R${one}`, { unitId: thonon.unitId })
  const cashier = await signIn('cashier')
  expect((await cashier.get('/gestion/caisse')).words).toContain('À traiter 99+ en attente')
  expect((await cashier.get('/gestion')).words).toContain('100 cas')
})

test('a check that fails is a red block, and hides no other', async () => {
  await open('REF', { unitId: thonon.unitId })
  const cashier = await signIn('cashier')
  await db.pool.query('alter table undeposited rename to undeposited_gone')
  try {
    const page = await cashier.get('/gestion')
    expect(page.words).toContain('Chèques et chèques-vacances à remettre Cette vérification n’a pas abouti')
    expect(page.words).toContain('Familles débitées, compte à mettre en ordre 1')
  } finally {
    await db.pool.query('alter table undeposited_gone rename to undeposited')
  }
})
