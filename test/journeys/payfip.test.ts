// A town's invoices, paid through PayFiP in a real browser: one after the other.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../src/kernel/dates.ts'
import { testBrowser } from '../support/browser.ts'
import { testWorld, type World } from '../support/world.ts'
import { chooseInvoices, mainText, plain, referenceOf, signIn, visit } from './walk.ts'

const browser = await testBrowser()
const ALL = ['VI000012', 'VI000027', 'VI000031']
type Pan = '4970100000000055' | '4970100000000113'

/** Confirms the amount, and reaches PayFiP's own page. */
async function leave(page: Page, world: World): Promise<void> {
  await page.getByRole('button', { name: 'Payer en ligne' }).click()
  await page.waitForURL((url) => url.origin === world.bankUrl && url.pathname.startsWith('/tpa/paiement/'))
}

async function payByCard(page: Page, pan: Pan): Promise<void> {
  await page.getByRole('button', { name: /Carte bancaire/ }).click()
  await page.getByLabel('Numéro de la carte').fill(pan)
  await page.getByLabel('Année').selectOption({ index: 2 })
  await page.getByLabel('Cryptogramme').fill('123')
  await page.getByRole('button', { name: /^Payer/ }).click()
}

async function comeBack(page: Page, world: World): Promise<string> {
  await page.getByRole('link', { name: 'Revenir au site de l’organisme' }).click()
  await page.waitForURL((url) => url.origin === world.portalUrl && !url.pathname.endsWith('/retour'))
  return mainText(page)
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a family pays its town, %s', (_, javaScript) => {
  it('ticks two invoices, pays the first by card and is led to the second, by debit order', async () => {
    const world = await testWorld()
    const context = await visit(browser, javaScript)
    const page = await context.newPage()
    await signIn(page, world, 'roux.nadia')
    await page.goto(`${world.portalUrl}/factures`)
    expect(await mainText(page)).toContain('Une facture à la fois')
    await chooseInvoices(page, world, ALL.slice(0, 2))
    expect(await mainText(page)).toContain('Facture 1 sur 2')
    await leave(page, world)
    expect(plain(await page.locator('main').innerText())).toContain('18,50 €')
    await payByCard(page, '4970100000000055')
    await expect.poll(() => mainText(page)).toContain('Votre paiement est accepté')
    const paid = await comeBack(page, world)
    expect(paid).toContain('Merci, votre paiement est accepté')
    expect(paid).toContain('Il vous reste 1 facture cochée à payer : VI000027, 42,00 € en tout.')

    await page.getByRole('button', { name: 'Payer la facture suivante (2 sur 2)' }).click()
    await page.waitForURL(/\/confirmer$/)
    expect(await mainText(page)).toContain('Facture 2 sur 2')
    await leave(page, world)
    await page.getByRole('button', { name: /Prélèvement bancaire/ }).click()
    await page.getByLabel(/est accepté/).check()
    await page.getByRole('button', { name: 'Autoriser le prélèvement' }).click()
    await expect.poll(() => mainText(page)).toContain('Votre prélèvement est enregistré')
    const last = await comeBack(page, world)
    expect(last).toContain('Merci, votre paiement est accepté')
    expect(last).not.toContain('facture suivante')
    await page.goto(`${world.portalUrl}/factures`)
    expect(await mainText(page)).not.toContain('VI000012 05/03/2012')
    expect(await page.getByRole('checkbox').count()).toBe(1)
    await context.close()
  })
})

describe('what may happen at PayFiP', async () => {
  const world = await testWorld()
  const departure = async (invoice: string) => {
    const context = await visit(browser, true)
    const page = await context.newPage()
    await signIn(page, world, 'roux.nadia')
    await chooseInvoices(page, world, [invoice])
    const address = `${world.portalUrl}/paiement/${referenceOf(page)}`
    await leave(page, world)
    return { context, page, address }
  }

  it('a refused card says that nothing was taken, and another is tried on a page of its own', async () => {
    const { context, page } = await departure('VI000012')
    const first = page.url()
    await payByCard(page, '4970100000000113')
    await expect.poll(() => mainText(page)).toContain('Votre paiement par carte est refusé')
    const refused = await comeBack(page, world)
    expect(refused).toContain('Paiement refusé')
    expect(refused).toContain("Aucune somme n'a été débitée")
    await page.getByRole('link', { name: 'Réessayer' }).click()
    await leave(page, world)
    expect(page.url()).not.toBe(first)
    // A person takes longer than the pause between two questions about one payment.
    world.advance(3_000)
    await payByCard(page, '4970100000000055')
    expect(await comeBack(page, world)).toContain('Merci, votre paiement est accepté')
    await context.close()
  })

  it('a page left keeps the invoice for twenty minutes, then gives it back', async () => {
    const { context, page, address } = await departure('VI000027')
    await page.getByRole('button', { name: /Abandonner et revenir/ }).click()
    await page.waitForURL(address)
    expect(await mainText(page)).toContain('Paiement en cours de confirmation')
    world.advance(30 * MINUTE_MS)
    await world.work()
    await signIn(page, world, 'roux.nadia')
    await page.goto(address)
    const left = await mainText(page)
    expect(left).toContain('Paiement annulé')
    expect(left).toContain("Aucune somme n'a été débitée")
    await context.close()
  })

  it('a tab closed after paying loses nothing', async () => {
    const { context, page, address } = await departure('VI000031')
    await payByCard(page, '4970100000000055')
    await expect.poll(() => mainText(page)).toContain('Votre paiement est accepté')
    await page.close()
    const back = await context.newPage()
    await back.goto(address)
    await expect.poll(() => mainText(back)).toContain('Merci, votre paiement est accepté')
    await context.close()
  })
})
