// Every page of staff, asked for by whoever must not have it. The list is the router's own: a route
// that does not say which right it asks for fails, and so does a new one whose address is not given.
import { beforeAll, describe, expect, it } from 'vitest'
import { closeSlip } from '../../src/desk/close-slip.ts'
import { closeTill } from '../../src/desk/close-till.ts'
import type { NewDeskPayment } from '../../src/desk/desk-payment.ts'
import { recordDeskPayment } from '../../src/desk/record-desk-payment.ts'
import { liveDemoMonth } from '../../src/demo/demo-month.ts'
import { loadDemo } from '../../src/demo/load-demo.ts'
import { parisDay } from '../../src/kernel/dates.ts'
import type { BillingUnitId, FamilyId, LoginId, OrganisationId } from '../../src/kernel/ids.ts'
import { cents, ZERO } from '../../src/kernel/money.ts'
import { listFamilyUnits } from '../../src/organisations/store.ts'
import { buildPortal } from '../../src/portal.ts'
import { holds, type Right, type Role, ROLES } from '../../src/staff/rights.ts'
import { openTask } from '../../src/tasks/open-task.ts'
import { isOffice } from '../../src/web/paths.ts'
import { cookieName, staffCookieName } from '../../src/web/session.ts'
import { buildOrganisation } from '../support/build.ts'
import { testDatabase } from '../support/database.ts'
import { testServices } from '../support/services.ts'
import { buildBatch, buildDraft } from '../support/drafts.ts'
import { buildPeople } from '../support/people.ts'
import { buildStaff } from '../support/staff.ts'
import { buildTransferFile } from '../support/transfer-file.ts'
import { type Answer, type Visitor, visitor } from '../support/visitor.ts'

const db = await testDatabase()
const services = testServices(db, { now: new Date() })
await loadDemo(services, { id: '20120316', key: 'KeyOfTheDemoShop' })
await liveDemoMonth(services, '20120316')
const app = await buildPortal(services)

/** Open to whoever is not signed in, each for a reason. */
const PUBLIC: readonly string[] = [
  'GET /gestion/connexion',
  'POST /gestion/connexion',
  'POST /gestion/connexion/cle',
  'GET /gestion/acces-oublie',
  'POST /gestion/acces-oublie',
  'POST /gestion/deconnexion',
  'POST /gestion/apparence',
  'GET /gestion/invitation/:token',
  'POST /gestion/invitation/:token',
]
/** Before the second factor, so before any right; strangers are sent to sign in all the same. */
const BEFORE_RIGHTS: readonly string[] = [
  'GET /gestion/connexion/code',
  'POST /gestion/connexion/code',
  'POST /gestion/session',
  'GET /gestion/mon-acces/application',
  'POST /gestion/mon-acces/application',
]

/** Things of our organisation, by the route that shows or changes them. */
const ours = {
  task: '',
  member: '',
  family: '',
  payment: '',
  slip: '',
  closing: '',
  contract: '',
  refund: '',
  transferFile: '',
  draft: '',
  batch: '',
  unit: '',
  invoice: 'TH002048',
  adult: '',
  child: '',
  note: '',
  request: '',
}
const ADDRESSES: { readonly [path: string]: () => string } = {
  '/gestion/taches/:id': () => `/gestion/taches/${ours.task}`,
  '/gestion/equipe/:id': () => `/gestion/equipe/${ours.member}`,
  '/gestion/familles/:id': () => `/gestion/familles/${ours.family}`,
  '/gestion/familles/:id/notes': () => `/gestion/familles/${ours.family}/notes`,
  '/gestion/familles/:id/reglement': () => `/gestion/familles/${ours.family}/reglement`,
  '/gestion/encaissements/:id': () => `/gestion/encaissements/${ours.payment}`,
  '/gestion/remises/:id': () => `/gestion/remises/${ours.slip}`,
  '/gestion/caisse/:id': () => `/gestion/caisse/${ours.closing}`,
  '/gestion/encaissements/:id/annulation': () => `/gestion/encaissements/${ours.payment}/annulation`,
  '/gestion/encaissements/:id/rejet': () => `/gestion/encaissements/${ours.payment}/rejet`,
  '/gestion/encaissements/:id/recu.pdf': () => `/gestion/encaissements/${ours.payment}/recu.pdf`,
  '/gestion/rapprochement/:jour': () => `/gestion/rapprochement/2012-04-12?contrat=${ours.contract}`,
  '/gestion/rapprochement/:jour/ecart': () =>
    `/gestion/rapprochement/2012-04-12/ecart?contrat=${ours.contract}`,
  '/gestion/rapprochement/:jour/cloture': () =>
    `/gestion/rapprochement/2012-04-12/cloture?contrat=${ours.contract}`,
  '/gestion/remboursements/:id': () => `/gestion/remboursements/${ours.refund}`,
  '/gestion/remboursements/:id/accord': () => `/gestion/remboursements/${ours.refund}/accord`,
  '/gestion/remboursements/:id/refus': () => `/gestion/remboursements/${ours.refund}/refus`,
  '/gestion/remboursements/:id/iban': () => `/gestion/remboursements/${ours.refund}/iban`,
  '/gestion/remboursements/:id/iban/verification': () =>
    `/gestion/remboursements/${ours.refund}/iban/verification`,
  '/gestion/remboursements/virements/:id': () => `/gestion/remboursements/virements/${ours.transferFile}`,
  '/gestion/remboursements/virements/:id/fichier': () =>
    `/gestion/remboursements/virements/${ours.transferFile}/fichier`,
  '/gestion/remboursements/virements/:id/refus': () =>
    `/gestion/remboursements/virements/${ours.transferFile}/refus`,
  '/gestion/remboursements/:id/virement': () => `/gestion/remboursements/${ours.refund}/virement`,
  '/gestion/remboursements/:id/banque': () => `/gestion/remboursements/${ours.refund}/banque`,
  '/gestion/factures/brouillons/:id': () => `/gestion/factures/brouillons/${ours.draft}`,
  '/gestion/factures/brouillons/:id/apercu.pdf': () =>
    `/gestion/factures/brouillons/${ours.draft}/apercu.pdf`,
  '/gestion/factures/lots/:id': () => `/gestion/factures/lots/${ours.batch}`,
  '/gestion/factures/lots/:id/compte-rendu.csv': () =>
    `/gestion/factures/lots/${ours.batch}/compte-rendu.csv`,
  '/gestion/factures/:numero': () => `/gestion/factures/${ours.invoice}`,
  '/gestion/factures/:numero/document.pdf': () => `/gestion/factures/${ours.invoice}/document.pdf`,
  '/gestion/factures/:numero/avoir': () => `/gestion/factures/${ours.invoice}/avoir`,
  '/gestion/factures/:numero/annuler': () => `/gestion/factures/${ours.invoice}/annuler`,
  '/gestion/factures/:numero/corriger': () => `/gestion/factures/${ours.invoice}/corriger`,
  '/gestion/reglages/:rubrique': () => `/gestion/reglages/seuils?objet=${ours.unit}`,
  '/gestion/reglages/banque/contrats/:id': () => `/gestion/reglages/banque/contrats/${ours.contract}`,
  '/gestion/familles/:id/payeurs': () => `/gestion/familles/${ours.family}/payeurs`,
  '/gestion/familles/:id/separation': () => `/gestion/familles/${ours.family}/separation`,
  '/gestion/familles/:id/fusion': () => `/gestion/familles/${ours.family}/fusion`,
  '/gestion/fusions/:id': () => `/gestion/fusions/${ours.family}`,
  '/gestion/invitations-de-familles/:id/courrier.pdf': () =>
    `/gestion/invitations-de-familles/${ours.family}/courrier.pdf`,
  '/gestion/familles/:id/portail': () => `/gestion/familles/${ours.family}/portail`,
  '/gestion/familles/:id/modifier': () => `/gestion/familles/${ours.family}/modifier`,
  '/gestion/familles/:id/quotient': () => `/gestion/familles/${ours.family}/quotient`,
  '/gestion/familles/:id/notes/:note': () => `/gestion/familles/${ours.family}/notes/${ours.note}`,
  '/gestion/familles/:id/responsables/:personne': () =>
    `/gestion/familles/${ours.family}/responsables/${ours.adult}`,
  '/gestion/familles/:id/responsables/:personne/depart': () =>
    `/gestion/familles/${ours.family}/responsables/${ours.adult}/depart`,
  '/gestion/familles/:id/enfants/:personne': () => `/gestion/familles/${ours.family}/enfants/${ours.child}`,
  '/gestion/familles/:id/enfants/:personne/depart': () =>
    `/gestion/familles/${ours.family}/enfants/${ours.child}/depart`,
  '/gestion/familles/:id/acces/:adulte': () => `/gestion/familles/${ours.family}/acces/${ours.adult}`,
  '/gestion/familles/:id/acces/:adulte/lettre.pdf': () =>
    `/gestion/familles/${ours.family}/acces/${ours.adult}/lettre.pdf`,
  '/gestion/demandes/:id': () => `/gestion/demandes/${ours.request}`,
}

type Route = {
  readonly method: string
  readonly path: string
  readonly right: Right | 'signed-in' | undefined
}
const routes: readonly Route[] = app.routes
  .filter(({ path }) => isOffice(path))
  .map(({ method, path, handler }) => ({
    method,
    path,
    right: 'right' in handler ? (handler.right as Right | 'signed-in') : undefined,
  }))
const nameOf = ({ method, path }: Route) => `${method} ${path}`
const guarded = routes.filter((route) => !PUBLIC.includes(nameOf(route)))
const ruled = guarded.filter((route) => route.right !== undefined && route.right !== 'signed-in')

const SECRETS = ['Lefèvre', 'regie.thonon', 'TEST Fabien', 'MARTIN', 'REFERENCE-OURS', 'THONON']

const organisationId = (await db.selectFrom('organisation').select('id').executeTakeFirstOrThrow())
  .id as OrganisationId
const visitors = {
  nobody: visitor(app, services),
  family: visitor(app, services),
  thief: visitor(app, services),
  roleless: visitor(app, services),
  elsewhere: visitor(app, services),
}
const byRole = new Map<Role, Visitor>(ROLES.map((role) => [role, visitor(app, services)]))

function ask(who: Visitor, { method, path }: Route): Promise<Answer> {
  const address = path.includes(':') ? (ADDRESSES[path]?.() ?? 'no address') : path
  return method === 'GET' ? who.get(address) : who.post(address, {})
}

/** A cheque of the family, which lies at its unit's desk. */
async function payAtDesk(requestKey: string, mark: string): Promise<string> {
  const familyId = ours.family as FamilyId
  const [unit] = await listFamilyUnits(db, organisationId, familyId)
  const payment: NewDeskPayment = {
    organisationId,
    billingUnitId: unit?.id as BillingUnitId,
    familyId,
    requestKey,
    method: 'cheque',
    amount: cents(100),
    receivedOn: parisDay(services.clock.now()),
    payerName: 'MARTIN Claire',
    mark,
    invoices: [],
  }
  const taken = await db.transaction((tx) => recordDeskPayment(tx, payment, services.clock.now(), 'test'))
  return taken.ok ? taken.value.paymentId : taken.failure
}

/** A slip that carries this cheque, and a till closed on nothing. */
async function closeDesk(paymentId: string): Promise<void> {
  const now = services.clock.now()
  const [unit] = await listFamilyUnits(db, organisationId, ours.family as FamilyId)
  if (!unit) throw new Error('the family deals with no unit')
  const author = { organisationId, staffId: undefined, name: 'Lefèvre', screen: '/', clientAddress: '-' }
  const slip = {
    kind: 'cheques',
    paymentIds: [paymentId],
    control: cents(100),
    depositedOn: parisDay(now),
  } as const
  const count = { billingUnitId: unit.id, counts: {}, float: ZERO, seen: ZERO, reason: '' }
  await db.transaction(async (tx) => {
    const closed = await closeSlip(tx, { organisationId, unit, ...slip }, author, now)
    const counted = await closeTill(tx, { organisationId, ...count }, author, now)
    if (!closed.ok || !counted.ok) throw new Error('the desk is not closed')
    ours.slip = closed.value.slipId
    ours.closing = counted.value.closingId
  })
}

beforeAll(async () => {
  const task = { kind: 'foreign-currency', reference: 'REFERENCE-OURS', bankTransaction: 'T' } as const
  await db.transaction((tx) =>
    openTask(tx, organisationId, 'organisation', 'ours', task, services.clock.now()),
  )
  ours.task = (await db.selectFrom('task').select('id').executeTakeFirstOrThrow()).id
  const regie = db.selectFrom('staff_member').select('id').where('identifier', '=', 'regie.thonon')
  ours.member = (await regie.executeTakeFirstOrThrow()).id
  ours.refund = (await db.selectFrom('refund_request').select('id').executeTakeFirstOrThrow()).id
  ours.transferFile = await buildTransferFile(services, organisationId)
  ours.contract = (await db.selectFrom('bank_contract').select('id').executeTakeFirstOrThrow()).id
  const family = db.selectFrom('family').select('id').where('name', '=', 'MARTIN')
  ours.family = (await family.executeTakeFirstOrThrow()).id
  Object.assign(ours, await buildPeople(db, organisationId, ours.family as FamilyId))
  ours.payment = await payAtDesk('ours', '0012345')
  await closeDesk(await payAtDesk('deposited', '0012346'))
  ours.draft = await buildDraft(db, organisationId, ours.family as FamilyId)
  const unit = db.selectFrom('billing_unit').select('id').where('code', '=', 'THONON')
  ours.unit = (await unit.executeTakeFirstOrThrow()).id
  ours.batch = await buildBatch(db, organisationId)
  const fabien = db.selectFrom('login').select('id').where('identifier', '=', 'test.fabien')
  const { id } = await fabien.executeTakeFirstOrThrow()
  await visitors.family.signIn(id as LoginId)
  await visitors.thief.signIn(id as LoginId)
  const { cookies } = visitors.thief
  cookies.set(staffCookieName(services.config), cookies.get(cookieName(services.config)) ?? '')
  await visitors.roleless.signInStaff((await buildStaff(db, organisationId, [])).staffId)
  const other = await buildOrganisation(db)
  const stranger = await buildStaff(db, other, ROLES, {}, { lastName: 'Autre' })
  await visitors.elsewhere.signInStaff(stranger.staffId)
  for (const [role, one] of byRole)
    await one.signInStaff((await buildStaff(db, organisationId, [role])).staffId)
})

it('has a right, or a reason to have none, for every route', () => {
  const bare = guarded.filter(({ right }) => right === undefined).map(nameOf)
  expect(bare.toSorted()).toEqual([...BEFORE_RIGHTS].toSorted())
  const known = routes.map(nameOf)
  expect(PUBLIC.filter((one) => !known.includes(one))).toEqual([])
  expect(guarded.filter(({ path }) => path.includes(':') && !ADDRESSES[path]).map(nameOf)).toEqual([])
})

describe.each(guarded.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  it.each(['nobody', 'family', 'thief'] as const)('sends %s to sign in', async (who) => {
    const answer = await ask(visitors[who], route)
    expect([answer.status, answer.location?.split('?')[0]]).toEqual([303, '/gestion/connexion'])
  })
})

describe.each(ruled.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  it('refuses who has no role, in plain words and in the journal', async () => {
    const acts = () =>
      db.selectFrom('staff_act').select(['id', 'object']).where('kind', '=', 'right.refused').execute()
    const before = new Set((await acts()).map(({ id }) => id))
    const answer = await ask(visitors.roleless, route)
    expect(answer.status).toBe(403)
    expect(answer.words).toContain('Vous n’avez pas ce droit')
    const fresh = (await acts()).filter(({ id }) => !before.has(id))
    expect(fresh.map(({ object }) => object)).toEqual([route.right])
  })

  it('shows another organisation nothing of ours', async () => {
    const answer = await ask(visitors.elsewhere, route)
    const leaked = SECRETS.filter((secret) => answer.html.includes(secret))
    expect({ status: route.path.includes(':') ? answer.status : 404, leaked }).toEqual({
      status: 404,
      leaked: [],
    })
    expect(answer.status).toBeLessThan(500)
  })

  it.each(ROLES.map((role) => [role]))('answers %s as the table of rights says', async (role) => {
    const answer = await ask(byRole.get(role) ?? visitors.nobody, route)
    const expected = holds(role, route.right as Right)
    expect(answer.status === 403).toBe(!expected)
    expect(answer.status).toBeLessThan(500)
  })
})

it('gives a member of staff no family’s page', async () => {
  const one = byRole.get('director')
  const answer = await one?.get('/factures')
  expect([answer?.status, answer?.location?.split('?')[0]]).toEqual([303, '/connexion'])
})
