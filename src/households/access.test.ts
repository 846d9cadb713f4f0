// One adult's access: its link, its letter, its address, its blocking, over HTTP.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, TEST_PASSWORD } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { linkIn, sendDueMails } from '../../test/support/mail.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { accessMailWriters } from '../identity/write-mails.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId = await buildOrganisation(db)
const director = visitor(app, services)
/** In the order of their addresses: plans of one instant have none. */
const mails = async () =>
  (await sendDueMails(services, accessMailWriters)).toSorted((a, b) => (a.to < b.to ? -1 : 1))
const { publicUrl } = services.config

beforeAll(async () => {
  await director.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
})
beforeEach(async () => {
  services.clock.set(TEST_NOW)
  await mails()
})

async function adult(values: Parameters<typeof buildLogin>[3] = {}) {
  const { familyId } = await buildFamily(db, organisationId)
  const login = await buildLogin(db, organisationId, familyId, values)
  const file = `/gestion/familles/${familyId}`
  const access = `${file}/acces/${login.adultId}`
  await director.get(access)
  return { ...login, familyId, file, access }
}
const signIn = (identifiant: string, password = TEST_PASSWORD) =>
  visitor(app, services).post('/connexion', { identifiant, 'mot-de-passe': password })
const acts = async (kind: string) =>
  (
    await db
      .selectFrom('staff_act')
      .select(['object', 'reason', 'changes'])
      .where('kind', '=', kind)
      .execute()
  ).at(-1)

describe('an access', () => {
  test('is opened for an adult who has none, by a link that activates it', async () => {
    const { familyId } = await buildFamily(db, organisationId, { name: 'DUPRAZ' })
    const path = `/gestion/familles/${familyId}/responsables/nouveau`
    await director.get(path)
    await director.post(path, { prenom: 'Inès', nom: 'DUPRAZ', courriel: 'ines@dupraz.example' })
    const file = await director.get(`/gestion/familles/${familyId}`)
    expect(file.words).toContain('Aucun accès')
    const access = /href="([^"]*\/acces\/[^"]*)"/.exec(file.html)?.[1] ?? ''
    await director.get(access)
    expect((await director.post(access, { geste: 'lien' })).location).toBe(`${access}?note=lien`)
    const page = await director.get(access)
    expect(page.words).toContain('Lien envoyé le 12/04/2012, jamais activé')
    expect(page.words).toContain('dupraz.ines')
    const [mail] = await mails()
    expect(mail?.to).toBe('ines@dupraz.example')
    const link = linkIn(mail, publicUrl)
    expect((await visitor(app, services).get(link)).words).toContain('Vérifier qui je suis')
  })

  test('is given by a printed letter; printing again ends the first letter’s link', async () => {
    const { access, loginId, file } = await adult({ password: null, email: null })
    const first = await director.post(`${access}/lettre.pdf`, {})
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect((await director.get(file)).words).toContain('Lettre imprimée le 12/04/2012, jamais activé')
    await director.post(`${access}/lettre.pdf`, {})
    const links = db.selectFrom('access_token').select('used_at').where('login_id', '=', loginId)
    expect((await links.execute()).filter(({ used_at: at }) => at === null)).toHaveLength(1)
    expect((await director.post(access, { geste: 'lien' })).words).toContain('n’a pas d’adresse e-mail')
  })

  test('already activated needs no letter, and its new link chooses another password', async () => {
    const { access } = await adult()
    const letter = await director.post(`${access}/lettre.pdf`, {})
    expect([letter.status, letter.words.includes('déjà activé')]).toEqual([422, true])
    await director.post(access, { geste: 'lien' })
    const [mail] = await mails()
    expect(linkIn(mail, publicUrl)).toMatch(/^\/reinitialisation\//)
  })

  test('of another family is not at this one’s address', async () => {
    const { file } = await adult()
    const other = await adult()
    expect((await director.get(`${file}/acces/${other.adultId}`)).status).toBe(404)
    expect((await director.post(`${file}/acces/${other.adultId}`, { geste: 'lien' })).status).toBe(404)
  })
})

describe('a blocked access', () => {
  test('ends every session at once, opens by no password nor link, and says so to its holder alone', async () => {
    const { access, loginId, identifier } = await adult()
    const parent = visitor(app, services)
    await parent.signIn(loginId)
    await director.post(access, { geste: 'lien' })
    const [mail] = await mails()
    const missing = await director.post(access, { geste: 'bloquer', motif: ' ' })
    expect([missing.status, (await parent.get('/profil')).status]).toEqual([422, 200])
    await director.post(access, { geste: 'bloquer', motif: 'Ordonnance du juge' })
    expect((await parent.get('/profil')).status).toBe(303)
    expect((await signIn(identifier)).words).toContain('Le service a fermé cet accès.')
    expect((await signIn(identifier, 'un mot de passe faux')).words).toContain(
      'L’identifiant ou le mot de passe est incorrect.',
    )
    expect((await visitor(app, services).get(linkIn(mail, publicUrl))).status).toBe(410)
    const page = await director.get(access)
    expect(page.words).toContain('Bloqué le 12/04/2012 Motif : Ordonnance du juge')
    expect(await acts('access.blocked')).toMatchObject({
      object: 'Claire MARTIN',
      reason: 'Ordonnance du juge',
    })
  })

  test('gets no link, asked by staff, by its holder, or planned before', async () => {
    const { access, identifier } = await adult()
    await director.post(access, { geste: 'lien' })
    await director.post(access, { geste: 'bloquer', motif: 'Doute' })
    expect(await mails()).toEqual([])
    services.clock.advance(2 * MINUTE_MS)
    expect((await director.post(access, { geste: 'lien' })).words).toContain('débloquez-le d’abord')
    await visitor(app, services).post('/acces-oublie', { par: 'identifiant', identifiant: identifier })
    expect(await mails()).toEqual([])
  })

  test('is opened again by staff, with the same password', async () => {
    const { access, identifier } = await adult()
    await director.post(access, { geste: 'bloquer', motif: 'Doute' })
    await director.post(access, { geste: 'debloquer' })
    expect((await signIn(identifier)).status).toBe(303)
    expect((await director.post(access, { geste: 'debloquer' })).words).toContain('n’est plus bloqué')
  })
})

describe('an address lost by its holder', () => {
  test('is replaced after an identity check: both are told, the new one confirms, sessions end', async () => {
    const { access, loginId } = await adult({ email: 'perdue@famille.example' })
    const parent = visitor(app, services)
    await parent.signIn(loginId)
    const change = { geste: 'courriel', courriel: 'neuve@famille.example', verification: 'piece' }
    expect((await director.post(access, change)).location).toBe(`${access}?note=courriel`)
    expect((await parent.get('/profil')).status).toBe(303)
    const sent = await mails()
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
      ['neuve@famille.example', 'Confirmez votre adresse e-mail'],
      ['perdue@famille.example', 'Votre adresse e-mail va être remplacée'],
    ])
    const waiting = await director.get(access)
    expect(waiting.words).toContain('Nouvelle adresse neuve@famille.example : à confirmer')
    expect(waiting.words).toContain('Adresse e-mail perdue@famille.example')
    const link = linkIn(sent[0], publicUrl)
    const holder = visitor(app, services)
    await holder.get(link)
    await holder.post(link, {})
    expect((await director.get(access)).words).toContain('Adresse e-mail neuve@famille.example')
    expect((await mails()).map(({ to }) => to)).toEqual(['perdue@famille.example'])
    expect((await signIn('neuve@famille.example')).status).toBe(303)
    expect(await acts('access.email-asked')).toEqual({
      object: 'Claire MARTIN',
      reason: 'Pièce d’identité vue au guichet',
      changes: { email: { before: 'perdue@famille.example', after: 'neuve@famille.example' } },
    })
  })

  test('is not replaced without saying how the identity was checked', async () => {
    const { access } = await adult({ email: 'reste@famille.example' })
    const change = { geste: 'courriel', courriel: 'autre@famille.example' }
    const bare = await director.post(access, change)
    expect([bare.status, bare.words.includes('Dites comment vous avez vérifié')]).toEqual([422, true])
    expect(bare.html).toContain('value="autre@famille.example"')
    const vague = await director.post(access, { ...change, verification: 'autre' })
    expect([vague.status, vague.words.includes('Dites en quelques mots comment.')]).toEqual([422, true])
    expect((await director.post(access, { ...change, verification: 'devine' })).status).toBe(422)
    expect(await mails()).toEqual([])
  })

  test('takes with it the links that had left for it', async () => {
    const { access } = await adult({ email: 'lue@voleur.example' })
    await director.post(access, { geste: 'lien' })
    const [old] = await mails()
    const change = { geste: 'courriel', courriel: 'sienne@famille.example', verification: 'appel' }
    await director.post(access, change)
    expect((await visitor(app, services).get(linkIn(old, publicUrl))).status).toBe(410)
  })

  test('typed wrong before any activation is simply corrected, and its link ends', async () => {
    const { access, file, adultId } = await adult({ password: null, email: 'faute@famille.example' })
    await director.post(access, { geste: 'lien' })
    const [old] = await mails()
    const page = await director.get(`${file}/responsables/${adultId}`)
    expect(page.html).toContain('value="faute@famille.example"')
    await director.post(`${file}/responsables/${adultId}`, {
      'avant-prenom': 'Claire',
      prenom: 'Claire',
      'avant-nom': 'MARTIN',
      nom: 'MARTIN',
      'avant-courriel': 'faute@famille.example',
      courriel: 'juste@famille.example',
    })
    expect((await visitor(app, services).get(linkIn(old, publicUrl))).status).toBe(410)
    services.clock.advance(2 * MINUTE_MS)
    await director.post(access, { geste: 'lien' })
    expect((await mails()).map(({ to }) => to)).toEqual(['juste@famille.example'])
  })

  test('that opens the portal is not typed over on the adult’s own form', async () => {
    const { file, adultId } = await adult({ email: 'fixe@famille.example' })
    const path = `${file}/responsables/${adultId}`
    expect((await director.get(path)).words).toContain('Cette adresse sert à se connecter.')
    await director.post(path, {
      'avant-prenom': 'Claire',
      prenom: 'Clara',
      'avant-nom': 'MARTIN',
      nom: 'MARTIN',
      courriel: 'glissee@famille.example',
    })
    const { words } = await director.get(file)
    expect(words).toContain('Clara MARTIN')
    expect(words).toContain('fixe@famille.example')
  })
})
