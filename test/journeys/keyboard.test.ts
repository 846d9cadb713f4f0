// The whole way with the keyboard alone, at 320 px, with and without JavaScript.
import { describe, expect, it } from 'vitest'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import { focused, mainText, plain, tabTo, visit } from './walk.ts'

const browser = await testBrowser()
describe.each([
  { name: 'with JavaScript', javaScript: true },
  { name: 'without JavaScript', javaScript: false },
])('by keyboard at 320 px, $name', async ({ javaScript }) => {
  const world = await testWorld()

  it('signs in, pays an invoice at the bank and comes back', async () => {
    const context = await visit(browser, javaScript, 320)
    const page = await context.newPage()
    await page.goto(`${world.portalUrl}/connexion`)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Aller au contenu')
    await tabTo(page, /^Identifiant/)
    await page.keyboard.type('test.fabien')
    await tabTo(page, /^Mot de passe/)
    await page.keyboard.type(world.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${world.portalUrl}/`)
    await tabTo(page, /^Voir mes factures/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${world.portalUrl}/factures`)
    await tabTo(page, /^Inclure la facture TH002012/)
    await page.keyboard.press('Space')
    await tabTo(page, /^Payer en ligne/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/confirmer$/)
    expect(await mainText(page)).toContain('4,50 €')
    await tabTo(page, /^Payer en ligne/)
    await page.keyboard.press('Enter')
    if (!javaScript) {
      await page.waitForURL(/\/banque$/)
      await tabTo(page, /^Continuer vers la banque/)
      await page.keyboard.press('Enter')
    }
    await page.waitForURL((url) => url.origin === world.bankUrl && url.pathname.startsWith('/paiement/'))
    await tabTo(page, /^(American Express|MasterCard|VISA)/i)
    await page.keyboard.press('ArrowDown')
    for (let turn = 0; turn < 3 && !/VISA/.test(await focused(page)); turn += 1)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByLabel('Saisissez votre numéro de carte').waitFor()
    await tabTo(page, /^Saisissez votre numéro de carte/)
    await page.keyboard.type('4970 1000 0000 0055')
    await tabTo(page, /derniers chiffres de l'espace signature/)
    await page.keyboard.type('123')
    await page.keyboard.press('Enter')
    await expect.poll(async () => plain(await page.locator('body').innerText())).toContain('Paiement accepté')
    await tabTo(page, /^Retour au portail famille/)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.origin === world.portalUrl)
    expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
    await context.close()
  })
})
