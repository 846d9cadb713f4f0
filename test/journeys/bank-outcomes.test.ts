// Every outcome of Systempay that a family can see, in one browser: what the bank decides, and what is then read.
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { recordDeskPayment } from '../../src/desk/record-desk-payment.ts'
import { MINUTE_MS, parisDay } from '../../src/kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../../src/kernel/ids.ts'
import { cents } from '../../src/kernel/money.ts'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import {
  chooseInvoices,
  comeBack,
  confirm,
  mainText,
  plain,
  referenceOf,
  signIn,
  typeCard,
  typeCode,
  visit,
  type Card,
} from './walk.ts'

const world = await testWorld()
const browser = await testBrowser()
let context: BrowserContext | undefined
let page: Page
let invoices = 100
afterAll(() => context?.close())

/** The family leaves for the bank with an invoice of its own; one visit for the whole file. */
async function leave(): Promise<string> {
  if (!context) {
    context = await visit(browser, true, 390)
    page = await context.newPage()
    await signIn(page, world, 'diallo.awa')
  }
  await chooseInvoices(page, world, [`TH000${(invoices += 1)}`])
  const reference = referenceOf(page)
  await confirm(page, world)
  return reference
}
const pay = (card: string) => typeCard(page, card as Card)
const addressOf = (reference: string) => `${world.portalUrl}/paiement/${reference}`
async function read(reference: string): Promise<string> {
  await page.goto(addressOf(reference))
  return mainText(page)
}
/** Time passes at the bank, and here. */
async function wait(ms: number): Promise<void> {
  world.advance(ms)
  await world.door('POST', '/horloge', { advanceSeconds: ms / 1_000 })
}
async function operate(reference: string, operation: string): Promise<void> {
  const told = await world.door<{ orderId: string; transUuid: string }[]>('GET', '/transactions')
  const { transUuid } = told.find((one) => one.orderId === reference) ?? {}
  await world.door('POST', '/operation', { transUuid, operation })
}
const ACCEPTED = 'Merci, votre paiement est accepté'
const NOTHING_TAKEN = "Aucune somme n'a été débitée"

it('a wrong code, then the right one, is accepted', async () => {
  await leave()
  await pay('4970110000001003')
  await typeCode(page, '000000')
  expect(plain(await page.locator('body').innerText())).toContain('Il vous reste 2 essais')
  await typeCode(page)
  await comeBack(page, world, 'Paiement accepté')
  expect(await mainText(page)).toContain(ACCEPTED)
})

it.each([
  ['05', '4970100000000113', undefined],
  ['14', '4970100000000114', undefined],
  ['41', '4970100000000041', undefined],
  ['43', '4970100000000043', undefined],
  ['51', '4970100000000051', 'provision insuffisante'],
  ['54', '4970100000000054', 'carte expirée'],
  ['57', '4970100000000057', undefined],
  ['61', '4970100000000098', 'plafond dépassé'],
  ['63', '4970100000000099', undefined],
  ['91', '4970100000000091', undefined],
  ['96', '4970100000000096', undefined],
])(
  'refused with %s: nothing is taken, and only a reason that accuses nobody is told',
  async (_, card, reason) => {
    const reference = await leave()
    await pay(card)
    await comeBack(page, world, 'Paiement refusé')
    const refused = await mainText(page)
    expect(refused).toContain('Paiement refusé')
    expect(refused).toContain(NOTHING_TAKEN)
    expect(/Motif transmis : ([^.]+)\./.exec(refused)?.[1]).toBe(reason)
    expect(await read(reference)).toContain('Réessayer')
  },
)

it('the card holder’s bank rejects the authentication: refused', async () => {
  await leave()
  await pay('4970110000000401')
  await comeBack(page, world, 'Paiement refusé')
  expect(await mainText(page)).toContain(NOTHING_TAKEN)
})

it('refused without a code, the bank asks again with one, and the family reads one acceptance', async () => {
  const reference = await leave()
  await pay('4970100000000065')
  await typeCode(page)
  await comeBack(page, world, 'Paiement accepté')
  expect(await mainText(page)).toContain(ACCEPTED)
  const told = await world.door<{ orderId: string; sequence: number }[]>('GET', '/transactions')
  expect(told.find((one) => one.orderId === reference)?.sequence).toBe(2)
})

it('a code that never comes: refused when the page of the bank ends', async () => {
  const reference = await leave()
  await pay('4970110000000021')
  expect(await read(reference)).toContain('Paiement en cours de confirmation')
  await wait(10 * MINUTE_MS)
  await expect.poll(() => read(reference)).toContain('Paiement refusé')
  expect(await mainText(page)).toContain(NOTHING_TAKEN)
})

it('a page of the bank that expires: asked, the bank knows nothing, and nobody says that nothing was taken', async () => {
  const reference = await leave()
  await wait(10 * MINUTE_MS)
  await page.reload()
  expect(plain(await page.locator('body').innerText())).toContain('expiré')
  expect(await read(reference)).toContain('Ne payez pas une seconde fois')
  await wait(20 * MINUTE_MS)
  await world.work()
  const unknown = await read(reference)
  expect(unknown).toContain('Nous vérifions votre paiement')
  expect(unknown).not.toContain(NOTHING_TAKEN)
})

it.each([
  ['manual', 'validate', ACCEPTED],
  ['manual', 'expire', 'Paiement annulé'],
  ['manual', 'cancel', 'Paiement annulé'],
  ['deferred', 'validate', ACCEPTED],
] as const)(
  'held by the shop (%s), then %s: waited for, without a second payment',
  async (held, then, ending) => {
    await world.door('POST', '/armer', { held })
    const reference = await leave()
    await pay('4970100000000055')
    await comeBack(page, world, 'Paiement')
    const waiting = await read(reference)
    expect(waiting).toContain('Paiement en attente de la banque')
    expect(waiting).toContain('Ne payez pas une seconde fois')
    await page.goto(`${world.portalUrl}/factures`)
    expect(await page.getByRole('checkbox', { name: `Inclure la facture TH000${invoices},` }).count()).toBe(0)
    await operate(reference, then)
    expect(await read(reference)).toContain(ending)
  },
)

it('the remittance fails after the acceptance: the family reads that it is due again', async () => {
  const reference = await leave()
  await pay('4970100000000055')
  await comeBack(page, world, 'Paiement accepté')
  expect(await mainText(page)).toContain(ACCEPTED)
  await operate(reference, 'capture-failed')
  const taken = await read(reference)
  expect(taken).toContain('Paiement annulé par la banque')
  expect(taken).toContain('de nouveau à payer')
})

it.each([
  ['less', 100],
  ['more', 999_900],
])(
  'the bank announces %s than was asked: a person looks, and nothing is said to be settled',
  async (_, amount) => {
    await world.door('POST', '/armer', { amount })
    const reference = await leave()
    await pay('4970100000000055')
    await comeBack(page, world, 'Paiement accepté')
    const checked = await read(reference)
    expect(checked).toContain('Nous vérifions votre paiement')
    expect(checked).toContain('alors que')
    expect(checked).not.toContain('soldée')
  },
)

it('left at the bank, paid at the counter, then paid online all the same: both are kept, the rest is credit', async () => {
  await world.door('POST', '/armer', { loss: true, bareReturn: true })
  const reference = await leave()
  const number = `TH000${invoices}`
  await pay('4970100000000055')
  await expect.poll(async () => plain(await page.locator('body').innerText())).toContain('Paiement accepté')
  await payAtTheCounter(number)
  world.advance(2 * MINUTE_MS)
  await world.work()
  const both = await read(reference)
  expect(both).toContain(ACCEPTED)
  expect(both).toContain('ajoutés à votre compte famille')
})

/** A cheque at the counter for the whole invoice. */
async function payAtTheCounter(number: string): Promise<void> {
  const { db, services } = world
  const { id, organisation_id, billing_unit_id, family_id, total_cents } = await db
    .selectFrom('invoice')
    .select(['id', 'organisation_id', 'billing_unit_id', 'family_id', 'total_cents'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const payment = {
    organisationId: organisation_id as OrganisationId,
    billingUnitId: billing_unit_id as BillingUnitId,
    familyId: family_id as FamilyId,
    requestKey: `guichet ${number}`,
    method: 'cheque',
    amount: cents(Number(total_cents)),
    receivedOn: parisDay(services.clock.now()),
    payerName: 'DIALLO Awa',
    mark: '0012345',
    invoices: [id as InvoiceId],
  } as const
  const now = services.clock.now()
  const recorded = await db.transaction((tx) => recordDeskPayment(tx, payment, now, 'Sophie'))
  if (!recorded.ok) throw new Error(recorded.failure)
}
