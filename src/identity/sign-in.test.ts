import { beforeEach, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, TEST_PASSWORD } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { informationDoor } from '../information/portal.tsx'
import { createApp } from '../web/app.ts'
import { requireFamily } from '../web/request.ts'
import { signInDoor } from './sign-in-portal.tsx'

const WRONG = 'L’identifiant ou le mot de passe est incorrect.'
const db = await testDatabase()
const services = testServices(db)
const app = createApp(
  services,
  [signInDoor, informationDoor, (app) => app.get('/qui', (c) => c.text(requireFamily(c).firstName))],
  { formOrigins: () => [] },
)
const organisationId = await buildOrganisation(db)
const { familyId } = await buildFamily(db, organisationId)

/** Each test starts an hour after the last: nobody waits for another test's failures. */
let hours = 0
beforeEach(async () => {
  hours += 25
  services.clock.set(new Date(TEST_NOW.getTime() + hours * 3_600_000))
  await db.pool.query('delete from throttle')
})

const signIn = (who: ReturnType<typeof visitor>, identifier: string, password: string, suite?: string) =>
  who.post('/connexion', { identifiant: identifier, 'mot-de-passe': password, ...(suite ? { suite } : {}) })

describe('signing in', () => {
  test('opens the home page with the identifier, in any case and with spaces around', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const who = visitor(app, services)
    const answer = await signIn(who, ` ${identifier.toUpperCase()} `, TEST_PASSWORD)
    expect([answer.status, answer.location]).toEqual([303, '/'])
    expect((await who.get('/qui')).html).toBe('Claire')
  })

  test('with a wrong password and with an unknown name are one refusal, that keeps the name only', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const wrong = await signIn(visitor(app, services), identifier, 'un mot de passe faux')
    const unknown = await signIn(visitor(app, services), 'personne', 'un mot de passe faux')
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(422)
      expect(answer.words).toContain(WRONG)
      expect(answer.words.startsWith('Erreur : Connexion à votre espace – Préau')).toBe(true)
      expect(answer.html).not.toContain('un mot de passe faux')
    }
    expect(unknown.html).toContain('value="personne"')
    expect(wrong.words).toBe(unknown.words)
  })

  test('takes as long for an unknown name as for a known one', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const medians: number[] = []
    for (const name of [identifier, 'personne']) {
      const times: number[] = []
      for (let i = 0; i < 4; i += 1) {
        const start = performance.now()
        await signIn(visitor(app, services), name, 'un mot de passe faux')
        times.push(performance.now() - start)
      }
      medians.push(times.sort((a, b) => a - b)[2] ?? 0)
    }
    expect(Math.abs((medians[0] ?? 0) - (medians[1] ?? 0))).toBeLessThan(40)
    expect(Math.min(...medians)).toBeGreaterThan(145)
  })

  test('with an e-mail of one login works; with an e-mail of two it does not, their identifiers do', async () => {
    const alone = await buildLogin(db, organisationId, familyId, { email: 'seule@famille.example' })
    const first = await buildLogin(db, organisationId, familyId, { email: 'deux@famille.example' })
    await buildLogin(db, organisationId, familyId, { email: 'deux@famille.example' })
    expect((await signIn(visitor(app, services), 'Seule@famille.example', TEST_PASSWORD)).status).toBe(303)
    expect((await signIn(visitor(app, services), 'deux@famille.example', TEST_PASSWORD)).words).toContain(
      WRONG,
    )
    expect((await signIn(visitor(app, services), first.identifier, TEST_PASSWORD)).status).toBe(303)
    expect(alone.identifier).not.toBe(first.identifier)
  })

  test('is refused as wrong to a login that awaits its activation', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId, { password: null })
    expect((await signIn(visitor(app, services), identifier, TEST_PASSWORD)).words).toContain(WRONG)
  })

  test('gives a new cookie each time, host-only and hidden from scripts over https', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const secure = testServices(db, {
      now: services.clock.now(),
      config: { publicUrl: 'https://portail.example' },
    })
    const secureApp = createApp(secure, [signInDoor], { formOrigins: () => [] })
    const answer = await signIn(visitor(secureApp, secure), identifier, TEST_PASSWORD)
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-preau=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const plain = await signIn(visitor(app, services), identifier, TEST_PASSWORD)
    expect(plain.headers.get('set-cookie')).toMatch(/^preau=/)
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)
    expect(plain.headers.get('strict-transport-security')).toBeNull()
  })

  test.each([
    ['/factures?f=TH001987&f=TH002012', '/factures?f=TH001987&f=TH002012'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/ok\n//evil', '/'],
  ])('with « suite=%s » leads to %s', async (suite, expected) => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    expect((await signIn(visitor(app, services), identifier, TEST_PASSWORD, suite)).location).toBe(expected)
  })

  test('again while signed in leads home, without a new session', async () => {
    const { loginId } = await buildLogin(db, organisationId, familyId)
    const who = visitor(app, services)
    await who.signIn(loginId)
    expect((await who.get('/connexion')).location).toBe('/')
  })
})

describe('wrong attempts', () => {
  test('are slowed after the fifth, freed by time, and never need the staff', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    for (let i = 0; i < 5; i += 1)
      expect((await signIn(visitor(app, services), identifier, 'faux faux faux')).status).toBe(422)
    const slowed = await signIn(visitor(app, services), identifier, TEST_PASSWORD)
    expect(slowed.status).toBe(429)
    expect(slowed.headers.get('retry-after')).toBe('60')
    expect(slowed.words).toContain('Réessayez dans 1 minute ou réinitialisez votre mot de passe.')
    services.clock.advance(32_000)
    expect((await signIn(visitor(app, services), identifier, TEST_PASSWORD)).status).toBe(303)
    expect((await signIn(visitor(app, services), identifier, 'faux faux faux')).status).toBe(422)
  })

  test('on an unknown name are slowed just the same', async () => {
    for (let i = 0; i < 5; i += 1) await signIn(visitor(app, services), 'inconnue', 'faux faux faux')
    const slowed = await signIn(visitor(app, services), 'inconnue', 'faux faux faux')
    expect(slowed.status).toBe(429)
    expect(slowed.words).toContain('Réessayez dans 1 minute ou réinitialisez votre mot de passe.')
  })

  test('sent all at once do not slip through', async () => {
    const { identifier } = await buildLogin(db, organisationId, familyId)
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => signIn(visitor(app, services), identifier, 'faux faux faux')),
    )
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(7)
  })

  test('on many names from one address are slowed after twenty; another address is not', async () => {
    const proxied = testServices(db, { now: services.clock.now(), config: { trustProxy: 1 } })
    const behind = createApp(proxied, [signInDoor], { formOrigins: () => [] })
    const attempt = (name: string, from: string) =>
      visitor(behind, proxied).post(
        '/connexion',
        { identifiant: name, 'mot-de-passe': 'faux faux faux' },
        { 'x-forwarded-for': `6.6.6.6, ${from}` },
      )
    await Promise.all(Array.from({ length: 21 }, (_, i) => attempt(`nom${i}`, '10.0.0.1')))
    expect((await attempt('autre', '10.0.0.1')).status).toBe(429)
    expect((await attempt('autre', '10.0.0.2')).status).toBe(422)
  })

  test('tell the holder once a day, and nobody else', async () => {
    const { loginId, identifier } = await buildLogin(db, organisationId, familyId)
    for (let i = 0; i < 7; i += 1) {
      await signIn(visitor(app, services), identifier, 'faux faux faux')
      services.clock.advance(16 * 60_000)
    }
    const mails = await db.selectFrom('mail').selectAll().where('kind', '=', 'sign-in-failures').execute()
    expect(mails.filter((mail) => JSON.stringify(mail.details).includes(loginId))).toHaveLength(1)
    expect(mails).toHaveLength(mails.filter((mail) => mail.recipient.includes('@famille.example')).length)
  })
})

describe('a session', () => {
  test('ends after 30 minutes idle, and lasts while it is used', async () => {
    const { loginId } = await buildLogin(db, organisationId, familyId)
    const who = visitor(app, services)
    await who.signIn(loginId)
    services.clock.advance(29 * 60_000)
    expect((await who.get('/qui')).status).toBe(200)
    services.clock.advance(29 * 60_000)
    expect((await who.get('/qui')).status).toBe(200)
    services.clock.advance(30 * 60_000)
    const late = await who.get('/qui?page=2')
    expect([late.status, late.location]).toEqual([303, '/connexion?suite=%2Fqui%3Fpage%3D2'])
  })

  test('ends after 12 hours even when used', async () => {
    const { loginId } = await buildLogin(db, organisationId, familyId)
    const who = visitor(app, services)
    await who.signIn(loginId)
    for (let i = 0; i < 35; i += 1) {
      services.clock.advance(20 * 60_000)
      expect((await who.get('/qui')).status).toBe(200)
    }
    services.clock.advance(20 * 60_000)
    expect((await who.get('/qui')).status).toBe(303)
  })

  test('is written at most once a minute', async () => {
    const { loginId } = await buildLogin(db, organisationId, familyId)
    const who = visitor(app, services)
    await who.signIn(loginId)
    const seen = async () =>
      (await db.selectFrom('session').select('seen_at').where('login_id', '=', loginId).executeTakeFirst())
        ?.seen_at
    const before = await seen()
    services.clock.advance(59_000)
    await who.get('/qui')
    expect(await seen()).toEqual(before)
    services.clock.advance(1_000)
    await who.get('/qui')
    expect(await seen()).toEqual(services.clock.now())
  })

  test('says how long it lasts when asked to stay, and is refused once over', async () => {
    const { loginId } = await buildLogin(db, organisationId, familyId)
    const who = visitor(app, services)
    await who.signIn(loginId)
    services.clock.advance(28 * 60_000)
    expect((await who.post('/session', {})).html).toBe('1800')
    services.clock.advance(31 * 60_000)
    expect((await who.post('/session', {})).status).toBe(303)
  })

  test('ends on the server when signing out, and only its own', async () => {
    const { loginId } = await buildLogin(db, organisationId, familyId)
    const [here, there] = [visitor(app, services), visitor(app, services)]
    await here.signIn(loginId)
    await there.signIn(loginId)
    const cookies = new Map(here.cookies)
    const out = await here.post('/deconnexion', {})
    expect([out.status, out.location]).toEqual([303, '/connexion?deconnecte'])
    expect(out.headers.get('clear-site-data')).toBe('"cache"')
    for (const [name, value] of cookies) here.cookies.set(name, value)
    expect((await here.get('/qui')).status).toBe(303)
    expect((await there.get('/qui')).status).toBe(200)
  })

  test('of a forged cookie is nobody', async () => {
    const who = visitor(app, services)
    who.cookies.set('preau', 'A'.repeat(43))
    expect((await who.get('/qui')).status).toBe(303)
  })
})
