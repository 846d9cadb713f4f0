// The accountant reconciles yesterday and approves a refund, in a real browser.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { liveDemoMonth } from '../../src/demo/demo-month.ts'
import { addDays, parisDay } from '../../src/kernel/dates.ts'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import { mainText, visit } from './walk.ts'

const browser = await testBrowser()

describe.each([
  { name: 'with JavaScript', javaScript: true },
  { name: 'without JavaScript', javaScript: false },
])('money checked at 390 px, $name', async ({ javaScript }) => {
  const world = await testWorld()
  await liveDemoMonth(world.services, world.shop.id)
  const yesterday = addDays(parisDay(world.services.clock.now()), -1)
  const press = async (page: Page, name: RegExp) => {
    await page.getByRole('button', { name }).first().click()
    await page.waitForLoadState()
  }

  it('treats each difference, closes with a reserve, and approves what another prepared', async () => {
    const context = await visit(browser, javaScript, 390)
    const page = await context.newPage()
    await page.goto(`${world.portalUrl}/gestion/connexion`)
    await page.getByLabel('Identifiant').fill('compta.ifac')
    await page.getByLabel('Mot de passe', { exact: true }).fill(world.password)
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.waitForURL(`${world.portalUrl}/gestion`)
    await page.goto(`${world.portalUrl}/gestion/rapprochement/${yesterday}`)
    expect(await mainText(page)).toContain('+32,50 €')
    await press(page, /^Confirmer ce paiement/)
    expect(await mainText(page)).toContain("C'est noté au journal.")
    await press(page, /^Créditer 3,00 €/)
    expect(await mainText(page)).toContain('1 écart explique la totalité')
    await press(page, /^Signaler à la banque/)
    await page.getByText('Clôturer avec réserve…').click()
    await page.getByLabel('Réserve').fill('La banque cherche le paiement de 19 h')
    await press(page, /^Clôturer, signé Marc Olivier/)
    expect(await mainText(page)).toContain('Avec réserve : « La banque cherche le paiement de 19 h »')
    await page.goto(`${world.portalUrl}/gestion/remboursements`)
    await page.getByRole('link', { name: 'GARNIER' }).click()
    await press(page, /^Approuver le remboursement/)
    expect(await mainText(page)).toContain("C'est approuvé : la somme est due à la famille.")
    await context.close()
  })
})
