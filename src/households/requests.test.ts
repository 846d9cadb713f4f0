// What families ask to have changed, and what staff answer, over HTTP.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import {
  buildFamily,
  buildFamilyUnit,
  buildLogin,
  buildOrganisation,
  buildUnit,
} from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { sendDueMails } from '../../test/support/mail.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { accessMailWriters } from '../identity/write-mails.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId = await buildOrganisation(db)
const thonon = await buildUnit(db, organisationId, { name: 'Thonon' })
const evian = await buildUnit(db, organisationId, { name: 'Évian' })
const cashier = visitor(app, services)
const other = visitor(app, services)
const local = visitor(app, services)

beforeAll(async () => {
  const nadia = { firstName: 'Nadia', lastName: 'Lefèvre' }
  await cashier.signInStaff((await buildStaff(db, organisationId, ['cashier'], {}, nadia)).staffId)
  await other.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const place = { unitId: evian.unitId }
  await local.signInStaff((await buildStaff(db, organisationId, ['director'], place)).staffId)
})
beforeEach(async () => {
  services.clock.set(TEST_NOW)
  await db.pool.query('delete from change_request')
  await sendDueMails(services, accessMailWriters)
})

/** A parent who asks for a new address. */
async function asking() {
  const { familyId, childId } = await buildFamily(db, organisationId)
  await buildFamilyUnit(db, organisationId, familyId, thonon.unitId)
  const login = await buildLogin(db, organisationId, familyId)
  const parent = visitor(app, services)
  await parent.signIn(login.loginId)
  await parent.get('/profil')
  await parent.post('/profil/adresse', { rue: '1 rue Neuve', 'code-postal': '74500', ville: 'Évian' })
  const { id } = await db
    .selectFrom('change_request')
    .select('id')
    .where('family_id', '=', familyId)
    .executeTakeFirstOrThrow()
  return { ...login, parent, familyId, childId, request: `/gestion/demandes/${id}` }
}
const SEEN = { 'vu-address': '4 chemin du Lac', 'vu-postalCode': '74200', 'vu-city': 'Thonon-les-Bains' }
const acts = (kind: string) =>
  db.selectFrom('staff_act').select(['staff_name', 'reason', 'changes']).where('kind', '=', kind).execute()

test('a request waits on the list and on « À traiter », with its age, and is accepted', async () => {
  const { request, familyId } = await asking()
  await db.pool.query("update change_request set asked_at = asked_at - interval '3 days'")
  const work = await cashier.get('/gestion')
  expect(work.words).toContain('Le plus ancien attend depuis 3 jours.')
  expect(work.html).toContain('href="/gestion/demandes"')
  const list = await cashier.get('/gestion/demandes')
  expect(list.words).toContain('1 demande attend une réponse')
  expect(list.words).toContain('(depuis 3 jours)')
  expect(list.words).toContain('N° et rue : 4 chemin du Lac → 1 rue Neuve')
  const page = await cashier.get(request)
  expect(page.html).toContain('name="vu-address" value="4 chemin du Lac"')
  const answered = await cashier.post(request, { geste: 'accepter', ...SEEN })
  expect(answered.location).toBe('/gestion/demandes?note=acceptee')
  expect((await cashier.get(`/gestion/familles/${familyId}`)).words).toContain('1 rue Neuve 74500 Évian')
  expect((await cashier.get('/gestion/demandes')).words).toContain('Aucune demande n’attend.')
  expect(await acts('request.accepted')).toEqual([
    {
      staff_name: 'Nadia Lefèvre',
      reason: null,
      changes: {
        address: { before: '4 chemin du Lac', after: '1 rue Neuve' },
        postalCode: { before: '74200', after: '74500' },
        city: { before: 'Thonon-les-Bains', after: 'Évian' },
      },
    },
  ])
})

test('the family sees what became of it, and is told by mail', async () => {
  const { parent, request } = await asking()
  await cashier.get(request)
  const bare = await cashier.post(request, { geste: 'refuser', motif: ' ' })
  expect([bare.status, bare.words.includes('Dites à la famille pourquoi.')]).toEqual([422, true])
  await cashier.post(request, { geste: 'refuser', motif: 'Envoyez un justificatif.' })
  const { words } = await parent.get('/profil')
  expect(words).toContain('Refusée le 12/04/2012 Demande envoyée le 12/04/2012')
  expect(words).toContain('Réponse du service : Envoyez un justificatif.')
  expect(words).toContain('4 chemin du Lac')
  const sent = await sendDueMails(services, accessMailWriters)
  expect(sent.map(({ subject }) => subject)).toEqual(['Le service a répondu à votre demande'])
  expect((await acts('request.refused')).map(({ reason }) => reason)).toEqual(['Envoyez un justificatif.'])
})

test('a request answered by two is answered once: the second reads by whom', async () => {
  const { request } = await asking()
  await cashier.get(request)
  await other.get(request)
  await cashier.post(request, { geste: 'refuser', motif: 'Non.' })
  const late = await other.post(request, { geste: 'accepter', ...SEEN })
  expect(late.status).toBe(422)
  expect(late.words).toContain('déjà reçu une réponse, de Nadia Lefèvre, le 12/04/2012')
  expect(late.words).not.toContain('Accepter et enregistrer')
})

test('a record changed under the one who answers is shown again before it is changed', async () => {
  const { request, familyId } = await asking()
  await cashier.get(request)
  await db.pool.query(`update family set address = '8 rue Basse' where id = '${familyId}'`)
  const told = await cashier.post(request, { geste: 'accepter', ...SEEN })
  expect([told.status, told.words.includes('La fiche a changé pendant que')]).toEqual([422, true])
  expect(told.words).toContain('8 rue Basse était « 4 chemin du Lac »')
  const seen = { ...SEEN, 'vu-address': '8 rue Basse' }
  expect((await cashier.post(request, { geste: 'accepter', ...seen })).status).toBe(303)
})

test('a child’s correction reaches the child; a child who left is refused only', async () => {
  const { parent, childId, familyId } = await asking()
  await db.pool.query('delete from change_request')
  await parent.get('/profil')
  const asked = { prenom: 'Léo', nom: 'MARTIN', naissance: '05/09/2004' }
  await parent.post(`/profil/enfants/${childId}`, asked)
  const { id } = await db.selectFrom('change_request').select('id').executeTakeFirstOrThrow()
  const seen = { 'vu-firstName': 'Léo', 'vu-lastName': 'MARTIN', 'vu-bornOn': '03/09/2004' }
  await db.pool.query(`update child set left_on = '2012-04-01' where id = '${childId}'`)
  await cashier.get('/gestion/demandes')
  const gone = await cashier.post(`/gestion/demandes/${id}`, { geste: 'accepter', ...seen })
  expect([gone.status, gone.words.includes('ne peut être que refusée')]).toEqual([422, true])
  await db.pool.query(`update child set left_on = null where id = '${childId}'`)
  await cashier.post(`/gestion/demandes/${id}`, { geste: 'accepter', ...seen })
  expect((await cashier.get(`/gestion/familles/${familyId}`)).words).toContain('né(e) le 05/09/2004')
})

test('a member of another unit neither sees nor answers it', async () => {
  const { request } = await asking()
  expect((await local.get('/gestion/demandes')).words).toContain('Aucune demande n’attend.')
  expect((await local.get(request)).status).toBe(404)
  expect((await local.post(request, { geste: 'refuser', motif: 'Non.' })).status).toBe(404)
  expect((await local.get('/gestion')).words).not.toContain('Répondre aux demandes')
})
