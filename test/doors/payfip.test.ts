// PayFiP over HTTP: what the question says is what is booked, and the service's faults take nothing.
import { expect, test } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../src/kernel/dates.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { expireAttempts } from '../../src/payments/expire-attempts.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { GOOD, openPayfip, REFUSED, transport } from './payfip-portal.ts'

const db = await testDatabase()
const open = () => openPayfip(db)

test('paid by card: the return has the question asked, and the receipt bears the authorisation', async () => {
  const { till, payer, choose, leave, idOf, card, comeBack } = await open()
  const reference = await choose()
  const sent = await leave(reference)
  expect(sent.status).toBe(303)
  expect(sent.location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/tpa\/paiementws\.web\?idop=[\da-f-]{36}$/)
  await card(sent.location, GOOD)
  const page = await comeBack(reference, idOf(sent.location))
  expect(page.words).toContain('Merci, votre paiement est accepté')
  expect(await till.internal('clearing')).toBe(3_100)
  const receipt = /\/recus\/[\w-]+(?=")/.exec(page.html)?.[0] ?? ''
  expect((await payer.get(receipt)).words).toMatch(/Autorisation \d{6}/)
})

test('F36: the notification lies, the question says refused, and nothing is booked', async () => {
  const { till, choose, leave, idOf, card, notify, payer } = await open()
  const reference = await choose()
  const { location } = await leave(reference)
  await card(location, REFUSED)
  const heard = await notify(`${idOf(location)}&resultrans=P&montant=3100`)
  expect([heard.status, await heard.text()]).toEqual([200, 'OK-asked'])
  expect(await till.stateOf(reference)).toBe('refused')
  expect(await till.internal('clearing')).toBe(0)
  const page = await payer.get(paths.payment(reference))
  expect(page.words).toContain('Votre banque a refusé le paiement. Aucune somme n’a été débitée.')
})

test('a notification about nobody’s operation asks nothing, and books nothing', async () => {
  const { till, choose, leave, notify } = await open()
  const reference = await choose()
  await leave(reference)
  expect(await (await notify('11111111-1111-4111-8111-111111111111')).text()).toBe('OK-nothing to do')
  expect((await notify('')).status).toBe(400)
  expect(await till.stateOf(reference)).toBe('redirected')
})

test.each([
  ['bon', 'captured', 3_100, ['Prélèvement']],
  ['mauvais', 'refused', 0, []],
])('a debit order on the account « %s » leaves the payment %s', async (compte, state, taken, modes) => {
  const { till, choose, leave, idOf, atBank, notify } = await open()
  const reference = await choose()
  const { location } = await leave(reference)
  await atBank(location, 'prelevement', { compte })
  await notify(idOf(location))
  expect([await till.stateOf(reference), await till.internal('clearing')]).toEqual([state, taken])
  const receipts = await db
    .selectFrom('receipt')
    .select('content')
    .where('organisation_id', '=', till.organisationId)
    .execute()
  expect(receipts.map(({ content }) => (JSON.parse(content) as { mode: string }).mode)).toEqual(modes)
})

test('left: waiting for 20 minutes, since the page can still be paid; then abandoned', async () => {
  const { till, choose, leave, idOf, atBank, comeBack, notify } = await open()
  const reference = await choose()
  const { location } = await leave(reference)
  await atBank(location, 'abandonner')
  const page = await comeBack(reference, idOf(location))
  expect(page.words).toContain('Ne payez pas une seconde fois.')
  expect(page.words).toContain('Abandonner cet essai')
  till.services.clock.advance(20 * MINUTE_MS)
  await notify(idOf(location))
  expect(await till.stateOf(reference)).toBe('abandoned')
})

test('left, then paid all the same: A, then P', async () => {
  const { till, choose, leave, idOf, atBank, card, notify } = await open()
  const reference = await choose()
  const { location } = await leave(reference)
  await atBank(location, 'abandonner')
  await notify(idOf(location))
  await card(location, GOOD)
  await notify(idOf(location))
  expect([await till.stateOf(reference), await till.internal('clearing')]).toEqual(['captured', 3_100])
})

test('coming back to pay opens another operation, and money on both is taken once for the invoice', async () => {
  const { till, invoices, choose, leave, idOf, card, notify } = await open()
  const reference = await choose()
  const [first, second] = [await leave(reference), await leave(reference)]
  expect(idOf(first.location)).not.toBe(idOf(second.location))
  await card(first.location, GOOD)
  await card(second.location, GOOD)
  await notify(idOf(second.location))
  const [invoice] = invoices
  if (!invoice) throw new Error('no invoice')
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['captured', 0])
  expect([await till.internal('clearing'), await till.credit()]).toEqual([6_200, 3_100])
  expect(await till.tasks()).toEqual(['second-capture'])
})

test.each(['notified', 'asked'])('a page left open and paid after all is found when %s', async (way) => {
  const { till, choose, leave, idOf, card, notify } = await open()
  const reference = await choose()
  const [first, second] = [await leave(reference), await leave(reference)]
  await card(second.location, GOOD)
  await notify(idOf(second.location))
  expect(await till.internal('clearing')).toBe(3_100)
  await card(first.location, GOOD)
  till.services.clock.advance(2 * MINUTE_MS)
  if (way === 'notified') await notify(idOf(first.location))
  else await chasePayments(till.services, transport)
  expect([await till.internal('clearing'), await till.credit()]).toEqual([6_200, 3_100])
  till.services.clock.advance(MINUTE_MS)
  expect(await (await notify(idOf(first.location))).text()).toBe('OK-nothing to do')
})

test('another amount waits for a person', async () => {
  const { till, door, choose, leave, idOf, card, notify } = await open()
  await door('/payfip/armer', { amount: 100 })
  const reference = await choose()
  const { location } = await leave(reference)
  await card(location, GOOD)
  await notify(idOf(location))
  expect([await till.stateOf(reference), await till.internal('suspense')]).toEqual(['review', -100])
})

test.each(['P1', 'P4', 'P5'])(
  'the answer %s brings no money: the attempt expires and can be resumed',
  async (detail) => {
    const { till, payer, door, choose, leave, idOf, notify } = await open()
    await door('/payfip/armer', { detail })
    const reference = await choose()
    const { location } = await leave(reference)
    await notify(idOf(location))
    expect(await till.stateOf(reference)).toBe('redirected')
    till.services.clock.advance(30 * MINUTE_MS)
    await chasePayments(till.services, transport)
    await expireAttempts(db, till.services.clock.now())
    expect(await till.stateOf(reference)).toBe('expired')
    await payer.signIn(till.actor.loginId)
    expect((await payer.get(paths.payment(reference))).words).toContain('Reprendre')
    expect((await leave(reference)).status).toBe(303)
  },
)

test('notification lost, tab closed: the bank is asked after two minutes', async () => {
  const { till, choose, leave, card } = await open()
  const reference = await choose()
  const { location } = await leave(reference)
  await card(location, GOOD)
  till.services.clock.advance(2 * MINUTE_MS)
  await chasePayments(till.services, transport)
  expect(await till.stateOf(reference)).toBe('captured')
})

test('notified a day later: money wins over the silence', async () => {
  const { till, choose, leave, idOf, card, notify } = await open()
  const reference = await choose()
  const { location } = await leave(reference)
  await card(location, GOOD)
  till.services.clock.advance(DAY_MS)
  await expireAttempts(db, till.services.clock.now())
  await notify(idOf(location))
  expect(await till.stateOf(reference)).toBe('captured')
})

const FAULTS = ['slow', 'html', 'down', 'cut', 'redirect']

test.each(FAULTS)(
  'a service that is %s at the departure: nothing began, and the family tries again',
  async (service) => {
    const { till, door, choose, leave } = await open()
    const reference = await choose()
    await door('/payfip/panne', { service })
    const refused = await leave(reference)
    expect(refused.status).toBe(503)
    expect(refused.words).toContain('Cet essai n’a pas commencé : il n’a rien débité.')
    await door('/payfip/panne', { service: 'up' })
    expect((await leave(reference)).status).toBe(303)
    expect(await till.stateOf(reference)).toBe('redirected')
  },
)

test.each(FAULTS)(
  'a service that is %s at the return: the page waits, and the truth is asked later',
  async (service) => {
    const { till, door, choose, leave, idOf, card, comeBack } = await open()
    const reference = await choose()
    const { location } = await leave(reference)
    await card(location, GOOD)
    await door('/payfip/panne', { service })
    const page = await comeBack(reference, idOf(location))
    expect(page.words).toContain('Ne payez pas une seconde fois.')
    expect(await till.stateOf(reference)).toBe('redirected')
    await door('/payfip/panne', { service: 'up' })
    till.services.clock.advance(2 * MINUTE_MS)
    await chasePayments(till.services, transport)
    expect(await till.stateOf(reference)).toBe('captured')
  },
)
