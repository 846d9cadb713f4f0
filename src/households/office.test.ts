// Search, a family's file, and the portal seen as the family, over HTTP on the demonstration's records.
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { loadDemo } from '../demo/load-demo.ts'
import type { AdultId, BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db, { now: new Date('2012-06-01T08:00:00Z') })
await loadDemo(services, { id: '20120316', key: 'KeyOfTheDemoShop' })
const app = await buildPortal(services)
const organisationId = (await db.selectFrom('organisation').select('id').executeTakeFirstOrThrow())
  .id as OrganisationId
const unit = await db
  .selectFrom('billing_unit')
  .select('id')
  .where('code', '=', 'THONON')
  .executeTakeFirstOrThrow()
const accountant = visitor(app, services)
const director = visitor(app, services)
const local = visitor(app, services)
const name = 'Nadia Lefèvre'

const familyPath = async (family: string) =>
  `/gestion/familles/${(await db.selectFrom('family').select('id').where('name', '=', family).executeTakeFirstOrThrow()).id}`
const adultOf = async (lastName: string) =>
  (await db.selectFrom('adult').select('id').where('last_name', '=', lastName).executeTakeFirstOrThrow())
    .id as AdultId
const find = async (who: Visitor, typed: string) =>
  (await who.get(`/gestion/recherche?q=${encodeURIComponent(typed)}`)).words
const acts = (kind: string) =>
  db.selectFrom('staff_act').select(['staff_name', 'object']).where('kind', '=', kind).execute()

beforeAll(async () => {
  const place = { unitId: unit.id as BillingUnitId }
  await accountant.signInStaff((await buildStaff(db, organisationId, ['accountant'])).staffId)
  const named = { firstName: 'Nadia', lastName: 'Lefèvre' }
  await director.signInStaff((await buildStaff(db, organisationId, ['director'], {}, named)).staffId)
  await local.signInStaff((await buildStaff(db, organisationId, ['director'], place)).staffId)
})

test.each([
  ['a name', 'martin', 'Famille MARTIN'],
  ['capitals and accents', 'ZOÉ', 'Zoé MARTIN enfant · Famille MARTIN'],
  ['a first name and a name, in any order', 'claire martin', 'Claire MARTIN responsable'],
  ['a swapped letter', 'dilalo', 'À une lettre près : Famille DIALLO'],
  ['an invoice’s number without its zeros', 'th1987', 'TH001987 Famille TEST'],
  ['digits alone', '1987', 'TH001987 Famille TEST'],
  ['an amount', '31,00', 'TH001987 Famille TEST · 16/03/2012 31,00 €'],
  ['a telephone number', '06 99 00 00 43', 'Claire MARTIN Famille MARTIN'],
  ['an e-mail address', 'Awa.Diallo@courriel.example', 'DIALLO'],
  ['a family’s own name', 'petit', 'Famille PETIT'],
])('%s is found', async (_, typed, words) => {
  expect(await find(accountant, typed)).toContain(words)
})

test('what is not there is said so, with what to try', async () => {
  expect(await find(accountant, 'zzyzx')).toContain('Rien ne correspond à « zzyzx ».')
  expect(await find(accountant, "'; drop table family --")).toContain('Rien ne correspond')
  expect(await find(accountant, '%_(')).toContain('Rien ne correspond')
})

test('suggestions are the same results, without the page', async () => {
  const { html } = await accountant.get('/gestion/recherche/suggestions?q=mar')
  expect(html).toContain('Famille MARTIN')
  expect(html).not.toContain('<html')
})

test('a file shows how the family stands, what happened, and who may come in', async () => {
  const { words } = await accountant.get(await familyPath('TEST'))
  expect(words).toContain('Thonon Reste à payer 74,50 € 2 factures non soldées')
  expect(words).toContain('13/04/2012 Paiement reçu par le service espèces +10,00 €')
  expect(words).toContain('Fabien TEST · Payeur')
  expect(words).toContain('Léa TEST')
})

test('its line of time is narrowed to one kind, and paged', async () => {
  const path = await familyPath('DIALLO')
  const first = await accountant.get(`${path}?type=factures`)
  expect(first.words).toContain('Page 1 sur 2')
  const second = await accountant.get(`${path}?type=factures&page=2`)
  expect(second.html.match(/Facture n°/g)).toHaveLength(10)
  expect((await accountant.get(`${path}?type=courriels`)).words).toContain('Rien ne s’est encore passé.')
})

test('reading a file is in the journal, which answers for this very family', async () => {
  const path = await familyPath('PETIT')
  await director.get(path)
  const journal = await director.get(`/gestion/journal?dossier=${path.split('/').at(-1)}`)
  expect(journal.words).toContain(`${name} A consulté le dossier de la famille PETIT`)
  expect(journal.words).not.toContain('MARTIN')
})

test('a note stays in the file, under its author’s name', async () => {
  const path = await familyPath('PETIT')
  await director.get(path)
  expect((await director.post(`${path}/notes`, { note: ' ' })).status).toBe(422)
  await director.post(`${path}/notes`, { note: 'Rappeler en juin' })
  expect((await director.get(path)).words).toContain(`Rappeler en juin Note de ${name}`)
  expect(await acts('family.noted')).toHaveLength(1)
})

test('a member of one unit finds and opens its families only, and sees its accounts only', async () => {
  expect(await find(local, 'martin')).toContain('Rien ne correspond')
  expect(await find(local, 'CCV500301')).toContain('Rien ne correspond')
  expect((await local.get(await familyPath('MARTIN'))).status).toBe(403)
  const { words } = await local.get(await familyPath('TEST'))
  expect(words).toContain('TH001987')
  expect(words).not.toContain('CCV500268')
})

test('the portal is seen as the family, read-only, under a banner, and the journal tells', async () => {
  const path = await familyPath('MARTIN')
  await director.get(path)
  const adult = await adultOf('MARTIN')
  expect((await director.post(`${path}/portail`, { responsable: adult })).location).toBe('/')
  const home = await director.get('/compte')
  expect(home.words).toContain('Vous voyez le portail comme Claire MARTIN, famille MARTIN.')
  expect(home.words).toContain('−42,00 €')
  for (const post of ['/paiement', '/profil/mobile', '/compte/recharger/CCVS', '/deconnexion'])
    expect([post, (await director.post(post, {})).status]).toEqual([post, 403])
  expect(await acts('family.viewed-as')).toEqual([{ staff_name: name, object: 'Claire MARTIN' }])
  await director.get('/gestion')
  expect((await director.post('/gestion/portail/fin', {})).location).toBe(path)
  expect((await director.get('/compte')).location).toContain('/connexion')
})

test('nobody sees the portal as a family of which some unit is not theirs, nor as another’s adult', async () => {
  const path = await familyPath('TEST')
  await local.get(path)
  expect((await local.post(`${path}/portail`, { responsable: await adultOf('TEST') })).status).toBe(403)
  await director.get(path)
  expect((await director.post(`${path}/portail`, { responsable: await adultOf('MARTIN') })).status).toBe(404)
  expect((await director.get('/factures')).location).toContain('/connexion')
})

test('who loses the right stops seeing as the family at once', async () => {
  const member = await buildStaff(db, organisationId, ['director'])
  const one = visitor(app, services)
  await one.signInStaff(member.staffId)
  const path = await familyPath('DIALLO')
  await one.get(path)
  await one.post(`${path}/portail`, { responsable: await adultOf('DIALLO') })
  expect((await one.get('/factures')).status).toBe(200)
  await db.transaction((tx) => tx.deleteFrom('staff_role').where('staff_id', '=', member.staffId).execute())
  expect((await one.get('/factures')).status).toBe(303)
})
