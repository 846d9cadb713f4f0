import { beforeEach, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { linkIn, sendDueMails } from '../../test/support/mail.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { DAY_MS } from '../kernel/dates.ts'
import { createApp } from '../web/app.ts'
import { requireFamily } from '../web/request.ts'
import { activationDoor } from './activation-portal.tsx'
import { recoveryDoor } from './recovery-portal.tsx'
import { signInDoor } from './sign-in-portal.tsx'
import { accessMailWriters } from './write-mails.ts'

const SENT = 'Si un compte correspond, un message vient de partir vers l’adresse enregistrée.'
const NEW_PASSWORD = 'quatre lapins dans la cour'
const db = await testDatabase()
const services = testServices(db)
const app = createApp(
  services,
  [
    signInDoor,
    recoveryDoor,
    activationDoor,
    (app) => app.get('/qui', (c) => c.text(requireFamily(c).firstName)),
  ],
  { formOrigins: () => [] },
)
const { publicUrl } = services.config
const organisationId = await buildOrganisation(db)
const { familyId } = await buildFamily(db, organisationId, { name: 'DUPRÉ-LAMY', child: 'Léo-Paul' })

let days = 0
beforeEach(async () => {
  days += 30
  services.clock.set(new Date(TEST_NOW.getTime() + days * DAY_MS))
  await db.pool.query('delete from throttle')
})

const mails = () => sendDueMails(services, accessMailWriters)
const ask = (fields: { [name: string]: string }) => visitor(app, services).post('/acces-oublie', fields)
const askFor = (identifier: string) => ask({ moyen: 'identifiant', identifiant: identifier })

describe('an activation', () => {
  const start = async () => {
    await mails()
    const login = await buildLogin(db, organisationId, familyId, { password: null })
    await visitor(app, services).post('/activation', { identifiant: login.identifier })
    const [mail] = await mails()
    return { ...login, path: linkIn(mail, publicUrl) }
  }
  const proofIn = async (who: Visitor, path: string, name: string) =>
    /name="preuve" value="([^"]*)"/.exec((await who.post(path, { etape: 'qui', nom: name })).html)?.[1] ?? ''

  test.each(['dupre lamy', 'LÉO PAUL', 'Martin'])(
    'goes from « %s » to a password, contacts and the end',
    async (name) => {
      const { path, identifier } = await start()
      expect(path).toMatch(/^\/activation\//)
      const who = visitor(app, services)
      const preuve = await proofIn(who, path, name)
      const set = await who.post(path, { etape: 'mot-de-passe', preuve, nouveau: NEW_PASSWORD })
      expect([set.status, set.location]).toEqual([303, '/activation/mes-coordonnees'])
      expect((await who.get('/activation/mes-coordonnees')).html).toContain(
        `value="${identifier}@famille.example"`,
      )
      const contact = await who.post('/activation/mes-coordonnees', {
        courriel: `${identifier}@famille.example`,
        mobile: '06 12 34 56 78',
      })
      expect(contact.location).toBe('/activation/termine')
      expect((await who.get('/activation/termine')).words).toContain('Voir mes factures')
      expect(await mails()).toEqual([])
      expect((await visitor(app, services).get(path)).words).toContain('Ce lien a déjà servi.')
    },
  )

  test('confirms another e-mail by a link to it', async () => {
    const { path } = await start()
    const who = visitor(app, services)
    const preuve = await proofIn(who, path, 'dupré-lamy')
    await who.post(path, { etape: 'mot-de-passe', preuve, nouveau: NEW_PASSWORD })
    await who.get('/activation/mes-coordonnees')
    const contact = await who.post('/activation/mes-coordonnees', {
      courriel: 'autre@famille.example',
      mobile: '',
    })
    expect(contact.location).toBe('/activation/termine?courriel')
    expect((await mails()).map((mail) => mail.to)).toEqual(['autre@famille.example'])
    services.clock.advance(20 * 60_000)
    expect((await who.get('/activation/mes-coordonnees')).status).toBe(200)
    services.clock.advance(10 * 60_000)
    expect((await who.get('/activation/mes-coordonnees')).status).toBe(303)
  })

  test('does not skip who one is: no password without the proof of this very link', async () => {
    const [one, other] = [await start(), await start()]
    const foreign = await proofIn(visitor(app, services), other.path, 'dupré-lamy')
    for (const preuve of ['', 'forged', foreign]) {
      const answer = await visitor(app, services).post(one.path, {
        etape: 'mot-de-passe',
        preuve,
        nouveau: NEW_PASSWORD,
      })
      expect(answer.status).toBe(422)
    }
    expect((await signIn(visitor(app, services), one.identifier, NEW_PASSWORD)).status).toBe(422)
  })

  test('closes after five wrong names, and renews itself by mail', async () => {
    const { path } = await start()
    const who = visitor(app, services)
    for (let left = 4; left > 0; left -= 1)
      expect((await who.post(path, { etape: 'qui', nom: 'Durand' })).words).toContain(
        `Il reste ${left} essai`,
      )
    const blocked = await who.post(path, { etape: 'qui', nom: 'Durand' })
    expect([blocked.status, blocked.words.includes('ce lien est fermé')]).toEqual([410, true])
    expect((await who.post(path, { etape: 'qui', nom: 'dupré-lamy' })).status).toBe(410)
    services.clock.advance(60_000)
    expect((await who.post(path, { etape: 'renouveler' })).words).toContain(SENT)
    const [mail] = await mails()
    expect((await who.get(linkIn(mail, publicUrl))).status).toBe(200)
  })

  test('lives seven days, then offers a new link; a used one offers none', async () => {
    const { path } = await start()
    services.clock.advance(7 * DAY_MS - 1)
    expect((await visitor(app, services).get(path)).status).toBe(200)
    services.clock.advance(1)
    const late = await visitor(app, services).get(path)
    expect(late.words).toMatch(/Ce lien a expiré le \d\d\/\d\d\/2\d{3}\. Recevoir un nouveau lien/)
    await visitor(app, services).post(path, { etape: 'renouveler' })
    const [mail] = await mails()
    const who = visitor(app, services)
    const renewed = linkIn(mail, publicUrl)
    const preuve = await proofIn(who, renewed, 'dupré-lamy')
    expect((await who.post(renewed, { etape: 'mot-de-passe', preuve, nouveau: NEW_PASSWORD })).status).toBe(
      303,
    )
    services.clock.advance(60_000)
    await who.post(renewed, { etape: 'renouveler' })
    expect(await mails()).toEqual([])
  })

  test('link is made when the mail leaves, and not again for who chose a password meanwhile', async () => {
    const { identifier, loginId } = await buildLogin(db, organisationId, familyId, { password: null })
    await askFor(identifier)
    const links = () =>
      db.selectFrom('access_token').select('purpose').where('login_id', '=', loginId).execute()
    expect(await links()).toEqual([])
    expect((await mails()).map((mail) => mail.subject)).toEqual(['Activez votre compte du portail famille'])
    expect(await links()).toEqual([{ purpose: 'activation' }])
  })
})

const signIn = (who: Visitor, identifier: string, password: string) =>
  who.post('/connexion', { identifiant: identifier, 'mot-de-passe': password })
