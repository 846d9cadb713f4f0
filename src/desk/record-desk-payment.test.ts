import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, record, recorded } from '../../test/support/desk.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { day } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { operationNote, operationTitle } from '../statements/operation-words.ts'
import { listOperations } from '../statements/store.ts'

const db = await testDatabase()

const receiptsOf = async (till: Till) =>
  (
    await db
      .selectFrom('receipt')
      .select(['number', 'content'])
      .where('organisation_id', '=', till.organisationId)
      .orderBy('number')
      .execute()
  ).map(({ content }) => JSON.parse(content) as object)

test('a cheque settles its invoices in order, the rest is credit, and a receipt says so', async () => {
  const till = await openTill(db)
  const [first, second] = [await till.issue(3_100), await till.issue(1_200)]
  const payment = atDesk(till, 5_000, [second, first], { payerName: 'MARTIN Jeanne' })
  expect(await record(db, till, payment)).toMatchObject({ ok: true, value: { recorded: true } })
  expect([await till.due(first), await till.due(second), await till.credit()]).toEqual([0, 0, 700])
  expect(await till.internal('cheques')).toBe(5_000)
  expect(await receiptsOf(till)).toMatchObject([
    {
      number: `R-${till.series}-2012-000001`,
      payer: { name: 'MARTIN Jeanne' },
      mode: 'Chèque',
      amountCents: 5_000,
      creditCents: 700,
      lines: [
        { invoiceNumber: second.number, settledCents: 1_200, dueAfterCents: 0 },
        { invoiceNumber: first.number, settledCents: 3_100, dueAfterCents: 0 },
      ],
    },
  ])
})

test('at most so much goes on an invoice, the next takes the rest, and the receipt tells what stays due', async () => {
  const till = await openTill(db)
  const [first, second] = [await till.issue(3_100), await till.issue(1_200)]
  const limits = new Map([[first.id, cents(1_000)]])
  await recorded(db, till, atDesk(till, 2_000, [first, second], { limits }))
  expect([await till.due(first), await till.due(second), await till.credit()]).toEqual([2_100, 200, 0])
  expect(await receiptsOf(till)).toMatchObject([
    { lines: [{ dueAfterCents: 2_100 }, { dueAfterCents: 200 }] },
  ])
})

test('several payers settle one invoice, each by a receipt of the same series as online payments', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  await recorded(db, till, atDesk(till, 2_000, [invoice], { payerName: 'MARTIN Jeanne' }))
  const form = await till.send(await till.start([invoice]), 1_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  expect(await till.due(invoice)).toBe(0)
  expect(await receiptsOf(till)).toMatchObject([
    { number: `R-${till.series}-2012-000001`, payer: { name: 'MARTIN Jeanne' } },
    { number: `R-${till.series}-2012-000002`, payer: { name: 'MARTIN Claire' } },
  ])
})

test.each([
  ['cheque', 'cheques'],
  ['voucher', 'cheques'],
  ['cash', 'cash'],
  ['cesu', 'cheques'],
  ['transfer', 'bank'],
  ['terminal', 'bank'],
  ['e_cesu', 'bank'],
] as const)('%s lies in the account %s', async (method, account) => {
  const till = await openTill(db)
  await recorded(db, till, atDesk(till, 900, [], { method }))
  expect([await till.internal(account), await till.credit()]).toEqual([900, 900])
})

test('the same key twice, even five times at once, is one payment', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const payment = atDesk(till, 3_100, [invoice])
  const results = await Promise.all(Array.from({ length: 5 }, () => record(db, till, payment)))
  expect(results.filter((one) => one.ok && one.value.recorded)).toHaveLength(1)
  expect(new Set(results.map((one) => one.ok && one.value.paymentId)).size).toBe(1)
  expect([await till.due(invoice), await till.credit(), await till.internal('cheques')]).toEqual([
    0, 0, 3_100,
  ])
  expect(await receiptsOf(till)).toHaveLength(1)
})

test('the same key with another amount, day, payer or invoice is refused', async () => {
  const till = await openTill(db)
  const [invoice, other] = [await till.issue(3_100), await till.issue(1_200)]
  const payment = atDesk(till, 3_100, [invoice])
  await recorded(db, till, payment)
  for (const change of [
    { amount: cents(3_000) },
    { receivedOn: day('2012-04-11') },
    { payerName: 'DURAND Paul' },
    { invoices: [other.id] },
  ])
    expect(await record(db, till, { ...payment, ...change })).toEqual({
      ok: false,
      failure: 'exists-with-other-content',
    })
  expect(await record(db, till, payment)).toMatchObject({ value: { recorded: false } })
  expect(await till.internal('cheques')).toBe(3_100)
})

test('another family’s invoice, no amount, or too much cash are refused; the limit itself is taken', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const invoice = await stranger.issue(3_100)
  const refused = async (payment: ReturnType<typeof atDesk>) => {
    const result = await record(db, till, payment)
    return result.ok ? 'recorded' : result.failure
  }
  expect(await refused(atDesk(till, 3_100, [invoice]))).toBe('unknown-invoice')
  expect(await refused(atDesk(till, 0, []))).toBe('no-amount')
  expect(await refused(atDesk(till, 100_001, [], { method: 'cash' }))).toBe('cash-above-limit')
  expect([await till.credit(), await stranger.due(invoice)]).toEqual([0, 3_100])
  expect(await refused(atDesk(till, 100_000, [], { method: 'cash' }))).toBe('recorded')
})

test('a payment at the desk while another is at the bank: what comes second is credit', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const form = await till.send(await till.start([invoice]), 3_100)
  await recorded(db, till, atDesk(till, 3_100, [invoice]))
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  expect([await till.due(invoice), await till.credit(), await till.tasks()]).toEqual([0, 3_100, ['surplus']])
})

test('the family reads it among its operations, with its means and its receipt', async () => {
  const till = await openTill(db)
  await recorded(db, till, atDesk(till, 900, [], { method: 'voucher' }))
  const [operation] = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect(operation?.amount).toBe(900)
  expect(operation && [operationTitle(operation), operationNote(operation)]).toEqual([
    'Paiement reçu par le service',
    `Chèques-vacances (ANCV) · Reçu n°\u00A0R-${till.series}-2012-000001`,
  ])
})

test('what was recorded at the desk is never changed nor deleted', async () => {
  const till = await openTill(db)
  await recorded(db, till, atDesk(till, 900, []))
  for (const statement of ['update desk_payment set mark = mark', 'delete from desk_payment'])
    await expect(db.pool.query(statement)).rejects.toThrow(/desk_payment is append-only/)
})
