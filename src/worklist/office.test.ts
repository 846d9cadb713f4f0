// « À traiter » over HTTP: what waits, what is put off, what is done.
import { beforeEach, expect, test } from 'vitest'
import { buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { DAY_MS, later } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { buildPortal } from '../portal.ts'
import { openTask } from '../tasks/open-task.ts'
import type { TaskPlace } from '../tasks/task.ts'
import { CHECKS } from './checks.ts'
import { texts } from './texts.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
let organisationId: OrganisationId
let who: Visitor

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  organisationId = await buildOrganisation(db)
  who = visitor(app, services)
  await who.signInStaff((await buildStaff(db, organisationId, ['cashier'])).staffId)
})

const surplus = (reference: string, amount: number, at = TEST_NOW, place: TaskPlace = 'organisation') =>
  db.transaction((tx) =>
    openTask(
      tx,
      organisationId,
      place,
      reference,
      { kind: 'surplus', amountCents: cents(amount), expectedCents: null, reference, bankTransaction: 'T' },
      at,
    ),
  )
const taskPath = async () => {
  const task = db.selectFrom('task').select('id').where('organisation_id', '=', organisationId)
  return `/gestion/taches/${(await task.executeTakeFirstOrThrow()).id}`
}

test('with nothing to do, the page says when it looked, and for what', async () => {
  const page = await who.get('/gestion')
  expect(page.words).toContain('Rien à traiter. Dernière vérification à 18:44.')
  for (const { name } of CHECKS) expect(page.html).toContain(texts.checks[name].title)
})

test('what harms families comes first, with its number, amount and age', async () => {
  await surplus('R1', 4_200, later(TEST_NOW, -12 * DAY_MS))
  await surplus('R2', 3_250)
  await db.transaction((tx) =>
    openTask(
      tx,
      organisationId,
      'organisation',
      'q',
      { kind: 'no-enquiry', shopNumber: '20120316' },
      TEST_NOW,
    ),
  )
  const { words } = await who.get('/gestion')
  expect(words).toContain('Familles débitées, compte à mettre en ordre 2 74,50 €')
  expect(words).toContain('Le plus ancien attend depuis 12 jours.')
  expect(words.indexOf('Familles débitées')).toBeLessThan(words.indexOf('Écarts avec la banque 1'))
})

test('a task put off comes back at its day, and its reason stays', async () => {
  await surplus('R1', 4_200)
  const path = await taskPath()
  await who.get(path)
  const done = await who.post(path, {
    geste: 'reporter',
    'jusqu-au': '20/04/2012',
    motif: 'La famille rappelle',
  })
  expect(done.location).toBe('/gestion?note=reportee')
  expect((await who.get('/gestion')).words).toContain('Rien à traiter.')
  expect((await who.get('/gestion')).words).toContain('1 tâche reportée')
  expect((await who.get(path)).words).toContain('Reportée au 20/04/2012 : La famille rappelle')
  services.clock.set(new Date('2012-04-20T06:00:00Z'))
  await who.signInStaff((await buildStaff(db, organisationId, ['cashier'])).staffId)
  expect((await who.get('/gestion')).words).toContain('Familles débitées, compte à mettre en ordre 1')
})

test('a task is done once, with what was done, under its author’s name', async () => {
  await surplus('R1', 4_200)
  const path = await taskPath()
  await who.get(path)
  expect((await who.post(path, { geste: 'terminer', fait: 'Crédité' })).location).toBe('/gestion?note=faite')
  expect((await who.post(path, { geste: 'terminer', fait: 'Encore' })).location).toBe('/gestion?note=deja')
  const acts = db.selectFrom('staff_act').select(['object', 'reason']).where('kind', '=', 'task.done')
  expect(await acts.where('organisation_id', '=', organisationId).execute()).toEqual([
    { object: 'R1', reason: 'Crédité' },
  ])
})

test.each([
  [
    'no reason',
    { geste: 'reporter', 'jusqu-au': '20/04/2012', motif: '' },
    'Dites en quelques mots pourquoi.',
  ],
  [
    'a day gone by',
    { geste: 'reporter', 'jusqu-au': '12/04/2012', motif: 'x' },
    'Choisissez un jour à venir',
  ],
  [
    'a day too far',
    { geste: 'reporter', 'jusqu-au': '20/04/2014', motif: 'x' },
    'Choisissez un jour à venir',
  ],
  ['nothing done', { geste: 'terminer', fait: ' ' }, 'Dites en quelques mots ce qui a été fait.'],
])('a form with %s keeps what was typed and says what to do', async (_, fields, sentence) => {
  await surplus('R1', 4_200)
  const path = await taskPath()
  await who.get(path)
  const answer = await who.post(path, fields)
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
  const open = db
    .selectFrom('task')
    .select(['done_at', 'not_before'])
    .where('organisation_id', '=', organisationId)
  expect(await open.executeTakeFirst()).toEqual({ done_at: null, not_before: null })
})

test('who only reads sees what waits, and no way to treat it', async () => {
  await surplus('R1', 4_200)
  const reader = visitor(app, services)
  await reader.signInStaff((await buildStaff(db, organisationId, ['reader'])).staffId)
  expect((await reader.get('/gestion')).html).not.toContain('/gestion/taches/')
  expect((await reader.get(await taskPath())).status).toBe(403)
})
