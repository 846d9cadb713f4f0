// A lost password of staff, over HTTP.
import { beforeEach, expect, test } from 'vitest'
import { buildOrganisation, TEST_PASSWORD } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { linkIn, sendDueMails } from '../../test/support/mail.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { type BuiltStaff, buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { buildPortal } from '../portal.ts'
import { staffMailWriters } from './write-mails.ts'

const NEW_PASSWORD = 'cerisier-lacune-7-tambour'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId = await buildOrganisation(db)
let staff: BuiltStaff

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  await db.transaction((tx) => tx.deleteFrom('throttle').execute())
  staff = await buildStaff(db, organisationId, ['cashier'])
})

const ask = (identifiant: string, who = visitor(app, services)) =>
  who.post('/gestion/acces-oublie', { identifiant })

test('a lost password is chosen again by a link that serves once', async () => {
  await ask(` ${staff.identifier.toUpperCase()} `)
  const [mail] = await sendDueMails(services, staffMailWriters)
  expect(mail?.to).toBe(staff.identifier)
  const link = linkIn(mail, services.config.publicUrl)
  const who = visitor(app, services)
  expect((await who.get(link)).words).toContain(staff.identifier)
  expect((await who.post(link, { nouveau: NEW_PASSWORD })).location).toBe('/gestion')
  expect((await visitor(app, services).get(link)).status).toBe(404)
  const enter = (password: string) =>
    visitor(app, services).post('/gestion/connexion', {
      identifiant: staff.identifier,
      'mot-de-passe': password,
    })
  expect((await enter(TEST_PASSWORD)).status).toBe(422)
  expect((await enter(NEW_PASSWORD)).location).toBe('/gestion')
})

test('the answer is the same for a member, a stranger and who is suspended, who get no mail', async () => {
  const suspended = await buildStaff(db, organisationId, ['cashier'])
  await db.transaction((tx) =>
    tx
      .updateTable('staff_member')
      .set({ suspended_at: TEST_NOW })
      .where('id', '=', suspended.staffId)
      .execute(),
  )
  const answers = []
  for (const identifier of [staff.identifier, 'personne@ifac.example', suspended.identifier])
    answers.push((await ask(identifier)).words)
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toContain('Si cet identifiant est celui d’un accès à la gestion')
  const sent = await sendDueMails(services, staffMailWriters)
  expect(sent.map(({ to }) => to)).toEqual([staff.identifier])
})

test('nothing typed is asked again, and too many tries are told to wait', async () => {
  const nothing = await ask('  ')
  expect([nothing.status, nothing.words]).toEqual([
    422,
    expect.stringContaining('Saisissez votre identifiant.'),
  ])
  const who = visitor(app, services)
  const statuses = []
  for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await ask(staff.identifier, who)).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
})
