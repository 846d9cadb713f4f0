// What a family asks the service to change, over HTTP.
import { beforeEach, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { createApp } from '../web/app.ts'
import { profileDoor } from './profile-portal.tsx'

const db = await testDatabase()
const services = testServices(db)
const app = createApp(services, [profileDoor], { formOrigins: () => [] })
const organisationId = await buildOrganisation(db)

beforeEach(() => services.clock.set(TEST_NOW))

async function signedIn() {
  const { familyId, childId } = await buildFamily(db, organisationId)
  const { adultId, loginId } = await buildLogin(db, organisationId, familyId)
  const who = visitor(app, services)
  await who.signIn(loginId)
  return { who, familyId, childId, adultId }
}
const requestsOf = (familyId: string) =>
  db.selectFrom('change_request').selectAll().where('family_id', '=', familyId).execute()

describe('a change that the service must make', () => {
  test('of the telephone, the name or a child waits under « Mes demandes », and changes nothing', async () => {
    const { who, childId } = await signedIn()
    await who.get('/profil/telephone')
    await who.post('/profil/telephone', { telephone: '04 50 11 22 33' })
    await who.post('/profil/nom', { prenom: 'Claire', nom: 'DURAND' })
    await who.post(`/profil/enfants/${childId}`, { prenom: 'Léo', nom: 'MARTIN', naissance: '04/09/2004' })
    const { words } = await who.get('/profil')
    for (const shown of [
      'Téléphone : (vide) → 04 50 11 22 33',
      'Nom : MARTIN → DURAND',
      'Données d’un enfant – Léo MARTIN Date de naissance : 03/09/2004 → 04/09/2004',
      'Demande envoyée le 12/04/2012, en cours de vérification',
    ])
      expect(words).toContain(shown)
    expect(words).toContain('Nom Claire MARTIN')
  })

  test('asked again replaces what waits', async () => {
    const { who, familyId } = await signedIn()
    await who.get('/profil/telephone')
    for (const telephone of ['0450112233', '0450445566']) await who.post('/profil/telephone', { telephone })
    expect((await requestsOf(familyId)).map(({ wanted }) => wanted)).toEqual([{ phone: '0450445566' }])
  })

  test('that changes nothing, or cannot be read, is refused with a sentence and what was typed', async () => {
    const { who, childId, familyId } = await signedIn()
    await who.get('/profil/nom')
    const same = await who.post('/profil/nom', { prenom: 'Claire', nom: 'MARTIN' })
    expect([same.status, same.words.includes('C’est déjà ce qui est enregistré')]).toEqual([422, true])
    const bad = await who.post(`/profil/enfants/${childId}`, {
      prenom: 'Léo',
      nom: '',
      naissance: '31/02/2004',
    })
    expect(bad.status).toBe(422)
    expect(bad.words).toContain('Saisissez le nom.')
    expect(bad.words).toContain('Saisissez la date de naissance')
    expect(bad.html).toContain('value="31/02/2004"')
    expect(await requestsOf(familyId)).toEqual([])
  })

  test('is taken back by the family, and by no other', async () => {
    const { who, familyId } = await signedIn()
    await who.get('/profil/telephone')
    await who.post('/profil/telephone', { telephone: '0450112233' })
    const [request] = await requestsOf(familyId)
    const { who: stranger } = await signedIn()
    expect((await stranger.post(`/profil/demandes/${request?.id}`, {})).status).toBe(404)
    expect((await who.get('/profil')).words).toContain('en cours de vérification')
    expect((await who.post(`/profil/demandes/${request?.id}`, {})).location).toBe(
      '/profil?enregistre=demande',
    )
    expect((await who.get('/profil')).words).not.toContain('en cours de vérification')
    expect((await who.post(`/profil/demandes/${request?.id}`, {})).status).toBe(404)
  })

  test('about a child is asked by its own family only', async () => {
    const { childId } = await signedIn()
    const { who: stranger } = await signedIn()
    const asked = { prenom: 'Autre', nom: 'MARTIN', naissance: '03/09/2004' }
    expect((await stranger.get(`/profil/enfants/${childId}`)).status).toBe(404)
    expect((await stranger.post(`/profil/enfants/${childId}`, asked)).status).toBe(404)
  })

  test('of a name is seen by its bearer, not by the other adult', async () => {
    const { who, familyId } = await signedIn()
    await who.get('/profil/nom')
    await who.post('/profil/nom', { prenom: 'Claire', nom: 'DURAND' })
    const other = visitor(app, services)
    await other.signIn((await buildLogin(db, organisationId, familyId, { firstName: 'Paul' })).loginId)
    expect((await other.get('/profil')).words).not.toContain('DURAND')
  })
})
