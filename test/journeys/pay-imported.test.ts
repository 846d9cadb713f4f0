// The first day of a real organisation: its records imported by command, an access opened, an
// invoice of the file paid.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { projectFile } from '../../src/platform/files.ts'
import { testBrowser } from '../support/browser.ts'
import { commandLine } from '../support/command-line.ts'
import { testWorld } from '../support/world.ts'
import { chooseInvoices, comeBack, confirm, mainText, typeCard, typeCode, visit } from './walk.ts'

const browser = await testBrowser()
const world = await testWorld()

const run = commandLine(world.services)

/** Runs a command as the association would; gives what it printed. */
async function preau(...args: readonly string[]): Promise<string> {
  const { code, said, complained } = await run(...args)
  expect([code, complained]).toEqual([0, ''])
  return said
}

it('a family of the sample activates its access and pays an imported invoice', async () => {
  const letters = mkdtempSync(path.join(tmpdir(), 'preau-lettres-'))
  const sample = projectFile('examples/familles-200.csv')
  expect(await preau('import', sample, '--apply', '--lettres', letters)).toContain('200 à créer')

  const [, url = ''] = /(http\S+\/activation\/\S+)/.exec(await preau('access', 'F0001')) ?? []
  const context = await visit(browser, true)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel(/Nom de la famille/).fill('Meyer')
  await page.getByRole('button', { name: 'Vérifier' }).click()
  await page.getByLabel('Nouveau mot de passe').fill('un vélo vert devant la gare')
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click()
  await page.getByRole('button', { name: 'Continuer' }).waitFor()

  await page.goto(`${world.portalUrl}/factures`)
  expect(await mainText(page)).toContain('33,60 €')
  await chooseInvoices(page, world, ['TH100001'])
  await confirm(page, world)
  await typeCard(page, '4970110000001003')
  await typeCode(page)
  await comeBack(page, world, 'Paiement accepté')
  expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
  await page.goto(`${world.portalUrl}/factures`)
  expect(await mainText(page)).toContain("Vous n'avez aucune facture à payer")

  const today = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' }).format(new Date())
  const csv = await preau('payments', '--from', today, '--to', today)
  expect(csv.split('\r\n').filter((line) => line.includes(';TH100001;33,60;'))).toHaveLength(1)
  await context.close()
}, 120_000)
