// « Payeurs et accès », separation and merge as staff do them, over HTTP on the demonstration's records.
import { beforeAll, expect, test } from 'vitest'
import { buildFamily, buildFamilyUnit, buildLogin } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildDraft } from '../../test/support/drafts.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { loadDemo } from '../demo/load-demo.ts'
import type { BillingUnitId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db, { now: new Date('2012-06-01T08:00:00Z') })
await loadDemo(services, { id: '20120316', key: 'KeyOfTheDemoShop' })
const app = await buildPortal(services)
const organisationId = (await db.selectFrom('organisation').select('id').executeTakeFirstOrThrow())
  .id as OrganisationId
const [director, local] = [visitor(app, services), visitor(app, services)]
const familyOf = async (name: string) =>
  (await db.selectFrom('family').select('id').where('name', '=', name).executeTakeFirstOrThrow())
    .id as FamilyId
const unitOf = async (code: string) =>
  (await db.selectFrom('billing_unit').select('id').where('code', '=', code).executeTakeFirstOrThrow())
    .id as BillingUnitId
const payers = async (name: string) => `/gestion/familles/${await familyOf(name)}/payeurs`
const acts = async (kind: string) =>
  (await db.selectFrom('staff_act').select('object').where('kind', '=', kind).orderBy('id').execute()).map(
    ({ object }) => object,
  )
const adultOf = async (name: string) =>
  (await db.selectFrom('adult').select('id').where('last_name', '=', name).executeTakeFirstOrThrow()).id

beforeAll(async () => {
  await director.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const place = { unitId: await unitOf('THONON') }
  await local.signInStaff((await buildStaff(db, organisationId, ['director'], place)).staffId)
})

test('roles are changed, a file keeps a payer, and a stale page overwrites nothing', async () => {
  const path = await payers('MARTIN')
  const second = await buildLogin(db, organisationId, await familyOf('MARTIN'), {
    firstName: 'Luc',
    role: 'reader',
  })
  const claire = await adultOf('MARTIN')
  await director.get(path)
  const only = await director.post(path, {
    geste: 'droits',
    responsable: claire,
    'droits-vus': 'payer',
    droits: 'reader',
  })
  expect([only.status, only.words.includes('Un dossier garde au moins un payeur')]).toEqual([422, true])
  const change = { geste: 'droits', responsable: second.adultId, 'droits-vus': 'reader', droits: 'payer' }
  expect((await director.post(path, change)).location).toBe(`${path}?note=role`)
  const stale = await director.post(path, { ...change, droits: 'reader' })
  expect(stale.words).toContain('Ces droits viennent d’être changés par quelqu’un d’autre')
  expect(await acts('adult.role-changed')).toEqual(['Luc MARTIN'])
})

test('an invitation goes by mail or on paper, is renewed and withdrawn', async () => {
  const path = await payers('PETIT')
  await director.get(path)
  const guest = { geste: 'inviter', prenom: 'Anna', nom: 'PETIT', droits: 'reader', courriel: '' }
  expect((await director.post(path, guest)).location).toBe(`${path}?note=invite`)
  const page = await director.get(path)
  expect(page.words).toContain('Anna PETIT · Lecteur En attente Par courrier, à imprimer')
  const letter = /href="(\/gestion\/invitations-de-familles\/[^"]*)"/.exec(page.html)?.[1] ?? ''
  const pdf = await director.get(letter)
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const id = letter.split('/')[3] ?? ''
  await director.get(path)
  expect((await director.post(path, { geste: 'renouveler', invitation: id })).location).toContain('renouvele')
  expect((await director.post(path, { geste: 'retirer', invitation: id })).location).toContain('retire')
  const again = await director.post(path, { geste: 'renouveler', invitation: id })
  expect(again.words).toContain('Cette invitation vient d’être acceptée ou retirée.')
  expect((await director.get(letter)).status).toBe(404)
  expect(await acts('invitation.printed')).toEqual(['Anna PETIT'])
})

test('a child is shared with a second file, whose payer an invoice may go to', async () => {
  const [path, petit] = [await payers('DIALLO'), await familyOf('PETIT')]
  const child = await db
    .selectFrom('child')
    .select('id')
    .where('first_name', '=', 'Ibrahima')
    .executeTakeFirstOrThrow()
  await director.get(path)
  const share = (file: string) =>
    director.post(path, {
      geste: 'rattacher',
      enfant: child.id,
      [`dossier-${child.id}`]: file,
      [`depuis-${child.id}`]: '01/09/2011',
    })
  expect((await share('PERSONNE')).words).toContain('Aucun dossier ne s’appelle « PERSONNE »')
  expect((await share('PETIT')).location).toBe(`${path}?note=rattache`)
  expect((await director.get(path)).words).toContain('Aussi dans le dossier PETIT, depuis le 01/09/2011')
  expect((await share('PETIT')).words).toContain('Cet enfant est déjà dans ce dossier.')
  const draft = await buildDraft(db, organisationId, await familyOf('DIALLO'))
  const editor = await director.get(`/gestion/factures/brouillons/${draft}`)
  expect(editor.words).toContain('Cette facture ira au dossier de la famille DIALLO.')
  const version = /name="version" value="(\d+)"/.exec(editor.html)?.[1] ?? ''
  const establishment = /<option value="([^"]*)" selected/.exec(editor.html)?.[1] ?? ''
  const moved = await director.post(`/gestion/factures/brouillons/${draft}`, {
    geste: `payeur:${petit}`,
    version,
    etablissement: establishment,
  })
  expect(moved.location).toBe(`/gestion/factures/brouillons/${draft}?note=payeur`)
  const after = await director.get(`/gestion/factures/brouillons/${draft}`)
  expect(after.words).toContain('Cette facture ira au dossier de la famille PETIT.')
  await director.get(path)
  const ended = await director.post(path, { geste: 'detacher', enfant: child.id, dossier: petit })
  expect(ended.location).toBe(`${path}?note=detache`)
  const shared = (await acts('child.shared')).filter((name) => name !== 'Lise FAURE')
  expect([shared, await acts('child.unshared')]).toEqual([
    ['Ibrahima DIALLO', 'Ibrahima DIALLO'],
    ['Ibrahima DIALLO', 'Ibrahima DIALLO'],
  ])
})

test('a family is separated: the second payer leaves with a file of their own, invoices stay', async () => {
  const familyId = await familyOf('TEST')
  const second = await buildLogin(db, organisationId, familyId, { firstName: 'Sofia', lastName: 'TEST' })
  const path = `/gestion/familles/${familyId}/separation`
  const child = await db
    .selectFrom('child')
    .select('id')
    .where('first_name', '=', 'Léa')
    .executeTakeFirstOrThrow()
  await director.get(path)
  expect((await director.post(path, { payeur: second.adultId })).words).toContain(
    'Écrivez le numéro et la rue.',
  )
  const opened = await director.post(path, {
    payeur: second.adultId,
    'nom-dossier': 'TEST-SOFIA',
    rue: '3 rue des Granges',
    'code-postal': '74200',
    ville: 'Thonon-les-Bains',
    enfants: child.id,
    depuis: '01/06/2012',
  })
  expect(opened.location).toMatch(/payeurs\?note=separe$/)
  expect((await director.get(opened.location ?? '')).words).toContain('Léa TEST')
  const sofia = visitor(app, services)
  await sofia.signIn(second.loginId)
  expect((await sofia.get('/factures/TH001987')).status).toBe(404)
  expect((await sofia.get('/profil')).words).toContain('Léa TEST')
  const fabien = visitor(app, services)
  const login = db.selectFrom('login').select('id').where('identifier', '=', 'test.fabien')
  await fabien.signIn((await login.executeTakeFirstOrThrow()).id as LoginId)
  expect((await fabien.get('/factures/TH001987')).status).toBe(200)
})

test('two files are compared, merged by a typed word, searched as one, and separated again', async () => {
  const keptId = await familyOf('GARNIER')
  const { familyId: closedId } = await buildFamily(db, organisationId, { name: 'GARNIER-BIS', child: 'Tom' })
  await buildFamilyUnit(db, organisationId, closedId, await unitOf('THONON'))
  const anne = await buildLogin(db, organisationId, closedId, { firstName: 'Anne', lastName: 'GARNIER' })
  const path = `/gestion/familles/${keptId}/fusion`
  expect((await director.get(path)).words).toContain('Famille GARNIER-BIS')
  const page = await director.get(`${path}?avec=${closedId}`)
  for (const sentence of [
    'Anne GARNIER rejoint le dossier gardé',
    'Aucun crédit à transférer.',
    'La fusion s’annule tant',
  ])
    expect(page.words).toContain(sentence)
  const seen = /name="vu" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const form = { avec: closedId, vu: seen, mot: 'oui' }
  expect((await director.post(path, form)).words).toContain('Écrivez FUSIONNER, en toutes lettres')
  const merged = await director.post(path, { ...form, mot: 'fusionner' })
  expect(merged.location).toMatch(/^\/gestion\/fusions\/[^?]*\?note=faite$/)
  expect((await director.get(`/gestion/familles/${closedId}`)).location).toBe(
    `/gestion/familles/${keptId}?note=fusionne`,
  )
  const one = visitor(app, services)
  await one.signIn(anne.loginId)
  expect((await one.get('/factures')).words).toContain('TH002102')
  expect((await director.get(`${path}?avec=${closedId}`)).words).toContain('déjà fusionné')
  services.clock.advance(MINUTE_MS)
  const undo = (merged.location ?? '').split('?')[0] ?? ''
  await director.get(undo)
  expect((await director.post(undo, { motif: ' ' })).words).toContain('Écrivez pourquoi')
  expect((await director.post(undo, { motif: 'Deux familles' })).location).toBe(undo)
  expect((await one.get('/factures')).words).not.toContain('TH002102')
  expect([await acts('families.merged'), await acts('families.unmerged')]).toEqual([
    ['GARNIER-BIS', 'GARNIER-BIS'],
    ['GARNIER-BIS', 'GARNIER-BIS'],
  ])
})

test('who holds one unit merges no file that deals with another', async () => {
  const [kept, other] = [await familyOf('TEST'), await familyOf('GARNIER')]
  await local.get('/gestion')
  expect((await local.get(`/gestion/familles/${kept}/fusion?avec=${other}`)).status).toBe(403)
  expect(
    (await local.post(`/gestion/familles/${kept}/fusion`, { avec: other, mot: 'FUSIONNER' })).status,
  ).toBe(403)
})
