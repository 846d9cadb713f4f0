// The steps of the guide, as a family does them.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { World } from '../support/world.ts'

export type Card = '4970100000000055' | '4970110000001003' | '4970100000000113' | '4970110000000039'

/** Amounts and sentences are compared without caring which space, quote or minus was printed. */
export const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u00A0\u202F]/g, ' ')
    .replaceAll('\u2019', "'")
    .replaceAll('\u2212', '-')
    .replaceAll(/\s+/g, ' ')
    .trim()

export const mainText = async (page: Page): Promise<string> => plain(await page.locator('main').innerText())

/** A browser of its own, with or without JavaScript. */
export function visit(browser: Browser, javaScriptEnabled: boolean, width = 1280): Promise<BrowserContext> {
  return browser.newContext({ javaScriptEnabled, viewport: { width, height: 900 }, locale: 'fr-FR' })
}

/** Step 1: « Connexion à votre espace ». */
export async function signIn(page: Page, world: World, identifier: string): Promise<void> {
  await page.goto(`${world.portalUrl}/connexion`)
  await page.getByLabel('Identifiant', { exact: true }).fill(identifier)
  await page.getByLabel('Mot de passe', { exact: true }).fill(world.password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL(`${world.portalUrl}/`)
}

/** Step 2 a: tick the invoices named and no other, « Payer en ligne ». */
export async function chooseInvoices(page: Page, world: World, numbers: readonly string[]): Promise<void> {
  await page.goto(`${world.portalUrl}/factures`)
  const none = page.getByRole('button', { name: 'Tout décocher' }).first()
  if (await none.isVisible()) await none.click()
  else for (const box of await page.getByRole('checkbox').all()) await box.uncheck()
  for (const number of numbers)
    await page.getByRole('checkbox', { name: `Inclure la facture ${number},` }).check()
  await page.getByRole('button', { name: 'Payer en ligne' }).first().click()
  await page.waitForURL(/\/paiement\/[0-9A-Z]{26}\/confirmer$/)
}

/** Step 2 b: « Recharger mon compte ». */
export async function chooseTopUp(page: Page, world: World, amount: string): Promise<void> {
  await page.goto(`${world.portalUrl}/compte`)
  await page.getByRole('button', { name: 'Recharger mon compte' }).first().click()
  await page.getByLabel('Autre montant').first().check()
  await page.getByRole('textbox', { name: /montant/i }).fill(amount)
  await page.getByRole('button', { name: 'Recharger mon compte' }).click()
  await page.waitForURL(/\/paiement\/[0-9A-Z]{26}\/confirmer$/)
}

/** The reference in the address of a payment's page. */
export const referenceOf = (page: Page): string => /paiement\/([0-9A-Z]{26})/.exec(page.url())?.[1] ?? ''

/** Step 3: confirm the amount, and reach the bank. */
export async function confirm(page: Page, world: World): Promise<void> {
  await page.getByRole('button', { name: 'Payer en ligne' }).click()
  // Without JavaScript one more click carries the signed form over.
  const onward = page.getByRole('button', { name: /Continuer vers la banque/ })
  await Promise.race([
    page.waitForURL((url) => url.origin === world.bankUrl),
    onward.waitFor().catch(() => {}),
  ])
  if (!page.url().startsWith(world.bankUrl)) {
    await onward.click({ timeout: 2_000 }).catch(() => {})
    await page.waitForURL((url) => url.origin === world.bankUrl)
  }
}

/** Steps 4 and 5: card type, then the card, `>>>valider`. */
export async function typeCard(page: Page, card: Card, email?: string): Promise<void> {
  await page.getByRole('radio', { name: 'VISA' }).check()
  await page.getByRole('button', { name: 'Accéder au paiement' }).click()
  await page.getByLabel('Saisissez votre numéro de carte').fill(card)
  const year = page.getByRole('combobox').nth(1)
  await year.selectOption({ index: 2 })
  await page.getByLabel(/Retournez votre carte/).fill('123')
  if (email !== undefined) await page.getByLabel(/Saisissez votre e-mail/).fill(email)
  await page.getByRole('button', { name: '>>>valider' }).click()
}

/** Steps 6 and 7: read the code on the drawn phone, type it, « valider ». */
export async function typeCode(page: Page, wrong?: string): Promise<void> {
  const phone = plain(
    await page
      .getByText(/#\d{6}/)
      .first()
      .innerText(),
  )
  const code = /#(\d{6})/.exec(phone)?.[1] ?? ''
  await page.getByLabel(/Saisissez le code reçu par SMS/).fill(wrong ?? code)
  await page.getByRole('button', { name: 'valider', exact: true }).click()
}

/** The bank's result page, and back to the portal. */
export async function comeBack(page: Page, world: World, result: string): Promise<void> {
  await expect.poll(async () => plain(await page.locator('body').innerText())).toContain(result)
  await page
    .getByRole('link', { name: 'Retour au portail famille' })
    .or(page.getByRole('button', { name: 'Retour au portail famille' }))
    .click()
  await page.waitForURL((url) => url.origin === world.portalUrl)
}

/** A page of staff, menu included, has fewer stops than this. */
const MOST_STOPS = 120

/** What has the focus, as assistive tools name it. */
export const focused = async (page: Page): Promise<string> =>
  plain(
    await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return ''
      const isField =
        element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement
      const labels = isField ? [...(element.labels ?? [])] : []
      const name = element.getAttribute('aria-label') ?? labels.map((label) => label.textContent).join(' ')
      return name === '' ? element.textContent : name
    }),
  )

/** Tabs forward until the named thing has the focus; fails when a turn of the page does not meet it. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab')
    if (name.test(await focused(page))) return
  }
  throw new Error(`the keyboard does not reach ${String(name)} on ${page.url()}`)
}
