import { expect, test } from 'vitest'
import { expireAttempts } from '../../src/payments/expire-attempts.ts'
import { DAY_MS, later, MINUTE_MS } from '../../src/kernel/dates.ts'
import type { ReceiptId } from '../../src/kernel/ids.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { messageOf, openTill, type Till } from '../support/till.ts'
import { anotherVisitor, openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

async function openSent() {
  const till = await openTill(db)
  const invoices = [await till.issue(450), await till.issue(7_000)]
  const reference = await till.start(invoices)
  const portal = await openPaymentPortal(till)
  const form = await till.send(reference, 7_450)
  return { ...portal, till, invoices, reference, form }
}

const receiptOf = async (till: Till) =>
  (await db
    .selectFrom('receipt')
    .select('id')
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()) as { id: ReceiptId }

test('a signed return that comes first shows « accepté » at once, without its query', async () => {
  const { payer, reference, form, till, invoices } = await openSent()
  const back = await payer.get(`${paths.paymentReturn(reference)}?${messageOf(form)}`)
  expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
  const page = await payer.get(paths.payment(reference))
  expect(page.html).toMatch(/<title>Paiement accepté – 74,50\u00A0€/)
  for (const words of [
    'Merci, votre paiement est accepté',
    '74,50 € ont été payés le 12/04/2012 à 18:44.',
    `Factures ${invoices[0]?.number ?? ''} et ${invoices[1]?.number ?? ''} soldées.`,
    'Reçu en route vers claire@…',
  ])
    expect(page.words).toContain(words)
  expect(await till.internal('clearing')).toBe(7_450)
})

test('a bare return shows « en attente », and asks not to pay twice', async () => {
  const { payer, reference } = await openSent()
  const back = await payer.get(paths.paymentReturn(reference))
  expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('Paiement en cours de confirmation')
  expect(page.words).toContain('Votre banque n’a pas encore confirmé. Ne payez pas une seconde fois.')
  expect(page.words).toContain('Vérifier maintenant')
  expect(page.html).toContain('data-poll="3"')
  expect(page.html).not.toContain('http-equiv')
})

test('a return signed wrong, or edited, shows « en attente » and books nothing', async () => {
  const { payer, reference, form, till } = await openSent()
  const forged = messageOf(form, {}, 'une-autre-clef-de-test')
  const edited = messageOf(form).replace('vads_amount=7450', 'vads_amount=1')
  for (const query of [
    forged,
    edited,
    'status=success',
    'signature=',
    `${messageOf(form)}&vads_amount=7450`,
  ]) {
    const back = await payer.get(`${paths.paymentReturn(reference)}?${query}`)
    expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
  }
  expect((await payer.get(paths.payment(reference))).words).toContain('en cours de confirmation')
  expect([await till.internal('clearing'), await till.internal('suspense')]).toEqual([0, 0])
  const kept = db.selectFrom('bank_message').select('id').where('organisation_id', '=', till.organisationId)
  expect(await kept.execute()).toEqual([])
})

test('refused: nothing was taken, and the reason only when it is harmless', async () => {
  for (const [code, reason] of [
    ['51', 'Motif transmis : provision insuffisante.'],
    ['61', 'Motif transmis : plafond dépassé.'],
    ['54', 'Motif transmis : carte expirée.'],
    ['43', undefined],
    ['59', undefined],
  ] as const) {
    const { payer, reference, form, notify } = await openSent()
    await notify(messageOf(form, { vads_trans_status: 'REFUSED', vads_auth_result: code }))
    const page = await payer.get(paths.payment(reference))
    expect(page.words).toContain('Paiement refusé')
    expect(page.words).toContain('Aucune somme n’a été débitée.')
    if (reason === undefined) expect(page.words).not.toMatch(/Motif|vol|fraude/)
    else expect(page.words).toContain(reason)
    expect(page.html).toContain(`href="${paths.confirmPayment(reference)}">Réessayer`)
  }
})

test('left at the bank, the selection is kept; dropped here, nothing is claimed; late money wins', async () => {
  const { payer, reference, form, notify, till } = await openSent()
  await notify(messageOf(form, { vads_trans_status: 'ABANDONED', vads_trans_uuid: 'a1' }))
  expect((await payer.get(paths.payment(reference))).words).toContain('Aucune somme n’a été débitée.')
  till.services.clock.advance(MINUTE_MS)
  const again = await till.send(reference, 7_450)
  const dropped = await payer.post(paths.dropPayment(reference), {})
  expect([dropped.status, dropped.location]).toEqual([303, paths.payment(reference)])
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('Vous avez abandonné cet essai')
  expect(page.words).not.toContain('Aucune somme')
  await notify(messageOf(again))
  expect((await payer.get(paths.payment(reference))).words).toContain('votre paiement est accepté')
})

test('not heard of, nothing is promised and nothing is denied', async () => {
  const { payer, reference, till } = await openSent()
  await expireAttempts(db, later(till.services.clock.now(), 30 * MINUTE_MS))
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('Nous vérifions votre paiement')
  expect(page.words).toContain('Nous ne savons pas encore si votre banque a débité votre compte.')
  expect(page.words).toContain(`la référence ${reference.slice(-8, -4)}-${reference.slice(-4)}`)
  expect(page.words).not.toContain('Aucune somme')
  expect(page.words).not.toMatch(/automatiquement|10 minutes|demain/)
  expect(page.words).toContain('Reprendre')
})

test('a shop that can be asked promises its ladder, and nothing else', async () => {
  const { payer, reference, till } = await openSent()
  const ladder = '2, 5, 15 et 30 minutes, 1, 4 et 24 heures et 3 jours après'
  expect((await payer.get(paths.payment(reference))).words).not.toMatch(/interrog/)
  await db.transaction((tx) =>
    tx
      .updateTable('bank_contract')
      .set({ settings: JSON.stringify({ ...till.contract.settings, restUrl: 'http://127.0.0.1:9' }) })
      .where('organisation_id', '=', till.organisationId)
      .execute(),
  )
  const pending = await payer.get(paths.payment(reference))
  expect(pending.words).toContain(`Nous interrogeons la banque ${ladder} votre départ`)
  expect(pending.words).not.toMatch(/écrivons|automatiquement/)
  await expireAttempts(db, later(till.services.clock.now(), DAY_MS))
  const unknown = await payer.get(paths.payment(reference))
  expect(unknown.words).toContain('Nous vérifions votre paiement')
  expect(unknown.words).toContain(`La banque est interrogée ${ladder} chaque départ`)
})

test('another amount waits for a person, and says so', async () => {
  const { payer, reference, form, notify } = await openSent()
  expect((await notify(messageOf(form, { vads_amount: '7000' }))).status).toBe(200)
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('Votre banque annonce 70,00 €')
  expect(page.words).toContain('Ne payez pas une seconde fois.')
  expect(page.words).not.toContain('Reprendre')
})

test('two acceptances of one payment are both shown', async () => {
  const { payer, reference, form, notify } = await openSent()
  await notify(messageOf(form))
  await notify(messageOf(form))
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('Deux paiements ont été reçus')
  expect(page.html.match(/ont été payés le/g)).toHaveLength(2)
  expect(page.words).toContain('74,50 € ont été ajoutés à votre compte famille.')
})

test('signed out: the state and the reference, no amount and no name; strangers find nothing', async () => {
  const { app, reference, form, notify, signedOut, till, invoices } = await openSent()
  await notify(messageOf(form))
  const page = await signedOut.get(paths.payment(reference))
  expect(page.status).toBe(200)
  expect(page.words).toContain('Merci, votre paiement est accepté')
  expect(page.words).toContain(`${reference.slice(-8, -4)}-${reference.slice(-4)}`)
  expect(page.html).toContain(`${paths.signIn}?suite=${encodeURIComponent(paths.payment(reference))}`)
  expect(page.words).not.toMatch(/€|74200|MARTIN|THONON|famille\.example/)
  expect(page.words).not.toContain(invoices[0]?.number)
  const stranger = await anotherVisitor(db, till, app, { isStranger: true })
  const { id } = await receiptOf(till)
  for (const path of [paths.payment(reference), paths.receipt(id), paths.receiptPdf(id)])
    expect([path, (await stranger.get(path)).status]).toEqual([path, 404])
  for (const path of [paths.payment('0'.repeat(26)), paths.payment('TH001987'), paths.payment('%0d%0aa')])
    expect([path, (await signedOut.get(path)).status]).toEqual([path, 404])
  expect((await signedOut.get(paths.receipt(id))).status).toBe(303)
})

test('the receipt is a page and a PDF, and does not stand for an invoice', async () => {
  const { payer, form, notify, till, invoices } = await openSent()
  await notify(messageOf(form))
  const { id } = await receiptOf(till)
  const page = await payer.get(paths.receipt(id))
  for (const words of [
    `Reçu n° R-${till.series}-2012-000001`,
    'Ce reçu ne vaut pas facture.',
    'Carte bancaire CB •••• 0055',
    'SIRET 12345678900012',
    'MARTIN Claire',
    '3fed91',
    invoices[1]?.number ?? '',
    'Total payé 74,50 €',
  ])
    expect(page.words).toContain(words)
  const pdf = await payer.get(paths.receiptPdf(id))
  expect([pdf.headers.get('content-type'), pdf.html.slice(0, 5)]).toEqual(['application/pdf', '%PDF-'])
  expect((await payer.get(paths.receipt('abc' as ReceiptId))).status).toBe(404)
})
