import { beforeEach, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, TEST_PASSWORD } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { linkIn, sendDueMails } from '../../test/support/mail.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { DAY_MS, HOUR_MS } from '../kernel/dates.ts'
import { createApp } from '../web/app.ts'
import { requireFamily } from '../web/request.ts'
import { activationDoor } from './activation-portal.tsx'
import { recoveryDoor } from './recovery-portal.tsx'
import { signInDoor } from './sign-in-portal.tsx'
import { tidySessions } from './tidy-sessions.ts'
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

async function resetPath(identifier: string): Promise<string> {
  await mails()
  await askFor(identifier)
  const [mail] = await mails()
  return linkIn(mail, publicUrl)
}

describe('a forgotten password', () => {
  test('sends a link by identifier or by e-mail, to the address on file only', async () => {
    const login = await buildLogin(db, organisationId, familyId, { email: 'fichier@famille.example' })
    for (const fields of [
      { moyen: 'identifiant', identifiant: ` ${login.identifier.toUpperCase()}` },
      { moyen: 'courriel', courriel: 'Fichier@famille.example' },
    ]) {
      expect((await ask(fields)).words).toContain(SENT)
      const sent = await mails()
      expect(sent.map((mail) => mail.to)).toEqual(['fichier@famille.example'])
      expect(linkIn(sent[0], publicUrl)).toMatch(/^\/reinitialisation\/[\w-]{43}$/)
      services.clock.advance(60_000)
    }
  })

  test('answers the same, and sends nothing, to whoever is not known', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const known = await askFor(identifier)
    await mails()
    for (const fields of [
      { moyen: 'identifiant', identifiant: 'personne' },
      { moyen: 'courriel', courriel: 'personne@famille.example' },
      { moyen: 'facture', facture: 'TH999999', 'code-postal': '74200' },
    ]) {
      const unknown = await ask(fields)
      expect([unknown.status, unknown.words]).toEqual([known.status, known.words])
    }
    expect(await mails()).toEqual([])
  })

  test('takes as long for an unknown name as for a known one', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const times: number[] = []
    for (const name of [identifier, 'personne']) {
      const start = performance.now()
      await askFor(name)
      times.push(performance.now() - start)
    }
    expect(Math.abs((times[0] ?? 0) - (times[1] ?? 0))).toBeLessThan(60)
    expect(Math.min(...times)).toBeGreaterThan(195)
    await mails()
  })

  test('says what is missing, by its format only', async () => {
    expect((await ask({})).words).toContain('Choisissez une des trois possibilités.')
    const answer = await ask({ moyen: 'facture', facture: '', 'code-postal': '742' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('Saisissez le n° de facture.')
    expect(answer.html).toContain('value="742"')
  })

  test('sends one link a minute at most, and tells to wait after five demands', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    services.clock.set(new Date(Math.ceil(services.clock.now().getTime() / 60_000) * 60_000))
    await askFor(identifier)
    await askFor(identifier)
    expect(await mails()).toHaveLength(1)
    services.clock.advance(60_000)
    await askFor(identifier)
    expect(await mails()).toHaveLength(1)
    await askFor(identifier)
    await askFor(identifier)
    expect((await askFor(identifier)).status).toBe(429)
  })

  test('mails name the portal of the settings, whatever Host the browser sent', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    await visitor(app, services).post(
      '/acces-oublie',
      { moyen: 'identifiant', identifiant: identifier },
      { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    )
    const [mail] = await mails()
    expect(mail?.text).not.toContain('evil')
    expect(mail?.html).toContain(`${publicUrl}/reinitialisation/`)
    expect(mail?.text).toMatch(/^Bonjour Claire MARTIN,/)
  })
})

describe('a reset link', () => {
  test('sets the password once, signs in, ends every other session, and tells the holder', async () => {
    const { identifier, loginId } = await buildLogin(db, organisationId, familyId)
    const elsewhere = visitor(app, services)
    await elsewhere.signIn(loginId)
    const path = await resetPath(identifier)
    const who = visitor(app, services)
    expect((await who.get(path)).words).toContain(identifier)
    const done = await who.post(path, { nouveau: NEW_PASSWORD })
    expect([done.status, done.location]).toEqual([303, '/'])
    expect((await who.get('/qui')).status).toBe(200)
    expect((await elsewhere.get('/qui')).status).toBe(303)
    expect((await mails()).map((mail) => mail.subject)).toEqual(['Votre mot de passe a changé'])

    const again = await visitor(app, services).post(path, { nouveau: 'un autre mot de passe' })
    expect([again.status, again.words.includes('Ce lien a déjà servi.')]).toEqual([410, true])
    const fresh = visitor(app, services)
    expect((await signIn(fresh, identifier, TEST_PASSWORD)).status).toBe(422)
    expect((await signIn(fresh, identifier, NEW_PASSWORD)).status).toBe(303)
  })

  test('opened by a mail scanner is not used up', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const path = await resetPath(identifier)
    for (let i = 0; i < 3; i += 1) expect((await visitor(app, services).get(path)).status).toBe(200)
    expect((await visitor(app, services).post(path, { nouveau: NEW_PASSWORD })).status).toBe(303)
  })

  test('is good for 59 minutes, not for 60', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const path = await resetPath(identifier)
    services.clock.advance(HOUR_MS - 60_000)
    expect((await visitor(app, services).get(path)).status).toBe(200)
    services.clock.advance(60_000)
    const late = await visitor(app, services).get(path)
    expect([late.status, late.words.includes('Ce lien a expiré le')]).toEqual([410, true])
    expect((await visitor(app, services).post(path, { nouveau: NEW_PASSWORD })).status).toBe(410)
  })

  test('that nobody made is unknown', async () => {
    const answer = await visitor(app, services).get(`/reinitialisation/${'A'.repeat(43)}`)
    expect([answer.status, answer.words.includes('Ce lien est incomplet')]).toEqual([404, true])
  })

  test('refuses a weak password and stays open', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const path = await resetPath(identifier)
    const weak = await visitor(app, services).post(path, { nouveau: 'motdepasse2012' })
    expect([weak.status, weak.words.includes('trop facile à deviner')]).toEqual([422, true])
    expect((await visitor(app, services).post(path, { nouveau: NEW_PASSWORD })).status).toBe(303)
  })

  test('used at the same moment twice sets one password', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const path = await resetPath(identifier)
    const answers = await Promise.all(
      ['premier des deux mots', 'second des deux mots'].map((nouveau) =>
        visitor(app, services).post(path, { nouveau }),
      ),
    )
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([303, 410])
  })
})

test('what is over is removed after a month, what is open is kept', async () => {
  const { loginId } = await buildLogin(db, organisationId, familyId)
  const who = visitor(app, services)
  await who.signIn(loginId)
  const count = async () =>
    (await db.selectFrom('session').select('public_id').where('login_id', '=', loginId).execute()).length
  await tidySessions(services)
  expect(await count()).toBe(1)
  services.clock.advance(31 * DAY_MS)
  await tidySessions(services)
  expect(await count()).toBe(0)
})

const signIn = (who: Visitor, identifier: string, password: string) =>
  who.post('/connexion', { identifiant: identifier, 'mot-de-passe': password })
