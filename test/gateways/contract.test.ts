// One contract for every gateway: the same family, the same invoice, and each bank's own messages.
import { expect, test } from 'vitest'
import type { GatewayName } from '../../src/organisations/contract.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { expireAttempts } from '../../src/payments/expire-attempts.ts'
import { adapterOf } from '../../src/payments/gateways/registry.ts'
import { receiveMessage } from '../../src/payments/receive-message.ts'
import { sendPayment } from '../../src/payments/send-payment.ts'
import { cents } from '../../src/kernel/money.ts'
import { DAY_MS, MINUTE_MS } from '../../src/kernel/dates.ts'
import { testDatabase } from '../support/database.ts'
import { openTill } from '../support/till.ts'
import type { OpenBankSide, Situation } from './bank-side.ts'
import { payfipSide } from './payfip-side.ts'
import { stripeSide } from './stripe-side.ts'
import { systempaySide } from './systempay-side.ts'

const db = await testDatabase()
const AMOUNT = 3_100

/** One line per gateway of the registry: a gateway without its messages does not compile. */
const SIDES: { readonly [Name in GatewayName]: OpenBankSide } = {
  payfip: payfipSide,
  stripe: stripeSide,
  systempay: systempaySide,
}

/** A family that left for the bank with one invoice. */
async function leave(open: OpenBankSide, mode: 'TEST' | 'PRODUCTION' = 'TEST') {
  const side = open(mode)
  const { contract, transport } = side
  const till = await openTill(db, { bank: contract, transport })
  const { services, shops, actor } = till
  const invoice = await till.issue(AMOUNT)
  const reference = await till.start([invoice])
  const seen = { amount: cents(AMOUNT), receiptEmail: 'claire@famille.example' }
  // A TEST contract takes payments in the demonstration, one of production everywhere.
  const sent = await sendPayment(services, shops, actor, reference, seen)
  if (!sent.ok) throw new Error(sent.failure)
  const address = { gateway: contract.gateway, contractId: till.contract.id }
  return {
    ...till,
    reference,
    /** What the bank's server sends about a situation arrives so many times; gives what became of each. */
    hear: async (situation: Situation, times = 1) => {
      const outcomes: string[] = []
      const messages = side.happens(situation, sent.value, services.clock.now())
      for (let time = 0; time < times; time += 1)
        for (const message of messages) {
          const brought = { broughtBy: 'notification', ...message } as const
          const heard = await receiveMessage(services, shops, address, brought)
          outcomes.push(heard.ok ? heard.value : heard.failure)
          // Banks do not send the same message twice within two seconds.
          services.clock.advance(3_000)
        }
      return outcomes
    },
    happens: (situation: Situation) => side.happens(situation, sent.value, services.clock.now()),
    chase: () => chasePayments(services, transport),
    outcome: async () => ({
      state: await till.stateOf(reference),
      due: await till.due(invoice),
      taken: await till.internal('clearing'),
    }),
  }
}
const WAITING = { state: 'redirected', due: AMOUNT, taken: 0 }
const PAID = { state: 'captured', due: 0, taken: AMOUNT }

for (const [name, open] of Object.entries(SIDES)) {
  const { capabilities } = adapterOf(name as GatewayName)

  test(`${name}, paid: the invoice is settled`, async () => {
    const till = await leave(open)
    expect(await till.outcome()).toEqual(WAITING)
    await till.hear('paid')
    expect(await till.outcome()).toEqual(PAID)
    expect(await till.tasks()).toEqual([])
  })

  test(`${name}, refused: nothing is taken, and the family may try again`, async () => {
    const till = await leave(open)
    await till.hear('refused')
    expect(await till.outcome()).toEqual({ ...WAITING, state: 'refused' })
  })

  test(`${name}, abandoned: nothing is taken, once that is final`, async () => {
    const till = await leave(open)
    till.services.clock.advance(capabilities.abandonmentFinalMinutes * MINUTE_MS)
    await till.hear('abandoned')
    expect(await till.outcome()).toEqual({ ...WAITING, state: 'abandoned' })
  })

  test(`${name}, tampered: nothing is believed`, async () => {
    const till = await leave(open)
    const [heard] = await till.hear('tampered')
    expect(['bad-signature', 'unreadable', 'ignored', 'asked']).toContain(heard)
    expect(await till.outcome()).toEqual(WAITING)
  })

  test(`${name}, duplicate: the same message ten times is one payment`, async () => {
    const till = await leave(open)
    await till.hear('paid', 10)
    expect(await till.outcome()).toEqual(PAID)
    expect(await till.tasks()).toEqual([])
  })

  test(`${name}, other amount: real money waits for a person, and settles nothing`, async () => {
    const till = await leave(open)
    await till.hear('other-amount')
    const { state, due, taken } = await till.outcome()
    expect([state, due, taken > 0 && taken !== AMOUNT]).toEqual(['review', AMOUNT, true])
    expect([await till.internal('suspense'), await till.tasks()]).toEqual([-taken, ['amount-mismatch']])
  })

  test(`${name}, other shop: what another shop's bank says is nothing to this one`, async () => {
    const till = await leave(open)
    await till.hear('other-shop')
    expect((await till.outcome()).state).toBe('redirected')
    expect((await till.outcome()).due).toBe(AMOUNT)
  })

  test(`${name}, unknown order: nobody's invoice is settled`, async () => {
    const till = await leave(open)
    await till.hear('unknown-order')
    const { state, due, taken } = await till.outcome()
    expect([state, due]).toEqual(['redirected', AMOUNT])
    // Where the bank names the money, it is real: it waits for a person.
    expect(await till.tasks()).toEqual(taken === 0 ? [] : ['unknown-order'])
    expect((await till.internal('suspense')) + taken).toBe(0)
  })

  test(`${name}, test message in production: no money`, async () => {
    const till = await leave(open, 'PRODUCTION')
    await till.hear('test-message')
    expect(await till.outcome()).toEqual(WAITING)
    await till.hear('paid')
    expect(await till.outcome()).toEqual(PAID)
  })

  test(`${name}, late: money that comes after the silence is booked`, async () => {
    const till = await leave(open)
    till.services.clock.advance(DAY_MS)
    await expireAttempts(db, till.services.clock.now())
    expect((await till.outcome()).state).toBe('expired')
    await till.hear('paid')
    expect(await till.outcome()).toEqual(PAID)
  })

  test(`${name}, a bank that hangs at the departure: nobody can pay, and the family tries again`, async () => {
    const { contract, transport } = open('TEST')
    let hangs = true
    const till = await openTill(db, {
      bank: contract,
      transport: (question) =>
        hangs ? Promise.resolve({ ok: false, failure: 'timed-out' }) : transport(question),
    })
    const invoice = await till.issue(AMOUNT)
    const reference = await till.start([invoice])
    const seen = { amount: cents(AMOUNT), receiptEmail: 'claire@famille.example' }
    const send = () => sendPayment(till.services, till.shops, till.actor, reference, seen)
    const sent = await send()
    // A form that the browser posts needs no bank to be written.
    if (sent.ok) expect(sent.value.kind).toBe('form')
    else expect([sent.failure, await till.stateOf(reference)]).toEqual(['unreachable', 'abandoned'])
    hangs = false
    expect((await send()).ok).toBe(true)
    expect(await till.stateOf(reference)).toBe('redirected')
  })

  test(`${name}, status lost: the bank is asked, and the invoice is settled`, async () => {
    const till = await leave(open)
    till.happens('paid')
    till.services.clock.advance(2 * MINUTE_MS)
    expect(await till.chase()).toMatchObject({ unanswered: 0 })
    expect(await till.outcome()).toEqual(PAID)
  })
}
