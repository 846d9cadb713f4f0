// The team, over HTTP: invitation by a one-time link, roles, suspension, the last manager.
import { beforeEach, expect, test } from 'vitest'
import { buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { runDueJobs } from '../jobs/run-jobs.ts'
import { buildPortal } from '../portal.ts'
import { jobHandlers, timedHandlers } from '../work.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId = await buildOrganisation(db, { slug: 'ifac' })
const { unitId } = await buildUnit(db, organisationId, { name: 'Thonon' })
const admin = await buildStaff(db, organisationId, ['administrator'])
let who: Visitor

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  services.sent.length = 0
  who = visitor(app, services)
  await who.signInStaff(admin.staffId)
})

const work = () => runDueJobs(db.connection, jobHandlers(services), timedHandlers(services))
const linkOf = (text: string) => /\/gestion\/invitation\/[\w-]+/.exec(text)?.[0] ?? 'no link'
let count = 0
const invite = (values: { readonly [name: string]: string } = {}) =>
  who.post('/gestion/equipe/invitation', {
    prenom: 'Léa',
    nom: 'Petit',
    courriel: `lea${(count += 1)}@ifac.example`,
    role: 'cashier',
    lieu: `u:${unitId}`,
    ...values,
  })
const idOf = async (identifier: string) =>
  (
    await db
      .selectFrom('staff_member')
      .select('id')
      .where('identifier', '=', identifier)
      .executeTakeFirstOrThrow()
  ).id
const password = 'quatre marelles dans la cour'

test('an invited person chooses a password by the link, once, and holds the role there', async () => {
  expect((await invite({ courriel: 'Nouvelle@ifac.example' })).status).toBe(303)
  await work()
  const link = linkOf(services.sent[0]?.text ?? '')
  const guest = visitor(app, services)
  expect((await guest.get(link)).words).toContain('nouvelle@ifac.example')
  expect((await guest.post(link, { nouveau: 'court' })).status).toBe(422)
  expect((await guest.post(link, { nouveau: password })).location).toBe('/gestion')
  expect((await guest.get('/gestion/mon-acces')).words).toContain('Régie · Thonon')
  expect((await visitor(app, services).get(link)).status).toBe(404)
  const changes = db.selectFrom('staff_act').select('changes').where('kind', '=', 'role.given')
  expect(await changes.executeTakeFirst()).toEqual({
    changes: { role: { after: 'cashier' }, place: { after: 'Thonon' } },
  })
})

test('a link is dead after three days, and a newer one kills it', async () => {
  await invite({ courriel: 'lente@ifac.example' })
  await work()
  const first = linkOf(services.sent[0]?.text ?? '')
  await who.post(`/gestion/equipe/${await idOf('lente@ifac.example')}`, { geste: 'lien' })
  await work()
  const second = linkOf(services.sent[1]?.text ?? '')
  const guest = visitor(app, services)
  expect((await guest.get(first)).status).toBe(404)
  expect((await guest.get(second)).status).toBe(200)
  services.clock.advance(72 * 3_600_000)
  expect((await guest.post(second, { nouveau: password })).status).toBe(404)
})

test.each([
  ['no name', { nom: ' ' }, 'Saisissez le nom.'],
  ['no address', { courriel: 'lea@' }, 'Saisissez une adresse e-mail complète'],
  ['an unknown role', { role: 'king' }, 'Choisissez un rôle.'],
  ['another organisation’s unit', { lieu: 'u:00000000-0000-7000-8000-000000000000' }, 'Choisissez où'],
  ['an address in use', { courriel: admin.identifier }, 'Cette adresse sert déjà'],
])('an invitation with %s says what to do', async (_, values, sentence) => {
  const answer = await invite(values)
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
})

test('a suspended member’s sessions end, and the journal names who did it', async () => {
  const victim = await buildStaff(db, organisationId, ['cashier'])
  const session = visitor(app, services)
  await session.signInStaff(victim.staffId)
  expect((await who.post(`/gestion/equipe/${victim.staffId}`, { geste: 'suspendre' })).status).toBe(303)
  expect((await session.get('/gestion')).location).toContain('/gestion/connexion')
  const act = db.selectFrom('staff_act').select(['staff_id', 'object']).where('kind', '=', 'staff.suspended')
  expect(await act.executeTakeFirst()).toEqual({ staff_id: admin.staffId, object: victim.name })
  await who.post(`/gestion/equipe/${victim.staffId}`, { geste: 'retablir' })
  await session.signInStaff(victim.staffId)
})

test('nobody suspends themselves, and the last manager keeps the role', async () => {
  const own = `/gestion/equipe/${admin.staffId}`
  expect((await who.post(own, { geste: 'suspendre' })).words).toContain('votre propre accès')
  const role = await db
    .selectFrom('staff_role')
    .select('id')
    .where('staff_id', '=', admin.staffId)
    .executeTakeFirstOrThrow()
  const take = () => who.post(own, { geste: 'retirer', piece: role.id })
  expect((await take()).words).toContain('la dernière personne qui peut gérer l’équipe')
  await buildStaff(db, organisationId, ['administrator'])
  expect((await take()).status).toBe(303)
  expect((await who.get('/gestion/equipe')).status).toBe(403)
})

test('a role on a part does not manage the team', async () => {
  const local = visitor(app, services)
  const part = await buildStaff(db, organisationId, ['administrator'], { unitId })
  await local.signInStaff(part.staffId)
  expect((await local.get('/gestion/equipe')).status).toBe(403)
  expect((await invite()).status).toBe(403)
})

test('the command opens the first administrator, and gives a new link later', async () => {
  const run = commandLine(services)
  const first = await run('admin', 'Chef@ifac.example', '--prenom', 'Ada')
  expect(first.code).toBe(0)
  services.clock.advance(60_000)
  const again = await run('admin', 'chef@ifac.example')
  const guest = visitor(app, services)
  expect((await guest.get(linkOf(first.said))).status).toBe(404)
  expect((await guest.post(linkOf(again.said), { nouveau: password })).status).toBe(303)
  expect((await guest.get('/gestion/equipe')).status).toBe(200)
  const acts = db.selectFrom('staff_act').select(['kind', 'staff_id']).where('staff_name', '=', 'Terminal')
  expect(await acts.orderBy('id').execute()).toEqual([
    { kind: 'staff.invited', staff_id: null },
    { kind: 'staff.link-renewed', staff_id: null },
  ])
})

test('the command says what is wrong with an address', async () => {
  const run = commandLine(services)
  expect(await run('admin', 'chef')).toMatchObject({ code: 2 })
  const other = await buildOrganisation(db, { slug: 'autre' })
  const stranger = await buildStaff(db, other, [])
  expect((await run('admin', stranger.identifier, '--organisation', 'ifac')).complained).toContain(
    'dans un autre organisme',
  )
})
