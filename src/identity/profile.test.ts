import { beforeEach, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, TEST_PASSWORD } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { linkIn, sendDueMails } from '../../test/support/mail.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { HOUR_MS } from '../kernel/dates.ts'
import { createApp } from '../web/app.ts'
import { profileDoor } from './profile-portal.tsx'
import { signInDoor } from './sign-in-portal.tsx'
import { accessMailWriters } from './write-mails.ts'

const NEW_PASSWORD = 'quatre lapins dans la cour'
const db = await testDatabase()
const services = testServices(db)
const app = createApp(services, [signInDoor, profileDoor], { formOrigins: () => [] })
const organisationId = await buildOrganisation(db)
const { familyId } = await buildFamily(db, organisationId)
const mails = () => sendDueMails(services, accessMailWriters)

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  await db.pool.query('delete from throttle')
})

async function signedIn(values: Parameters<typeof buildLogin>[3] = {}) {
  const login = await buildLogin(db, organisationId, familyId, values)
  const who = visitor(app, services)
  await who.signIn(login.loginId)
  return { ...login, who }
}

describe('the profile', () => {
  test('shows who one is, the household and the devices, and nobody else’s contacts', async () => {
    await buildLogin(db, organisationId, familyId, { firstName: 'Paul', email: 'paul@ailleurs.example' })
    const { who, identifier } = await signedIn()
    const { words } = await who.get('/profil')
    for (const shown of [identifier, '4 chemin du Lac', 'Léo MARTIN', 'Paul MARTIN', 'cet appareil'])
      expect(words).toContain(shown)
    expect(words).not.toContain('paul@ailleurs.example')
  })

  test('is asked for signing in first', async () => {
    expect((await visitor(app, services).get('/profil')).location).toBe('/connexion?suite=%2Fprofil')
  })
})

describe('an e-mail', () => {
  test('changes once its new address is confirmed, and the old one is told', async () => {
    const { who, identifier } = await signedIn({ email: 'avant@famille.example' })
    await who.get('/profil/courriel')
    const asked = await who.post('/profil/courriel', {
      courriel: 'Apres@famille.example',
      'mot-de-passe': TEST_PASSWORD,
    })
    expect(asked.location).toBe('/profil?enregistre=courriel')
    const [mail] = await mails()
    expect(mail?.to).toBe('apres@famille.example')
    const path = linkIn(mail, services.config.publicUrl)
    expect((await who.get('/profil')).words).toContain('avant@famille.example')
    const stranger = visitor(app, services)
    expect((await stranger.get(path)).words).toContain('Confirmer cette adresse')
    expect((await stranger.post(path, {})).status).toBe(200)
    expect((await who.get('/profil')).words).toContain('apres@famille.example')
    expect((await mails()).map((mail) => [mail.to, mail.subject])).toEqual([
      ['avant@famille.example', 'Votre adresse e-mail a changé'],
    ])
    expect((await stranger.post(path, {})).status).toBe(410)
    const fresh = visitor(app, services)
    const signIn = await fresh.post('/connexion', {
      identifiant: 'apres@famille.example',
      'mot-de-passe': TEST_PASSWORD,
    })
    expect(signIn.status).toBe(303)
    expect(identifier).not.toBe('')
  })

  test('does not change with a wrong password, a wrong address or a link an hour old', async () => {
    const { who } = await signedIn()
    await who.get('/profil/courriel')
    const wrong = await who.post('/profil/courriel', { courriel: 'a@b.fr', 'mot-de-passe': 'faux faux faux' })
    expect([wrong.status, wrong.words.includes('Le mot de passe actuel est incorrect.')]).toEqual([422, true])
    const bad = await who.post('/profil/courriel', {
      courriel: 'pas une adresse',
      'mot-de-passe': TEST_PASSWORD,
    })
    expect(bad.words).toContain('Saisissez une adresse e-mail complète')
    expect(await mails()).toEqual([])
    await who.post('/profil/courriel', { courriel: 'a@b.fr', 'mot-de-passe': TEST_PASSWORD })
    const [mail] = await mails()
    services.clock.advance(HOUR_MS)
    expect((await visitor(app, services).post(linkIn(mail, services.config.publicUrl), {})).status).toBe(410)
  })
})

describe('a password', () => {
  test('changes with the present one; other devices are out, this one stays, the holder is told', async () => {
    const { who, loginId, identifier } = await signedIn()
    const other = visitor(app, services)
    await other.signIn(loginId)
    const changed = await who.post('/profil/mot-de-passe', {
      'mot-de-passe': TEST_PASSWORD,
      nouveau: NEW_PASSWORD,
    })
    expect(changed.location).toBe('/profil?enregistre=mot-de-passe')
    expect((await who.get('/profil')).status).toBe(200)
    expect((await other.get('/profil')).status).toBe(303)
    expect((await mails()).map((mail) => mail.subject)).toEqual(['Votre mot de passe a changé'])
    const fresh = visitor(app, services)
    expect(
      (await fresh.post('/connexion', { identifiant: identifier, 'mot-de-passe': NEW_PASSWORD })).status,
    ).toBe(303)
  })

  test('does not change with a wrong present one, and tries are counted', async () => {
    const { who } = await signedIn()
    const attempt = () =>
      who.post('/profil/mot-de-passe', { 'mot-de-passe': 'faux faux faux', nouveau: NEW_PASSWORD })
    for (let i = 0; i < 5; i += 1)
      expect((await attempt()).words).toContain('Le mot de passe actuel est incorrect.')
    expect((await attempt()).words).toContain('Réessayez dans quelques minutes.')
  })
})

describe('contacts', () => {
  test('take a mobile number, give it back two by two, and drop it when left empty', async () => {
    const { who } = await signedIn()
    expect((await who.post('/profil/mobile', { mobile: '0612 34 56 78' })).status).toBe(303)
    expect((await who.get('/profil')).words).toContain('06 12 34 56 78')
    const bad = await who.post('/profil/mobile', { mobile: '06 12' })
    expect([bad.status, bad.html.includes('value="06 12"')]).toEqual([422, true])
    await who.post('/profil/mobile', { mobile: '' })
    expect((await who.get('/profil')).words).toContain('Non renseigné')
  })

  test('send a postal address to the service, once, and change nothing themselves', async () => {
    const { who } = await signedIn()
    const address = { rue: '1 rue <Neuve>', 'code-postal': '74 000', ville: 'Annecy' }
    for (let i = 0; i < 2; i += 1)
      expect((await who.post('/profil/adresse', address)).location).toBe('/profil?enregistre=adresse')
    const asked = await db
      .selectFrom('change_request')
      .selectAll()
      .where('family_id', '=', familyId)
      .execute()
    expect(asked.map(({ subject, stood, wanted }) => ({ subject, stood, wanted }))).toEqual([
      {
        subject: 'address',
        stood: { address: '4 chemin du Lac', postalCode: '74200', city: 'Thonon-les-Bains' },
        wanted: { address: '1 rue <Neuve>', postalCode: '74000', city: 'Annecy' },
      },
    ])
    const { words } = await who.get('/profil')
    expect(words).toContain('4 chemin du Lac')
    expect(words).toContain('en cours de vérification')
    expect((await who.post('/profil/adresse', { rue: '', 'code-postal': 'x', ville: '' })).status).toBe(422)
  })
})

describe('a device', () => {
  test('is put out by its holder, not by another family', async () => {
    const { who, loginId } = await signedIn()
    const lost = visitor(app, services)
    await lost.signIn(loginId)
    const page = await who.get('/profil')
    const id = /name="appareil" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
    const { who: stranger } = await signedIn()
    expect((await stranger.post('/profil/connexions', { appareil: id })).status).toBe(404)
    expect((await lost.get('/profil')).status).toBe(200)
    expect((await who.post('/profil/connexions', { appareil: id })).location).toBe(
      '/profil?enregistre=connexions',
    )
    expect((await lost.get('/profil')).status).toBe(303)
    expect((await who.post('/profil/connexions', { appareil: 'x' })).status).toBe(404)
  })
})
