// A new treasurer's first day, as docs/gestion.md tells it, by keyboard alone: ten invoices, ten
// cheques, cash, families who pay online, the day reconciled, a refund by two persons, the till closed.
import type { Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { DAY_MS, parisDay } from '../../src/kernel/dates.ts'
import { projectFile } from '../../src/platform/files.ts'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import {
  chooseInvoices,
  comeBack,
  confirm,
  focused,
  mainText,
  signIn,
  tabTo,
  typeCard,
  typeCode,
  visit,
} from './walk.ts'

vi.setConfig({ testTimeout: 600_000 })

const browser = await testBrowser()
const world = await testWorld()

const at = (path: string) => world.portalUrl + path

/** Past the menu by the skip link, to what has this name. */
async function reach(page: Page, name: RegExp): Promise<void> {
  await page.keyboard.press('Tab')
  const first = await focused(page)
  if (first === 'Aller au contenu') await page.keyboard.press('Enter')
  if (!name.test(first)) await tabTo(page, name)
}
/** Presses a key that leads to another page, and waits for it. */
async function leave(page: Page, key = 'Enter'): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.keyboard.press(key)
  await loaded
}
async function follow(page: Page, name: RegExp): Promise<void> {
  await reach(page, name)
  await leave(page)
}

async function enter(identifier: string): Promise<Page> {
  const context = await visit(browser, true)
  const page = await context.newPage()
  await page.goto(at('/gestion/connexion'))
  await reach(page, /^Identifiant/)
  await page.keyboard.type(identifier)
  await tabTo(page, /^Mot de passe/)
  await page.keyboard.type(world.password)
  await leave(page)
  expect(page.url()).toBe(at('/gestion'))
  return page
}

/** The pictures of docs/gestion.md, drawn when GESTION_SCREENS is set. */
const keep = async (page: Page, name: string): Promise<void> => {
  if (process.env['GESTION_SCREENS'] !== undefined)
    await page.screenshot({ path: projectFile(`docs/screens/gestion-${name}.png`) })
}

const FAMILIES = ['TEST', 'GARNIER', 'NGUYEN', 'BENALI', 'DIALLO']
const TEN = [...FAMILIES, ...FAMILIES]

const count = async (table: 'invoice' | 'desk_payment') =>
  (await world.db.selectFrom(table).select('id').execute()).length

it('issues ten invoices', async () => {
  const before = await count('invoice')
  const page = await enter('directrice.thonon')
  for (const [index, family] of TEN.entries()) {
    await page.goto(at('/gestion/factures/nouvelle'))
    await reach(page, /^Nom de la famille/)
    await page.keyboard.type(family)
    await leave(page)
    await follow(page, new RegExp(`^${family}`))
    await reach(page, /^Prestation, ligne 1/)
    await page.keyboard.type(index < FAMILIES.length ? 'Mercredi de juin' : 'Sortie de juin')
    await tabTo(page, /^Quantité, ligne 1/)
    await page.keyboard.type('2')
    await tabTo(page, /^Prix/)
    await page.keyboard.type('14,50')
    await tabTo(page, /^Marquer comme vérifiée/)
    await leave(page)
    await expect.poll(() => mainText(page)).toContain('La facture est vérifiée.')
    if (index === 0) {
      await follow(page, /^Émettre la facture/)
      await follow(page, /^Numéroter la série TH ici/)
      await reach(page, /TH/)
      await page.keyboard.type('TH')
      await follow(page, /^Numéroter la série ici/)
    }
  }
  await page.goto(at('/gestion/factures/lots'))
  await reach(page, /^Service ou établissement/)
  await page.keyboard.type('Thonon')
  await follow(page, /^Contrôler/)
  await keep(page, 'controle')
  await follow(page, /^Émettre le lot/)
  await world.work()
  await page.reload()
  await keep(page, 'lot')
  expect(await count('invoice')).toBe(before + 10)
  await page.context().close()
})

it('takes ten cheques and cash', async () => {
  const page = await enter('regie.thonon')
  for (const [index, family] of TEN.entries()) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(family.toLowerCase().slice(0, 4))
    await leave(page, 'Control+Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('mode')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('20')
    await page.keyboard.press('Tab')
    await page.keyboard.type('c')
    await page.keyboard.press('Tab')
    await page.keyboard.type(`00${index}1234`)
    await leave(page, 'Control+Enter')
    await expect.poll(() => mainText(page)).toContain(`enregistrés pour la famille ${family}.`)
  }
  await page.keyboard.press('Control+k')
  await page.keyboard.type('diallo')
  await leave(page, 'Control+Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('mode')
  await page.keyboard.type('e')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('42')
  await tabTo(page, /^Somme remise par la famille/)
  await page.keyboard.type('50')
  await expect.poll(() => mainText(page)).toContain('à rendre 8,00 €')
  await leave(page, 'Control+Enter')
  expect(await count('desk_payment')).toBe(11)
  await keep(page, 'guichet')

  await page.goto(at('/gestion/remises'))
  await reach(page, /^Total calculé sur la bande/)
  await page.keyboard.type('200')
  await keep(page, 'remise')
  await leave(page, 'Control+Enter')
  expect(await mainText(page)).toContain('La remise est clôturée.')

  await page.goto(at('/gestion/caisse'))
  await keep(page, 'caisse')
  await reach(page, /^Fonds de monnaie/)
  await page.keyboard.type('20')
  await tabTo(page, /^Nombre de 20,00 €/)
  await page.keyboard.type('3')
  await tabTo(page, /^Nombre de 2,00 €/)
  await page.keyboard.type('1')
  await follow(page, /^Arrêter la caisse/)
  expect(await mainText(page)).toContain('La caisse est arrêtée.')
  await page.context().close()
})

it('reconciles what families paid online, and closes the day', async () => {
  const paidOn = parisDay(world.services.clock.now())
  const context = await visit(browser, true)
  const family = await context.newPage()
  await signIn(family, world, 'test.fabien')
  await chooseInvoices(family, world, ['TH002012'])
  await confirm(family, world)
  await typeCard(family, '4970110000001003')
  await typeCode(family)
  await comeBack(family, world, 'Paiement accepté')
  await context.close()
  const journal = Buffer.from(await (await fetch(`${world.bankUrl}/journal/${paidOn}.csv`)).arrayBuffer())
  world.advance(DAY_MS)
  await world.work()
  const page = await enter('compta.ifac')
  await page.goto(at(`/gestion/rapprochement/${paidOn}`))
  await reach(page, /^Fichier de la banque/)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'journal.csv', mimeType: 'text/csv', buffer: journal })
  await follow(page, /^Importer$/)
  await keep(page, 'rapprochement')
  expect(await mainText(page)).toContain('Aucun écart')
  await follow(page, /^Clôturer la journée/)
  expect(await mainText(page)).toContain('La journée est close.')
  await page.context().close()
})

it('refunds with a second person', async () => {
  const one = await enter('regie.thonon')
  const { reference } = await world.db
    .selectFrom('payment_attempt')
    .select('reference')
    .where('state', '=', 'captured')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  await one.goto(at('/gestion/remboursements'))
  await follow(one, /^Préparer/)
  await reach(one, /^Paiement|^Référence/)
  await one.keyboard.type(reference)
  await leave(one)
  await reach(one, /^Montant/)
  await one.keyboard.type('14,50')
  await tabTo(one, /^Motif/)
  await one.keyboard.type('Mercredi annulé par le centre')
  await keep(one, 'remboursement')
  await leave(one)
  expect(await mainText(one)).toContain("une autre personne peut l'approuver")
  await one.context().close()
  const two = await enter('compta.ifac')
  await two.goto(at('/gestion/remboursements'))
  await follow(two, /^TEST$/)
  await follow(two, /^Approuver le remboursement/)
  await keep(two, 'accord')
  expect(await mainText(two)).toContain("C'est approuvé")
  await world.work()
  await two.reload()
  expect(await mainText(two)).toContain('Rendu')
  await two.context().close()
})
