import { expect, test } from 'vitest'
import { sampleReceipt } from '../../test/support/documents.ts'
import { writeReceiptMail } from './receipt-mail.tsx'

const URL_OF_RECEIPT = 'https://portail.exemple.fr/recus/1'

test('the mail says what the receipt says, and carries it', () => {
  const pdf = Buffer.from('%PDF-1.7')
  const mail = writeReceiptMail(sampleReceipt, pdf, URL_OF_RECEIPT)
  expect(mail.subject).toBe('Votre reçu de paiement n°\u00A0R-2012-000397')
  for (const sentence of [
    'Votre paiement de 80,00 € du 12/04/2012 à 18:44 est accepté.',
    'SIRET : 12345678900012',
    'Carte : VISA •••• 0055',
    'Autorisation : 3fcdd6',
    'Facture TH001987, Mercredis de mars : 4,50 € (restant dû : 0,00 €)',
    'Crédit de votre compte : 5,50 €',
    'Ce reçu ne vaut pas facture.',
    URL_OF_RECEIPT,
  ])
    expect(mail.text.replaceAll('\u00A0', ' ')).toContain(sentence)
  expect(mail.html).toContain('Ce reçu ne vaut pas facture.')
  expect(mail.attachments).toEqual([{ filename: 'recu-R-2012-000397.pdf', content: pdf }])
})

test('a name with angle brackets is text in the mail, not markup', () => {
  const mail = writeReceiptMail({ ...sampleReceipt, payer: { name: '<b>MARTIN</b>' } }, Buffer.alloc(0), '')
  expect(mail.html).toContain('&lt;b>MARTIN&lt;/b>')
  expect(mail.html).not.toContain('<b>MARTIN')
})
