// Signing in as staff, over HTTP: password, authenticator, recovery codes, proof asked again.
import { beforeEach, expect, test } from 'vitest'
import { buildOrganisation, TEST_PASSWORD } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { type BuiltStaff, buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'
import { staffCookieName } from '../web/session.ts'
import { totpCode } from './authenticator.ts'

const db = await testDatabase()
const demo = testServices(db)
const production = testServices(db, { config: { mode: 'production' } })
const apps = { demo: await buildPortal(demo), production: await buildPortal(production) }
const organisationId: OrganisationId = await buildOrganisation(db)
let staff: BuiltStaff
let who: Visitor

beforeEach(async () => {
  demo.clock.set(TEST_NOW)
  production.clock.set(TEST_NOW)
  await db.transaction((tx) => tx.deleteFrom('throttle').execute())
  staff = await buildStaff(db, organisationId, ['director', 'accountant'])
  who = visitor(apps.production, production)
})

const enter = (one: Visitor, password = TEST_PASSWORD) =>
  one.post('/gestion/connexion', { identifiant: staff.identifier, 'mot-de-passe': password })

const actsOf = async () =>
  (
    await db
      .selectFrom('staff_act')
      .select('kind')
      .where('staff_id', '=', staff.staffId)
      .orderBy('id')
      .execute()
  ).map(({ kind }) => kind)

/** Enrols an authenticator; gives its secret and the recovery codes. */
async function enrol(): Promise<{ secret: string; codes: readonly string[] }> {
  await enter(who)
  const page = await who.get('/gestion/mon-acces/application')
  const secret = (/class="cle">([^<]*)</.exec(page.html)?.[1] ?? '').replaceAll(' ', '')
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const done = await who.post('/gestion/mon-acces/application', {
    cle,
    code: totpCode(secret, production.clock.now()),
  })
  const codes = [...done.html.matchAll(/<code>([A-Z0-9-]+)<\/code>/g)].map(([, code = '']) => code)
  return { secret, codes }
}

test('in demonstration the password is enough', async () => {
  const one = visitor(apps.demo, demo)
  expect((await enter(one)).location).toBe('/gestion')
  expect((await one.get('/gestion')).words).toContain('À traiter')
  expect(await actsOf()).toEqual(['session.opened'])
})

test('in production nothing opens before an authenticator is set up', async () => {
  await enter(who)
  expect((await who.get('/gestion')).location).toBe('/gestion/mon-acces/application')
  expect((await who.get('/gestion/mon-acces')).status).toBe(303)
  const { codes } = await enrol()
  expect(codes).toHaveLength(10)
  expect((await who.get('/gestion')).status).toBe(200)
})

test('a wrong first code sets nothing up, and keeps the key that was shown', async () => {
  await enter(who)
  const page = await who.get('/gestion/mon-acces/application')
  const key = /class="cle">([^<]*)</.exec(page.html)?.[1]
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const again = await who.post('/gestion/mon-acces/application', { cle, code: '000000' })
  expect(again.status).toBe(422)
  expect(/class="cle">([^<]*)</.exec(again.html)?.[1]).toBe(key)
  expect((await who.get('/gestion')).status).toBe(303)
})

test('another’s key is not taken', async () => {
  await enter(who)
  const page = await who.get('/gestion/mon-acces/application')
  const secret = (/class="cle">([^<]*)</.exec(page.html)?.[1] ?? '').replaceAll(' ', '')
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  staff = await buildStaff(db, organisationId, ['director'])
  const other = visitor(apps.production, production)
  await enter(other)
  await other.get('/gestion/mon-acces/application')
  const answer = await other.post('/gestion/mon-acces/application', { cle, code: totpCode(secret, TEST_NOW) })
  expect(answer.status).toBe(422)
})

test('later the password alone opens nothing; a code opens everything, once', async () => {
  const { secret } = await enrol()
  production.clock.advance(60_000)
  const one = visitor(apps.production, production)
  await enter(one)
  const asked = await one.get('/gestion/equipe')
  expect(asked.location).toBe('/gestion/connexion/code?suite=%2Fgestion%2Fequipe')
  await one.get('/gestion/connexion/code')
  expect((await one.post('/gestion/connexion/code', { code: '000000' })).status).toBe(422)
  const before = one.cookies.get(staffCookieName(production.config))
  const code = totpCode(secret, production.clock.now())
  expect((await one.post('/gestion/connexion/code', { code })).location).toBe('/gestion')
  expect(one.cookies.get(staffCookieName(production.config))).not.toBe(before)
  expect((await one.get('/gestion')).status).toBe(200)
  const second = visitor(apps.production, production)
  await enter(second)
  await second.get('/gestion/connexion/code')
  expect((await second.post('/gestion/connexion/code', { code })).status).toBe(422)
})

test('a recovery code serves once, and the journal keeps it', async () => {
  const { codes } = await enrol()
  const [code = ''] = codes
  for (const status of [303, 422]) {
    const one = visitor(apps.production, production)
    await enter(one)
    await one.get('/gestion/connexion/code')
    expect((await one.post('/gestion/connexion/code', { code: code.toLowerCase() })).status).toBe(status)
  }
  expect((await actsOf()).filter((kind) => kind === 'recovery-code.used')).toHaveLength(1)
})

test('wrong passwords are slowed down, whoever asks, and written in the journal', async () => {
  const statuses = []
  for (let attempt = 0; attempt < 6; attempt += 1)
    statuses.push((await enter(who, 'faux mot de passe')).status)
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429])
  expect((await enter(who)).status).toBe(429)
  expect(await actsOf()).toEqual(Array.from({ length: 5 }, () => 'session.refused'))
  production.clock.advance(15 * 60_000)
  expect((await enter(who)).status).toBe(303)
})

test('a suspended member is out at once, as if the password were wrong', async () => {
  await enrol()
  await db.transaction((tx) =>
    tx.updateTable('staff_member').set({ suspended_at: TEST_NOW }).where('id', '=', staff.staffId).execute(),
  )
  expect((await who.get('/gestion')).location).toContain('/gestion/connexion')
  expect((await enter(visitor(apps.production, production))).status).toBe(422)
})

test('a session ends after 30 minutes idle', async () => {
  await enrol()
  production.clock.advance(29 * 60_000)
  expect((await who.get('/gestion')).status).toBe(200)
  production.clock.advance(31 * 60_000)
  expect((await who.get('/gestion')).status).toBe(303)
})

test('a mass export asks for a proof of the last ten minutes, then comes back', async () => {
  const { secret } = await enrol()
  expect((await who.get('/gestion/journal.csv')).status).toBe(200)
  production.clock.advance(11 * 60_000)
  const asked = await who.get('/gestion/journal.csv')
  expect(asked.location).toBe('/gestion/confirmation?suite=%2Fgestion%2Fjournal.csv')
  await who.get(asked.location ?? '')
  const proof = { suite: '/gestion/journal.csv' }
  expect((await who.post('/gestion/confirmation', { ...proof, code: '000000' })).status).toBe(422)
  const code = totpCode(secret, production.clock.now())
  expect((await who.post('/gestion/confirmation', { ...proof, code })).location).toBe('/gestion/journal.csv')
  expect((await who.get('/gestion/journal.csv')).status).toBe(200)
})

test('signing out closes the session on the server', async () => {
  await enrol()
  const stolen = who.cookies.get(staffCookieName(production.config)) ?? ''
  await who.get('/gestion')
  expect((await who.post('/gestion/deconnexion', {})).location).toBe('/gestion/connexion?deconnecte')
  who.cookies.set(staffCookieName(production.config), stolen)
  expect((await who.get('/gestion')).status).toBe(303)
})

test('a form of another session is refused', async () => {
  await enrol()
  expect((await who.post('/gestion/confirmation', { jeton: 'x.y', code: '000000' })).status).toBe(403)
})
