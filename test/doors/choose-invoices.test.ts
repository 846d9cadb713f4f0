import { expect, test } from 'vitest'
import { paths } from '../../src/web/paths.ts'
import { buildUnit } from '../support/build.ts'
import { testDatabase } from '../support/database.ts'
import { openTill, type Till } from '../support/till.ts'
import { anotherVisitor, formOf, openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

const attemptsOf = (till: Till) =>
  db
    .selectFrom('payment_attempt')
    .select(['amount_cents', 'reference'])
    .where('organisation_id', '=', till.organisationId)
    .execute()

test('the page lists what is due, ticked, with the guide’s words', async () => {
  const till = await openTill(db)
  const first = await till.issue(450)
  await till.issue(7_000)
  const { payer } = await openPaymentPortal(till)
  const page = await payer.get(paths.invoices)
  expect(page.status).toBe(200)
  for (const words of [
    'Vous avez 2 factures non soldées.',
    'Liste des factures à payer',
    'Inclure cette facture au paiement ?',
    `Inclure la facture ${first.number}, reste à payer 4,50 €`,
    'Montant du paiement : 74,50 €',
    '2 factures sélectionnées sur 2',
    'Payer en ligne',
    'en ligne de notre partenaire bancaire, Banque de démonstration.',
  ])
    expect(page.words).toContain(words)
  expect(page.html.match(/type="checkbox"[^>]* checked/g)).toHaveLength(2)
})

test('one form sent twenty times at once starts one attempt, to confirm', async () => {
  const till = await openTill(db)
  await till.issue(450)
  await till.issue(7_000)
  const { payer } = await openPaymentPortal(till)
  const form = formOf(await payer.get(paths.invoices), paths.startPayment)
  const answers = await Promise.all(Array.from({ length: 20 }, () => payer.post(paths.startPayment, form)))
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([303]))
  const [attempt, ...others] = await attemptsOf(till)
  expect([attempt?.amount_cents, others]).toEqual([7_450, []])
  expect(new Set(answers.map((answer) => answer.location))).toEqual(
    new Set([paths.confirmPayment(attempt?.reference ?? '')]),
  )
})

test('nothing ticked says so, with the title, the summary and the focus', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(450)
  const { payer } = await openPaymentPortal(till)
  const { f: _, ...form } = formOf(await payer.get(paths.invoices), paths.startPayment)
  const page = await payer.post(paths.startPayment, form)
  expect(page.status).toBe(422)
  expect(page.html).toContain('<title>Erreur\u00A0: ')
  expect(page.html).toContain(`<a href="#f-${invoice.number}">Cochez au moins une facture à payer.</a>`)
  expect(page.html).not.toMatch(/type="checkbox"[^>]* checked/)
  expect(await attemptsOf(till)).toEqual([])
})

test('without JavaScript the amount is updated, and the choice kept', async () => {
  const till = await openTill(db)
  const first = await till.issue(450)
  await till.issue(7_000)
  const { payer } = await openPaymentPortal(till)
  const form = formOf(await payer.get(paths.invoices), paths.startPayment)
  const updated = await payer.post(paths.startPayment, { ...form, f: first.number, choix: 'update' })
  expect(updated.status).toBe(303)
  const page = await payer.get(updated.location ?? '')
  expect(page.words).toContain('Montant du paiement : 4,50 € 1 facture sélectionnée sur 2')
  const none = await payer.get(`${paths.invoices}?unite=${String(form['unite'])}&choix=none`)
  expect(none.words).toContain('0 facture sélectionnée sur 2')
  expect(await attemptsOf(till)).toEqual([])
})

test('amounts beyond the limits name the limit and another way', async () => {
  const till = await openTill(db)
  const small = await till.issue(99)
  const large = await till.issue(200_001)
  const { payer } = await openPaymentPortal(till)
  const form = formOf(await payer.get(paths.invoices), paths.startPayment)
  const below = await payer.post(paths.startPayment, { ...form, f: small.number })
  expect([below.status, below.words]).toEqual([422, expect.stringContaining('possible à partir de 1,00 €')])
  expect(below.words).toContain('réglez autrement : chèque, espèces')
  const above = await payer.post(paths.startPayment, { ...form, f: large.number })
  expect([above.status, above.words]).toEqual([422, expect.stringContaining('dépasser 2 000,00 €')])
})

test('tampered fields pay for nothing else', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(450)
  const other = await openTill(db)
  const foreign = await other.issue(900)
  const { payer } = await openPaymentPortal(till)
  const form = formOf(await payer.get(paths.invoices), paths.startPayment)
  const answers = [
    await payer.post(paths.startPayment, { ...form, f: [invoice.number, foreign.number] }),
    await payer.post(paths.startPayment, { ...form, unite: 'AILLEURS' }),
    await payer.post(paths.startPayment, { ...form, cle: '' }),
    await payer.post(paths.startPayment, { ...form, jeton: 'faux' }),
    await payer.post(paths.startPayment, form, { origin: 'https://ailleurs.example' }),
  ]
  expect(answers.map((answer) => answer.status)).toEqual([422, 404, 400, 403, 403])
  expect(await attemptsOf(till)).toEqual([])
  await payer.post(paths.startPayment, { ...form, montant: '1', amount: '1', vads_amount: '1' })
  expect((await attemptsOf(till)).map((attempt) => attempt.amount_cents)).toEqual([450])
})

test('an invoice at the bank is not offered again; the attempt may be dropped', async () => {
  const till = await openTill(db)
  const held = await till.issue(450)
  await till.issue(7_000)
  const { payer } = await openPaymentPortal(till)
  const form = formOf(await payer.get(paths.invoices), paths.startPayment)
  const reference = await till.start([held])
  await till.send(reference, 450)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('Paiement en cours')
  expect(page.words).toContain('1 facture sélectionnée sur 1')
  expect(page.html).toContain(`href="${paths.confirmPayment(reference)}">Reprendre`)
  const again = await payer.post(paths.startPayment, form)
  expect([again.status, again.words]).toEqual([
    422,
    expect.stringContaining('Un paiement est déjà en cours pour une facture cochée.'),
  ])
  const dropped = await payer.post(paths.dropPayment(reference), { retour: paths.invoices })
  expect([dropped.status, dropped.location]).toEqual([303, paths.invoices])
  expect((await payer.get(paths.invoices)).words).toContain('2 factures sélectionnées sur 2')
})

test('many invoices are grouped by month, and ticked all at once', async () => {
  const till = await openTill(db)
  for (let count = 0; count < 12; count += 1) await till.issue(1_000)
  const { payer } = await openPaymentPortal(till)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('Tout cocher Tout décocher')
  expect(page.html).toMatch(/<th role="rowheader" scope="rowgroup" colSpan="6">mars 2012/i)
  expect(page.words).toContain('Montant du paiement : 120,00 €')
})

test('readers see no box and pay nothing', async () => {
  const till = await openTill(db)
  await till.issue(450)
  const { app, payer } = await openPaymentPortal(till)
  const form = formOf(await payer.get(paths.invoices), paths.startPayment)
  const reader = await anotherVisitor(db, till, app, { role: 'reader' })
  const page = await reader.get(paths.invoices)
  expect(page.words).toContain('Votre accès permet de consulter ces factures')
  expect(page.html).not.toContain('type="checkbox"')
  const { jeton: _, ...stolen } = form
  expect((await reader.post(paths.startPayment, stolen)).status).toBe(403)
  expect(await attemptsOf(till)).toEqual([])
})

test('a TEST contract takes no payment in production', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(450)
  const services = { ...till.services, config: { ...till.services.config, mode: 'production' as const } }
  const { payer } = await openPaymentPortal(till, services)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('ne peuvent pas être payées en ligne')
  expect(page.words).toContain('chèque, espèces ou chèques-vacances')
  expect(page.html).not.toContain('type="checkbox"')
  const unit = await db
    .selectFrom('billing_unit')
    .select('code')
    .where('id', '=', till.unitId)
    .executeTakeFirst()
  const form = { unite: unit?.code ?? '', cle: 'x'.repeat(20), f: invoice.number }
  expect((await payer.post(paths.startPayment, form)).status).toBe(422)
  expect(await attemptsOf(till)).toEqual([])
})

test('each unit has its own payment, named', async () => {
  const till = await openTill(db)
  await till.issue(450)
  const unit = await buildUnit(db, till.organisationId, {
    name: 'CANTINE D’ÉVIAN',
    contractId: till.contract.id,
  })
  await till.issue(7_000, { unit })
  const { payer } = await openPaymentPortal(till)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('Paiement : ACCUEIL DE LOISIRS THONON')
  expect(page.words).toContain('Paiement : CANTINE D’ÉVIAN')
  expect(page.words).toContain('Montant du paiement : 4,50 €')
  expect(page.words).toContain('Montant du paiement : 70,00 €')
  expect(page.words).not.toContain('74,50')
})

test('nothing to pay leads to the history, with the credit that waits', async () => {
  const till = await openTill(db)
  await till.give(550)
  const { payer } = await openPaymentPortal(till)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('Vous n’avez aucune facture à payer.')
  expect(page.words).toContain('Vous avez 5,50 € de crédit')
  expect(page.words).toContain('de la plus ancienne à la plus récente')
  expect(page.html).toContain(`href="${paths.history}"`)
})

test('signed out, the choice survives the sign-in page', async () => {
  const till = await openTill(db)
  const { signedOut } = await openPaymentPortal(till)
  const answer = await signedOut.post(paths.startPayment, { unite: 'TH', f: ['TH001987', 'TH002012'] })
  expect([answer.status, decodeURIComponent(answer.location ?? '')]).toEqual([
    303,
    '/connexion?suite=/factures?unite=TH&f=TH001987&f=TH002012',
  ])
})
