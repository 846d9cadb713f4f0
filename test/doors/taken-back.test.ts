// F43: the bank accepted a payment, then never collected it. Books, page and family all know.
import { expect, test } from 'vitest'
import type { EntryId } from '../../src/kernel/ids.ts'
import { writeTakenBackMail } from '../../src/payments/write-mails.ts'
import { paths } from '../../src/web/paths.ts'
import { buildLogin } from '../support/build.ts'
import { testDatabase } from '../support/database.ts'
import { messageOf, openTill, type Till } from '../support/till.ts'
import { openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()
const ID = { vads_trans_uuid: '7a4a508dd2504ad5a4d4cd35f2c7d45f' }

async function openPaid(till: Till, chosen: 'invoices' | number) {
  const invoices = chosen === 'invoices' ? [await till.issue(450), await till.issue(7_000)] : []
  const amount = chosen === 'invoices' ? 7_450 : chosen
  const reference = await till.start(chosen === 'invoices' ? invoices : amount)
  const portal = await openPaymentPortal(till)
  const form = await till.send(reference, amount)
  await portal.notify(messageOf(form, ID))
  /** The bank's batch says that it never collected, or collected less. */
  const takeBack = (changes: Record<string, string> = { vads_trans_status: 'CANCELLED' }) =>
    portal.notify(messageOf(form, { ...ID, vads_url_check_src: 'BATCH', ...changes }))
  return { ...portal, reference, invoices, takeBack }
}
async function mailsOf(till: Till) {
  const found = db.selectFrom('mail').select(['recipient', 'details'])
  const rows = await found
    .where('organisation_id', '=', till.organisationId)
    .where('kind', '=', 'taken-back')
    .orderBy('recipient')
    .execute()
  return rows.map(({ recipient, details }) => ({
    recipient,
    entryId: (details as { entryId: EntryId }).entryId,
  }))
}
const plain = (text: string) => text.replaceAll('\u00A0', ' ')
const write = async (till: Till, entryId: EntryId) => {
  const mail = await writeTakenBackMail(till.services, till.organisationId, { kind: 'taken-back', entryId })
  return { subject: mail?.subject ?? '', text: plain(mail?.text ?? '') }
}

test('F43: a payment never collected is due again, its page says so and each payer hears of it once', async () => {
  const till = await openTill(db)
  await buildLogin(db, till.organisationId, till.familyId, { role: 'reader' })
  const { payer, signedOut, reference, invoices, takeBack } = await openPaid(till, 'invoices')
  expect((await payer.get(paths.payment(reference))).words).toContain('votre paiement est accepté')
  await takeBack()
  await takeBack()
  expect(await Promise.all(invoices.map(till.due))).toEqual([450, 7_000])
  expect(await till.tasks()).toEqual(['taken-back'])

  const page = await payer.get(paths.payment(reference))
  for (const words of [
    'Paiement annulé par la banque',
    '74,50 € avaient été acceptés le 12/04/2012',
    'Ce que ce paiement réglait est de nouveau à payer.',
    'Retour à mes factures',
  ])
    expect(page.words).toContain(words)
  expect(page.words).not.toMatch(/est accepté|soldée|Voir le reçu/)
  const outside = (await signedOut.get(paths.payment(reference))).words
  expect([outside.includes('Paiement annulé par la banque'), outside.includes('74,50')]).toEqual([
    true,
    false,
  ])

  const mails = await mailsOf(till)
  const own = db.selectFrom('login').select('email').where('id', '=', till.actor.loginId)
  expect(mails.map((mail) => mail.recipient)).toEqual([(await own.executeTakeFirstOrThrow()).email])
  const { subject, text } = await write(till, mails[0]?.entryId as EntryId)
  expect(subject).toBe('Votre paiement a été annulé par la banque')
  for (const words of [
    'a repris 74,50 €',
    `Facture n° ${invoices[0]?.number ?? ''}, reste à payer 4,50 €`,
    `Facture n° ${invoices[1]?.number ?? ''}, reste à payer 70,00 €`,
    reference.slice(-4),
    'http://localhost:3000/factures',
  ])
    expect(text).toContain(words)
})

test('a part taken back leaves the payment accepted, less that part', async () => {
  const till = await openTill(db)
  const { payer, reference, takeBack, invoices } = await openPaid(till, 'invoices')
  await takeBack({ vads_amount: '6450', vads_effective_amount: '6450' })
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('La banque a repris 10,00 € de ce paiement')
  expect(page.html).toContain('Paiement accepté – 64,50')
  expect(page.words).not.toContain('soldées')
  expect(await Promise.all(invoices.map(till.due))).toEqual([0, 1_000])
  await takeBack()
  expect((await payer.get(paths.payment(reference))).words).toContain('Paiement annulé par la banque')
  expect(await mailsOf(till)).toHaveLength(2)
})

test('a top-up taken back says that the account no longer has it', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const { payer, reference, takeBack } = await openPaid(till, 5_000)
  await takeBack()
  expect(await till.credit()).toBe(0)
  expect((await payer.get(paths.payment(reference))).words).toContain('n’est plus sur votre compte famille')
  const [mail] = await mailsOf(till)
  const { text } = await write(till, mail?.entryId as EntryId)
  expect(text).toContain('Cette somme n’est plus sur votre compte famille.')
  expect(text).toContain('http://localhost:3000/compte')
})
