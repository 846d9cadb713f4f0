import { expect, test } from 'vitest'
import { buildCheque, buildInvoice, invoiceLine } from '../../test/support/account.ts'
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
import { inFours, rfReference } from '../kernel/transfer-reference.ts'
import { sql } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'
import { createApp } from '../web/app.ts'
import { invoicePdf } from './draw-invoice.ts'
import { billingDoor } from './portal.tsx'
import { publishInvoices } from './publish-invoices.ts'
import { writeNewInvoicesMail } from './write-mails.tsx'

const db = await testDatabase()
const services = testServices(db)
const app = createApp(services, [billingDoor], { formOrigins: () => [] })
const organisationId = await buildOrganisation(db)
const contractId = await buildContract(db, organisationId, { sealedKey: services.keys.seal('key') })
const unit = await buildUnit(db, organisationId, { series: 'TH', contractId })
const prepaid = await buildUnit(db, organisationId, { series: 'CCV', mode: 'prepaid', contractId })

async function family(role: 'payer' | 'reader' = 'payer') {
  const { familyId } = await buildFamily(db, organisationId)
  const { loginId, adultId } = await buildLogin(db, organisationId, familyId, { role })
  const browser = visitor(app, services)
  await browser.signIn(loginId)
  return { browser, familyId, adultId, whose: { organisationId, familyId, unit } }
}

test('the detail says the guide’s fields, lines by child, what came in and what remains', async () => {
  const { browser, whose } = await family()
  const invoiceId = await buildInvoice(db, whose, 'TH200001', 7_000, {
    issuedOn: day('2012-03-29'),
    period: { from: day('2012-03-01'), to: day('2012-03-31') },
    lines: [
      invoiceLine('MARTIN Léo', 'Journée', 2_500),
      invoiceLine('MARTIN Zoé', 'Demi-journée', 3_500),
      invoiceLine('MARTIN Léo', 'Accueil du matin', 1_000),
    ],
  })
  await buildCheque(db, whose, 'B1', 2_000, { invoices: [invoiceId] })
  const { words, html } = await browser.get('/factures/TH200001')
  for (const sentence of [
    'Facture N° : TH200001 Date de la facture : 29/03/2012 Montant : 70,00 € Restant dû : 50,00 € État : Facture partiellement réglée',
    'Période de facturation : du 01/03/2012 au 31/03/2012 Bénéficiaire : MARTIN Léo Établissement : ACCUEIL DE LOISIRS THONON Accueil : Mercredis',
    'Sous-total MARTIN Léo 35,00 €',
    'Sous-total MARTIN Zoé 35,00 €',
    'Paiement reçu par le service, 20/03/2012 20,00 €',
  ])
    expect(words).toContain(sentence)
  expect(words).toMatch(/Télécharger \(PDF, \d+ ko\)/)
  expect(html).toContain('href="/factures/TH200001/pdf"')
  expect(html).toMatch(/href="\/factures#paiement-[A-Z0-9]+"[^>]*>.*Payer en ligne/)
  expect(words).not.toContain('Signaler une erreur')
})

test('an invoice without lines says why', async () => {
  const { browser, whose } = await family()
  await buildInvoice(db, whose, 'TH200002', 1_000)
  const { words } = await browser.get('/factures/TH200002')
  expect(words).toContain('Cette facture porte un montant global.')
  expect(words).toContain('Aucun paiement reçu pour l’instant.')
  expect(words).toContain('État : Facture non soldée')
})

test('readers and settled invoices have nothing to pay; prepaid ones lead to the account', async () => {
  const reader = await family('reader')
  await buildInvoice(db, reader.whose, 'TH200003', 1_000)
  expect((await reader.browser.get('/factures/TH200003')).words).not.toContain('Payer en ligne')
  const payer = await family()
  const invoiceId = await buildInvoice(db, payer.whose, 'TH200004', 1_000)
  await buildCheque(db, payer.whose, 'B2', 1_000, { invoices: [invoiceId] })
  const settled = (await payer.browser.get('/factures/TH200004')).words
  expect(settled).toContain('État : Facture soldée')
  expect(settled).not.toContain('Payer en ligne')
  await buildInvoice(db, { ...payer.whose, unit: prepaid }, 'CCV200001', 1_000)
  expect((await payer.browser.get('/factures/CCV200001')).html).toMatch(
    /href="\/compte"[^>]*>.*Payer en ligne/,
  )
})

test('another family’s invoice, or one not yet visible, is not found', async () => {
  const owner = await family()
  const other = await family()
  await buildInvoice(db, owner.whose, 'TH200005', 1_000)
  await buildInvoice(db, owner.whose, 'TH200006', 1_000, { visibleAt: later(TEST_NOW, HOUR_MS) })
  for (const path of ['/factures/TH200005', '/factures/TH200005/pdf']) {
    expect((await other.browser.get(path)).status).toBe(404)
    expect((await owner.browser.get(path)).status).toBe(200)
    expect((await visitor(app, services).get(path)).status).toBe(303)
  }
  expect((await owner.browser.get('/factures/TH200006')).status).toBe(404)
  expect((await owner.browser.get('/factures/TH200006/pdf')).status).toBe(404)
  expect((await owner.browser.get('/factures/nimporte')).status).toBe(404)
})

test('a document is drawn once: two first requests at once, and every later one, get the same bytes', async () => {
  const { browser, whose } = await family()
  const invoiceId = await buildInvoice(db, whose, 'TH200007', 1_000)
  const [one, two] = await Promise.all([
    invoicePdf(services, organisationId, invoiceId),
    invoicePdf(services, organisationId, invoiceId),
  ])
  expect(one.pdf.equals(two.pdf)).toBe(true)
  expect(sha256(one.pdf)).toEqual(one.sha256)
  const answer = await browser.get('/factures/TH200007/pdf')
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.headers.get('content-disposition')).toBe('inline; filename="facture-TH200007.pdf"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const kept = await db
    .selectFrom('invoice_pdf')
    .select('sha256')
    .where('invoice_id', '=', invoiceId)
    .execute()
  expect(kept).toEqual([{ sha256: one.sha256 }])
})

test('altered content is refused, and the page stays readable', async () => {
  const { browser, whose } = await family()
  const invoiceId = await buildInvoice(db, whose, 'TH200008', 1_000)
  await db.transaction(async (tx) => {
    await sql`alter table invoice_content disable trigger invoice_content_append_only`.execute(tx)
    await sql`update invoice_content set content = replace(content, '1000', '9000') where invoice_id = ${invoiceId}`.execute(
      tx,
    )
    await sql`alter table invoice_content enable trigger invoice_content_append_only`.execute(tx)
  })
  await expect(invoicePdf(services, organisationId, invoiceId)).rejects.toThrow('its content was altered')
  expect((await browser.get('/factures/TH200008')).status).toBe(200)
  expect((await browser.get('/factures/TH200008/pdf')).status).toBe(500)
})

test('the mail about new invoices bears numbers, no amount and no child', async () => {
  const { whose, familyId, adultId } = await family()
  await buildInvoice(db, whose, 'TH200009', 3_100)
  await buildInvoice(db, whose, 'TH200010', 7_000)
  await publishInvoices(db, TEST_NOW)
  const plan = { kind: 'new-invoices' as const, adultId, familyId, day: day('2012-04-12') }
  const mail = await writeNewInvoicesMail(services, organisationId, plan)
  expect(mail?.subject).toBe('Nouvelles factures')
  expect(mail?.text).toContain('- Facture n°\u00A0TH200009\n- Facture n°\u00A0TH200010')
  expect(mail?.text).toContain(`${services.config.publicUrl}/factures`)
  for (const body of [mail?.text, mail?.html]) {
    expect(body).not.toMatch(/31,00|70,00|101,00|€/)
    expect(body).not.toContain('Léo')
  }
})

test('what was settled meanwhile, or told the day before, is not announced', async () => {
  const { whose, familyId, adultId } = await family()
  const first = await buildInvoice(db, whose, 'TH200011', 3_100)
  await publishInvoices(db, TEST_NOW)
  const on = async (text: string) => {
    const plan = { kind: 'new-invoices' as const, adultId, familyId, day: day(text) }
    return (await writeNewInvoicesMail(services, organisationId, plan))?.text
  }
  expect(await on('2012-04-12')).toContain('TH200011')
  expect(await on('2012-04-13')).toBeUndefined()
  await buildInvoice(db, whose, 'TH200012', 500)
  await publishInvoices(db, later(TEST_NOW, HOUR_MS))
  expect(await on('2012-04-12')).not.toContain('TH200012')
  expect(await on('2012-04-13')).toContain('TH200012')
  expect(await on('2012-04-13')).not.toContain('TH200011')
  await buildCheque(db, whose, 'B3', 3_100, { invoices: [first] })
  expect(await on('2012-04-12')).toBeUndefined()
})

test('a unit with an account for transfers shows it in clear, with the rest due and its reference', async () => {
  const transfer = { beneficiary: 'ifac', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' }
  const transferUnit = await buildUnit(db, organisationId, { series: 'VIR', transfer })
  const { browser, whose } = await family()
  const mine = { ...whose, unit: transferUnit }
  const invoiceId = await buildInvoice(db, mine, 'VIR000001', 7_000)
  await buildCheque(db, mine, 'B9', 2_000, { invoices: [invoiceId] })
  const page = await browser.get('/factures/VIR000001')
  expect(page.words).toContain('IBAN : FR14 2004 1010 0505 0001 3M02 606 BIC : PSSTFRPPPAR')
  expect(page.words).toContain(
    `Référence : ${inFours(rfReference('VIR000001'))} Montant : 50,00 €`.replaceAll('\u00A0', ' '),
  )
  expect(page.html).toContain('aria-label="Code QR d’un virement à ifac"')
  await buildCheque(db, mine, 'B10', 5_000, { invoices: [invoiceId] })
  expect((await browser.get('/factures/VIR000001')).words).not.toContain('IBAN')
  await buildInvoice(db, whose, 'TH200090', 1_000)
  expect((await browser.get('/factures/TH200090')).words).not.toContain('IBAN')
})
