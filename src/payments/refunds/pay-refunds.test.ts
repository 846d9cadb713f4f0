// Refunds go back through a real bank, once, whatever the network does.
import { expect, test } from 'vitest'
import { type AskedTill, openAskedTill } from '../../../test/support/asked-bank.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { askRefund, granted, payOnline, refuse, settle } from '../../../test/support/refunds.ts'
import { openTill } from '../../../test/support/till.ts'
import { HOUR_MS, MINUTE_MS } from '../../kernel/dates.ts'
import { rows, sql } from '../../platform/db.ts'
import { applyFact } from '../apply-fact.ts'
import { chasePayments } from '../chase-payments.ts'
import type { BankFact, Transport } from '../gateway.ts'
import { askBank } from '../gateways/ask-bank.ts'
import { openGateway } from '../gateways/registry.ts'
import { payRefunds } from './pay-refunds.ts'

const db = await testDatabase()
const patient = askBank(5_000)
const isOperation = (url: string) => /(?:CancelOrRefund|Update)$/.test(url)

/** A top-up of so many cents, captured or not at the bank. */
async function toppedUp(amount: number, isCaptured = true) {
  const till = await openAskedTill(db, { mode: 'prepaid' })
  const reference = await till.start(amount)
  await till.pay(await till.goToBank(await till.send(reference, amount)))
  till.services.clock.advance(2 * MINUTE_MS)
  await chasePayments(till.services)
  const capture = await db
    .selectFrom('capture')
    .select(['id', 'bank_transaction'])
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  const operate = (operation: string, cents = 0) =>
    till.door('operation', { transUuid: capture.bank_transaction, operation, amount: cents })
  if (isCaptured) await operate('capture')
  return { till, reference, captureId: capture.id, operate }
}
const statesOf = async ({ organisationId }: AskedTill) =>
  (
    await rows<{ state: string }>(
      db,
      sql`select state from refund where organisation_id = ${organisationId} order by requested_at, id`,
    )
  ).map((one) => one.state)
const triesOf = async ({ organisationId }: AskedTill) =>
  (
    await db
      .selectFrom('refund_sending')
      .select('number')
      .where('organisation_id', '=', organisationId)
      .execute()
  ).length
/** What the bank says of the till's order. */
async function factsOf(till: AskedTill): Promise<readonly BankFact[]> {
  const { enquire } = openGateway(till.contract)
  const { reference } = await db
    .selectFrom('payment_attempt')
    .select('reference')
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  const answer = await enquire?.({ reference, sendings: [], askedAt: new Date() }, patient)
  if (!answer?.ok) throw new Error(answer?.failure)
  return answer.value.facts
}
/** What the bank gave back, by its own memory, in cents. */
const givenBy = async (till: AskedTill): Promise<number[]> =>
  (await factsOf(till)).filter(({ operation }) => operation === 'credit').map(({ amount }) => amount)
const accounts = async (till: AskedTill) => ({
  clearing: await till.internal('clearing'),
  payable: await till.internal('refund_payable'),
  suspense: await till.internal('suspense'),
  credit: await till.credit(),
})
/** Everything that the bank says of the order, told once more. */
async function tellAgain(till: AskedTill): Promise<string[]> {
  const outcomes: string[] = []
  for (const fact of await factsOf(till))
    outcomes.push(await db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now())))
  return outcomes
}

test('F48: a refund asked is paid by the bank once, and told again changes nothing', async () => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  expect(await payRefunds(till.services)).toEqual({ answered: 1, unsure: 0 })
  expect([await statesOf(till), await givenBy(till), await till.tasks()]).toEqual([['paid'], [2_000], []])
  expect(await accounts(till)).toEqual({ clearing: 3_000, payable: 0, suspense: 0, credit: 3_000 })
  till.services.clock.advance(HOUR_MS)
  expect(await payRefunds(till.services)).toEqual({ answered: 0, unsure: 0 })
  expect(await tellAgain(till)).toEqual(['repeated', 'repeated'])
})

test('F48: five passes at once pay once', async () => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  const passes = await Promise.all(Array.from({ length: 5 }, () => payRefunds(till.services)))
  expect(passes.reduce((total, { answered }) => total + answered, 0)).toBe(1)
  expect([await statesOf(till), await givenBy(till), await triesOf(till)]).toEqual([['paid'], [2_000], 1])
})

test.each([
  ['refunded', true, 2_000, [2_000]],
  ['cancelled before its capture', false, 5_000, []],
  ['lowered before its capture', false, 2_000, []],
] as const)(
  'F48: %s without an answer, the refund is found and not made again',
  async (_, isCaptured, amount, given) => {
    const { till, captureId } = await toppedUp(5_000, isCaptured)
    const refundId = granted(await askRefund(db, till, captureId, amount))
    const mute: Transport = async (question) => {
      if (!isOperation(question.url)) return patient(question)
      await till.door('panne', { rest: 'mute' })
      const got = await askBank(400)(question)
      await till.door('panne', { rest: 'up' })
      return got
    }
    expect(await payRefunds(till.services, mute)).toEqual({ answered: 0, unsure: 1 })
    expect([await statesOf(till), await givenBy(till)]).toEqual([['requested'], given])
    // Nobody pays it another way, or gives it up, while the bank may have paid.
    expect(await settle(db, till, refundId, amount, 'VIR 13', 'transfer')).toBe('at-the-bank')
    expect(await refuse(db, till, refundId)).toBe('at-the-bank')
    expect(await payRefunds(till.services)).toEqual({ answered: 0, unsure: 0 })
    till.services.clock.advance(MINUTE_MS)
    expect(await payRefunds(till.services)).toEqual({ answered: 1, unsure: 0 })
    expect([await statesOf(till), await givenBy(till), await till.tasks()]).toEqual([['paid'], given, []])
    const left = 5_000 - amount
    expect(await accounts(till)).toEqual({ clearing: left, payable: 0, suspense: 0, credit: left })
  },
)

test.each([
  ['before the bank was asked', false],
  ['after the bank did it', true],
])('a process that dies %s leaves a refund that the next one pays once', async (_, isAsked) => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  const dying: Transport = async (question) => {
    if (!isOperation(question.url)) return patient(question)
    if (isAsked) await patient(question)
    throw new Error('killed')
  }
  await expect(payRefunds(till.services, dying)).rejects.toThrow('killed')
  expect([await statesOf(till), await triesOf(till)]).toEqual([['requested'], 1])
  till.services.clock.advance(MINUTE_MS)
  await payRefunds(till.services)
  expect([await statesOf(till), await givenBy(till), await triesOf(till)]).toEqual([['paid'], [2_000], 2])
})

test('two refunds of one amount, the first without an answer: each is paid once', async () => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 1_000))
  granted(await askRefund(db, till, captureId, 1_000))
  const lost: Transport = async (question) => {
    const got = await patient(question)
    return isOperation(question.url) ? { ok: false, failure: 'timed-out' } : got
  }
  await payRefunds(till.services, lost)
  for (let pass = 0; pass < 3; pass += 1) {
    till.services.clock.advance(2 * MINUTE_MS)
    await payRefunds(till.services)
  }
  expect([await statesOf(till), await givenBy(till)]).toEqual([
    ['paid', 'paid'],
    [1_000, 1_000],
  ])
  expect(await accounts(till)).toEqual({ clearing: 3_000, payable: 0, suspense: 0, credit: 3_000 })
})

test.each([
  ['cancelled', 5_000, 0],
  ['lowered', 2_000, 3_000],
])('a payment %s before its capture settles the refund, and is not taken back', async (_, amount, left) => {
  const { till, reference, captureId } = await toppedUp(5_000, false)
  granted(await askRefund(db, till, captureId, amount))
  expect(await payRefunds(till.services)).toEqual({ answered: 1, unsure: 0 })
  expect([await statesOf(till), await givenBy(till), await till.tasks()]).toEqual([['paid'], [], []])
  expect(await accounts(till)).toEqual({ clearing: left, payable: 0, suspense: 0, credit: left })
  expect(await tellAgain(till)).toEqual(['repeated'])
  expect(await accounts(till)).toEqual({ clearing: left, payable: 0, suspense: 0, credit: left })
  expect(await till.stateOf(reference)).toBe('captured')
})

test('F61: lowered by a refund, then refunded and taken back: each counts once', async () => {
  const { till, captureId, operate } = await toppedUp(5_000, false)
  granted(await askRefund(db, till, captureId, 2_000))
  await payRefunds(till.services)
  granted(await askRefund(db, till, captureId, 500))
  await payRefunds(till.services)
  expect(await askRefund(db, till, captureId, 2_501)).not.toHaveProperty('refundId')
  // A person lowers it at the bank by what nobody asked for here.
  await operate('reduce', 2_200)
  expect(await tellAgain(till)).toEqual(['applied'])
  expect([await statesOf(till), await till.tasks()]).toEqual([['paid', 'paid'], ['taken-back']])
  expect(await accounts(till)).toEqual({ clearing: 2_200, payable: 0, suspense: 0, credit: 2_200 })
  await operate('capture')
  granted(await askRefund(db, till, captureId, 2_200))
  await payRefunds(till.services)
  expect([await givenBy(till), await accounts(till)]).toEqual([
    [2_200],
    { clearing: 0, payable: 0, suspense: 0, credit: 0 },
  ])
})

test('a payment that the bank never collects settles what was asked of it, and takes back the rest', async () => {
  const { till, captureId, operate } = await toppedUp(5_000, false)
  granted(await askRefund(db, till, captureId, 2_000))
  await operate('expire')
  expect(await tellAgain(till)).toEqual(['applied'])
  expect([await statesOf(till), await till.tasks()]).toEqual([['paid'], ['taken-back']])
  expect(await accounts(till)).toEqual({ clearing: 0, payable: 0, suspense: 0, credit: 0 })
  expect(await payRefunds(till.services)).toEqual({ answered: 0, unsure: 0 })
})

test('F62: a refund that the bank refuses stays owed with a task, is not asked again, and a transfer pays it', async () => {
  const { till, captureId, operate } = await toppedUp(5_000)
  const refundId = granted(await askRefund(db, till, captureId, 2_000))
  await operate('refund', 4_000)
  for (let pass = 0; pass < 2; pass += 1) {
    await payRefunds(till.services)
    till.services.clock.advance(HOUR_MS)
  }
  expect([await statesOf(till), await till.tasks(), await triesOf(till)]).toEqual([
    ['requested'],
    ['refund-refused'],
    1,
  ])
  expect(await settle(db, till, refundId, 2_000, 'VIR 14', 'transfer')).toBe('settled')
})

test('a bank that gives nothing back by itself leaves the refund to a transfer, with a task once', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const { captureId } = await payOnline(db, till, 5_000, 5_000)
  const refundId = granted(await askRefund(db, till, captureId, 2_000))
  for (let pass = 0; pass < 2; pass += 1) {
    await payRefunds(till.services)
    till.services.clock.advance(HOUR_MS)
  }
  expect(await till.tasks()).toEqual(['refund-by-transfer'])
  expect(await settle(db, till, refundId, 2_000, 'VIR 15', 'transfer')).toBe('settled')
})

test('a bank that refuses our password is told to staff, and the refund waits', async () => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  const deaf: Transport = async () => ({ ok: false, failure: 'unreachable' })
  expect(await payRefunds(till.services, deaf)).toEqual({ answered: 0, unsure: 1 })
  expect([await statesOf(till), await till.tasks()]).toEqual([['requested'], []])
  till.services.clock.advance(MINUTE_MS)
  const stranger: Transport = ({ headers, ...question }) =>
    patient({ ...question, headers: { ...headers, authorization: 'Basic eDp5' } })
  expect(await payRefunds(till.services, stranger)).toEqual({ answered: 0, unsure: 1 })
  expect([await statesOf(till), await till.tasks()]).toEqual([['requested'], ['enquiry-refused']])
  till.services.clock.advance(HOUR_MS)
  await payRefunds(till.services)
  expect([await statesOf(till), await givenBy(till)]).toEqual([['paid'], [2_000]])
})

test('an answer that settles nothing is for a person, and nothing more is asked', async () => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  const strange: Transport = async (question) => {
    const got = await patient(question)
    if (!got.ok || !isOperation(question.url)) return got
    const text = got.value.text.replaceAll('AUTHORISED', 'SOMETHING_NEW')
    return { ok: true, value: { ...got.value, text } }
  }
  for (let pass = 0; pass < 2; pass += 1) {
    await payRefunds(till.services, strange)
    till.services.clock.advance(HOUR_MS)
  }
  expect([await givenBy(till), await triesOf(till)]).toEqual([[2_000], 1])
  expect([await statesOf(till), await till.tasks()]).toEqual([['requested'], ['unread-operation']])
})
