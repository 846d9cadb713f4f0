// The guide of 2012, steps 1 to 7, in both modes, with and without JavaScript.
import { describe, expect, it } from 'vitest'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import {
  chooseInvoices,
  chooseTopUp,
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

const browser = await testBrowser()

describe.each([
  { name: 'with JavaScript', javaScript: true },
  { name: 'without JavaScript', javaScript: false },
])('the guide, $name', async ({ javaScript }) => {
  const world = await testWorld()

  it('shows what is owed, pays both invoices at the bank and settles them', async () => {
    const context = await visit(browser, javaScript)
    const page = await context.newPage()
    await signIn(page, world, 'test.fabien')
    expect(await mainText(page)).toContain('Vous avez 2 factures non soldées')
    await page.goto(`${world.portalUrl}/factures`)
    const chooser = await mainText(page)
    expect(chooser).toContain('Vous avez 2 factures non soldées')
    expect(chooser).toContain('74,50 €')
    expect(chooser).toContain('déjà réglé 26,50 €')
    await chooseInvoices(page, world, ['TH001987', 'TH002012'])
    const reference = referenceOf(page)
    const confirmation = await mainText(page)
    expect(confirmation).toContain('Confirmez le montant à payer')
    expect(confirmation).toContain('74,50 €')
    expect(confirmation).toContain('Rappel : Notre système vous renvoie vers une page sécurisée')
    await confirm(page, world)
    expect(plain(await page.locator('body').innerText())).toContain('74,50 €')
    await typeCard(page, '4970110000001003', 'recu@courriel.example')
    await typeCode(page)
    await comeBack(page, world, 'Paiement accepté')
    expect(page.url()).toBe(`${world.portalUrl}/paiement/${reference}`)
    const accepted = await mainText(page)
    expect(accepted).toContain('Merci, votre paiement est accepté')
    expect(accepted).toContain('74,50 €')
    expect(accepted).toContain('TH001987')
    await page.goto(`${world.portalUrl}/factures`)
    expect(await mainText(page)).toContain("Vous n'avez aucune facture à payer")
    await world.work()
    const mails = await world.door<{ to: string; subject: string }[]>('GET', '/courriels')
    expect(mails.map((mail) => JSON.stringify(mail.to))).toContainEqual(
      expect.stringContaining('recu@courriel.example'),
    )
    expect(mails.map((mail) => plain(mail.subject)).some((subject) => /reçu/i.test(subject))).toBe(true)
    await context.close()
  })

  it('shows the warning beyond the threshold, tops the account up and settles the oldest first', async () => {
    const context = await visit(browser, javaScript)
    const page = await context.newPage()
    await signIn(page, world, 'martin.claire')
    await page.goto(`${world.portalUrl}/compte`)
    const before = await mainText(page)
    expect(before).toContain('Mes Factures & Paiements - CCVS')
    expect(before).toContain('Solde de votre compte : -42,00 €')
    expect(before).toContain('Attention : votre compte présente un solde débiteur supérieur à 30,00 €.')
    await chooseTopUp(page, world, '50,00')
    expect(await mainText(page)).toContain('+8,00 €')
    await confirm(page, world)
    await typeCard(page, '4970100000000055')
    await comeBack(page, world, 'Paiement accepté')
    expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
    await page.goto(`${world.portalUrl}/compte`)
    const after = await mainText(page)
    expect(after).toContain('Solde de votre compte : 8,00 €')
    expect(after).not.toContain('Attention : votre compte')
    await context.close()
  })

  it('shows an invoice behind the magnifier, with its PDF', async () => {
    const context = await visit(browser, javaScript)
    const page = await context.newPage()
    await signIn(page, world, 'test.fabien')
    await page.goto(`${world.portalUrl}/compte`)
    await page
      .getByRole('link', { name: /Voir le détail de la facture n° CCV500268/ })
      .first()
      .click()
    await page.waitForURL(`${world.portalUrl}/factures/CCV500268`)
    const detail = await mainText(page)
    expect(detail).toMatch(/Facture N° : ?CCV500268/)
    expect(detail).toMatch(/Date de la facture : ?08\/09\/2011/)
    expect(detail).toMatch(/Montant : ?12,00 €/)
    expect(detail).toMatch(/Restant dû : ?12,00 €/)
    expect(detail).toMatch(/État : ?Facture non soldée/)
    expect(detail).toMatch(/Période de facturation : ?du 01\/09\/2011 au 31\/12\/2011/)
    expect(detail).toMatch(/Bénéficiaire : ?TEST Fabien/)
    expect(detail).toMatch(/Établissement : ?IFAC 78 \(Gestion AL - Mezy sur Seine\)/)
    expect(detail).toMatch(/Accueil : ?Mercredis/)
    const href = await page.getByRole('link', { name: /^Télécharger/ }).getAttribute('href')
    const pdf = await context.request.get(new URL(href ?? '', world.portalUrl).href)
    expect(pdf.headers()['content-type']).toContain('application/pdf')
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
    await context.close()
  })
})
