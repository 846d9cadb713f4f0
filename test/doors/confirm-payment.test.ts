import { expect, test } from 'vitest'
import { recordElsewherePayment } from '../../src/billing/record-elsewhere.ts'
import { day } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { type Issued, messageOf, openTill, type Till } from '../support/till.ts'
import type { Visitor } from '../support/visitor.ts'
import { anotherVisitor, formOf, openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

async function openConfirmation(amounts: readonly number[] = [450, 7_000]) {
  const till = await openTill(db)
  const invoices: Issued[] = []
  for (const amount of amounts) invoices.push(await till.issue(amount))
  const reference = await till.start(invoices)
  const portal = await openPaymentPortal(till)
  return { ...portal, till, invoices, reference }
}

const payAtTheDesk = (till: Till, invoice: Issued, amount: number) =>
  db.transaction((tx) =>
    recordElsewherePayment(
      tx,
      {
        organisationId: till.organisationId,
        billingUnitId: till.unitId,
        familyId: till.familyId,
        externalKey: invoice.number,
        receivedOn: day('2012-04-12'),
        method: 'Chèque',
        amount: cents(amount),
        invoices: [invoice.id],
      },
      till.services.clock.now(),
      'test',
    ),
  )

async function leave(payer: Visitor, reference: string, changes: Record<string, string> = {}) {
  const page = await payer.get(paths.confirmPayment(reference))
  return payer.post(paths.sendPayment(reference), {
    ...formOf(page, paths.sendPayment(reference)),
    ...changes,
  })
}

test('the confirmation shows what is paid, to whom, and the bank’s part', async () => {
  const { payer, reference, invoices } = await openConfirmation()
  const page = await payer.get(paths.confirmPayment(reference))
  for (const words of [
    'Confirmez le montant à payer',
    `Facture ${invoices[0]?.number ?? ''}`,
    'Montant à payer : 74,50 €',
    'ifac Portes de Savoie',
    `${reference.slice(-8, -4)}-${reference.slice(-4)}`,
    'E-mail pour recevoir un reçu (facultatif)',
    'Nous ne faisons que transmettre à la banque le montant de la somme qui doit être réglée.',
    'La confirmation par SMS proviendra de votre banque.',
    'Rappel : Notre système vous renvoie vers une page sécurisée',
    'Payer en ligne',
    'Modifier ma sélection',
  ])
    expect(page.words).toContain(words)
  expect(page.html).toContain('name="vu" value="7450"')
  expect(page.html).toMatch(new RegExp(`href="/factures\\?unite=[^"]*&amp;f=${invoices[0]?.number ?? ''}`))
  expect(page.headers.get('cache-control')).toBe('no-store')
})

test('the form to the bank holds exactly these fields, and the page may post to it', async () => {
  const { payer, reference, till } = await openConfirmation()
  const page = await leave(payer, reference, { courriel: ' claire@famille.example ', vads_amount: '1' })
  expect(page.status).toBe(200)
  const form = formOf(page, till.contract.settings.formUrl)
  expect(Object.keys(form).toSorted().join(' ')).toBe(
    'signature vads_action_mode vads_amount vads_ctx_mode vads_currency vads_cust_email vads_language ' +
      'vads_order_id vads_page_action vads_payment_config vads_return_mode vads_site_id vads_trans_date ' +
      'vads_trans_id vads_url_return vads_version',
  )
  expect(form).toMatchObject({
    vads_amount: '7450',
    vads_order_id: reference,
    vads_cust_email: 'claire@famille.example',
    vads_url_return: `http://localhost:3000${paths.paymentReturn(reference)}`,
  })
  expect(page.html).toContain('data-auto')
  expect(page.html).not.toContain('clef-de-test')
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3001")
  expect(page.headers.get('cache-control')).toBe('no-store')
})

test('an amount that changed is asked again, with what changed', async () => {
  const { payer, reference, till, invoices } = await openConfirmation()
  const [first] = invoices
  if (!first) throw new Error('no invoice')
  const shown = await payer.get(paths.confirmPayment(reference))
  await payAtTheDesk(till, first, 450)
  const form = formOf(shown, paths.sendPayment(reference))
  const again = await payer.post(paths.sendPayment(reference), form)
  expect(again.status).toBe(409)
  expect(again.words).toContain('Le montant a changé : 74,50 € → 70,00 €.')
  expect(again.words).toContain(`La facture ${first.number} est déjà réglée.`)
  expect(await till.stateOf(reference)).toBe('created')
  const sent = await payer.post(paths.sendPayment(reference), formOf(again, paths.sendPayment(reference)))
  expect(formOf(sent, till.contract.settings.formUrl)).toMatchObject({ vads_amount: '7000' })
})

test('nothing due any more offers no payment', async () => {
  const { payer, reference, till, invoices } = await openConfirmation([450])
  const [only] = invoices
  if (!only) throw new Error('no invoice')
  await payAtTheDesk(till, only, 450)
  const page = await payer.get(paths.confirmPayment(reference))
  expect(page.words).toContain('Il n’y a plus rien à payer')
  expect(page.html).not.toContain(paths.sendPayment(reference))
})

test('the amount seen and the address cannot be made up', async () => {
  const { payer, reference, till } = await openConfirmation()
  for (const vu of ['1', '', '-7450', '74.50', '7450.0', '9'.repeat(40)])
    expect([vu, (await leave(payer, reference, { vu })).status]).toEqual([vu, 409])
  for (const courriel of ['claire', 'a@b', 'a b@c.fr', 'a@b.fr\nBcc: c@d.fr', `${'a'.repeat(150)}@b.fr`]) {
    const page = await leave(payer, reference, { courriel })
    expect([courriel, page.status]).toEqual([courriel, 422])
    expect(page.words).toContain('Saisissez une adresse e-mail complète')
    expect(page.html).toContain('aria-invalid="true"')
  }
  expect(await till.stateOf(reference)).toBe('created')
  const sent = await leave(payer, reference, { courriel: '' })
  expect(Object.keys(formOf(sent, till.contract.settings.formUrl))).not.toContain('vads_cust_email')
})

test('two tabs with the same invoice: the second is told', async () => {
  const { payer, reference, till, invoices } = await openConfirmation()
  const second = await till.start(invoices)
  expect((await leave(payer, reference)).status).toBe(200)
  const told = await leave(payer, second)
  expect([told.status, told.words]).toEqual([409, expect.stringContaining('Un autre paiement est en cours')])
})

test('paid, the confirmation and the way to the bank lead to the payment’s page', async () => {
  const { payer, reference, till, notify } = await openConfirmation()
  const shown = await payer.get(paths.confirmPayment(reference))
  const form = formOf(shown, paths.sendPayment(reference))
  await notify(messageOf(await till.send(reference, 7_450)))
  const answers = [
    await payer.get(paths.confirmPayment(reference)),
    await payer.post(paths.sendPayment(reference), form),
  ]
  for (const answer of answers)
    expect([answer.status, answer.location]).toEqual([303, paths.payment(reference)])
})

test('sent once already, the confirmation warns', async () => {
  const { payer, reference } = await openConfirmation()
  await leave(payer, reference)
  const page = await payer.get(paths.confirmPayment(reference))
  expect(page.words).toContain('Vous êtes déjà parti vers la banque')
})

test('strangers, readers and the signed out confirm nothing', async () => {
  const { app, payer, signedOut, reference, till } = await openConfirmation()
  const { jeton: _, ...form } = formOf(
    await payer.get(paths.confirmPayment(reference)),
    paths.sendPayment(reference),
  )
  const stranger = await anotherVisitor(db, till, app, { isStranger: true })
  const reader = await anotherVisitor(db, till, app, { role: 'reader' })
  for (const [visitor, status] of [
    [stranger, 404],
    [reader, 403],
    [signedOut, 303],
  ] as const) {
    expect((await visitor.get(paths.confirmPayment(reference))).status).toBe(status)
    expect((await visitor.post(paths.sendPayment(reference), form)).status).toBe(status)
    expect((await visitor.post(paths.dropPayment(reference), {})).status).toBe(status)
  }
  expect(await till.stateOf(reference)).toBe('created')
})
