// A treasurer writes an invoice by keyboard, issues it, and puts it right, with and without JavaScript.
import { describe, expect, it } from 'vitest'
import { sql } from '../../src/platform/db.ts'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import { mainText, visit } from './walk.ts'

const browser = await testBrowser()

describe.each([
  { name: 'with JavaScript', javaScript: true },
  { name: 'without JavaScript', javaScript: false },
])('an invoice, $name', async ({ javaScript }) => {
  const world = await testWorld()

  it('is written by keyboard, checked, issued, credited and corrected', async () => {
    const context = await visit(browser, javaScript)
    const page = await context.newPage()
    const keys = page.keyboard
    await page.goto(`${world.portalUrl}/gestion/connexion`)
    await page.getByLabel('Identifiant', { exact: true }).fill('directrice.thonon')
    await page.getByLabel('Mot de passe', { exact: true }).fill(world.password)
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.waitForURL(`${world.portalUrl}/gestion`)

    await page.goto(`${world.portalUrl}/gestion/catalogue`)
    await page.getByLabel('Libellé').fill('Mercredi, journée')
    await page.getByLabel('Prix unitaire').fill('14,50')
    await page.getByLabel('Compte', { exact: true }).fill('706200')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    expect(await mainText(page)).toContain('La prestation est enregistrée.')

    await page.goto(`${world.portalUrl}/gestion/factures/nouvelle`)
    await page.getByLabel('Nom de la famille').fill('test')
    await keys.press('Enter')
    await page.getByRole('link', { name: /^TEST/ }).click()
    await page.getByLabel('Prestation, ligne 1').focus()
    await keys.type('Mercredi, journée')
    await keys.press('Tab')
    await keys.type('2')
    await keys.press('Enter')
    await page.getByLabel('Prestation, ligne 2').focus()
    await keys.type('Goûter')
    await keys.press('Tab')
    await keys.press('Tab')
    await keys.type('1,50')
    if (javaScript) {
      await expect.poll(() => page.locator('[data-total]').innerText(), { timeout: 15_000 }).toMatch(/30,50/)
      await expect
        .poll(() => page.locator('[data-save-state]').innerText(), { timeout: 15_000 })
        .toMatch(/Brouillon enregistré à/)
      await keys.press('Alt+ArrowUp')
      expect(await page.getByLabel('Prestation, ligne 1').inputValue()).toBe('Goûter')
    }
    await page.getByRole('button', { name: 'Marquer comme vérifiée' }).click()
    expect(await mainText(page)).toContain('La facture est vérifiée.')
    expect(await mainText(page)).toContain('30,50 €')

    await page.getByRole('button', { name: 'Émettre la facture' }).click()
    expect(await mainText(page)).toContain("encore donnés par l'autre logiciel")
    const draft = page.url()
    await page.getByRole('link', { name: /^Numéroter la série TH ici/ }).click()
    await page.locator('#mot').fill('TH')
    await page.getByRole('button', { name: 'Numéroter la série ici' }).click()
    await page.goto(draft)
    await page.getByRole('button', { name: 'Émettre la facture' }).click()
    await page.waitForURL(/\/gestion\/factures\/TH\d{6}/)
    const number = /TH\d{6}/.exec(page.url())?.[0] ?? ''

    await page.getByRole('link', { name: 'Faire un avoir' }).click()
    await page.getByLabel('Ou un montant sur toute la facture').fill('10')
    await page.getByLabel('Raison').selectOption('Absence justifiée')
    await page.getByRole('button', { name: 'Voir l’effet' }).click()
    expect(await mainText(page)).toContain('Restant dû : 30,50 € → 20,50 €.')
    await page.getByRole('button', { name: 'Faire l’avoir' }).click()
    expect(await mainText(page)).toContain('TH-A000001')

    await page.getByLabel('Motif').fill('Mauvais tarif')
    await page.getByRole('button', { name: 'Corriger' }).click()
    await page.waitForURL(/\/brouillons\//)
    expect(await mainText(page)).toContain(`Remplace la facture ${number}`)
    const due = await sql<{
      cents: number
    }>`select b.cents from balance b join invoice i on i.id = b.account_id
      where i.number = ${number}`.execute(world.db)
    expect(due.rows).toEqual([{ cents: 0 }])
    await context.close()
  })
})
