// Refunds through Stripe: paid at once, still waiting, or failed after all.
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { askRefund, granted, settle, tell } from '../../../test/support/refunds.ts'
import { startStripe } from '../../../test/support/stripe-till.ts'
import { HOUR_MS, MINUTE_MS } from '../../kernel/dates.ts'
import { chasePayments } from '../chase-payments.ts'
import type { Transport } from '../gateway.ts'
import { askBank } from '../gateways/ask-bank.ts'
import { readRefund } from '../gateways/stripe/fields.ts'
import { payRefunds } from './pay-refunds.ts'

const db = await testDatabase()
const openTill = await startStripe()

/** A top-up of 50,00 € paid by this card, of which 20,00 € are asked back. */
async function asked(card: string) {
  const till = await openTill(db, 'prepaid')
  const { organisationId, services } = till
  await till.send(await till.start(5_000), 5_000)
  const [session = ''] = await till.sessions()
  await till.pay(session, { card })
  services.clock.advance(2 * MINUTE_MS)
  await chasePayments(services)
  const { id, bank_transaction: payment } = await db
    .selectFrom('capture')
    .select(['id', 'bank_transaction'])
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const refundId = granted(await askRefund(db, till, id, 2_000))
  return {
    till,
    refundId,
    state: async () => {
      const refund = db.selectFrom('refund').select('state').where('id', '=', refundId)
      return (await refund.executeTakeFirstOrThrow()).state
    },
    /** What Stripe says of the payment's refunds. */
    refunds: async () =>
      (await till.ask(`/v1/refunds?payment_intent=${payment}`))['data'] as { status: string }[],
  }
}

test('an answer that is lost leaves one refund at Stripe, found by its key', async () => {
  const { till, state, refunds } = await asked('4242424242424242')
  const ask = askBank(5_000)
  const lost: Transport = async (question) => {
    await ask(question)
    return { ok: false, failure: 'timed-out' }
  }
  expect(await payRefunds(till.services, lost)).toEqual({ answered: 0, unsure: 1 })
  expect([await state(), await refunds()]).toMatchObject(['requested', [{ status: 'succeeded' }]])
  till.services.clock.advance(HOUR_MS)
  expect(await payRefunds(till.services)).toEqual({ answered: 1, unsure: 0 })
  expect([await state(), (await refunds()).length, await till.tasks()]).toEqual(['paid', 1, []])
  expect([await till.internal('clearing'), await till.internal('refund_payable')]).toEqual([3_000, 0])
})

test('a refund still pending is asked about again, and settled when Stripe has paid it', async () => {
  const { till, refundId, state, refunds } = await asked('4000000000007726')
  expect(await payRefunds(till.services)).toEqual({ answered: 1, unsure: 0 })
  expect([await state(), await till.internal('refund_payable')]).toEqual(['requested', -2_000])
  expect(await settle(db, till, refundId, 2_000, 'VIR 16', 'transfer')).toBe('at-the-bank')
  await till.wait(181)
  till.services.clock.advance(MINUTE_MS)
  expect(await payRefunds(till.services)).toEqual({ answered: 1, unsure: 0 })
  expect([await state(), (await refunds()).length, await till.internal('refund_payable')]).toEqual([
    'paid',
    1,
    0,
  ])
})

test('F62: a refund pending that fails later is told to staff once, and a transfer pays it', async () => {
  const { till, refundId, state, refunds } = await asked('4000000000007726')
  await payRefunds(till.services)
  const [waiting] = await refunds()
  const failed = readRefund({ ...waiting, status: 'failed' }, 'TEST')
  if (!failed) throw new Error('unreadable')
  expect([await tell(db, till, failed), await tell(db, till, failed)]).toEqual(['set_aside', 'set_aside'])
  till.services.clock.advance(HOUR_MS)
  expect(await payRefunds(till.services)).toEqual({ answered: 0, unsure: 0 })
  expect([await state(), await till.tasks()]).toEqual(['requested', ['refund-refused']])
  expect(await settle(db, till, refundId, 2_000, 'VIR 17', 'transfer')).toBe('settled')
})

test('a refund that Stripe paid and that fails later is owed again, and told to staff', async () => {
  const { till, state, refunds } = await asked('4000000000005126')
  await payRefunds(till.services)
  expect([await state(), await till.tasks()]).toEqual(['paid', []])
  await till.wait(181)
  const [ended] = await refunds()
  const fact = readRefund(ended, 'TEST')
  if (!fact) throw new Error('unreadable')
  expect([fact.verdict, await tell(db, till, fact), await till.tasks()]).toEqual([
    'refused',
    'applied',
    ['refund-refused'],
  ])
  expect([await state(), await till.internal('refund_payable')]).toEqual(['requested', -2_000])
})
