// The desk in a real Chromium: a cheque in nineteen keys, and the day's whole walk without scripts.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import { mainText, visit } from './walk.ts'

vi.setConfig({ testTimeout: 240_000 })

const browser = await testBrowser()
const world = await testWorld()

/** ux.md 2.6: from the search box to the payment saved. */
const MOST_KEYS = 19

async function signIn(page: Page): Promise<void> {
  await page.goto(`${world.portalUrl}/gestion/connexion`)
  await page.getByLabel('Identifiant').fill('regie.thonon')
  await page.getByLabel('Mot de passe', { exact: true }).fill(world.password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL(`${world.portalUrl}/gestion`)
}

/** A keyboard that counts: every key pressed, those held down with another included. */
function counting(page: Page) {
  let count = 0
  return {
    count: () => count,
    press: async (keys: string) => {
      count += keys.split('+').length
      await page.keyboard.press(keys)
    },
    type: async (text: string) => {
      count += text.length
      await page.keyboard.type(text)
    },
  }
}

const cheques = () =>
  world.db
    .selectFrom('desk_payment')
    .select(['method', 'mark', 'amount_cents'])
    .orderBy('recorded_at')
    .execute()

it('takes a cheque in nineteen keys at most, from the search box to saved', async () => {
  const context = await visit(browser, true)
  const page = await context.newPage()
  await signIn(page)
  const keys = counting(page)
  await keys.press('Control+k')
  await keys.type('test')
  await keys.press('Control+Enter')
  await page.waitForURL(/\/reglement$/)
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('mode')
  await keys.type('c')
  await keys.press('Tab')
  await keys.type('0012345')
  await keys.press('Control+Enter')
  await page.waitForURL(/\/gestion\/guichet\?fait=/)
  expect(await mainText(page)).toContain('enregistrés pour la famille TEST.')
  expect(await cheques()).toMatchObject([{ method: 'cheque', mark: '0012345' }])
  expect(keys.count()).toBeLessThanOrEqual(MOST_KEYS)
  await context.close()
})

it('chooses another means by its letter, tells the change, and finds a half-typed entry again', async () => {
  const context = await visit(browser, true)
  const page = await context.newPage()
  await signIn(page)
  await page.goto(`${world.portalUrl}/gestion/guichet?q=test`)
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('mode')
  await page.keyboard.type('e')
  expect(await page.getByLabel('Mode', { exact: true }).inputValue()).toBe('cash')
  await page.getByLabel('Montant', { exact: true }).fill('42')
  await page.getByLabel('Somme remise par la famille').fill('50')
  expect(await mainText(page)).toContain('Reçu 50,00 € → à rendre 8,00 €')
  await page.goto(`${world.portalUrl}/gestion/guichet?q=dial`)
  await page.getByLabel('Montant', { exact: true }).fill('7')
  await page.goto(`${world.portalUrl}/gestion/guichet?q=test`)
  expect(await mainText(page)).toContain('Saisie reprise')
  expect(await page.getByLabel('Montant', { exact: true }).inputValue()).toBe('42')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/fait=/)
  await page.getByRole('button', { name: 'Annuler' }).click()
  expect(await mainText(page)).toContain('Le règlement est annulé')
  await page.goto(`${world.portalUrl}/gestion/guichet?q=test`)
  expect(await mainText(page)).not.toContain('Saisie reprise')
  await page.goto(`${world.portalUrl}/gestion/guichet?q=dial`)
  expect(await page.getByLabel('Montant', { exact: true }).inputValue()).toBe('7')
  await context.close()
})

/** Without the keyboard's shortcuts, as links and forms alone allow it. */
async function takeCheque(page: Page, mark: string): Promise<void> {
  await page.goto(`${world.portalUrl}/gestion/guichet`)
  await page.getByLabel('Famille, enfant ou facture').fill('test')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await page.waitForURL(/\/reglement$/)
  await page.getByLabel('Montant', { exact: true }).fill('30,00')
  await page.getByLabel('Mode', { exact: true }).selectOption('cheque')
  await page.getByLabel('N° de chèque, ou référence').fill(mark)
  await page.getByRole('button', { name: 'Enregistrer et suivant' }).click()
  await page.waitForURL(/fait=/)
}

it('takes, deposits and counts without scripts', async () => {
  const context = await visit(browser, false, 390)
  const page = await context.newPage()
  await signIn(page)
  await takeCheque(page, '7654321')
  await page.goto(`${world.portalUrl}/gestion/remises`)
  const waiting = await cheques()
  const total = waiting
    .filter(({ method }) => method === 'cheque')
    .reduce((sum, { amount_cents: amount }) => sum + amount, 0)
  await page.getByLabel('Total calculé sur la bande').fill('1')
  await page.getByRole('button', { name: 'Clôturer' }).click()
  expect(await mainText(page)).toContain("cherchez l'écart avant de clôturer")
  await page.getByLabel('Total calculé sur la bande').fill(String(total / 100))
  await page.getByRole('button', { name: 'Clôturer' }).click()
  expect(await mainText(page)).toContain('La remise est clôturée.')
  await takeCheque(page, '7654322')
  await page.goto(`${world.portalUrl}/gestion/caisse`)
  await page.getByLabel('Fonds de monnaie').fill('20')
  await page.getByRole('textbox', { name: 'Nombre de 20,00 €' }).fill('1')
  await page.getByRole('button', { name: 'Arrêter la caisse' }).click()
  expect(await mainText(page)).toContain('La caisse est arrêtée.')
  await context.close()
})

it.each([
  { width: 1280, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('has pages that axe finds nothing wrong with, at $width px, $colorScheme', async (options) => {
  const context = await visit(browser, true, options.width)
  const page = await context.newPage()
  await page.emulateMedia({ colorScheme: options.colorScheme })
  await signIn(page)
  const slip = (await world.db.selectFrom('deposit_slip').select('id').executeTakeFirstOrThrow()).id
  const closing = (await world.db.selectFrom('till_closing').select('id').executeTakeFirstOrThrow()).id
  const payment = (await world.db.selectFrom('desk_payment').select('id').executeTakeFirstOrThrow()).id
  for (const path of [
    '/gestion/guichet',
    '/gestion/guichet?q=test',
    `/gestion/encaissements/${payment}`,
    '/gestion/remises',
    '/gestion/remises?nature=cash',
    `/gestion/remises/${slip}`,
    '/gestion/caisse',
    `/gestion/caisse/${closing}`,
  ]) {
    await page.goto(world.portalUrl + path)
    const found = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze()
    const violations = found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect({ path, violations, sideways }).toEqual({ path, violations: [], sideways: 0 })
  }
  await context.close()
})
