// Every route of the portal, asked for one family's things by another family, and by nobody.
// The table is checked against the router: a route that is not listed fails.
import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDemo } from '../../src/demo/load-demo.ts'
import type { LoginId } from '../../src/kernel/ids.ts'
import { buildPortal } from '../../src/portal.ts'
import { isOffice } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { testServices } from '../support/services.ts'
import { type Visitor, visitor } from '../support/visitor.ts'
import { formOf } from './payment-portal.ts'

const db = await testDatabase()
const services = testServices(db, { now: new Date() })
const SHOP = { id: '20120316', key: 'KeyOfTheDemoShop' }
await loadDemo(services, SHOP)
const app = await buildPortal(services)

/** What belongs to test.fabien; none of it may reach anybody else. */
const his = { reference: '', receipt: '', receiptNumber: '', session: '', activation: '' }
const visitors = {
  owner: visitor(app, services),
  stranger: visitor(app, services),
  nobody: visitor(app, services),
}

/**
 * For each route: an address of the owner's, and what the others get. « gone »: 404. « own »: their
 * own page or action, with nothing of the owner's in it. « sign-in »: sent to the sign-in page.
 * « public »: the same for all. « state »: the state and the reference, nothing else (issue 1).
 */
type Expected = 'gone' | 'own' | 'sign-in' | 'public' | 'state' | 'nobody-knows'
type Route = { path: () => string; stranger: Expected; nobody: Expected }
const BANK: Route = {
  path: () => '/banque/systempay/notification',
  stranger: 'nobody-knows',
  nobody: 'nobody-knows',
}
/** A link that was never given. */
const guessed = (path: string): Route => ({
  path: () => path,
  stranger: 'nobody-knows',
  nobody: 'nobody-knows',
})
const routes: Record<string, Route> = {
  'GET /connexion': { path: () => '/connexion', stranger: 'own', nobody: 'public' },
  'POST /connexion': { path: () => '/connexion', stranger: 'public', nobody: 'public' },
  'POST /deconnexion': { path: () => '/deconnexion', stranger: 'own', nobody: 'sign-in' },
  'POST /session': { path: () => '/session', stranger: 'own', nobody: 'nobody-knows' },
  'POST /apparence': { path: () => '/apparence', stranger: 'public', nobody: 'public' },
  'GET /acces-oublie': { path: () => '/acces-oublie', stranger: 'public', nobody: 'public' },
  'POST /acces-oublie': { path: () => '/acces-oublie', stranger: 'public', nobody: 'public' },
  'GET /reinitialisation/:token': guessed('/reinitialisation/guess'),
  'POST /reinitialisation/:token': guessed('/reinitialisation/guess'),
  'GET /activation': { path: () => '/activation', stranger: 'public', nobody: 'public' },
  'POST /activation': { path: () => '/activation', stranger: 'public', nobody: 'public' },
  'GET /activation/mes-coordonnees': {
    path: () => '/activation/mes-coordonnees',
    stranger: 'own',
    nobody: 'sign-in',
  },
  'POST /activation/mes-coordonnees': {
    path: () => '/activation/mes-coordonnees',
    stranger: 'own',
    nobody: 'sign-in',
  },
  'GET /activation/termine': { path: () => '/activation/termine', stranger: 'own', nobody: 'sign-in' },
  'GET /activation/:token': guessed('/activation/guess'),
  'POST /activation/:token': guessed('/activation/guess'),
  'GET /profil': { path: () => '/profil', stranger: 'own', nobody: 'sign-in' },
  'GET /profil/courriel': { path: () => '/profil/courriel', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/courriel': { path: () => '/profil/courriel', stranger: 'own', nobody: 'sign-in' },
  'GET /profil/courriel/:token': guessed('/profil/courriel/guess'),
  'POST /profil/courriel/:token': guessed('/profil/courriel/guess'),
  'GET /profil/mobile': { path: () => '/profil/mobile', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/mobile': { path: () => '/profil/mobile', stranger: 'own', nobody: 'sign-in' },
  'GET /profil/adresse': { path: () => '/profil/adresse', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/adresse': { path: () => '/profil/adresse', stranger: 'own', nobody: 'sign-in' },
  'GET /profil/mot-de-passe': { path: () => '/profil/mot-de-passe', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/mot-de-passe': { path: () => '/profil/mot-de-passe', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/connexions': { path: () => '/profil/connexions', stranger: 'gone', nobody: 'sign-in' },
  'GET /profil/invitation': { path: () => '/profil/invitation', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/invitation': { path: () => '/profil/invitation', stranger: 'own', nobody: 'sign-in' },
  'POST /profil/invitation/retrait': {
    path: () => '/profil/invitation/retrait',
    stranger: 'gone',
    nobody: 'sign-in',
  },
  'GET /dossier': { path: () => '/dossier', stranger: 'own', nobody: 'sign-in' },
  'POST /dossier': { path: () => '/dossier', stranger: 'gone', nobody: 'sign-in' },
  'GET /invitation/:token': guessed('/invitation/guess'),
  'POST /invitation/:token': guessed('/invitation/guess'),
  'GET /aide': { path: () => '/aide', stranger: 'public', nobody: 'public' },
  'GET /donnees-personnelles': { path: () => '/donnees-personnelles', stranger: 'public', nobody: 'public' },
  'GET /accessibilite': { path: () => '/accessibilite', stranger: 'public', nobody: 'public' },
  'GET /mentions-legales': { path: () => '/mentions-legales', stranger: 'public', nobody: 'public' },
  'GET /plan-du-site': { path: () => '/plan-du-site', stranger: 'public', nobody: 'public' },
  'GET /': { path: () => '/', stranger: 'own', nobody: 'sign-in' },
  'GET /compte': { path: () => '/compte', stranger: 'own', nobody: 'sign-in' },
  'GET /historique': { path: () => '/historique', stranger: 'own', nobody: 'sign-in' },
  'GET /historique.csv': { path: () => '/historique.csv', stranger: 'own', nobody: 'sign-in' },
  'GET /releves/:unit/:file{[0-9]{4}\\.pdf}': {
    path: () => '/releves/THONON/2012.pdf',
    stranger: 'own',
    nobody: 'sign-in',
  },
  'GET /factures': { path: () => '/factures', stranger: 'own', nobody: 'sign-in' },
  'GET /factures/:numero': { path: () => '/factures/TH002012', stranger: 'gone', nobody: 'sign-in' },
  'GET /factures/:numero/pdf': { path: () => '/factures/TH002012/pdf', stranger: 'gone', nobody: 'sign-in' },
  'GET /compte/recharger/:unit': {
    path: () => '/compte/recharger/CCVS',
    stranger: 'gone',
    nobody: 'sign-in',
  },
  'POST /compte/recharger/:unit': {
    path: () => '/compte/recharger/CCVS',
    stranger: 'gone',
    nobody: 'sign-in',
  },
  'POST /paiement': { path: () => '/paiement', stranger: 'own', nobody: 'sign-in' },
  'GET /paiement/:ref': { path: () => `/paiement/${his.reference}`, stranger: 'gone', nobody: 'state' },
  'GET /paiement/:ref/confirmer': {
    path: () => `/paiement/${his.reference}/confirmer`,
    stranger: 'gone',
    nobody: 'sign-in',
  },
  'POST /paiement/:ref/banque': {
    path: () => `/paiement/${his.reference}/banque`,
    stranger: 'gone',
    nobody: 'sign-in',
  },
  'POST /paiement/:ref/abandonner': {
    path: () => `/paiement/${his.reference}/abandonner`,
    stranger: 'gone',
    nobody: 'sign-in',
  },
  'GET /paiement/:ref/retour': {
    path: () => `/paiement/${his.reference}/retour`,
    stranger: 'own',
    nobody: 'own',
  },
  'GET /recus/:id': { path: () => `/recus/${his.receipt}`, stranger: 'gone', nobody: 'sign-in' },
  'GET /recus/:id/pdf': { path: () => `/recus/${his.receipt}/pdf`, stranger: 'gone', nobody: 'sign-in' },
  'POST /paiement/:ref/retour': {
    path: () => `/paiement/${his.reference}/retour`,
    stranger: 'own',
    nobody: 'own',
  },
  'POST /banque/systempay/notification': BANK,
  'ALL /banque/systempay/notification': BANK,
  'POST /banque/:gateway/notification/:contract': BANK,
  'ALL /banque/:gateway/notification/:contract': BANK,
  'GET /static/*': { path: () => '/static/preau.css', stranger: 'public', nobody: 'public' },
  'GET /sante': { path: () => '/sante', stranger: 'public', nobody: 'public' },
}

/** The router's own list, without its middlewares and the staff's pages (office-strangers.test.ts); a parameter's pattern is not part of its name. */
const routed = [
  ...new Set(
    app.routes
      .filter((route) => route.path !== '/*' && route.path !== '*' && !isOffice(route.path))
      .map(
        (route) =>
          `${route.method} ${/releves/.test(route.path) ? route.path : route.path.replaceAll(/\{[^}]*\}(\})?/g, '')}`,
      ),
  ),
]

async function loginOf(identifier: string): Promise<LoginId> {
  const login = await db
    .selectFrom('login')
    .select('id')
    .where('identifier', '=', identifier)
    .executeTakeFirstOrThrow()
  return login.id as LoginId
}

/** He pays one invoice, so that there is a payment and a receipt to covet. */
async function pay(owner: Visitor): Promise<void> {
  const chooser = await owner.get('/factures')
  const started = await owner.post('/paiement', { ...formOf(chooser, '/paiement'), f: 'TH002012' })
  his.reference = /paiement\/([0-9A-Z]{26})/.exec(started.location ?? '')?.[1] ?? ''
  const confirmation = await owner.get(`/paiement/${his.reference}/confirmer`)
  const sent = await owner.post(
    `/paiement/${his.reference}/banque`,
    formOf(confirmation, `/paiement/${his.reference}/banque`),
  )
  const order = new Map(
    [...sent.html.matchAll(/name="(vads_[a-z_]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  const fields = new Map([
    ...order,
    ['vads_trans_status', 'AUTHORISED'],
    ['vads_trans_uuid', '0'.repeat(31) + '1'],
    ['vads_operation_type', 'DEBIT'],
    ['vads_auth_result', '00'],
  ])
  const values = [...fields.keys()].toSorted((a, b) => (a < b ? -1 : 1)).map((name) => fields.get(name) ?? '')
  fields.set(
    'signature',
    createHmac('sha256', SHOP.key)
      .update([...values, SHOP.key].join('+'))
      .digest('base64'),
  )
  const told = await app.request('/banque/systempay/notification', {
    method: 'POST',
    body: new URLSearchParams([...fields]),
  })
  expect(told.status).toBe(200)
  const receipt = await db.selectFrom('receipt').select(['id', 'number']).executeTakeFirstOrThrow()
  Object.assign(his, { receipt: receipt.id, receiptNumber: receipt.number })
}

beforeAll(async () => {
  await visitors.owner.signIn(await loginOf('test.fabien'))
  await pay(visitors.owner)
  const session = await db.selectFrom('session').select('public_id').executeTakeFirstOrThrow()
  his.session = session.public_id
})

it('lists every route of the router, and no other', () => {
  expect(routed.toSorted()).toEqual(Object.keys(routes).toSorted())
})

it('shows the owner his own things', async () => {
  for (const path of [
    '/factures/TH002012',
    `/recus/${his.receipt}`,
    `/paiement/${his.reference}`,
    '/releves/THONON/2012.pdf',
    '/compte/recharger/CCVS',
  ])
    expect({ path, status: (await visitors.owner.get(path)).status }).toEqual({ path, status: 200 })
})

// TH001987 is also the help's published example of a number.
const SECRETS = () => [
  'TH002012',
  'TH002048',
  'CCV500268',
  'Fabien',
  'TEST',
  'ifac.asso.fr',
  '70,00',
  his.receiptNumber,
  his.reference,
]

describe.each(Object.entries(routes))('%s', (route, { path, stranger, nobody }) => {
  it.each([
    ['a stranger', stranger],
    ['nobody', nobody],
  ] as const)('to %s: %s', async (who, expected) => {
    const one = who === 'nobody' ? visitors.nobody : visitors.stranger
    if (one === visitors.stranger) await one.signIn(await loginOf('diallo.awa'))
    const address = path()
    const answer =
      route.startsWith('GET') || route.startsWith('ALL')
        ? await one.get(address)
        : await one.post(address, { session: his.session, f: 'TH001987', unite: 'THONON', famille: 'TEST' })
    const location = answer.location ?? ''
    // What the asker typed itself comes back in the address of the sign-in page: that tells nothing.
    const shown = (answer.html + decodeURIComponent(location))
      .replaceAll(encodeURIComponent(address), '')
      .replaceAll(address.replace('/retour', ''), '')
      .replaceAll(address.includes(his.reference) ? his.reference : address, '')
    const leaked = SECRETS().filter((secret) => shown.includes(secret))
    const seen = { status: answer.status, leaked }
    switch (expected) {
      case 'gone':
        return expect(seen).toEqual({ status: 404, leaked: [] })
      case 'sign-in':
        expect(location).toMatch(/^\/connexion/)
        return expect(seen).toEqual({ status: 303, leaked: [] })
      case 'state':
        expect(answer.words).toContain('Se connecter pour voir le détail')
        return expect(seen).toEqual({ status: 200, leaked: [] })
      case 'nobody-knows':
        expect(seen.leaked).toEqual([])
        return expect(seen.status).not.toBe(500)
      case 'own':
      case 'public':
        expect(seen.leaked).toEqual([])
        return expect(seen.status).toBeLessThan(500)
    }
  })
})
