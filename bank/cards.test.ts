import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cards, looksLikeCard, maskNumber } from './cards.ts'
import { openDesk, shopSign, type Desk } from './support/test-bank.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stop())

/** The code shown on the drawn phone. */
async function smsCode(page: string): Promise<string | undefined> {
  return /@localhost #(\d{6})/.exec(await desk.read(page))?.[1]
}

async function lastNotification(): Promise<Record<string, string>> {
  return desk.shop.received.at(-1) ?? {}
}

describe('each test card leads where its row says', () => {
  for (const card of cards) {
    const isChallenged = ['sms', 'soft-decline'].includes(card.authentication)
    const isSilent = card.authentication === 'silent'
    const isRefused = card.authorisation !== '00' || ['rejected', 'unavailable'].includes(card.authentication)

    test(`${card.number}: ${card.authentication}, ${card.authorisation}`, async () => {
      const page = await desk.open()
      const before = desk.shop.received.length
      await desk.pay(page, card.number)
      if (isSilent) {
        expect(await desk.read(page)).toContain('Aucun message')
        expect(desk.shop.received).toHaveLength(before)
        return
      }
      if (isChallenged) {
        expect(desk.shop.received).toHaveLength(before)
        await desk.act(page, 'code', { code: (await smsCode(page)) ?? '' })
      }
      const html = await desk.read(page)
      expect(html).toContain(isRefused ? 'Paiement refusé' : 'Paiement accepté')
      const sent = await lastNotification()
      expect(desk.shop.received).toHaveLength(before + 1)
      expect(sent['vads_trans_status']).toBe(isRefused ? 'REFUSED' : 'AUTHORISED')
      expect(sent['vads_result']).toBe(isRefused ? '05' : '00')
      expect(sent['vads_card_number']).toBe(maskNumber(card.number))
      expect(sent['vads_card_brand']).toBe(card.brand)
      expect(sent['vads_threeds_auth_type'] === 'CHALLENGE').toBe(isChallenged)
      if (isRefused && !['rejected', 'unavailable'].includes(card.authentication)) {
        expect(sent['vads_auth_result']).toBe(card.authorisation)
      }
      expect(sent['signature']).toBe(shopSign(sent))
      expect(JSON.stringify(sent)).not.toContain(card.number)
      expect(html).not.toContain(card.number)
    })
  }
})

test('our own additions fail the Luhn check, so they are nobody’s', () => {
  for (const card of cards) if (card.list === 'own') expect(looksLikeCard(card.number)).toBe(false)
})

test('a number may be typed with spaces and dashes', async () => {
  const page = await desk.open()
  await desk.pay(page, '4970 1000-0000 0055')
  expect(await desk.read(page)).toContain('Paiement accepté')
})

test('a number no test card bears is refused, and appears nowhere', async () => {
  const unknown = '4539578763621486'
  expect(looksLikeCard(unknown)).toBe(true)
  const page = await desk.open()
  const response = await desk.pay(page, unknown)
  const html = await response.text()
  expect(response.status).toBe(422)
  expect(html).toContain('Carte inconnue de la banque de démonstration')
  expect(html).toContain('href="/cartes-de-test"')
  const everything = [
    html,
    await desk.read(page),
    desk.logs.join('\n'),
    JSON.stringify(await desk.door('transactions')),
    JSON.stringify(await desk.door('demandes')),
    JSON.stringify(desk.shop.received),
  ].join('\n')
  // Four digits alone come up by chance in some random name; a masked number has its mask.
  for (const trace of [unknown, '4539 5787 6362 1486', '453957']) expect(everything).not.toContain(trace)
  expect(everything).not.toMatch(/[X•*] ?1486/)
})

test('a mistyped number is not shown again either', async () => {
  const page = await desk.open()
  const html = await (await desk.pay(page, '4539578763621487')).text()
  expect(html).toContain('Le numéro de carte comporte une erreur. Vérifiez-le chiffre par chiffre.')
  expect(html).not.toMatch(/4539 ?57/)
})

test('the card’s brand is compared with the one chosen, and may be changed at once', async () => {
  const page = await desk.open()
  await desk.act(page, 'type', { carte: 'VISA' })
  const typed = { pan: '5970100300000067', mm: '06', aa: String(new Date().getFullYear() + 1), cvc: '987' }
  const html = await (await desk.act(page, 'carte', { ...typed })).text()
  expect(html).toContain(
    'Cette carte est une MasterCard, vous avez choisi Visa\u00a0: continuer en MasterCard\u00a0?',
  )
  expect(html).not.toContain('value="987"')
  await desk.act(page, 'carte', { ...typed, continuer: 'MASTERCARD' })
  expect(await desk.read(page)).toContain('Paiement accepté')
})

test('a past date is refused with its month', async () => {
  const page = await desk.open()
  const html = await (await desk.pay(page, '4970100000000055', { mm: '01', aa: '2012' })).text()
  expect(html).toContain('Cette carte a expiré en 01/2012.')
})

test('the security code has 3 digits, 4 for American Express, and is never shown again', async () => {
  const page = await desk.open()
  const html = await (await desk.pay(page, '4970100000000055', { cvc: '9876' })).text()
  expect(html).toContain('Saisissez les 3 chiffres du dos de la carte.')
  expect(html).not.toContain('value="9876"')
  const amex = await desk.open()
  const amexHtml = await (await desk.pay(amex, '378283000000003', { cvc: '987' })).text()
  expect(amexHtml).toContain('Saisissez les 4 chiffres du recto de la carte.')
})
