// A person of several files who leaves one of them, over HTTP.
import { expect, test } from 'vitest'
import { buildInvoice } from '../../test/support/account.ts'
import {
  buildFamily,
  buildFamilyUnit,
  buildLogin,
  buildOrganisation,
  buildUnit,
  TEST_PASSWORD,
} from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { setBlocked, setEmail, findLogin, listLoginsByInvoice } from '../identity/login-store.ts'
import { findLink, insertLink } from '../identity/link-store.ts'
import { day } from '../kernel/dates.ts'
import type { AdultId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)

let numbers = 100
/** Paul, of a file of his own, opens Claire's too. */
async function twoFiles() {
  const organisationId = await buildOrganisation(db)
  const unit = await buildUnit(db, organisationId)
  const file = async (name: string) => {
    const { familyId } = await buildFamily(db, organisationId, { name })
    await buildFamilyUnit(db, organisationId, familyId, unit.unitId)
    const number = `${unit.series}${String((numbers += 1)).padStart(6, '0')}`
    await buildInvoice(db, { organisationId, familyId, unit }, number, 3_100)
    return { familyId, number }
  }
  const [own, other] = [await file('DUPONT'), await file('MARTIN')]
  const paul = await buildLogin(db, organisationId, own.familyId, { firstName: 'Paul' })
  const there = await buildLogin(db, organisationId, other.familyId, { firstName: 'Paul' })
  await db.transaction((tx) => tx.deleteFrom('login').where('id', '=', there.loginId).execute())
  await db.transaction((tx) =>
    tx
      .insertInto('adult_access')
      .values({
        organisation_id: organisationId,
        adult_id: there.adultId,
        login_id: paul.loginId,
        since: services.clock.now(),
      })
      .execute(),
  )
  return { organisationId, own, other, paul, there }
}
const leave = (...ids: AdultId[]) =>
  db.transaction((tx) =>
    tx
      .updateTable('adult')
      .set({ left_on: day('2012-04-01') })
      .where('id', 'in', ids)
      .execute(),
  )
const signIn = async (identifier: string) => {
  await db.transaction((tx) => tx.deleteFrom('throttle').execute())
  const who = visitor(app, services)
  const answer = await who.post('/connexion', { identifiant: identifier, 'mot-de-passe': TEST_PASSWORD })
  return { who, answer }
}

test('who left their own file signs in for the other, and chooses among those still open', async () => {
  const { own, other, paul } = await twoFiles()
  await leave(paul.adultId)
  const { who, answer } = await signIn(paul.identifier)
  expect([answer.status, answer.location]).toEqual([303, '/'])
  const { words } = await who.get('/factures')
  expect([words.includes(other.number), words.includes(own.number)]).toEqual([true, false])
  const choice = await who.get('/dossier')
  expect([choice.words.includes('Famille MARTIN'), choice.words.includes('Famille DUPONT')]).toEqual([
    true,
    false,
  ])
  expect((await who.post('/dossier', { dossier: paul.adultId })).status).toBe(404)
})

test('who left the other file opens their own, and who left both opens none', async () => {
  const { own, paul, there } = await twoFiles()
  await leave(there.adultId)
  const { who } = await signIn(paul.identifier)
  expect((await who.get('/factures')).words).toContain(own.number)
  await leave(paul.adultId)
  expect((await who.get('/factures')).location).toMatch(/^\/connexion/)
  const { answer } = await signIn(paul.identifier)
  expect(answer.status).toBe(422)
})

test('a blocked login opens no file, left or not', async () => {
  const { paul } = await twoFiles()
  await leave(paul.adultId)
  await db.transaction((tx) => setBlocked(tx, paul.loginId, 'Perdu', services.clock.now()))
  expect((await signIn(paul.identifier)).answer.status).toBe(422)
  await db.transaction((tx) => setBlocked(tx, paul.loginId, null, services.clock.now()))
  expect((await signIn(paul.identifier)).answer.status).toBe(303)
})

test('a link to choose a password works while any file is open, and an invoice of any leads to it', async () => {
  const { other, paul, there } = await twoFiles()
  await leave(paul.adultId)
  const link = { loginId: paul.loginId, purpose: 'reset' } as const
  const token = await db.transaction((tx) => insertLink(tx, link, services.clock.now()))
  expect(await findLink(db, 'reset', token)).toBeDefined()
  const found = () => listLoginsByInvoice(db, other.number, '74200')
  expect((await found()).map(({ loginId }) => loginId)).toEqual([paul.loginId])
  await leave(there.adultId)
  expect(await findLink(db, 'reset', token)).toBeUndefined()
  expect(await found()).toEqual([])
})

test('a new address is that of the person in every file, and the login’s is the one that counts', async () => {
  const { paul, there } = await twoFiles()
  const login = async () => findLogin(db, paul.loginId)
  const before = await login()
  if (!before) throw new Error('no login')
  await db.transaction((tx) => setEmail(tx, before, 'nouveau@famille.example'))
  const adults = await db
    .selectFrom('adult')
    .select('email')
    .where('id', 'in', [paul.adultId, there.adultId])
    .execute()
  expect(adults.map(({ email }) => email)).toEqual(['nouveau@famille.example', 'nouveau@famille.example'])
  await db.transaction((tx) =>
    tx
      .updateTable('adult')
      .set({ email: 'ancien@famille.example' })
      .where('id', '=', there.adultId)
      .execute(),
  )
  await leave(paul.adultId)
  expect((await login())?.email).toBe('nouveau@famille.example')
})
