import { describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { signInDoor } from '../identity/sign-in-portal.tsx'
import { informationDoor } from '../information/portal.tsx'
import { openDb } from '../platform/db.ts'
import { createApp } from './app.ts'
import { assetUrl } from './assets.ts'
import { field, readForm } from './form.ts'
import { notFound, requireFamily, requirePayer } from './request.ts'

const db = await testDatabase()
const services = testServices(db)
const app = createApp(
  services,
  [
    signInDoor,
    informationDoor,
    (app) => {
      app.post('/envoi', async (c) => {
        requireFamily(c)
        const form = await readForm(c)
        return c.text(`${field(form, 'a')} ${(form.get('f') ?? []).join('+')}`)
      })
      app.get('/payer', (c) => c.text(requirePayer(c).role))
      app.get('/absent', () => notFound())
      app.get('/panne', () => {
        throw new Error('secret detail')
      })
    },
  ],
  {
    formOrigins: () => ['https://bank.example'],
    beforeAll: (app) => app.post('/banque/systempay/notification', (c) => c.text('OK')),
  },
)
const organisationId = await buildOrganisation(db)
const { familyId } = await buildFamily(db, organisationId, { name: `<b>"O'Neil" & fils</b>` })
const payer = await buildLogin(db, organisationId, familyId)
const reader = await buildLogin(db, organisationId, familyId, { role: 'reader' })

async function family(loginId = payer.loginId) {
  const who = visitor(app, services)
  await who.signIn(loginId)
  return who
}

describe('every answer', () => {
  test('carries the security headers and is never kept', async () => {
    for (const path of ['/aide', '/absent', '/panne', '/nulle-part', '/profil']) {
      const { headers } = await visitor(app, services).get(path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
          "connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; " +
          "form-action 'self' https://bank.example",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('holds no inline script, style or handler, and no other site’s file', async () => {
    const who = await family()
    for (const path of ['/aide', '/plan-du-site', '/donnees-personnelles', '/absent']) {
      const { html } = await who.get(path)
      expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/static\/)|<style|\sstyle=|\son[a-z]+=/)
      expect(html).not.toMatch(
        /(?:src|href)="(?:https?:)?\/\/(?!www\.cnil\.fr|formulaire\.defenseurdesdroits)/,
      )
    }
  })

  test('writes names inertly', async () => {
    const { html } = await (await family()).get('/aide')
    expect(html).toContain("Famille &lt;b>&quot;O'Neil&quot; &amp; fils&lt;/b>")
    expect(html).not.toContain('<b>"O')
  })

  test('is compressed for who reads gzip, plain for others', async () => {
    const packed = await app.request('/aide', { headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    const plain = await app.request('/aide')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toContain('<!doctype html><html lang="fr"')
  })
})

describe('a form', () => {
  test('with its token is read, repeated names in order', async () => {
    const who = await family()
    expect((await who.post('/envoi', { a: '1', f: ['x', 'y'] })).html).toBe('1 x+y')
  })

  test.each(['', 'forged', 'abc.def'])('with « %s » as token is refused', async (jeton) => {
    const who = await family()
    const answer = await who.post('/envoi', { jeton, a: '1' })
    expect([answer.status, answer.words.includes('Rien n’a été enregistré.')]).toEqual([403, true])
  })

  test('with another session’s token is refused', async () => {
    const [one, other] = [await family(), await family()]
    const token = /name="jeton" value="([^"]*)"/.exec((await other.get('/aide')).html)?.[1] ?? ''
    expect((await one.post('/envoi', { jeton: token, a: '1' })).status).toBe(403)
    expect((await other.post('/envoi', { jeton: token, a: '1' })).status).toBe(200)
  })

  test.each(['https://evil.example', 'null', 'http://localhost:3001'])(
    'from « %s » is refused',
    async (origin) => {
      const who = await family()
      expect((await who.post('/envoi', { a: '1' }, { origin })).status).toBe(403)
    },
  )

  test('without Origin is taken only when the browser says that it comes from here', async () => {
    const who = await family()
    const page = await who.get('/aide')
    const jeton = /name="jeton" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
    const send = (headers: { [name: string]: string }) =>
      app.request('/envoi', {
        method: 'POST',
        body: new URLSearchParams({ jeton, a: '1' }),
        headers: { cookie: `preau=${who.cookies.get('preau') ?? ''}`, ...headers },
      })
    expect((await send({})).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  test('of more than 64 kB, or in another encoding, is refused', async () => {
    const who = await family()
    expect((await who.post('/envoi', { a: 'x'.repeat(60_000) })).status).toBe(200)
    expect((await who.post('/envoi', { a: 'x'.repeat(70_000) })).status).toBe(413)
    expect((await who.post('/envoi', { a: '1' }, { 'content-type': 'text/plain' })).status).toBe(400)
  })

  test('posted after the session ended leads to signing in, then back to its page', async () => {
    const answer = await visitor(app, services).post(
      '/envoi',
      { a: '1' },
      { referer: 'http://localhost:3000/factures?f=1', host: 'localhost:3000' },
    )
    expect(answer.location).toBe('/connexion?suite=%2Ffactures%3Ff%3D1')
    const foreign = await visitor(app, services).post(
      '/envoi',
      { a: '1' },
      { referer: 'https://evil.example/x' },
    )
    expect(foreign.location).toBe('/connexion?suite=%2F')
  })
})

test('the bank’s notification passes before every rule of ours', async () => {
  const answer = await app.request('/banque/systempay/notification', { method: 'POST', body: 'x' })
  expect([answer.status, await answer.text()]).toEqual([200, 'OK'])
})

describe('refusals', () => {
  test('are honest pages', async () => {
    expect((await visitor(app, services).get('/nulle-part')).words).toContain('Page introuvable')
    const broken = await visitor(app, services).get('/panne')
    expect(broken.status).toBe(500)
    expect(broken.words).toMatch(/Référence à donner au service : #[0-9A-F]{4}/)
    expect(broken.words).toContain('ne payez pas une seconde fois')
    expect(broken.html).not.toContain('secret detail')
    expect((await app.request('/aide', { method: 'DELETE' })).status).toBe(405)
  })

  test('let a payer pay, and tell a reader why not', async () => {
    expect((await (await family()).get('/payer')).html).toBe('payer')
    const answer = await (await family(reader.loginId)).get('/payer')
    expect([answer.status, answer.words.includes('Action réservée au payeur')]).toEqual([403, true])
  })

  test('say that the database is down, without knowing who asks', async () => {
    const dead = openDb({ host: '/nonexistent', user: 'x', database: 'x' })
    const dark = createApp({ ...services, db: dead }, [signInDoor, informationDoor], {
      formOrigins: () => [],
    })
    const who = await family()
    for (const headers of [{}, { cookie: `preau=${who.cookies.get('preau') ?? ''}` }]) {
      const answer = await dark.request('/aide', { headers })
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
      const html = await answer.text()
      expect(html).toContain('Le portail est momentanément indisponible')
      expect(html).toMatch(/#[0-9A-F]{4}/)
    }
    expect((await dark.request('/connexion')).status).toBe(200)
    expect((await dark.request('/sante')).status).toBe(503)
    expect((await app.request('/sante')).status).toBe(200)
    await dead.close()
  })
})

describe('static files', () => {
  test('are kept for a year under their version, and asked again without it', async () => {
    const kept = await app.request(assetUrl('preau.css'), { headers: { 'accept-encoding': 'gzip' } })
    expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(kept.headers.get('content-encoding')).toBe('gzip')
    const bare = await app.request('/static/preau.css')
    expect(bare.headers.get('cache-control')).toBe('no-cache')
    const etag = bare.headers.get('etag') ?? ''
    expect((await app.request('/static/preau.css', { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('name their fonts by version, and stay within their weight', async () => {
    const css = await (await app.request('/static/preau.css')).text()
    expect(css).toContain(assetUrl('fonts/figtree.woff2'))
    for (const [name, limit] of [
      ['preau.css', 15_000],
      ['preau.js', 10_000],
    ] as const) {
      const packed = await app.request(`/static/${name}`, { headers: { 'accept-encoding': 'gzip' } })
      expect((await packed.arrayBuffer()).byteLength).toBeLessThan(limit)
    }
  })

  test.each(['../app.ts', '%2e%2e/app.ts', 'constructor', ''])(
    'are these and no other: « %s »',
    async (name) => {
      expect((await app.request(`/static/${name}`)).status).toBe(404)
    },
  )
})

test('the look is chosen in a cookie and returns to a page of ours', async () => {
  const who = visitor(app, services)
  const chosen = await who.post('/apparence', { theme: 'sombre', retour: '/aide?x=1' })
  expect([chosen.status, chosen.location]).toEqual([303, '/aide?x=1'])
  expect((await who.get('/aide')).html).toContain('<html lang="fr" data-theme="sombre">')
  expect((await who.post('/apparence', { theme: 'rose', retour: '//evil.example' })).location).toBe('/')
  expect((await who.get('/aide')).html).toContain('data-theme="auto"')
})
