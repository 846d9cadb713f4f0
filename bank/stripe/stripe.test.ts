// The official client against Stripe's side of the bank: what it sends is taken, what it reads is there.
import type { Stripe } from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStripeDesk, sessionParams, type StripeDesk } from '../support/test-stripe.ts'

let bank: StripeDesk
beforeAll(async () => {
  bank = await openStripeDesk()
})
afterAll(() => bank.stop())
beforeEach(() => {
  for (const list of [bank.received, bank.refused, bank.answers]) list.length = 0
})

const create = (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}, idempotencyKey?: string) =>
  bank.stripe.checkout.sessions.create(sessionParams(changes), idempotencyKey ? { idempotencyKey } : {})
const card = (id: string, numero: string) =>
  bank.act(id, 'carte', { numero, expiration: '12 / 34', cryptogramme: '123' })
const expanded = (id: string) =>
  bank.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
const problemOf = async (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (error: Stripe.errors.StripeError) =>
      `${error.type} ${String(error.statusCode)} ${error.code ?? ''} ${error.param ?? ''}`.trim(),
  )
const advance = (advanceSeconds: number) => bank.desk.door('horloge', { advanceSeconds })

test('a session opens with what was asked, and leads to a page', async () => {
  const session = await create()
  expect(session).toMatchObject({
    object: 'checkout.session',
    status: 'open',
    payment_status: 'unpaid',
    amount_total: 7_450,
    currency: 'eur',
    client_reference_id: 'PR-1',
    metadata: { reference: 'PR-1' },
    payment_intent: null,
    livemode: false,
  })
  const page = await (await fetch(session.url ?? '')).text()
  expect(page).toContain('74,50')
  expect(page).toContain('MODE TEST')
})

test('a card pays: three events in order, then the whole of it by retrieve', async () => {
  const session = await create()
  const answer = await card(session.id, '4242 4242 4242 4242')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://portail.example/retour'])
  expect(bank.types()).toEqual(['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed'])
  const found = await expanded(session.id)
  const intent = found.payment_intent as Stripe.PaymentIntent
  expect([found.status, found.payment_status, intent.status, intent.metadata]).toEqual([
    'complete',
    'paid',
    'succeeded',
    { reference: 'PR-1' },
  ])
  expect(intent.latest_charge).toMatchObject({
    object: 'charge',
    paid: true,
    payment_method_details: { card: { brand: 'visa', last4: '4242' } },
  })
})

test.each([
  ['4000000000000002', 'card_declined', 'generic_decline'],
  ['4000000000009995', 'card_declined', 'insufficient_funds'],
  ['4000000000009987', 'card_declined', 'lost_card'],
  ['4000000000000069', 'expired_card', 'expired_card'],
  ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc'],
  ['4000000000000119', 'processing_error', 'processing_error'],
  ['4000008400001280', 'card_declined', 'authentication_required'],
])('%s is declined with %s, and another card may still pay', async (number, code, decline) => {
  const session = await create()
  expect((await card(session.id, number)).status).toBe(422)
  expect(bank.types()).toEqual(['charge.failed', 'payment_intent.payment_failed'])
  expect(bank.received[1]?.data.object).toMatchObject({ last_payment_error: { code, decline_code: decline } })
  expect((await expanded(session.id)).status).toBe('open')
  expect((await card(session.id, '5555555555554444')).status).toBe(303)
  expect((await expanded(session.id)).payment_status).toBe('paid')
})

test('a challenge is met, failed, or met with a card that is declined after it', async () => {
  const ends: [string, string, string][] = [
    ['4000002500003155', 'oui', 'paid'],
    ['4000002500003155', 'non', 'unpaid'],
    ['4000008260003178', 'oui', 'unpaid'],
  ]
  for (const [number, issue, paid] of ends) {
    const session = await create()
    expect((await card(session.id, number)).headers.get('location')).toBe(`/c/pay/${session.id}`)
    expect(await (await fetch(session.url ?? '')).text()).toContain('3D Secure')
    await bank.act(session.id, 'authentification', { issue })
    expect((await expanded(session.id)).payment_status).toBe(paid)
  }
})

test('a number of no test card is refused and told to nobody', async () => {
  const session = await create()
  expect((await card(session.id, '4970100000000055')).status).toBe(422)
  expect(bank.received).toEqual([])
})

test('a debit completes unpaid, then succeeds or fails', async () => {
  for (const [iban, type, paid] of [
    ['FR14 2004 1010 0505 0001 3M02 606', 'checkout.session.async_payment_succeeded', 'paid'],
    ['FR84 2004 1010 0505 0001 3M02 607', 'checkout.session.async_payment_failed', 'unpaid'],
  ] as const) {
    const session = await create()
    await bank.act(session.id, 'prelevement', { iban })
    expect(bank.received.at(-1)).toMatchObject({
      type: 'checkout.session.completed',
      data: { object: { payment_status: 'unpaid', status: 'complete' } },
    })
    await advance(180)
    expect(bank.types().at(-1)).toBe(type)
    expect((await expanded(session.id)).payment_status).toBe(paid)
  }
})

test('a session expires in its time, or by order; then nothing can be paid', async () => {
  const timed = await create({ expires_at: Math.floor(Date.now() / 1000) + 24 * 3600 - 60 })
  const now = (await bank.desk.door('horloge')) as { now: string }
  const ordered = await create({ expires_at: Math.floor(new Date(now.now).getTime() / 1000) + 1_860 })
  expect((await bank.stripe.checkout.sessions.expire(ordered.id)).status).toBe('expired')
  expect(await problemOf(bank.stripe.checkout.sessions.expire(ordered.id))).toMatch(
    /^StripeInvalidRequestError 400/,
  )
  await advance(24 * 3600)
  expect((await expanded(timed.id)).status).toBe('expired')
  const told = bank.received.map(({ type, data }) => `${type} ${(data.object as { id: string }).id}`)
  for (const { id } of [timed, ordered])
    expect(told.filter((one) => one === `checkout.session.expired ${id}`)).toHaveLength(1)
  expect((await card(timed.id, '4242424242424242')).status).toBe(404)
})

test('the same key gives the same session, and refuses another question', async () => {
  const first = await create({}, 'cle-1')
  const again = await create({}, 'cle-1')
  expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([first.id, 'true'])
  expect((await create({}, 'cle-2')).id).not.toBe(first.id)
  expect(await problemOf(create({ client_reference_id: 'PR-2' }, 'cle-1'))).toBe('StripeIdempotencyError 400')
  // What was refused is kept as well.
  expect(await problemOf(create({ locale: 'fr', expires_at: 1 }, 'cle-3'))).toBe(
    'StripeInvalidRequestError 400  expires_at',
  )
  expect(await problemOf(create({}, 'cle-3'))).toBe('StripeIdempotencyError 400')
})

test('wrong questions get the errors of Stripe', async () => {
  const wrong = { ...sessionParams(), unheard_of: '1' }
  expect(await problemOf(bank.stripe.checkout.sessions.create(wrong))).toBe(
    'StripeInvalidRequestError 400 parameter_unknown unheard_of',
  )
  expect(await problemOf(bank.stripe.checkout.sessions.retrieve('cs_test_none'))).toContain(
    '404 resource_missing',
  )
  const stranger = fetch(`${bank.origin}/v1/balance`, { headers: { authorization: 'Bearer sk_test_other' } })
  expect((await stranger).status).toBe(401)
  expect(await bank.stripe.balance.retrieve()).toMatchObject({ object: 'balance' })
})

async function paid(number = '4242424242424242') {
  const session = await create()
  await card(session.id, number)
  return ((await expanded(session.id)).payment_intent as Stripe.PaymentIntent).id
}

test('refunds take from what is left, never more', async () => {
  const intent = await paid()
  const part = await bank.stripe.refunds.create(
    { payment_intent: intent, amount: 450 },
    { idempotencyKey: 'refund:1' },
  )
  const again = await bank.stripe.refunds.create(
    { payment_intent: intent, amount: 450 },
    { idempotencyKey: 'refund:1' },
  )
  expect([part.status, again.id]).toEqual(['succeeded', part.id])
  expect(await problemOf(bank.stripe.refunds.create({ payment_intent: intent, amount: 7_001 }))).toContain(
    '400',
  )
  await bank.stripe.refunds.create({ payment_intent: intent })
  expect(await problemOf(bank.stripe.refunds.create({ payment_intent: intent }))).toContain(
    'charge_already_refunded',
  )
  expect(await bank.stripe.refunds.retrieve(part.id)).toMatchObject({ amount: 450, payment_intent: intent })
})

test('a refund may fail afterwards, or succeed afterwards', async () => {
  for (const [number, first, last] of [
    ['4000000000005126', 'succeeded', 'failed'],
    ['4000000000007726', 'pending', 'succeeded'],
  ] as const) {
    const refund = await bank.stripe.refunds.create({ payment_intent: await paid(number) })
    expect(refund.status).toBe(first)
    await advance(180)
    expect(await bank.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: last })
    expect(bank.types()).toContain(last === 'failed' ? 'refund.failed' : 'refund.updated')
  }
})

test('a payment is disputed, then won or lost; it is not refunded meanwhile', async () => {
  const intent = await paid('4000000000000259')
  const opened = bank.received.find(({ type }) => type === 'charge.dispute.created')
  expect(opened?.data.object).toMatchObject({
    payment_intent: intent,
    amount: 7_450,
    status: 'needs_response',
  })
  expect(await problemOf(bank.stripe.refunds.create({ payment_intent: intent }))).toContain('charge_disputed')
  const { id } = (await bank.door('contester', { intent: await paid() })) as { id: string }
  await bank.door('clore', { dispute: id, status: 'won' })
  expect(bank.types().slice(-2)).toEqual(['charge.dispute.funds_reinstated', 'charge.dispute.closed'])
})

test('an event that is not taken comes again, three times at most, each signed anew', async () => {
  bank.answers.push(500, 500, 500, 500)
  await bank.door('armer', {})
  const session = await create()
  await bank.stripe.checkout.sessions.expire(session.id)
  await expect.poll(() => bank.received.length).toBe(1)
  await advance(5 * 3600)
  expect(new Set(bank.received.map(({ id }) => id)).size).toBe(1)
  expect(bank.received).toHaveLength(4)
})

test('faults: lost, repeated, out of order, forged, another amount', async () => {
  const happen = async (faults: object) => {
    bank.received.length = 0
    await bank.door('armer', faults)
    const session = await create()
    await card(session.id, '4242424242424242')
    return session
  }
  await happen({ loss: true })
  expect(bank.received).toEqual([])
  await happen({ repeat: 1 })
  expect([bank.received.length, new Set(bank.received.map(({ id }) => id)).size]).toEqual([6, 3])
  await happen({ reversed: true })
  expect(bank.types()[0]).toBe('checkout.session.completed')
  await happen({ badSignature: true })
  expect([bank.received.length, bank.refused.length]).toEqual([0, 3])
  await happen({ amount: 1 })
  expect(bank.received[2]?.data.object).toMatchObject({ amount_total: 1 })
})

test('while a secret is rolled both sign; afterwards only the new one', async () => {
  await bank.door('tourner', { secret: 'whsec_the_next_one' })
  await bank.stripe.checkout.sessions.expire((await create()).id)
  await expect.poll(() => bank.received.length).toBe(1)
  bank.secrets[0] = 'whsec_the_next_one'
  await bank.stripe.checkout.sessions.expire((await create()).id)
  await expect.poll(() => bank.received.length).toBe(2)
  await bank.door('tourner', {})
  bank.secrets[0] = 'whsec_of_the_tests'
  await bank.stripe.checkout.sessions.expire((await create()).id)
  await expect.poll(() => bank.refused.length).toBe(1)
})

test('when the service is down, or answers a page, the client says so', async () => {
  await bank.door('panne', { stripe: 'down' })
  expect(await problemOf(create())).toBe('StripeAPIError 500')
  await bank.door('panne', { stripe: 'html' })
  expect(await problemOf(create())).toMatch(/^StripeAPIError/)
  await bank.door('panne', { stripe: 'up' })
  expect(await problemOf(create())).toBe('taken')
})
