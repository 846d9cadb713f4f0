// The editor and the catalogue over HTTP: what is typed is kept, and nobody overwrites anybody.
import { beforeEach, expect, test } from 'vitest'
import { buildFamily, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildDraft } from '../../test/support/drafts.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import type { EstablishmentId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'
import { findDraft } from './draft-store.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
let organisationId: OrganisationId
let familyId: FamilyId
let establishmentId: EstablishmentId
let who: Visitor

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  organisationId = await buildOrganisation(db)
  ;({ establishmentId } = await buildUnit(db, organisationId))
  ;({ familyId } = await buildFamily(db, organisationId))
  who = visitor(app, services)
  await who.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
})

const form = (values: { readonly [name: string]: string | readonly string[] } = {}) => ({
  etablissement: establishmentId,
  version: '1',
  e: '',
  j: '04/04/2012',
  l: 'Mercredi',
  q: '1',
  p: '14,50',
  geste: 'enregistrer',
  ...values,
})
const item = { etablissement: '', libelle: 'Cantine', prix: '4,20', tva: 'reduced', compte: '706200' }
const acts = async () =>
  (
    await db.selectFrom('staff_act').select('kind').where('organisation_id', '=', organisationId).execute()
  ).map(({ kind }) => kind)

test.each([
  ['a line of ten million euros', { p: '10000000' }, 'écrivez le prix comme 14,50 (au plus 10 000,00 €)'],
  ['no line', { l: '', p: '', j: '' }, 'La facture n’a pas de ligne'],
  ['a day that is none', { j: '31/02/2012' }, 'Ligne 1 : écrivez le jour comme 16/03/2012.'],
  ['a quantity that is none', { q: 'deux' }, 'écrivez la quantité comme 1 ou 0,5.'],
  [
    'a desk closed before the deadline',
    { echeance: '10/05/2012', guichet: '09/05/2012' },
    'vient avant l’échéance',
  ],
])('a draft with %s is kept as typed, and not checked', async (_, values, sentence) => {
  const id = await buildDraft(db, organisationId, familyId)
  const path = `/gestion/factures/brouillons/${id}`
  await who.get(path)
  const answer = await who.post(path, form({ ...values, geste: 'verifier' }))
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
  const kept = await findDraft(db, organisationId, id)
  expect([kept?.state, kept?.version]).toEqual(['draft', 2])
  for (const value of Object.values(values).filter(Boolean)) expect(answer.html).toContain(`value="${value}"`)
})

test('the second of two who save is told what stands, and nothing is overwritten', async () => {
  const id = await buildDraft(db, organisationId, familyId)
  const path = `/gestion/factures/brouillons/${id}`
  await who.get(path)
  expect((await who.post(path, form({ p: '15,00' }))).status).toBe(303)
  const other = await who.post(path, form({ p: '16,00' }))
  expect([other.status, other.words]).toEqual([422, expect.stringContaining('a enregistré ce brouillon')])
  expect(other.html).toContain('value="16,00"')
  expect(other.words).toContain('Ligne 1 04/04/2012 · Mercredi · 1 · 15,00')
  expect((await findDraft(db, organisationId, id))?.total).toBe(1_500)
  expect((await who.post(path, form({ p: '16,00', version: '2' }))).status).toBe(303)
  expect((await findDraft(db, organisationId, id))?.total).toBe(1_600)
})

test('a checked draft is issued; any later saving would have unchecked it', async () => {
  const id = await buildDraft(db, organisationId, familyId)
  const path = `/gestion/factures/brouillons/${id}`
  await who.get(path)
  await who.post(path, form({ geste: 'verifier' }))
  const changed = await who.post(path, form({ geste: 'emettre', version: '2', p: '20,00' }))
  expect([changed.status, changed.words]).toEqual([422, expect.stringContaining('vérifiez-la de nouveau')])
  await who.post(path, form({ geste: 'verifier', version: '3', p: '20,00' }))
  const issued = await who.post(path, form({ geste: 'emettre', version: '3', p: '20,00' }))
  expect(issued.location).toMatch(/^\/gestion\/factures\/A[A-Z]{3}000001\?note=emise$/)
  expect((await who.get(issued.location ?? '')).words).toContain('La facture est émise.')
  expect(await acts()).toEqual(expect.arrayContaining(['draft.saved', 'draft.checked', 'invoice.issued']))
  expect((await who.get('/gestion/factures?etat=hidden')).html).toContain('A')
})

test('who may only draft cannot issue', async () => {
  const id = await buildDraft(db, organisationId, familyId)
  const path = `/gestion/factures/brouillons/${id}`
  const cashier = visitor(app, services)
  await cashier.signInStaff((await buildStaff(db, organisationId, ['cashier'])).staffId)
  await cashier.get(path)
  expect((await cashier.post(path, form({ geste: 'verifier' }))).status).toBe(303)
  expect((await cashier.post(path, form({ geste: 'emettre', version: '2' }))).status).toBe(403)
  expect((await findDraft(db, organisationId, id))?.invoiceNumber).toBeNull()
})

test('an item of the catalogue brings its price, and its label is the establishment’s once', async () => {
  await who.get('/gestion/catalogue')
  const mine = { ...item, etablissement: establishmentId }
  expect((await who.post('/gestion/catalogue', mine)).location).toBe('/gestion/catalogue?note=enregistree')
  const twice = await who.post('/gestion/catalogue', { ...mine, libelle: 'CANTINE' })
  expect([twice.status, twice.words]).toEqual([422, expect.stringContaining('déjà une prestation')])
  const id = await buildDraft(db, organisationId, familyId)
  await who.post(`/gestion/factures/brouillons/${id}`, form({ l: 'cantine', p: '', q: '2' }))
  expect((await findDraft(db, organisationId, id))?.total).toBe(840)
})

test('an item with every field wrong keeps what was typed and says what to do', async () => {
  await who.get('/gestion/catalogue')
  const wrong = { libelle: '', prix: 'cher', tva: 'autre', compte: '!' }
  const answer = await who.post('/gestion/catalogue', wrong)
  expect(answer.status).toBe(422)
  for (const sentence of [
    'Choisissez l’établissement',
    'Donnez un libellé',
    'Écrivez le prix',
    'Écrivez le compte',
  ])
    expect(answer.words).toContain(sentence)
  expect(answer.html).toContain('value="cher"')
})

test('a credit note above what is left is refused, and below it shows its effect', async () => {
  const id = await buildDraft(db, organisationId, familyId)
  const path = `/gestion/factures/brouillons/${id}`
  await who.get(path)
  await who.post(path, form({ geste: 'verifier' }))
  const issued = await who.post(path, form({ geste: 'emettre', version: '2' }))
  const note = `${issued.location?.split('?')[0] ?? ''}/avoir`
  const asked = { raison: 'absence', precision: '', montant: '', geste: 'effet' }
  const above = await who.post(note, { ...asked, montant: '14,51' })
  expect([above.status, above.words]).toEqual([
    422,
    expect.stringContaining('plus que ce qui reste de la facture'),
  ])
  const below = await who.post(note, { ...asked, 'q-1': '0,5' })
  expect(below.words).toContain('Restant dû : 14,50 € → 7,25 €.')
  await who.post(note, { ...asked, 'q-1': '0,5', geste: 'faire' })
  expect(await acts()).toContain('invoice.credited')
})
