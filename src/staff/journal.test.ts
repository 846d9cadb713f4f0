// The journal: written with the act, never changed, found again by every filter.
import { beforeAll, expect, test } from 'vitest'
import { buildFamily, buildFamilyUnit, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { HOUR_MS, later } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'
import { listActs } from './journal-store.ts'
import { type Author, recordAct, recordReading } from './record-act.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId: OrganisationId = await buildOrganisation(db)
const reader = await buildStaff(db, organisationId, ['director'], {}, { lastName: 'Arnaud' })
const admin = await buildStaff(db, organisationId, ['administrator'], {}, { lastName: 'Morel' })
const { familyId } = await buildFamily(db, organisationId, { name: 'MARTIN' })
const { familyId: otherId } = await buildFamily(db, organisationId, { name: 'DIALLO' })
const authorOf = ({ staffId, name }: typeof reader): Author => ({
  organisationId,
  staffId,
  name,
  screen: '/gestion/familles/x',
  clientAddress: '192.0.2.7',
})
const visitors: { [who: string]: Visitor } = {}

const read = (who: typeof reader, family: FamilyId, at: Date) =>
  db.transaction((tx) => recordReading(tx, authorOf(who), family, at))
const lines = (filters = {}) => listActs(db, organisationId, 'all', filters, { limit: 100 })

beforeAll(async () => {
  await read(reader, familyId, TEST_NOW)
  await read(reader, otherId, later(TEST_NOW, 1_000))
  visitors['director'] = visitor(app, services)
  visitors['admin'] = visitor(app, services)
  await visitors['director'].signInStaff(reader.staffId)
  await visitors['admin'].signInStaff(admin.staffId)
})

test('nothing in it is changed, removed or emptied, by any query', async () => {
  const refused = { code: '23001' }
  await expect(db.pool.query(`update staff_act set staff_name = 'x'`)).rejects.toMatchObject(refused)
  await expect(db.pool.query('delete from staff_act')).rejects.toMatchObject(refused)
  await expect(db.pool.query('truncate staff_act')).rejects.toMatchObject(refused)
})

test('an act that is taken back leaves no line', async () => {
  const before = (await lines()).length
  const failing = db.transaction(async (tx) => {
    await recordAct(tx, authorOf(reader), { kind: 'task.done' }, TEST_NOW)
    throw new Error('the act failed')
  })
  await expect(failing).rejects.toThrow('the act failed')
  expect(await lines()).toHaveLength(before)
})

test('reading a file is written once per person, family and hour', async () => {
  const count = async () => (await lines({ kind: 'family.read', familyId })).length
  const before = await count()
  await read(reader, familyId, later(TEST_NOW, 60_000))
  expect(await count()).toBe(before)
  await read(admin, familyId, later(TEST_NOW, 60_000))
  await read(reader, familyId, later(TEST_NOW, HOUR_MS))
  expect(await count()).toBe(before + 2)
})

test('one screen answers who read the file of a family', async () => {
  const page = await visitors['director']?.get('/gestion/journal?famille=mar&action=family.read')
  expect(page?.words).toContain('Nadia Arnaud A consulté le dossier de la famille MARTIN')
  expect(page?.words).not.toContain('DIALLO')
})

test('it is filtered by person, object and period', async () => {
  const act = { kind: 'task.done', object: 'TH001987', reason: 'réglé au guichet' } as const
  await db.transaction((tx) => recordAct(tx, authorOf(admin), act, later(TEST_NOW, 48 * HOUR_MS)))
  expect((await lines({ object: 'TH001987' })).map(({ reason }) => reason)).toEqual(['réglé au guichet'])
  expect(new Set((await lines({ staffId: admin.staffId })).map(({ staffName }) => staffName))).toEqual(
    new Set([admin.name]),
  )
  expect(await lines({ from: later(TEST_NOW, 47 * HOUR_MS) })).toHaveLength(1)
  const page = await visitors['admin']?.get('/gestion/journal?du=14/04/2012&au=14/04/2012')
  expect(page?.words).toContain('TH001987 Motif : réglé au guichet')
  expect((await visitors['admin']?.get('/gestion/journal?du=hier'))?.status).toBe(422)
})

test('its pages follow one another without a gap nor a repeat', async () => {
  await db.transaction(async (tx) => {
    for (let number = 1; number <= 120; number += 1)
      await recordAct(tx, authorOf(reader), { kind: 'task.done', object: `N${number}` }, TEST_NOW)
  })
  const seen: string[] = []
  let next: string | undefined = `/gestion/journal?personne=${reader.staffId}&action=task.done`
  while (next !== undefined) {
    const html: string = (await visitors['director']?.get(next))?.html ?? ''
    seen.push(...[...html.matchAll(/<strong>(N\d+)<\/strong>/g)].map(([, one = '']) => one))
    next = /rel="next" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
})

test('who holds one unit reads what was done on its families, and what they did themselves', async () => {
  const [here, there] = [
    await buildUnit(db, organisationId, { code: 'ICI' }),
    await buildUnit(db, organisationId, { code: 'AILLEURS' }),
  ]
  const mine = await buildFamily(db, organisationId, { name: 'PROCHE' })
  const theirs = await buildFamily(db, organisationId, { name: 'LOINTAIN' })
  await buildFamilyUnit(db, organisationId, mine.familyId, here.unitId)
  await buildFamilyUnit(db, organisationId, theirs.familyId, there.unitId)
  const local = await buildStaff(db, organisationId, ['director'], { unitId: here.unitId })
  await read(reader, mine.familyId, TEST_NOW)
  await read(reader, theirs.familyId, TEST_NOW)
  await db.transaction((tx) =>
    recordAct(tx, authorOf(local), { kind: 'task.done', object: 'LE MIEN' }, TEST_NOW),
  )
  const who = visitor(app, services)
  await who.signInStaff(local.staffId)
  const page = await who.get('/gestion/journal')
  expect(page.words).toContain('PROCHE')
  expect(page.words).toContain('LE MIEN')
  expect((await who.get('/gestion/journal?famille=loin')).words).toContain('Aucun acte')
  expect(page.words).not.toContain('TH001987')
  expect(page.words).toContain('des familles de vos établissements')
  // Nor by asking for that very file.
  expect((await who.get(`/gestion/journal?dossier=${theirs.familyId}`)).words).toContain('Aucun acte')
  expect((await who.get('/gestion/journal.csv')).status).toBe(403)
  expect((await visitors['director']?.get('/gestion/journal?famille=loin'))?.words).toContain('LOINTAIN')
})

test('addresses are for those who manage the team', async () => {
  expect((await visitors['admin']?.get('/gestion/journal'))?.html).toContain('192.0.2.7')
  expect((await visitors['director']?.get('/gestion/journal'))?.html).not.toContain('192.0.2.7')
})

test('the file holds what the filters show, no cell runs as a formula, and the export is a line', async () => {
  const act = { kind: 'task.done', object: '=1+1' } as const
  await db.transaction((tx) => recordAct(tx, authorOf(reader), act, TEST_NOW))
  const file = await visitors['director']?.get('/gestion/journal.csv?objet=%3D1%2B1')
  expect(file?.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(file?.html.split('\r\n').filter(Boolean)).toHaveLength(2)
  expect(file?.html).toContain(";'=1+1;")
  expect(await lines({ kind: 'journal.exported' })).toMatchObject([
    { staffName: reader.name, changes: { lines: { after: 1 } } },
  ])
})
