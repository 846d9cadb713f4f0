import { expect, test } from 'vitest'
import { buildCheque, buildInvoice } from '../../test/support/account.ts'
import {
  buildContract,
  buildFamily,
  buildLogin,
  buildOrganisation,
  buildUnit,
} from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { day, HOUR_MS, later } from '../kernel/dates.ts'
import { createApp } from '../web/app.ts'
import { statementsDoor } from './portal.tsx'

const db = await testDatabase()
const services = testServices(db)
const app = createApp(services, [statementsDoor], { formOrigins: () => [] })
const organisationId = await buildOrganisation(db, { name: 'ifac' })
const contractId = await buildContract(db, organisationId, { sealedKey: services.keys.seal('key') })
const thonon = await buildUnit(db, organisationId, { code: 'THONON', series: 'TH', contractId })
const ccvs = await buildUnit(db, organisationId, {
  code: 'CCVS',
  name: 'CCVS',
  series: 'CCV',
  mode: 'prepaid',
  contractId,
})

async function family(role: 'payer' | 'reader' = 'payer') {
  const { familyId } = await buildFamily(db, organisationId)
  const { loginId } = await buildLogin(db, organisationId, familyId, { firstName: 'Fabien', role })
  const browser = visitor(app, services)
  await browser.signIn(loginId)
  const at = (unit: typeof thonon) => ({ organisationId, familyId, unit })
  return { browser, thonon: at(thonon), ccvs: at(ccvs) }
}

test('signed out, every page leads to the sign-in page and back', async () => {
  const browser = visitor(app, services)
  for (const path of ['/', '/compte', '/historique', '/historique.csv', '/releves/CCVS/2012.pdf']) {
    const answer = await browser.get(path)
    expect([answer.status, answer.location]).toEqual([303, `/connexion?suite=${encodeURIComponent(path)}`])
  }
})

test('home says the truth of each unit, one by one, and where the bank is', async () => {
  const { browser, ...at } = await family()
  const invoiceId = await buildInvoice(db, at.thonon, 'TH100001', 3_100)
  await buildInvoice(db, at.thonon, 'TH100002', 7_000)
  await buildCheque(db, at.thonon, 'H1', 2_650, { invoices: [invoiceId] })
  await buildInvoice(db, at.ccvs, 'CCV100001', 1_200)
  const { words, html } = await browser.get('/')
  expect(words).toContain('Bonjour Fabien')
  expect(words).toContain('Vous avez 2 factures non soldées : 74,50 €')
  expect(words).toContain('Solde de votre compte : −12,00 €')
  expect(words).toContain(
    'sécurisée du système de paiement en ligne de notre partenaire bancaire, Banque de démonstration.',
  )
  expect(words).toContain('Le portail ne traite pas et n’enregistre pas vos données bancaires.')
  expect(html).toContain('action="/compte/recharger/CCVS"')
  expect(html).toContain('<title>Accueil – Préau</title>')
  expect(html.match(/class="abri/g)).toHaveLength(1)
})

test('a new family is told when its first invoice appears', async () => {
  const { browser, thonon } = await family()
  await buildInvoice(db, thonon, 'TH100003', 3_100, { visibleAt: later(TEST_NOW, HOUR_MS) })
  const { words } = await browser.get('/')
  expect(words).toContain('Une facture apparaît dans votre compte famille 24 heures après sa création.')
  expect(words).toContain('Tout est réglé.')
  expect(words).not.toContain('TH100003')
  expect((await browser.get('/historique')).words).not.toContain('TH100003')
})

test('the warning comes beyond the threshold, not at it', async () => {
  const warning =
    'Attention : votre compte présente un solde débiteur supérieur à 30,00 €. Nous vous invitons à approvisionner votre compte dans les meilleurs délais, ou à prendre contact avec le service de l’ifac pour toute question relative au suivi de votre solde.'
  const atThreshold = await family()
  await buildInvoice(db, atThreshold.ccvs, 'CCV100002', 3_000)
  const calm = (await atThreshold.browser.get('/compte')).words
  expect(calm).toContain('−30,00 €')
  expect(calm).toContain('Solde débiteur : vous devez 30,00 €')
  expect(calm).not.toContain('Attention')
  const beyond = await family()
  await buildInvoice(db, beyond.ccvs, 'CCV100003', 3_001)
  const worried = (await beyond.browser.get('/compte')).words
  expect(worried).toContain('−30,01 €')
  expect(worried).toContain(warning)
})

test('movements end at the balance, twenty to a page', async () => {
  const { browser, ccvs } = await family()
  for (let index = 0; index < 21; index += 1)
    await buildInvoice(db, ccvs, `CCV1001${10 + index}`, 100, { issuedOn: day(`2012-01-${10 + index}`) })
  await buildCheque(db, ccvs, 'M1', 5_000, { receivedOn: day('2012-02-01') })
  const first = await browser.get('/compte')
  expect(first.words).toContain('Mes Factures & Paiements - CCVS')
  expect(first.words).toContain('Solde créditeur : 29,00 € en votre faveur')
  expect(first.words).toMatch(/01\/02\/2012 Paiement reçu par le service.*solde 29,00 €/)
  const second = await browser.get('/compte?page=2')
  expect(second.html).toContain('<title>Mon compte, page 2 sur 2 – Préau</title>')
  expect(second.words).toMatch(/10\/01\/2012 Facture n° CCV100110 .*solde −1,00 €/)
})

test('readers see the account and cannot top it up', async () => {
  const { browser, ccvs } = await family('reader')
  await buildInvoice(db, ccvs, 'CCV100004', 1_200)
  const { words, html } = await browser.get('/compte')
  expect(words).toContain('Votre accès permet de consulter ce compte, sans le recharger.')
  expect(html).not.toContain('/compte/recharger/')
})

test('a family without rechargeable account is led to its invoices', async () => {
  const { browser, thonon } = await family()
  await buildInvoice(db, thonon, 'TH100004', 3_100)
  const { words, html } = await browser.get('/compte')
  expect(words).toContain('Vous n’avez pas de compte rechargeable.')
  expect(html).toContain('href="/factures"')
})

test('the file of the history is what its page shows', async () => {
  const { browser, ...at } = await family()
  await buildInvoice(db, at.thonon, 'TH100005', 123_450, { activity: '=1+1', issuedOn: day('2012-03-16') })
  await buildInvoice(db, at.ccvs, 'CCV100005', 1_800, { issuedOn: day('2012-04-02') })
  await buildCheque(db, at.ccvs, 'F1', 5_000, { receivedOn: day('2012-04-03') })
  const query = '?type=factures&du=01/03/2012&au=31/03/2012'
  const page = await browser.get(`/historique${query}`)
  expect(page.words).toContain('1 opération')
  expect(page.words).not.toContain('CCV100005')
  const file = await browser.get(`/historique.csv${query}`)
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(file.html.replace('\uFEFF', '').split('\r\n')).toEqual([
    'Date;Détail;Précision;Montant facture;Montant paiement;État',
    '16/03/2012;Facture n°\u00A0TH100005;ACCUEIL DE LOISIRS THONON · =1+1;1234,50;;Facture non soldée',
    '',
  ])
  const whole = await browser.get('/historique.csv')
  expect(whole.html.trim().split('\r\n')).toHaveLength(4)
})

test('a day that is no day is told at its field, and nothing is shown as if it were filtered', async () => {
  const { browser } = await family()
  const answer = await browser.get('/historique?du=32/01/2012')
  expect(answer.status).toBe(422)
  expect(answer.html).toContain('<title>Erreur\u00A0: Historique')
  expect(answer.words).toContain('Saisissez une date, par exemple 16/03/2012.')
  expect(answer.html).toContain('value="32/01/2012"')
  expect((await browser.get('/historique.csv?du=32/01/2012')).status).toBe(303)
})

test('filters that leave nothing say so, and can be cleared', async () => {
  const { browser, thonon } = await family()
  await buildInvoice(db, thonon, 'TH100006', 3_100)
  const { words } = await browser.get('/historique?du=01/01/2001&au=02/02/2001')
  expect(words).toContain('Aucune opération entre le 1er janvier 2001 et le 2 février 2001.')
  expect(words).toContain('Effacer les filtres')
})

test('a statement is the family’s own, of its own units', async () => {
  const { browser, ccvs } = await family()
  await buildInvoice(db, ccvs, 'CCV100006', 1_200)
  const answer = await browser.get('/releves/CCVS/2012.pdf')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect((await browser.get('/releves/THONON/2012.pdf')).status).toBe(404)
  expect((await browser.get('/releves/CCVS/2013.pdf')).status).toBe(404)
})
