// What a bank says after its first word: an end before the acceptance it ends, and a debit that takes days.
import { expect, test } from 'vitest'
import { openAskedTill } from '../../test/support/asked-bank.ts'
import { testDatabase } from '../../test/support/database.ts'
import { tell } from '../../test/support/refunds.ts'
import { brought, factOf, messageOf, openTill, type Till } from '../../test/support/till.ts'
import { cents } from '../kernel/money.ts'
import { DAY_MS } from '../kernel/dates.ts'
import { rows, sql } from '../platform/db.ts'
import { chasePayments } from './chase-payments.ts'
import { dropPayment } from './drop-payment.ts'
import { expireAttempts } from './expire-attempts.ts'
import { receiveMessage } from './receive-message.ts'
import { sendPayment } from './send-payment.ts'

const db = await testDatabase()

const receive = async (till: Till, raw: string) => {
  // Two shops of this file have one number: each hears at its contract's own address.
  const [address, message] = brought(raw)
  const own = { ...address, contractId: till.contract.id }
  const received = await receiveMessage(till.services, till.shops, own, message)
  return received.ok ? received.value : received.failure
}
const messagesOf = async ({ organisationId }: Till) => {
  const found = db.selectFrom('bank_message').select(['brought_by', 'outcome'])
  const kept = await found.where('organisation_id', '=', organisationId).orderBy('received_at').execute()
  return kept.map((one) => `${one.brought_by} ${one.outcome}`).toSorted()
}

test('an acceptance heard after the cancellation of its own transaction is not booked: a person looks', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const form = await till.send(reference, 3_100)
  const id = { vads_trans_uuid: 'b'.repeat(32) }
  expect(await receive(till, messageOf(form, { ...id, vads_trans_status: 'CANCELLED' }))).toBe('applied')
  expect(await receive(till, messageOf(form, id))).toBe('doubted')
  expect([await till.due(invoice), await till.internal('clearing'), await till.stateOf(reference)]).toEqual([
    3_100,
    0,
    'abandoned',
  ])
  expect([await till.tasks(), await messagesOf(till)]).toEqual([
    ['unread-operation'],
    ['notification applied', 'notification doubted'],
  ])
  // Another transaction of the same order is money of its own.
  expect(await receive(till, messageOf(form))).toBe('applied')
  expect(await till.due(invoice)).toBe(0)
})

test.each([
  ['cancelled', 3_100, 'abandoned', 'enquiry repeated'],
  ['taken', 0, 'captured', 'enquiry applied'],
] as const)('the bank is asked, and what it says today is right: %s', async (today, due, state, said) => {
  const till = await openAskedTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const form = await till.send(reference, 3_100)
  await till.pay(await till.goToBank(form))
  const told = (await (await fetch(`${till.bankUrl}/porte-de-test/transactions`)).json()) as {
    transUuid: string
  }[]
  const id = { vads_trans_uuid: told[0]?.transUuid ?? '' }
  if (today === 'cancelled')
    await till.door('operation', { transUuid: id.vads_trans_uuid, operation: 'cancel' })
  expect(await receive(till, messageOf(form, { ...id, vads_trans_status: 'CANCELLED' }))).toBe('applied')
  expect(await receive(till, messageOf(form, id))).toBe('doubted')
  expect([await till.due(invoice), await till.stateOf(reference), await till.tasks()]).toEqual([
    due,
    state,
    [],
  ])
  expect(await messagesOf(till)).toContain(said)
})

/** A payment that the bank has, and will confirm later. */
async function awaited() {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const form = await till.send(reference, 3_100)
  const fact = factOf(form, { verdict: 'pending' })
  expect(await tell(db, till, fact)).toBe('applied')
  return { till, invoice, reference, fact }
}

test('a payment that the bank keeps waiting holds its invoices for days, and is neither sent again nor dropped', async () => {
  const { till, invoice, reference, fact } = await awaited()
  const { services, shops, actor } = till
  services.clock.advance(5 * DAY_MS)
  await expireAttempts(db, services.clock.now())
  expect(await till.stateOf(reference)).toBe('awaited')
  await expect(till.start([invoice])).rejects.toThrow('in-progress')
  const seen = { amount: cents(3_100), receiptEmail: null }
  expect(await sendPayment(services, shops, actor, reference, seen)).toMatchObject({
    failure: 'under-review',
  })
  expect(await dropPayment(services, actor, reference)).toMatchObject({ failure: 'too-late' })
  expect(await tell(db, till, { ...fact, verdict: 'accepted' })).toBe('applied')
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['captured', 0])
})

test('refused in the end, its invoices are due again and another payment may start', async () => {
  const { till, invoice, reference, fact } = await awaited()
  expect(await tell(db, till, { ...fact, bankTransaction: 'other', verdict: 'refused' })).toBe('applied')
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['refused', 3_100])
  expect(await till.start([invoice])).not.toBe(reference)
})

test('a page that closes beside it frees nothing: it was another sending', async () => {
  const till = await openTill(db)
  const reference = await till.start([await till.issue(3_100)])
  const first = await till.send(reference, 3_100)
  const second = await till.send(reference, 3_100)
  await tell(db, till, factOf(first, { verdict: 'pending' }))
  expect(await tell(db, till, factOf(second, { verdict: 'abandoned' }))).toBe('repeated')
  expect(await till.stateOf(reference)).toBe('awaited')
})

test('after thirty days without a word it is freed, and late money is booked all the same', async () => {
  const { till, invoice, reference, fact } = await awaited()
  till.services.clock.advance(30 * DAY_MS - 1)
  await expireAttempts(db, till.services.clock.now())
  expect(await till.stateOf(reference)).toBe('awaited')
  till.services.clock.advance(1)
  await expireAttempts(db, till.services.clock.now())
  expect(await till.stateOf(reference)).toBe('expired')
  await tell(db, till, { ...fact, verdict: 'accepted' })
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['captured', 0])
})

const highestRung = async (reference: string) => {
  const [found] = await rows<{ rung: number }>(
    db,
    sql`select max(e.rung) as rung from enquiry e join payment_attempt a
      on a.organisation_id = e.organisation_id and a.id = e.attempt_id where a.reference = ${reference}`,
  )
  return found?.rung ?? 0
}

test('the bank is asked about it for four weeks, about any other for three days', async () => {
  const till = await openAskedTill(db)
  const other = await till.start([await till.issue(2_000)])
  await till.send(other, 2_000)
  const reference = await till.start([await till.issue(3_100)])
  const form = await till.send(reference, 3_100)
  await tell(db, till, factOf(form, { verdict: 'pending' }))
  const rungs: number[][] = []
  for (const days of [4, 4, 7, 14]) {
    till.services.clock.advance(days * DAY_MS)
    await chasePayments(till.services)
    rungs.push([await highestRung(other), await highestRung(reference)])
  }
  expect(rungs).toEqual([
    [8, 8],
    [8, 9],
    [8, 10],
    [8, 11],
  ])
})
