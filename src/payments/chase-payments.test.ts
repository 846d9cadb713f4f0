// The flow survives silence: a real bank that notifies nobody, and a clock that moves.
import { expect, test } from 'vitest'
import { type AskedTill, openAskedTill, REFUSED_CARD } from '../../test/support/asked-bank.ts'
import { testDatabase } from '../../test/support/database.ts'
import { brought, messageOf, openTill } from '../../test/support/till.ts'
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../kernel/dates.ts'
import { rows, sql } from '../platform/db.ts'
import { chasePayments } from './chase-payments.ts'
import { dropPayment } from './drop-payment.ts'
import { expireAttempts } from './expire-attempts.ts'
import type { Transport } from './gateway.ts'
import { askBank } from './gateways/ask-bank.ts'
import { receiveMessage } from './receive-message.ts'

const db = await testDatabase()

/** An attempt for one invoice, sent to the bank. */
async function leave(till: AskedTill, amount = 3_100) {
  const invoice = await till.issue(amount)
  const reference = await till.start([invoice])
  const form = await till.send(reference, amount)
  return { invoice, reference, form, page: await till.goToBank(form) }
}
/** What was asked about an attempt: rung and outcome, in order. */
async function enquiries(reference: string): Promise<string[]> {
  const found = await rows<{ said: string }>(
    db,
    sql`select e.sending || '.' || e.rung || ' ' || e.outcome as said from enquiry e
      join payment_attempt a on a.organisation_id = e.organisation_id and a.id = e.attempt_id
      where a.reference = ${reference} order by e.sending, e.rung`,
  )
  return found.map((one) => one.said)
}
async function capturesOf(reference: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from capture c
      join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
      where a.reference = ${reference}`,
  )
  return found?.count ?? 0
}

test('a payment whose notification is lost and whose tab is closed is credited at the 2-minute rung', async () => {
  const till = await openAskedTill(db)
  const { invoice, reference, page } = await leave(till)
  await till.pay(page)
  till.services.clock.advance(2 * MINUTE_MS - 1)
  expect(await chasePayments(till.services)).toEqual({ asked: 0, unanswered: 0 })
  till.services.clock.advance(1)
  expect(await chasePayments(till.services)).toEqual({ asked: 1, unanswered: 0 })
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['captured', 0])
  expect(await enquiries(reference)).toEqual(['1.1 answered'])
  const kept = await rows<{ brought_by: string; outcome: string }>(
    db,
    sql`select brought_by, outcome from bank_message where raw like ${`%${reference}%`}`,
  )
  expect(kept).toEqual([{ brought_by: 'enquiry', outcome: 'applied' }])
  till.services.clock.advance(DAY_MS)
  expect(await chasePayments(till.services)).toEqual({ asked: 0, unanswered: 0 })
})

test('with every notification lost, money paid at any moment is credited within 30 minutes', async () => {
  const till = await openAskedTill(db)
  const { clock } = till.services
  const paid = new Map<string, Date>()
  // The bank's page lives ten minutes: one family pays at each.
  const waiting = []
  for (let index = 0; index < 10; index += 1) waiting.push(await leave(till, 1_000 + index))
  for (let minute = 0; minute < 45; minute += 1) {
    const next = minute < 10 ? waiting.shift() : undefined
    if (next) {
      await till.pay(next.page)
      paid.set(next.reference, clock.now())
    }
    clock.advance(MINUTE_MS)
    await chasePayments(till.services)
    for (const [reference, at] of paid)
      if ((await till.stateOf(reference)) === 'captured') {
        expect(clock.now().getTime() - at.getTime()).toBeLessThanOrEqual(30 * MINUTE_MS)
        paid.delete(reference)
      }
  }
  expect(paid.size).toBe(0)
})

test('each rung is asked once, however often the chaser comes, and a missed one is skipped', async () => {
  const till = await openAskedTill(db)
  const { reference } = await leave(till)
  till.services.clock.advance(16 * MINUTE_MS)
  expect((await chasePayments(till.services)).asked).toBe(1)
  expect((await chasePayments(till.services)).asked).toBe(0)
  expect(await enquiries(reference)).toEqual(['1.1 skipped', '1.2 skipped', '1.3 nothing'])
  till.services.clock.advance(4 * DAY_MS)
  expect((await chasePayments(till.services)).asked).toBe(1)
  expect((await enquiries(reference)).slice(3)).toEqual(
    ['4', '5', '6', '7'].map((rung) => `1.${rung} skipped`).concat('1.8 nothing'),
  )
  till.services.clock.advance(30 * DAY_MS)
  expect((await chasePayments(till.services)).asked).toBe(0)
})

test('each sending has a ladder of its own, and one question serves both', async () => {
  const till = await openAskedTill(db)
  const { reference } = await leave(till)
  till.services.clock.advance(4 * MINUTE_MS)
  await till.send(reference, 3_100)
  till.services.clock.advance(2 * MINUTE_MS)
  expect((await chasePayments(till.services)).asked).toBe(1)
  expect(await enquiries(reference)).toEqual(['1.1 skipped', '1.2 nothing', '2.1 nothing'])
})

test('an attempt dropped, refused or expired is booked when the bank says it was paid', async () => {
  const till = await openAskedTill(db)
  const [dropped, refused, expired] = [await leave(till), await leave(till), await leave(till)]
  await dropPayment(till.services, till.actor, dropped.reference)
  await till.pay(refused.page, REFUSED_CARD)
  till.services.clock.advance(30 * MINUTE_MS)
  await chasePayments(till.services)
  await expireAttempts(db, till.services.clock.now())
  const states = () =>
    Promise.all([dropped, refused, expired].map(({ reference }) => till.stateOf(reference)))
  expect(await states()).toEqual(['abandoned', 'refused', 'expired'])
  await fetch(`${refused.page}/reessayer`, { method: 'POST', redirect: 'manual' })
  for (const { page } of [dropped, refused, expired]) await till.pay(page)
  till.services.clock.advance(HOUR_MS)
  await chasePayments(till.services)
  expect(await states()).toEqual(['captured', 'captured', 'captured'])
  for (const { invoice } of [dropped, refused, expired]) expect(await till.due(invoice)).toBe(0)
})

test('money that comes late for an invoice paid meanwhile is the family’s credit, with a task', async () => {
  const till = await openAskedTill(db)
  const late = await leave(till)
  till.services.clock.advance(30 * MINUTE_MS)
  await chasePayments(till.services)
  await expireAttempts(db, till.services.clock.now())
  const second = await till.start([late.invoice])
  await till.pay(await till.goToBank(await till.send(second, 3_100)))
  await till.pay(late.page)
  till.services.clock.advance(HOUR_MS)
  await chasePayments(till.services)
  expect([await till.stateOf(late.reference), await till.stateOf(second)]).toEqual(['captured', 'captured'])
  expect([await till.due(late.invoice), await till.credit(), await till.tasks()]).toEqual([
    0,
    3_100,
    ['surplus'],
  ])
})

test('expiry asks first: nothing expires before the bank was asked at 30 minutes', async () => {
  const till = await openAskedTill(db)
  const { reference, page } = await leave(till)
  till.services.clock.advance(30 * MINUTE_MS)
  await expireAttempts(db, till.services.clock.now())
  expect(await till.stateOf(reference)).toBe('redirected')
  await till.pay(page)
  await chasePayments(till.services)
  await expireAttempts(db, till.services.clock.now())
  expect(await till.stateOf(reference)).toBe('captured')
})

test('a bank that does not answer holds an attempt for 24 hours, and no longer', async () => {
  const till = await openAskedTill(db)
  const { reference } = await leave(till)
  await till.door('panne', { rest: 'down' })
  const start = till.services.clock.now()
  for (const ms of [30 * MINUTE_MS, HOUR_MS, DAY_MS - 1]) {
    till.services.clock.set(later(start, ms))
    expect(await chasePayments(till.services)).toMatchObject({ unanswered: 1 })
    await expireAttempts(db, till.services.clock.now())
    expect(await till.stateOf(reference)).toBe('redirected')
  }
  till.services.clock.set(later(start, DAY_MS))
  await expireAttempts(db, till.services.clock.now())
  expect([await till.stateOf(reference), await enquiries(reference)]).toEqual(['expired', []])
})

test('two chasers at once ask once', async () => {
  const till = await openAskedTill(db)
  for (let index = 0; index < 6; index += 1) await till.pay((await leave(till, 1_000 + index)).page)
  till.services.clock.advance(2 * MINUTE_MS)
  const asked: string[] = []
  const counting: Transport = (question) => {
    if (question.url.startsWith(till.bankUrl)) asked.push(question.body)
    return askBank()(question)
  }
  await Promise.all([1, 2, 3].map(() => chasePayments(till.services, counting)))
  expect([asked.length, new Set(asked).size]).toEqual([6, 6])
})

test('a notification that comes while the bank is being asked makes one capture', async () => {
  const till = await openAskedTill(db)
  const { reference, page, form } = await leave(till)
  await till.pay(page)
  const said = await fetch(`${till.bankUrl}/porte-de-test/transactions`)
  const [transaction] = (await said.json()) as { transUuid: string }[]
  const late = messageOf(form, { vads_trans_uuid: transaction?.transUuid })
  till.services.clock.advance(2 * MINUTE_MS)
  await Promise.all([
    chasePayments(till.services),
    receiveMessage(till.services, till.shops, ...brought(late)),
  ])
  await receiveMessage(till.services, till.shops, ...brought(late))
  expect([await capturesOf(reference), await till.stateOf(reference), await till.credit()]).toEqual([
    1,
    'captured',
    0,
  ])
})

test('an amount that the bank changed goes to suspense with a task', async () => {
  const till = await openAskedTill(db)
  await till.door('armer', { amount: 2_000 })
  const { reference, page, invoice } = await leave(till)
  await till.pay(page)
  till.services.clock.advance(2 * MINUTE_MS)
  await chasePayments(till.services)
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['review', 3_100])
  expect([await till.internal('suspense'), await till.tasks()]).toEqual([-2_000, ['amount-mismatch']])
})

test('staff are told once that a shop cannot be asked, and that a password is wrong', async () => {
  const wrong = await openAskedTill(db, { password: 'testpassword_of_another' })
  const { reference, page } = await leave(wrong)
  await wrong.pay(page)
  const without = await openTill(db, { now: new Date() })
  await without.send(await without.start([await without.issue(3_100)]), 3_100)
  for (let minute = 0; minute < 3; minute += 1) {
    for (const till of [wrong, without]) till.services.clock.advance(2 * MINUTE_MS)
    await chasePayments(wrong.services)
  }
  expect([await wrong.tasks(), await enquiries(reference)]).toEqual([['enquiry-refused'], []])
  expect(await without.tasks()).toEqual(['no-enquiry'])
  expect(await wrong.stateOf(reference)).toBe('redirected')
})
