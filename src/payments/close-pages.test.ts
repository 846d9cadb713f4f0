// Nobody pays on two pages: an earlier page of Stripe's is closed before another one opens.
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { startStripe } from '../../test/support/stripe-till.ts'
import { cents } from '../kernel/money.ts'
import { closePages } from './close-pages.ts'
import { sendPayment } from './send-payment.ts'
import { createShops } from './shops.ts'
import { findAttempt } from './store.ts'

const db = await testDatabase()
const openTill = await startStripe()
const CARD = { card: '4242424242424242' }

async function left() {
  const till = await openTill(db, 'per_invoice')
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  await till.send(reference, 3_100)
  const [first = ''] = await till.sessions()
  const { services, shops, actor } = till
  return {
    till,
    invoice,
    reference,
    first,
    again: () =>
      sendPayment(services, shops, actor, reference, { amount: cents(3_100), receiptEmail: actor.email }),
    statusOf: async (session: string) => (await till.ask(`/v1/checkout/sessions/${session}`))['status'],
  }
}

test('sent again, the earlier page is closed, and only the last one can be paid', async () => {
  const { till, invoice, first, again, statusOf } = await left()
  expect((await again()).ok).toBe(true)
  const [, second = ''] = await till.sessions()
  expect([await statusOf(first), await statusOf(second)]).toEqual(['expired', 'open'])
  expect(await till.pay(first, CARD)).not.toBe(303)
  expect([await till.pay(second, CARD), await statusOf(second)]).toEqual([303, 'complete'])
  expect(await till.due(invoice)).toBe(3_100)
})

test('paid just before it is sent again, the money is booked and no second page opens', async () => {
  const { till, invoice, reference, first, again } = await left()
  await till.pay(first, CARD)
  expect(await again()).toMatchObject({ failure: 'already-paid' })
  expect([await till.stateOf(reference), await till.due(invoice), await till.sessions()]).toEqual([
    'captured',
    0,
    [first],
  ])
  expect(await till.internal('clearing')).toBe(3_100)
})

test('a debit ordered just before it is sent again is waited for, and no second page opens', async () => {
  const { till, reference, first, again } = await left()
  await till.pay(first, { iban: 'FR1420041010050500013M02606' })
  expect(await again()).toMatchObject({ failure: 'under-review' })
  expect([await till.stateOf(reference), await till.sessions()]).toEqual(['awaited', [first]])
})

test('a bank that does not answer leaves the page to close by itself', async () => {
  const { till, reference, first, statusOf } = await left()
  const { services } = till
  const deaf = createShops(db, services.keys, () => Promise.resolve({ ok: false, failure: 'timed-out' }))
  const attempt = await findAttempt(db, reference)
  if (!attempt) throw new Error('no attempt')
  await closePages(services, deaf, attempt)
  expect([await statusOf(first), await till.stateOf(reference)]).toEqual(['open', 'redirected'])
  await closePages(services, till.shops, attempt)
  expect(await statusOf(first)).toBe('expired')
  await closePages(services, till.shops, attempt)
  expect(await statusOf(first)).toBe('expired')
})
