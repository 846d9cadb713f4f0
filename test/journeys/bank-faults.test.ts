// What goes wrong at the bank, and what the family then reads.
import { expect, it } from 'vitest'
import { MINUTE_MS } from '../../src/kernel/dates.ts'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import {
  chooseInvoices,
  comeBack,
  confirm,
  mainText,
  plain,
  referenceOf,
  signIn,
  typeCard,
  typeCode,
  visit,
} from './walk.ts'

const world = await testWorld()
const browser = await testBrowser()
const MANY = (index: number) => `TH000${101 + index}`

async function atTheBank(invoice: string) {
  const context = await visit(browser, true)
  const page = await context.newPage()
  await signIn(page, world, 'diallo.awa')
  await chooseInvoices(page, world, [invoice])
  const reference = referenceOf(page)
  await confirm(page, world)
  return { context, page, reference, address: `${world.portalUrl}/paiement/${reference}` }
}

const captures = async (reference: string): Promise<number> => {
  const found = await world.db
    .selectFrom('capture')
    .innerJoin('payment_attempt', (join) =>
      join
        .onRef('payment_attempt.organisation_id', '=', 'capture.organisation_id')
        .onRef('payment_attempt.id', '=', 'capture.attempt_id'),
    )
    .select('capture.id')
    .where('payment_attempt.reference', '=', reference)
    .execute()
  return found.length
}

it('a refused card says that nothing was taken, and the payment can be resumed to the end', async () => {
  const { context, page, address, reference } = await atTheBank(MANY(0))
  await typeCard(page, '4970100000000113')
  await comeBack(page, world, 'Paiement refusé')
  expect(page.url()).toBe(address)
  const refused = await mainText(page)
  expect(refused).toContain('Paiement refusé')
  expect(refused).toContain("Aucune somme n'a été débitée")
  await page
    .getByRole('link', { name: /Réessayer/ })
    .or(page.getByRole('button', { name: /Réessayer/ }))
    .first()
    .click()
  await confirm(page, world)
  await typeCard(page, '4970100000000055')
  await comeBack(page, world, 'Paiement accepté')
  expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
  expect(await captures(reference)).toBe(1)
  await context.close()
})

it('a card refused after the SMS is refused', async () => {
  const { context, page } = await atTheBank(MANY(1))
  await typeCard(page, '4970110000000039')
  await typeCode(page)
  await comeBack(page, world, 'Paiement refusé')
  expect(await mainText(page)).toContain("Aucune somme n'a été débitée")
  await context.close()
})

it('three wrong codes refuse the payment', async () => {
  const { context, page } = await atTheBank(MANY(2))
  await typeCard(page, '4970110000001003')
  await typeCode(page, '000000')
  expect(plain(await page.locator('body').innerText())).toContain('Il vous reste 2 essais')
  await typeCode(page, '000000')
  await typeCode(page, '000000')
  await comeBack(page, world, 'Paiement refusé')
  expect(await mainText(page)).toContain('Paiement refusé')
  await context.close()
})

it('leaving the bank abandons the payment and keeps the selection', async () => {
  const { context, page, address } = await atTheBank(MANY(3))
  await page.getByText('Annuler et revenir au portail').first().click()
  await page.waitForURL(address)
  const abandoned = await mainText(page)
  expect(abandoned).toContain('Paiement annulé')
  expect(abandoned).toContain('Votre sélection est conservée')
  await context.close()
})

it('a tab closed after paying loses nothing', async () => {
  const { context, page, address, reference } = await atTheBank(MANY(4))
  await typeCard(page, '4970100000000055')
  await expect.poll(async () => plain(await page.locator('body').innerText())).toContain('Paiement accepté')
  await page.close()
  await expect.poll(() => captures(reference)).toBe(1)
  const back = await context.newPage()
  await back.goto(address)
  expect(await mainText(back)).toContain('Merci, votre paiement est accepté')
  await context.close()
})

it('a signed return before the notification already says accepted, and the notification changes nothing', async () => {
  const { context, page, reference } = await (async () => {
    await world.door('POST', '/armer', { delayMs: 3_000 })
    return atTheBank(MANY(5))
  })()
  await typeCard(page, '4970100000000055')
  await comeBack(page, world, 'Paiement accepté')
  expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
  expect(await captures(reference)).toBe(1)
  await expect
    .poll(
      async () => {
        const messages = await world.db
          .selectFrom('bank_message')
          .select('brought_by')
          .where('raw', 'like', `%${reference}%`)
          .execute()
        return messages
          .map((message) => message.brought_by)
          .toSorted()
          .join(' ')
      },
      { timeout: 8_000 },
    )
    .toBe('notification return')
  expect(await captures(reference)).toBe(1)
  await context.close()
})

it('a bare return before the notification waits, then says accepted', async () => {
  await world.door('POST', '/armer', { delayMs: 3_000, bareReturn: true })
  const { context, page, address } = await atTheBank(MANY(6))
  await typeCard(page, '4970100000000055')
  await comeBack(page, world, 'Paiement accepté')
  expect(page.url()).toBe(address)
  const waiting = await mainText(page)
  expect(waiting).toContain('Paiement en cours de confirmation')
  expect(waiting).toContain('Ne payez pas une seconde fois')
  await expect
    .poll(async () => mainText(page), { timeout: 12_000 })
    .toContain('Merci, votre paiement est accepté')
  await context.close()
})

it('a notification sent twice credits once and mails one receipt', async () => {
  await world.door('POST', '/armer', { repeat: 2 })
  const { context, page, reference } = await atTheBank(MANY(7))
  await typeCard(page, '4970100000000055')
  await comeBack(page, world, 'Paiement accepté')
  await expect
    .poll(
      async () => {
        const messages = await world.db
          .selectFrom('bank_message')
          .select('outcome')
          .where('raw', 'like', `%${reference}%`)
          .execute()
        return messages.filter((message) => message.outcome === 'repeated').length
      },
      { timeout: 8_000 },
    )
    .toBeGreaterThanOrEqual(2)
  expect(await captures(reference)).toBe(1)
  const mails = await world.db.selectFrom('mail').select('id').where('kind', '=', 'receipt').execute()
  const receipts = await world.db.selectFrom('receipt').select('id').execute()
  expect(mails.length).toBe(receipts.length)
  await context.close()
})

it('a notification lost and a tab closed leave the payment waiting, then accepted once the bank was asked', async () => {
  await world.door('POST', '/armer', { loss: true })
  const { context, page, address, reference } = await atTheBank(MANY(8))
  await typeCard(page, '4970100000000055')
  await expect.poll(async () => plain(await page.locator('body').innerText())).toContain('Paiement accepté')
  await page.goto(address)
  const waiting = await mainText(page)
  expect(waiting).toContain('Ne payez pas une seconde fois')
  expect(waiting).toContain('2, 5, 15 et 30 minutes')
  expect(await captures(reference)).toBe(0)
  await page.close()
  world.advance(2 * MINUTE_MS)
  await world.door('POST', '/horloge', { advanceSeconds: 120 })
  await world.work()
  expect(await captures(reference)).toBe(1)
  const back = await context.newPage()
  await back.goto(address)
  expect(await mainText(back)).toContain('Merci, votre paiement est accepté')
  await context.close()
})
