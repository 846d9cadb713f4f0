// Takes the README's pictures from a running demonstration: npm start, then npm run screenshots.
import { chromium, type Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../src/demo/load-demo.ts'
import { projectFile } from '../src/platform/files.ts'
import { findBrowser } from './find-browser.ts'

const portal = process.env['PUBLIC_URL'] ?? 'http://localhost:3000'
const found = findBrowser()
if ('missing' in found) throw new Error(found.missing)
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] })

const take = (page: Page, name: string) => page.screenshot({ path: projectFile(`docs/screens/${name}.png`) })

async function signIn(identifier: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1180, height: 820 } })
  const page = await context.newPage()
  await page.goto(`${portal}/connexion`)
  await page.getByLabel('Identifiant', { exact: true }).fill(identifier)
  await page.getByLabel('Mot de passe', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL(`${portal}/`)
  return page
}

const account = await signIn('martin.claire')
await account.goto(`${portal}/compte`)
await take(account, 'compte')

const page = await signIn('test.fabien')
await page.goto(`${portal}/factures`)
await take(page, 'factures')
await page.getByRole('button', { name: 'Payer en ligne' }).first().click()
await page.getByRole('button', { name: 'Payer en ligne' }).click()
await page.getByRole('radio', { name: 'VISA' }).check()
await page.getByRole('button', { name: 'Accéder au paiement' }).click()
await page.getByLabel('Saisissez votre numéro de carte').fill('4970110000001003')
await page.getByRole('combobox').nth(1).selectOption({ index: 2 })
await page.getByLabel(/Retournez votre carte/).fill('123')
await page.getByRole('button', { name: '>>>valider' }).click()
const sms = await page
  .getByText(/#\d{6}/)
  .first()
  .innerText()
await take(page, 'banque-sms')
await page.getByLabel(/Saisissez le code/).fill(/#(\d{6})/.exec(sms)?.[1] ?? '')
await page.getByRole('button', { name: 'valider', exact: true }).click()
await page.getByRole('link', { name: 'Retour au portail famille' }).click()
await page.getByRole('heading', { name: 'Merci, votre paiement est accepté' }).waitFor()
await take(page, 'accepte')
await browser.close()
