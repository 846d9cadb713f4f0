// Settings on screen: what a change does is told first, who made it is kept, and nobody overwrites anybody.
import { beforeEach, expect, test } from 'vitest'
import {
  buildContract,
  buildFamily,
  buildFamilyUnit,
  buildLogin,
  buildOrganisation,
  buildUnit,
} from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildDraft } from '../../test/support/drafts.ts'
import { testServices, TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { findUnit } from '../organisations/store.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
let organisationId: OrganisationId
let unitId: BillingUnitId
let establishmentId: string
let code: string
let who: Visitor

beforeEach(async () => {
  services.clock.set(TEST_NOW)
  organisationId = await buildOrganisation(db)
  ;({ unitId, establishmentId, code } = await buildUnit(db, organisationId))
  who = visitor(app, services)
  const { staffId } = await buildStaff(db, organisationId, ['administrator'], {}, { lastName: 'Morel' })
  await who.signInStaff(staffId)
})

type Fields = { readonly [name: string]: string }
const pathOf = (section: string, subject: string = unitId) => `/gestion/reglages/${section}?objet=${subject}`
/** The fields of the section's form as it stands, then what is typed over them. */
async function typed(section: string, fields: Fields, subject: string = unitId): Promise<Fields> {
  const { html } = await who.get(pathOf(section, subject) + (section === 'banque' ? '&modifier=1' : ''))
  const form: Record<string, string> = {
    objet: subject,
    vu: /name="vu" value="([^"]*)"/.exec(html)?.[1] ?? '',
  }
  for (const [, name = '', value = ''] of html.matchAll(/<input[^>]*name="([a-z_.]+)"[^>]*value="([^"]*)"/g))
    form[name] ??= value
  return { ...form, ...fields }
}
const post = (section: string, fields: Fields, geste = '') =>
  who.post(pathOf(section, fields['objet']), { ...fields, geste })
const kept = () =>
  db
    .selectFrom('setting_change')
    .select(['field', 'before', 'after', 'staff_name'])
    .where('organisation_id', '=', organisationId)
    .orderBy('changed_at')
    .orderBy('field')
    .execute()
const unit = async () => {
  const found = await findUnit(db, organisationId, unitId)
  if (!found) throw new Error('no unit')
  return found
}

test('a change shows what it does, then is saved with its author, in the history and in the journal', async () => {
  const form = await typed('seuils', { max_payment_cents: '900' })
  const preview = await post('seuils', form)
  expect(preview.words).toContain('jusqu’à 900,00 € à la fois')
  expect(preview.words).toContain('Aujourd’hui')
  expect((await unit()).maxPayment).toBe(200_000)
  const done = await post('seuils', form, 'confirmer')
  expect(done.status).toBe(303)
  expect((await unit()).maxPayment).toBe(90_000)
  expect((await kept()).map((one) => Object.values(one).join(' | ').replaceAll('\u00A0', ' '))).toEqual([
    'max_payment_cents | 2 000,00 € | 900,00 € | Nadia Morel',
  ])
  const page = await who.get(done.location ?? '')
  expect(page.words).toContain('Le changement est enregistré.')
  expect(page.words).toContain('Nadia Morel, le 12/04/2012 à 18:44')
  const acts = await db
    .selectFrom('staff_act')
    .select('changes')
    .where('kind', '=', 'settings.changed')
    .where('organisation_id', '=', organisationId)
    .execute()
  expect(JSON.stringify(acts)).toContain('Maximum d’un paiement en ligne')
})

test.each([
  ['seuils', { max_payment_cents: '0,50' }, 'sinon aucune famille ne pourrait payer en ligne'],
  ['seuils', { min_payment_cents: 'dix' }, 'écrivez le montant comme 30,00'],
  ['seuils', { min_payment_cents: '0' }, 'le montant doit être supérieur à zéro'],
  ['delais', { visibility_delay_hours: '721' }, 'un nombre entier de 0 à 720'],
  ['delais', { due_days: '30', online_days: '10' }, 'écrivez au moins 30'],
  ['banque', { transfer_iban: 'FR00 0000' }, 'ce n’est pas un IBAN'],
  ['banque', { transfer_beneficiary: 'ifac' }, 'Titulaire, IBAN et BIC vont ensemble'],
  ['identite', { name: '' }, 'ce champ ne peut pas être vide'],
  ['textes', { 'text.welcome': 'x'.repeat(601) }, '601 signes, c’est trop : 600 au plus'],
  ['textes', { notice_until_on: '31/02/2012' }, 'écrivez le jour comme 31/08/2012'],
  ['textes', { notice_until_on: '31/08/2012' }, 'le mot du jour est vide'],
  ['numerotation', { series: 'RAN' }, 'réservée aux reports de solde'],
  ['numerotation', { series: 'É1' }, '2 à 4 lettres'],
] as const)('%s: %o is refused with a sentence and kept as typed', async (section, wrong, sentence) => {
  const refused = await post(section, await typed(section, wrong), 'confirmer')
  expect([refused.status, refused.words]).toEqual([422, expect.stringContaining(sentence)])
  for (const value of Object.values(wrong)) expect(refused.html).toContain(value)
  expect(await kept()).toEqual([])
})

test('who saves second sees what stands, and overwrites nothing', async () => {
  const first = await typed('seuils', { max_payment_cents: '900' })
  const second = { ...first, max_payment_cents: '700' }
  await post('seuils', first, 'confirmer')
  const conflict = await post('seuils', second, 'confirmer')
  expect(conflict.status).toBe(422)
  expect(conflict.words).toContain('Ces réglages ont changé entre-temps')
  expect(conflict.words).toContain('En place : 900,00 €')
  expect(conflict.html).toContain('value="700"')
  expect((await unit()).maxPayment).toBe(90_000)
})

test('a director sees and changes her own unit, never another, nor the organisation or the bank', async () => {
  const other = await buildUnit(db, organisationId, { name: 'CCVS' })
  const director = visitor(app, services)
  await director.signInStaff((await buildStaff(db, organisationId, ['director'], { unitId })).staffId)
  expect((await director.get(pathOf('seuils'))).status).toBe(200)
  expect((await director.get(pathOf('seuils', other.unitId))).status).toBe(403)
  expect((await director.post(pathOf('seuils', other.unitId), { objet: other.unitId })).status).toBe(403)
  expect((await director.post(pathOf('identite', organisationId), { objet: organisationId })).status).toBe(
    403,
  )
  expect((await director.get(`${pathOf('banque')}&modifier=1`)).status).toBe(403)
  expect((await director.get('/gestion/reglages/seuils')).words).not.toContain('CCVS')
})

test('the portal is paid another way only while nobody owes or owns anything there', async () => {
  const form = await typed('mode', { mode: 'prepaid' })
  const preview = await post('mode', form)
  expect(preview.words).toContain(`Tapez ${code} pour confirmer`)
  expect((await post('mode', { ...form, mot: 'oui' }, 'confirmer')).status).toBe(422)
  expect((await post('mode', { ...form, mot: code }, 'confirmer')).status).toBe(303)
  expect((await unit()).mode).toBe('prepaid')
  const { familyId } = await buildFamily(db, organisationId)
  await db.transaction((tx) =>
    tx
      .insertInto('account')
      .values({
        organisation_id: organisationId,
        id: crypto.randomUUID(),
        billing_unit_id: unitId,
        kind: 'credit',
        family_id: familyId,
      })
      .execute(),
  )
  const back = await post('mode', await typed('mode', { mode: 'per_invoice', mot: code }), 'confirmer')
  expect([back.status, back.words]).toEqual([422, expect.stringContaining('son mode ne change plus')])
  expect((await unit()).mode).toBe('prepaid')
})

test('a series changes for the future, by its letters typed, and is never taken twice', async () => {
  const before = (await unit()).series
  const form = await typed('numerotation', { series: 'zz' })
  expect((await post('numerotation', form)).words).toContain('La prochaine facture portera ZZ000001')
  expect((await post('numerotation', { ...form, mot: 'ZZ' }, 'confirmer')).status).toBe(303)
  expect((await unit()).series).toBe('ZZ')
  const back = await post(
    'numerotation',
    await typed('numerotation', { series: before, mot: before }),
    'confirmer',
  )
  expect([back.status, back.words]).toEqual([422, expect.stringContaining('sert ou a servi')])
})

test('a series numbered elsewhere is taken over here, by its letters typed', async () => {
  await db.pool.query("update billing_unit set series_source = 'import' where id = $1", [unitId])
  const { series } = await unit()
  const form = { objet: unitId, geste: 'reprendre' }
  await who.get(pathOf('numerotation'))
  expect((await who.post(pathOf('numerotation'), { ...form, mot: 'non' })).status).toBe(422)
  expect((await who.post(pathOf('numerotation'), { ...form, mot: series })).status).toBe(303)
  const found = await db.selectFrom('billing_unit').select('series_source').where('id', '=', unitId).execute()
  expect(found).toEqual([{ series_source: 'preau' }])
})

test('a unit takes another bank by its code typed; without any, families are told how to pay', async () => {
  const contractId = await buildContract(db, organisationId, {
    sealedKey: services.keys.seal('une-cle-1234'),
  })
  const form = await typed('banque', { contract_id: contractId })
  expect((await post('banque', form)).words).toContain('passeront par Banque de démonstration')
  expect((await post('banque', { ...form, mot: '' }, 'confirmer')).status).toBe(422)
  expect((await post('banque', { ...form, mot: code }, 'confirmer')).status).toBe(303)
  expect((await unit()).contractId).toBe(contractId)
  const none = await post('banque', await typed('banque', { contract_id: '' }))
  expect(none.words).toContain('ne pourront plus payer en ligne après la confirmation')
  expect(none.words).toContain('Chèque, espèces ou chèques-vacances à l’accueil')
})

test('the words of a unit are read by its families as they were typed, until their last day', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  await buildFamilyUnit(db, organisationId, familyId, unitId)
  const { loginId } = await buildLogin(db, organisationId, familyId)
  const words = {
    'text.welcome': 'Bonjour <b>à tous</b>',
    'text.notice': 'Fermé le 13',
    notice_until_on: '12/04/2012',
  }
  await post('textes', await typed('textes', words), 'confirmer')
  const family = visitor(app, services)
  await family.signIn(loginId)
  const home = await family.get('/')
  expect(home.words).toContain('Bonjour <b>à tous</b>')
  expect(home.html).not.toContain('<b>à tous</b>')
  expect(home.words).toContain('Fermé le 13')
  services.clock.advance(24 * 3_600_000)
  await family.signIn(loginId)
  expect((await family.get('/')).words).not.toContain('Fermé le 13')
  await who.signInStaff((await buildStaff(db, organisationId, ['administrator'])).staffId)
  const empty = { 'text.welcome': '', 'text.notice': '', notice_until_on: '' }
  await post('textes', await typed('textes', empty), 'confirmer')
  expect((await kept()).at(-1)?.after).toMatch(/texte du portail|rien/)
  expect((await family.get('/')).words).not.toContain('Bonjour <b>')
})

test('the mails and the invoice are shown as they would leave, with the unit’s words', async () => {
  await post('modeles', await typed('modeles', { 'text.mail_signature': 'L’équipe de Thonon' }), 'confirmer')
  const mail = await who.get(`/gestion/reglages/modeles/courriel?type=new-invoices&objet=${unitId}`)
  expect([mail.status, mail.words]).toEqual([200, expect.stringContaining('L’équipe de Thonon')])
  expect(mail.headers.get('content-security-policy')).toContain("default-src 'none'")
  const pdf = await who.get(`/gestion/reglages/modeles/facture.pdf?objet=${unitId}`)
  expect([pdf.headers.get('content-type'), pdf.html.slice(0, 5)]).toEqual(['application/pdf', '%PDF-'])
})

test('deadlines are proposed to a new draft, and those already typed stay', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const draft = await buildDraft(db, organisationId, familyId)
  const preview = await post('delais', await typed('delais', { due_days: '15', desk_days: '20' }))
  expect(preview.words).toContain('1 brouillon déjà saisi garde ses dates')
  await post('delais', await typed('delais', { due_days: '15', desk_days: '20' }), 'confirmer')
  const director = visitor(app, services)
  await director.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const fresh = await director.get(`/gestion/factures/nouvelle?famille=${familyId}`)
  expect(fresh.html).toMatch(/name="echeance"[^>]*value="27\/04\/2012"/)
  expect(fresh.html).toMatch(/name="guichet"[^>]*value="02\/05\/2012"/)
  expect((await director.get(`/gestion/factures/brouillons/${draft}`)).html).not.toContain('27/04/2012')
})

test('a search finds settings by their words, accents or not', async () => {
  const found = await who.get('/gestion/reglages?q=delai%20visib')
  expect(found.words).toContain('Aucun réglage ne répond')
  expect((await who.get('/gestion/reglages?q=echeance')).words).toContain('Délais › Échéance proposée')
})

test('an establishment has its own name and address, changed by whoever directs it', async () => {
  const director = visitor(app, services)
  const place = { establishmentId: establishmentId as never }
  await director.signInStaff((await buildStaff(db, organisationId, ['director'], place)).staffId)
  who = director
  const form = await typed('identite', { name: 'LES TILLEULS' }, establishmentId)
  const address = { address: '3 rue des Écoles\n74200 Thonon-les-Bains' }
  expect((await post('identite', { ...form, ...address }, 'confirmer')).status).toBe(303)
  expect((await kept()).map(({ field }) => field)).toEqual(['address', 'name'])
})
