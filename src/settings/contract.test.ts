// Contracts on screen: secrets go in and never come out, dangerous changes are typed, the bank is tried.
import { beforeEach, expect, test } from 'vitest'
import { buildContract, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import type { BillingUnitId, ContractId, OrganisationId } from '../kernel/ids.ts'
import { fail, ok } from '../kernel/result.ts'
import type { BankQuestion, Transport } from '../payments/gateway.ts'
import { createShops } from '../payments/shops.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const { keys } = services
/** The bank, which the test answers for. */
const asked: BankQuestion[] = []
let answer: Awaited<ReturnType<Transport>> = fail('unreachable')
const shops = createShops(db, keys, (question) => {
  asked.push(question)
  return Promise.resolve(answer)
})
const app = await buildPortal(services, shops)

let organisationId: OrganisationId
let contractId: ContractId
let unitId: BillingUnitId
let who: Visitor
let path: string
const KEY = 'cle-de-test-du-contrat'
const PASSWORD = 'testpassword_du_contrat'

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  asked.length = 0
  organisationId = await buildOrganisation(db)
  contractId = await buildContract(db, organisationId, {
    sealedKey: keys.seal(KEY),
    rest: { url: 'https://banque.example', sealedPassword: keys.seal(PASSWORD) },
  })
  ;({ unitId } = await buildUnit(db, organisationId, { contractId }))
  who = await signedIn('administrator')
  path = `/gestion/reglages/banque/contrats/${contractId}`
})

async function signedIn(role: 'administrator' | 'director', unit?: BillingUnitId): Promise<Visitor> {
  const one = visitor(app, services)
  await one.signInStaff((await buildStaff(db, organisationId, [role], unit ? { unitId: unit } : {})).staffId)
  return one
}
const kept = async (id: string = contractId) => {
  const found = await db
    .selectFrom('bank_contract')
    .select(['mode', 'settings', 'sealed_secrets', 'bank_name', 'gateway'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const sealed = found.sealed_secrets as { readonly [name: string]: string }
  const secrets = Object.fromEntries(Object.entries(sealed).map(([name, one]) => [name, keys.open(one)]))
  return { ...found, secrets }
}
const versionOf = (html: string) => /name="vu" value="([^"]*)"/.exec(html)?.[1] ?? ''
const history = () =>
  db
    .selectFrom('setting_change')
    .select(['field', 'before', 'after', 'staff_name'])
    .where('subject_id', '=', contractId)
    .orderBy('field')
    .execute()

test('a new key is sealed, the old one still believed, and neither is ever shown', async () => {
  const page = await who.get(`${path}?mode=TEST`)
  expect(page.status).toBe(200)
  const fields = {
    geste: 'secrets',
    mode: 'TEST',
    vu: versionOf(page.html),
    'secret.key': 'nouvelle-cle-1234',
  }
  const wrong = await who.post(path, { ...fields, garder: '1', mot: 'oui' })
  expect([wrong.status, wrong.html.includes('nouvelle-cle-1234')]).toEqual([422, false])
  const number = /n° (\d{8})/.exec(page.words)?.[1] ?? ''
  const done = await who.post(path, { ...fields, garder: '1', mot: number })
  expect(done.status).toBe(303)
  expect((await kept()).secrets).toEqual({
    key: 'nouvelle-cle-1234',
    previousKey: KEY,
    restPassword: PASSWORD,
  })
  const after = await who.get(path)
  for (const secret of ['nouvelle-cle-1234', KEY, PASSWORD]) expect(after.html).not.toContain(secret)
  expect(JSON.stringify(await history())).not.toMatch(/nouvelle-cle|cle-de-test/)
  expect((await history()).map(({ field, after: to }) => `${field} ${to}`)).toEqual([
    'secret.key remplacé',
    'secret.previousKey remplacé',
  ])
})

test('production asks for its own secrets and its name typed, and forgets those of the test', async () => {
  const page = await who.get(`${path}?mode=PRODUCTION`)
  expect(page.words).toContain('paieront de l’argent réel dès la confirmation')
  const fields = { geste: 'secrets', mode: 'PRODUCTION', vu: versionOf(page.html) }
  const missing = await who.post(path, { ...fields, mot: 'PRODUCTION' })
  expect([missing.status, missing.words]).toEqual([
    422,
    expect.stringContaining('donnez le secret du nouveau mode'),
  ])
  const mixed = await who.post(path, {
    ...fields,
    'secret.key': 'cle-de-production',
    'secret.restPassword': 'testpassword_encore',
    mot: 'PRODUCTION',
  })
  expect(mixed.words).toContain('ce secret n’est pas celui du mode PRODUCTION')
  const right = { 'secret.key': 'cle-de-production', 'secret.restPassword': 'prodpassword_la_vraie' }
  expect((await who.post(path, { ...fields, ...right, mot: 'production !' })).status).toBe(422)
  expect((await kept()).mode).toBe('TEST')
  expect((await who.post(path, { ...fields, ...right, mot: 'PRODUCTION' })).status).toBe(303)
  const { mode, secrets } = await kept()
  expect([mode, secrets]).toEqual([
    'PRODUCTION',
    { key: 'cle-de-production', restPassword: 'prodpassword_la_vraie' },
  ])
})

test('settings are previewed, then saved with their author; a stale page overwrites nothing', async () => {
  const page = await who.get(path)
  const form = {
    vu: versionOf(page.html),
    banque: 'Caisse d’Épargne',
    plateforme: 'http://localhost:3001/vads-payment/',
    'rest.adresse': 'https://banque.example',
    signature: 'HMAC-SHA-256',
    cartes: 'cb, visa',
    authentification: 'exigée',
  }
  const preview = await who.post(path, { ...form, geste: 'voir' })
  expect(preview.words).toContain('Ceux qui sont en route gardent le contrat avec lequel ils sont partis')
  expect((await kept()).bank_name).toBe('Banque de démonstration')
  expect((await who.post(path, { ...form, geste: 'confirmer' })).status).toBe(303)
  const { settings } = await kept()
  expect(settings).toMatchObject({ cards: 'CB;VISA', threeDs: '4' })
  const stale = await who.post(path, { ...form, cartes: 'cb', geste: 'confirmer' })
  expect([stale.status, stale.words]).toEqual([422, expect.stringContaining('a changé entre-temps')])
  expect((await kept()).settings).toMatchObject({ cards: 'CB;VISA' })
})

test.each([
  [
    'an address that is none',
    { plateforme: 'banque' },
    'Adresse du formulaire : doit être l’adresse du formulaire',
  ],
  ['a password sent in clear', { 'rest.adresse': 'http://banque.example' }, 'en https et sans chemin'],
  ['no name', { banque: '' }, 'Nom de la banque : est vide.'],
  [
    'another platform',
    { plateforme: 'https://autre.example/vads-payment/' },
    'Une autre plateforme est un autre contrat',
  ],
])('%s is refused with a sentence, and what was typed is kept', async (_, wrong, sentence) => {
  const page = await who.get(path)
  const form = {
    vu: versionOf(page.html),
    geste: 'confirmer',
    banque: 'Caisse tapée',
    plateforme: 'http://localhost:3001/vads-payment/',
    'rest.adresse': 'https://banque.example',
    signature: 'HMAC-SHA-256',
  }
  const refused = await who.post(path, { ...form, ...wrong })
  expect([refused.status, refused.words]).toEqual([422, expect.stringContaining(sentence)])
  if (!('banque' in wrong)) expect(refused.html).toContain('Caisse tapée')
  expect((await kept()).bank_name).toBe('Banque de démonstration')
})

test('« Tester la connexion » shows what was asked and answered, every secret masked', async () => {
  const text = JSON.stringify({
    status: 'SUCCESS',
    webService: 'Charge/SDKTest',
    version: 'V4',
    answer: { value: 'preau', leaked: PASSWORD },
  })
  answer = ok({ status: 200, headers: { 'content-type': 'application/json' }, text })
  await who.get(path)
  const page = await who.post(path, { geste: 'essai' })
  expect(page.words).toContain('La banque répond et reconnaît le contrat.')
  expect(page.words).toContain('POST https://banque.example/api-payment/V4/Charge/SDKTest')
  expect(page.words).toContain('authorization: Basic ••••••')
  expect(page.words).toContain('vads_site_id=')
  expect(asked).toHaveLength(1)
  const sent = asked[0]?.headers['authorization'] ?? ''
  for (const secret of [KEY, PASSWORD, sent.replace('Basic ', '')]) expect(page.html).not.toContain(secret)
  const act = await db
    .selectFrom('staff_act')
    .select('reason')
    .where('kind', '=', 'contract.tested')
    .where('organisation_id', '=', organisationId)
    .execute()
  expect(act).toHaveLength(1)
})

test('a bank that does not answer is said, with what to look at', async () => {
  answer = fail('timed-out')
  await who.get(path)
  const page = await who.post(path, { geste: 'essai' })
  expect(page.words).toContain('La banque n’a pas répondu en dix secondes.')
})

test.each([
  [
    'systempay',
    {
      boutique: '71000001',
      plateforme: 'https://paiement.systempay.fr/vads-payment/',
      signature: 'HMAC-SHA-256',
      'secret.key': 'une-cle-neuve',
    },
    'key',
  ],
  ['payfip', { numcli: '710002' }, undefined],
  ['stripe', { compte: 'acct_nouveau1', moyens: 'carte', 'secret.key': 'sk_test_neuve_12345' }, 'key'],
])('a contract of %s is created in TEST, for nobody yet', async (gateway, fields, secret) => {
  await who.get(`/gestion/reglages/banque/nouveau?passerelle=${gateway}`)
  const form = { passerelle: gateway, banque: 'Une banque', ...fields }
  const done = await who.post('/gestion/reglages/banque/nouveau', form)
  expect([done.status, done.words]).toEqual([303, ''])
  const id = /contrats\/([0-9a-f-]{36})/.exec(done.location ?? '')?.[1] ?? ''
  const made = await kept(id)
  expect([made.gateway, made.mode, Object.keys(made.secrets)]).toEqual([
    gateway,
    'TEST',
    secret ? [secret] : [],
  ])
  const again = await who.post('/gestion/reglages/banque/nouveau', form)
  expect([again.status, again.words]).toEqual([
    422,
    expect.stringContaining('a déjà son contrat sur ce portail'),
  ])
  const used = await db.selectFrom('billing_unit').select('id').where('contract_id', '=', id).execute()
  expect(used).toEqual([])
})

test('a contract of two units is changed by who has the right on both, and on one alone is refused', async () => {
  const { unitId: second } = await buildUnit(db, organisationId, { contractId })
  const one = await signedIn('administrator', unitId)
  expect((await one.get(path)).status).toBe(403)
  expect((await one.get(`/gestion/reglages/banque?objet=${unitId}`)).status).toBe(200)
  const { staffId } = await buildStaff(db, organisationId, ['administrator'], { unitId })
  await db.transaction((tx) =>
    tx
      .insertInto('staff_role')
      .values({
        organisation_id: organisationId,
        id: crypto.randomUUID(),
        staff_id: staffId,
        role: 'administrator',
        billing_unit_id: second,
        given_at: TEST_NOW,
      })
      .execute(),
  )
  const both = visitor(app, services)
  await both.signInStaff(staffId)
  expect((await both.get(path)).status).toBe(200)
})

test('without a fresh proof, the bank asks for it first', async () => {
  services.clock.advance(11 * 60_000)
  const page = await who.get(path)
  expect([page.status, page.location?.split('?')[0]]).toEqual([303, '/gestion/confirmation'])
})
