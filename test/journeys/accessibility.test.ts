// Every page of the portal and of the bank, at 1280 and 320 px, light and dark: axe finds nothing, and
// nothing scrolls sideways.
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { testBrowser } from '../support/browser.ts'
import { testWorld, type World } from '../support/world.ts'
import { chooseInvoices, comeBack, confirm, referenceOf, signIn, typeCard, typeCode } from './walk.ts'

// A dozen pages each, every rule of axe: a busy machine takes its time.
vi.setConfig({ testTimeout: 240_000 })

const world = await testWorld()
const browser = await testBrowser()

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function check(page: Page, name: string): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  const violations = found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  )
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect({ name, violations, sideways }).toEqual({ name, violations: [], sideways: 0 })
}

const SIGNED_OUT = [
  '/connexion',
  '/acces-oublie',
  '/activation',
  '/aide',
  '/donnees-personnelles',
  '/accessibilite',
  '/mentions-legales',
  '/plan-du-site',
  '/nulle-part',
]
const SIGNED_IN = [
  '/',
  '/factures',
  '/compte',
  '/compte/recharger/CCVS',
  '/factures/TH001987',
  '/factures/CCV500268',
  '/historique',
  '/historique?du=2012-99-99',
  '/profil',
  '/profil/courriel',
  '/profil/mobile',
  '/profil/adresse',
  '/profil/mot-de-passe',
  '/paiement/00000000000000000000000000',
]

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  const open = (): Promise<BrowserContext> =>
    browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: 'fr-FR' })

  it('the pages that need no session', async () => {
    const context = await open()
    const page = await context.newPage()
    for (const path of SIGNED_OUT) {
      await page.goto(world.portalUrl + path)
      await check(page, path)
    }
    await page.goto(`${world.portalUrl}/connexion`)
    await page.getByLabel('Identifiant', { exact: true }).fill('personne')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.waitForLoadState()
    await check(page, '/connexion, refused')
    await context.close()
  })

  it('the pages of a family, of a new one, and of one with sixty invoices', async () => {
    for (const [identifier, paths] of [
      ['test.fabien', SIGNED_IN],
      ['petit.lou', ['/', '/factures', '/compte', '/historique']],
      ['diallo.awa', ['/factures', '/historique?page=2']],
      ['martin.claire', ['/compte']],
      ['roux.nadia', ['/factures']],
      ['leroy.sam', ['/factures']],
    ] as const) {
      const context = await open()
      const page = await context.newPage()
      await signIn(page, world, identifier)
      for (const path of paths) {
        await page.goto(world.portalUrl + path)
        await check(page, `${identifier} ${path}`)
      }
      await context.close()
    }
  })

  it('the way through the bank, and the pages of the outcomes', async () => {
    await walkTheBank(await open(), world, check)
  })

  it('the way through PayFiP', async () => {
    const context = await open()
    const page = await context.newPage()
    await signIn(page, world, 'roux.nadia')
    await chooseInvoices(page, world, ['VI000012', 'VI000027'])
    await check(page, 'confirmation, one invoice of two')
    await page.getByRole('button', { name: 'Payer en ligne' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/tpa/paiement/'))
    await check(page, 'PayFiP: choice')
    await page.getByRole('button', { name: /Carte bancaire/ }).click()
    await page.getByRole('button', { name: /^Payer/ }).click()
    await page.waitForLoadState()
    await check(page, 'PayFiP: card, refused')
    await page.getByRole('link', { name: 'Choisir un autre mode de paiement' }).click()
    await page.getByRole('button', { name: /Prélèvement bancaire/ }).click()
    await check(page, 'PayFiP: debit')
    await page.getByLabel(/est refusé/).check()
    await page.getByRole('button', { name: 'Autoriser le prélèvement' }).click()
    await page.getByText('Votre prélèvement est refusé').waitFor()
    await check(page, 'PayFiP: result')
    await context.close()
  })
})

let next = 20
async function walkTheBank(
  context: BrowserContext,
  world: World,
  check: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const page = await context.newPage()
  await signIn(page, world, 'diallo.awa')
  const numbers = [0, 1, 2, 3].map((index) => `TH000${100 + next + index}`)
  next += numbers.length
  const leave = async (number: string) => {
    await chooseInvoices(page, world, [number])
    const address = `${world.portalUrl}/paiement/${referenceOf(page)}`
    await check(page, 'confirmation')
    await confirm(page, world)
    return address
  }
  const accepted = await leave(numbers[0] ?? '')
  await check(page, 'bank: card type')
  await page.getByRole('button', { name: 'Accéder au paiement' }).click()
  await page.waitForLoadState()
  await check(page, 'bank: no card type')
  await typeCard(page, '4970110000001003')
  await check(page, 'bank: code')
  await typeCode(page)
  await page.waitForLoadState()
  await check(page, 'bank: result')
  await comeBack(page, world, 'Paiement accepté')
  await check(page, 'accepted')
  const receipt = await page
    .getByRole('link', { name: /^Voir le reçu/ })
    .first()
    .getAttribute('href')
  await page.goto(world.portalUrl + receipt)
  await check(page, 'receipt')
  await leave(numbers[1] ?? '')
  await typeCard(page, '4970100000000113')
  await comeBack(page, world, 'Paiement refusé')
  await check(page, 'refused')
  const abandoned = await leave(numbers[2] ?? '')
  await page.getByText('Annuler et revenir au portail').filter({ visible: true }).first().click()
  await page.waitForURL(abandoned)
  await check(page, 'abandoned')
  const pending = await leave(numbers[3] ?? '')
  await page.goto(pending)
  await check(page, 'pending')
  await page.goto(`${world.portalUrl}/factures`)
  await check(page, 'invoices with a running payment')
  for (const path of ['/', '/cartes-de-test', '/courriels']) {
    await page.goto(world.bankUrl + path)
    await check(page, `bank ${path}`)
  }
  await page.context().clearCookies()
  await page.goto(accepted)
  await check(page, 'accepted, signed out')
  await context.close()
}
