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
const his = { reference: '', receipt: '', receiptNumber: '', session: '', activation: '', child: '' }
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
/** Everybody's own page or act, behind the sign-in page. */
const own = (path: string): Route => ({ path: () => path, stranger: 'own', nobody: 'sign-in' })
/** The same for all. */
const open = (path: string): Route => ({ path: () => path, stranger: 'public', nobody: 'public' })
/** The owner's alone. */
const gone = (path: () => string): Route => ({ path, stranger: 'gone', nobody: 'sign-in' })
const routes: Record<string, Route> = {
  'GET /connexion': { path: () => '/connexion', stranger: 'own', nobody: 'public' },
  'POST /connexion': open('/connexion'),
  'POST /deconnexion': own('/deconnexion'),
  'POST /session': { path: () => '/session', stranger: 'own', nobody: 'nobody-knows' },
  'POST /apparence': open('/apparence'),
  'GET /acces-oublie': open('/acces-oublie'),
  'POST /acces-oublie': open('/acces-oublie'),
  'GET /reinitialisation/:token': guessed('/reinitialisation/guess'),
  'POST /reinitialisation/:token': guessed('/reinitialisation/guess'),
  'GET /activation': open('/activation'),
  'POST /activation': open('/activation'),
  'GET /activation/mes-coordonnees': own('/activation/mes-coordonnees'),
  'POST /activation/mes-coordonnees': own('/activation/mes-coordonnees'),
  'GET /activation/termine': own('/activation/termine'),
  'GET /activation/:token': guessed('/activation/guess'),
  'POST /activation/:token': guessed('/activation/guess'),
  'GET /profil': own('/profil'),
  'GET /profil/courriel': own('/profil/courriel'),
  'POST /profil/courriel': own('/profil/courriel'),
  'GET /profil/courriel/:token': guessed('/profil/courriel/guess'),
  'POST /profil/courriel/:token': guessed('/profil/courriel/guess'),
  'GET /profil/mobile': own('/profil/mobile'),
  'POST /profil/mobile': own('/profil/mobile'),
  'GET /profil/adresse': own('/profil/adresse'),
  'POST /profil/adresse': own('/profil/adresse'),
  'GET /profil/mot-de-passe': own('/profil/mot-de-passe'),
  'POST /profil/mot-de-passe': own('/profil/mot-de-passe'),
  'GET /profil/telephone': own('/profil/telephone'),
  'POST /profil/telephone': own('/profil/telephone'),
  'GET /profil/nom': own('/profil/nom'),
  'POST /profil/nom': own('/profil/nom'),
  'GET /profil/enfants/:id': gone(() => `/profil/enfants/${his.child}`),
  'POST /profil/enfants/:id': gone(() => `/profil/enfants/${his.child}`),
  'POST /profil/demandes/:id': gone(() => `/profil/demandes/${his.child}`),
  'POST /profil/connexions': gone(() => '/profil/connexions'),
  'GET /profil/invitation': own('/profil/invitation'),
  'POST /profil/invitation': own('/profil/invitation'),
  'POST /profil/invitation/retrait': gone(() => '/profil/invitation/retrait'),
  'GET /dossier': own('/dossier'),
  'POST /dossier': gone(() => '/dossier'),
  'GET /invitation/:token': guessed('/invitation/guess'),
  'POST /invitation/:token': guessed('/invitation/guess'),
  'GET /aide': open('/aide'),
  'GET /donnees-personnelles': open('/donnees-personnelles'),
  'GET /accessibilite': open('/accessibilite'),
  'GET /mentions-legales': open('/mentions-legales'),
  'GET /plan-du-site': open('/plan-du-site'),
  'GET /': own('/'),
  'GET /compte': own('/compte'),
  'GET /remboursements': own('/remboursements'),
  'GET /historique': own('/historique'),
  'GET /historique.csv': own('/historique.csv'),
  'GET /releves/:unit/:file{[0-9]{4}\\.pdf}': own('/releves/THONON/2012.pdf'),
  'GET /factures': own('/factures'),
  'GET /factures/:numero': gone(() => '/factures/TH002012'),
  'GET /factures/:numero/pdf': gone(() => '/factures/TH002012/pdf'),
  'GET /compte/recharger/:unit': gone(() => '/compte/recharger/CCVS'),
  'POST /compte/recharger/:unit': gone(() => '/compte/recharger/CCVS'),
  'POST /paiement': own('/paiement'),
  'GET /paiement/:ref': { path: () => `/paiement/${his.reference}`, stranger: 'gone', nobody: 'state' },
  'GET /paiement/:ref/confirmer': gone(() => `/paiement/${his.reference}/confirmer`),
  'POST /paiement/:ref/banque': gone(() => `/paiement/${his.reference}/banque`),
  'POST /paiement/:ref/abandonner': gone(() => `/paiement/${his.reference}/abandonner`),
  'GET /paiement/:ref/retour': {
    path: () => `/paiement/${his.reference}/retour`,
    stranger: 'own',
    nobody: 'own',
  },
  'GET /recus/:id': gone(() => `/recus/${his.receipt}`),
  'GET /recus/:id/pdf': gone(() => `/recus/${his.receipt}/pdf`),
  'POST /paiement/:ref/retour': {
    path: () => `/paiement/${his.reference}/retour`,
    stranger: 'own',
    nobody: 'own',
  },
  'POST /banque/systempay/notification': BANK,
  'ALL /banque/systempay/notification': BANK,
  'POST /banque/:gateway/notification/:contract': BANK,
  'ALL /banque/:gateway/notification/:contract': BANK,
  'GET /static/*': open('/static/preau.css'),
  'GET /sante': open('/sante'),
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
  his.child = (
    await db.selectFrom('child').select('id').where('last_name', '=', 'TEST').executeTakeFirstOrThrow()
  ).id
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
