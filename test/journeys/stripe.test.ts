// A family pays at a unit whose bank is Stripe: the hosted page, its signed events, and what is then read.
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { startBank } from '../../bank/start-bank.ts'
import type { ContractId } from '../../src/kernel/ids.ts'
import { MINUTE_MS } from '../../src/kernel/dates.ts'
import { testBrowser } from '../support/browser.ts'
import { buildContract } from '../support/build.ts'
import { testWorld } from '../support/world.ts'
import { chooseInvoices, confirm, mainText, referenceOf, signIn, visit } from './walk.ts'

const portal = await testWorld()
const browser = await testBrowser()
const KEY = 'sk_test_of_the_journey'
const SECRET = 'whsec_of_the_journey'
const id = randomUUID() as ContractId
const { port } = new URL(portal.portalUrl)

const bank = await startBank(
  {
    port: 0,
    host: '127.0.0.1',
    mailPort: 0,
    shopId: '12345678',
    shopKey: 'unused',
    shopName: 'ifac',
    shopUrl: portal.portalUrl,
    notificationUrl: portal.portalUrl,
    abandonNotification: false,
    testDoor: true,
    mode: 'TEST',
    payfip: { numcli: '090909', service: 'Régie' },
    stripe: {
      key: KEY,
      webhookSecret: SECRET,
      webhookUrl: `http://127.0.0.1:${port}/banque/stripe/notification/${id}`,
    },
  },
  pino({ level: 'silent' }),
)
afterAll(() => bank.stop())
const world = { ...portal, bankUrl: bank.url }

// The unit of the demonstration that is paid invoice by invoice changes its bank.
const { id: organisationId } = await world.db
  .selectFrom('organisation')
  .select('id')
  .executeTakeFirstOrThrow()
const secrets = { key: KEY, webhookSecret: SECRET }
await buildContract(world.db, organisationId as Parameters<typeof buildContract>[1], {
  id,
  sealedKey: '',
  bank: {
    gateway: 'stripe',
    mode: 'TEST',
    shopNumber: 'acct_journey',
    host: new URL(bank.url).host,
    settings: { apiUrl: bank.url, pageUrl: bank.url, methods: 'card;sepa_debit' },
    secrets,
    sealedSecrets: Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [name, world.services.keys.seal(value)]),
    ),
  },
})
await world.db.transaction((tx) =>
  tx.updateTable('billing_unit').set({ contract_id: id }).where('series', '=', 'TH').execute(),
)

const door = async (path: string, body: object) => {
  const asked = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  }
  const answer = await fetch(`${bank.url}/porte-de-test/${path}`, asked)
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
}
/** Time passes at the bank and here. */
const wait = async (minutes: number) => {
  world.advance(minutes * MINUTE_MS)
  await door('horloge', { advanceSeconds: minutes * 60 })
}

let invoices = 100
async function atStripe(hasScript = true) {
  const context = await visit(browser, hasScript)
  const page = await context.newPage()
  await signIn(page, world, 'diallo.awa')
  await chooseInvoices(page, world, [`TH000${(invoices += 1)}`])
  const reference = referenceOf(page)
  await confirm(page, world)
  return { context, page, address: `${world.portalUrl}/paiement/${reference}` }
}

async function typeCard(page: Page, number: string) {
  await page.getByLabel('Numéro de carte').fill(number)
  await page.getByLabel(/Date d’expiration/).fill('12 / 34')
  await page.getByLabel('Cryptogramme').fill('123')
  await page.getByRole('button', { name: /^Payer/ }).click()
}
const back = (page: Page, address: string) => page.waitForURL(address)

it('a card pays, with and without JavaScript: the family reads it and has its receipt', async () => {
  for (const hasScript of [true, false]) {
    const { context, page, address } = await atStripe(hasScript)
    await typeCard(page, '4242 4242 4242 4242')
    await back(page, address)
    expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
    await context.close()
  }
  const receipts = await world.db.selectFrom('receipt').select('content').execute()
  expect(receipts.filter(({ content }) => content.includes('•••• 4242'))).toHaveLength(2)
})

it('a 3-D Secure challenge is met, then one fails', async () => {
  const met = await atStripe()
  await typeCard(met.page, '4000 0025 0000 3155')
  await met.page.getByRole('button', { name: 'Réussir l’authentification' }).click()
  await back(met.page, met.address)
  expect(await mainText(met.page)).toContain('Merci, votre paiement est accepté')
  await met.context.close()
  const failed = await atStripe()
  await typeCard(failed.page, '4000 0025 0000 3155')
  await failed.page.getByRole('button', { name: 'Échouer' }).click()
  await failed.page.getByRole('link', { name: 'Retour au commerçant' }).click()
  await back(failed.page, failed.address)
  expect(await mainText(failed.page)).toContain('Paiement refusé')
  await failed.context.close()
})

it('a refused card says why and takes nothing; another card on the same page pays', async () => {
  const { context, page, address } = await atStripe()
  await typeCard(page, '4000 0000 0000 9995')
  expect(await page.getByRole('alert').innerText()).toContain('provision insuffisante')
  const other = await context.newPage()
  await other.goto(address)
  const refused = await mainText(other)
  expect(refused).toContain('Paiement refusé')
  expect(refused).toContain('provision insuffisante')
  expect(refused).toContain("Aucune somme n'a été débitée")
  await typeCard(page, '5555 5555 5555 4444')
  await back(page, address)
  expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
  await context.close()
})

it('the family leaves the page: nothing is taken, and once the page has expired it is said', async () => {
  const { context, page, address } = await atStripe()
  await page.getByRole('link', { name: 'Retour au commerçant' }).click()
  await back(page, address)
  expect(await mainText(page)).toContain('Paiement en cours de confirmation')
  await wait(36)
  await page.reload()
  expect(await mainText(page)).toContain('Paiement annulé')
  await context.close()
})

it('the tab is closed after the payment: the event alone settles the invoice', async () => {
  const { context, page, address } = await atStripe()
  await page.route(`${address}/**`, (route) => route.abort())
  await typeCard(page, '4242 4242 4242 4242').catch(() => {})
  await page.close()
  const later = await context.newPage()
  await expect
    .poll(
      async () => {
        await later.goto(address)
        return mainText(later)
      },
      { timeout: 20_000 },
    )
    .toContain('Merci, votre paiement est accepté')
  await context.close()
})

it('every event is lost: the return has Stripe asked, and the family reads the truth', async () => {
  await door('stripe/armer', { loss: true })
  const { context, page, address } = await atStripe()
  await typeCard(page, '4242 4242 4242 4242')
  await back(page, address)
  expect(await mainText(page)).toContain('Merci, votre paiement est accepté')
  await context.close()
})

it('a SEPA debit waits, then is paid; another is returned and its invoice is due again', async () => {
  for (const [iban, outcome] of [
    ['FR14 2004 1010 0505 0001 3M02 606', 'Merci, votre paiement est accepté'],
    ['FR84 2004 1010 0505 0001 3M02 607', 'Paiement refusé'],
  ] as const) {
    const { context, page, address } = await atStripe()
    await page.getByLabel('IBAN').fill(iban)
    await page.getByRole('button', { name: 'Accepter le mandat et payer' }).click()
    await back(page, address)
    expect(await mainText(page)).toContain('Paiement en attente de la banque')
    await wait(4)
    await page.reload()
    expect(await mainText(page)).toContain(outcome)
    await context.close()
  }
})
