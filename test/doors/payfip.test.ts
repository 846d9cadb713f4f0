// PayFiP over HTTP: the portal's pages and the demonstration bank's service, faults included.
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { startBank } from '../../bank/start-bank.ts'
import { DAY_MS, MINUTE_MS } from '../../src/kernel/dates.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { expireAttempts } from '../../src/payments/expire-attempts.ts'
import { askBank } from '../../src/payments/gateways/ask-bank.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { openTill } from '../support/till.ts'
import { formOf, openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()
const GOOD = '4970100000000055'
const REFUSED = '4970100000000113'
/** Nobody waits ten seconds here; the ten seconds are ask-bank's own test. */
const transport = askBank(1_000)
let clients = 600_000

async function open(amounts: readonly number[] = [3_100], email: string | null = 'claire@famille.example') {
  const numcli = String((clients += 1))
  const bank = await startBank(
    {
      port: 0,
      host: '127.0.0.1',
      mailPort: 0,
      shopId: '20120412',
      shopKey: 'k',
      shopName: 'ifac',
      shopUrl: 'http://portail.example/',
      notificationUrl: 'http://127.0.0.1:9/nobody',
      abandonNotification: false,
      payfip: { numcli, service: 'Régie de Vieilleville' },
      testDoor: true,
    },
    pino({ level: 'silent' }),
  )
  afterAll(() => bank.stop())
  const address = `http://127.0.0.1:${bank.port}`
  const till = await openTill(db, {
    now: new Date(),
    email,
    transport,
    bank: {
      gateway: 'payfip',
      mode: 'TEST',
      shopNumber: numcli,
      host: `127.0.0.1:${bank.port}`,
      settings: { address, saisie: 'T' },
      secrets: {},
    },
  })
  const invoices = await Promise.all(amounts.map((amount) => till.issue(amount)))
  const { app, payer } = await openPaymentPortal(till)
  const door = (path: string, body: object) =>
    fetch(`${address}/porte-de-test${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const choose = async (numbers = invoices.map((one) => one.number)) => {
    const page = await payer.get(paths.invoices)
    const started = await payer.post(paths.startPayment, { ...formOf(page, paths.startPayment), f: numbers })
    return /paiement\/(\w+)\//.exec(started.location ?? '')?.[1] ?? ''
  }
  const leave = async (reference: string, changes: Record<string, string> = {}) => {
    const send = paths.sendPayment(reference)
    const page = await payer.get(paths.confirmPayment(reference))
    return payer.post(send, { ...formOf(page, send), ...changes })
  }
  const idOf = (location: string | null) => new URL(location ?? '').searchParams.get('idop') ?? ''
  const atBank = async (location: string | null, action: string, fields: Record<string, string> = {}) => {
    await fetch(location ?? '', { redirect: 'manual' })
    const body = new URLSearchParams(fields)
    return fetch(`${address}/tpa/paiement/${idOf(location)}/${action}`, {
      method: 'POST',
      body,
      redirect: 'manual',
    })
  }
  const card = (location: string | null, pan: string) =>
    atBank(location, 'carte', { pan, mm: '06', aa: String(new Date().getFullYear() + 1), cvc: '123' })
  /** What PayFiP's server would send, which it cannot from here. */
  const notify = (idop: string) => {
    till.services.clock.advance(3_000)
    const path = paths.contractNotification('payfip', till.contract.id)
    return app.request(path, { method: 'POST', body: `idop=${idop}` })
  }
  const comeBack = async (reference: string, idop: string) => {
    till.services.clock.advance(3_000)
    const back = await payer.get(`${paths.paymentReturn(reference)}?idop=${idop}`)
    expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
    return payer.get(paths.payment(reference))
  }
  return { till, invoices, payer, door, choose, leave, idOf, atBank, card, notify, comeBack, address }
}

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
  expect(await chasePayments(till.services, transport)).toEqual({ asked: 1, unanswered: 0 })
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

test('PayFiP wants an address: the field is not optional, and says why', async () => {
  const { till, payer, choose, leave } = await open([3_100], null)
  const reference = await choose()
  const page = await payer.get(paths.confirmPayment(reference))
  expect(page.words).not.toContain('(facultatif)')
  for (const courriel of ['', 'claire', `${'a'.repeat(80)}@b.fr`]) {
    const refused = await leave(reference, { courriel })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('ne prend pas de paiement sans elle')
  }
  expect((await leave(reference, { courriel: 'claire@famille.example' })).status).toBe(303)
  expect(await till.stateOf(reference)).toBe('redirected')
})

test('several invoices ticked are paid one after the other, each with its own payment', async () => {
  const { till, invoices, payer, choose, leave, idOf, card, comeBack } = await open([1_850, 4_200, 2_400])
  const numbers = invoices.map((one) => one.number)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('Une facture à la fois')
  let reference = await choose()
  const references = [reference]
  const confirmation = await payer.get(paths.confirmPayment(reference))
  expect(confirmation.words).toContain('Facture 1 sur 3')
  expect(confirmation.words).toContain(`aux factures ${numbers[1] ?? ''} et ${numbers[2] ?? ''}`)
  expect(confirmation.words).toContain('18,50 €')
  for (const next of [2, 3]) {
    const { location } = await leave(reference)
    await card(location, GOOD)
    const accepted = await comeBack(reference, idOf(location))
    expect(accepted.words).toContain(`Payer la facture suivante (${next} sur 3)`)
    const started = await payer.post(paths.startPayment, formOf(accepted, paths.startPayment))
    reference = /paiement\/(\w+)\//.exec(started.location ?? '')?.[1] ?? ''
    references.push(reference)
    expect((await payer.get(paths.confirmPayment(reference))).words).toContain(`Facture ${next} sur 3`)
  }
  const { location } = await leave(reference)
  await card(location, GOOD)
  const last = await comeBack(reference, idOf(location))
  expect(last.words).not.toContain('facture suivante')
  expect(new Set(references).size).toBe(3)
  expect(await till.internal('clearing')).toBe(8_450)
  expect(await Promise.all(invoices.map((one) => till.due(one)))).toEqual([0, 0, 0])
})

test('a queue passes over what was settled meanwhile, and another family’s is not followed', async () => {
  const { till, invoices, payer, choose, leave, idOf, card, comeBack } = await open([1_850, 4_200])
  const reference = await choose()
  const { location } = await leave(reference)
  await card(location, GOOD)
  const accepted = await comeBack(reference, idOf(location))
  expect(accepted.words).toContain('Payer la facture suivante (2 sur 2)')
  await till.give(4_200)
  await till.settle()
  expect((await payer.get(paths.payment(reference))).words).not.toContain('facture suivante')
  const late = await payer.post(paths.startPayment, formOf(accepted, paths.startPayment))
  expect(late.status).toBe(422)
  const stranger = await open([1_000])
  const [own] = stranger.invoices
  const page = await stranger.payer.get(paths.invoices)
  const form = formOf(page, paths.startPayment)
  const started = await stranger.payer.post(paths.startPayment, {
    ...form,
    f: own?.number ?? '',
    suite: reference,
  })
  const confirmation = await stranger.payer.get(started.location ?? '')
  expect(confirmation.words).not.toContain('sur 2')
  expect(confirmation.words).not.toContain(invoices[1]?.number ?? 'none')
})
