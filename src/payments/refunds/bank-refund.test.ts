// Money that the bank gives back, asked for here or by a person in its own back office.
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { askRefund, granted, payOnline, settle, tell } from '../../../test/support/refunds.ts'
import { brought, factOf, messageOf, openTill, type Till } from '../../../test/support/till.ts'
import { cents } from '../../kernel/money.ts'
import { listOperations } from '../../statements/store.ts'
import type { BankFact } from '../gateway.ts'
import { receiveMessage } from '../receive-message.ts'

const db = await testDatabase()
let credits = 0

/** The bank gives so many cents of a payment back, under a transaction of its own. */
const credit = (fact: BankFact, amount: number, changes: Partial<BankFact> = {}): BankFact => ({
  ...fact,
  operation: 'credit',
  bankTransaction: `credit-${(credits += 1)}`,
  amount: cents(amount),
  ...changes,
})

async function toppedUp(amount: number) {
  const till = await openTill(db, { mode: 'prepaid' })
  return { till, ...(await payOnline(db, till, amount, amount)) }
}
async function paid(amount: number) {
  const till = await openTill(db)
  const invoice = await till.issue(amount)
  return { till, invoice, ...(await payOnline(db, till, [invoice], amount)) }
}
const accounts = async (till: Till) => ({
  clearing: await till.internal('clearing'),
  payable: await till.internal('refund_payable'),
  suspense: await till.internal('suspense'),
  credit: await till.credit(),
})
const refundStates = async (till: Till) =>
  (
    await db
      .selectFrom('refund')
      .select('state')
      .where('organisation_id', '=', till.organisationId)
      .orderBy('requested_at')
      .execute()
  ).map((one) => one.state)

test('a refund we asked settles once, even told five times at once', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  const given = credit(fact, 2_000)
  const told = await Promise.all(Array.from({ length: 5 }, () => tell(db, till, given)))
  expect(told.toSorted()).toEqual(['applied', 'repeated', 'repeated', 'repeated', 'repeated'])
  expect(await accounts(till)).toEqual({ clearing: 3_000, payable: 0, suspense: 0, credit: 3_000 })
  expect([await refundStates(till), await till.tasks()]).toEqual([['paid'], []])
})

test('two refunds of one amount are settled by two credits of the bank, and a third is money found', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 1_000))
  granted(await askRefund(db, till, captureId, 1_000))
  for (const given of [credit(fact, 1_000), credit(fact, 1_000)])
    expect([await tell(db, till, given), await tell(db, till, given)]).toEqual(['applied', 'repeated'])
  expect([await refundStates(till), await till.tasks()]).toEqual([['paid', 'paid'], []])
  expect(await tell(db, till, credit(fact, 1_000))).toBe('applied')
  expect(await accounts(till)).toEqual({ clearing: 2_000, payable: 0, suspense: 0, credit: 2_000 })
  expect(await till.tasks()).toEqual(['refund-found'])
})

test('a refund made in the bank’s back office is booked against its payment, with a task, once', async () => {
  const { till, invoice, captureId, fact } = await paid(3_100)
  const given = credit(fact, 1_100)
  const told = await Promise.all(Array.from({ length: 5 }, () => tell(db, till, given)))
  expect(told.toSorted()).toEqual(['applied', 'repeated', 'repeated', 'repeated', 'repeated'])
  expect([await till.due(invoice), (await accounts(till)).clearing]).toEqual([1_100, 2_000])
  expect(await till.tasks()).toEqual(['refund-found'])
  const operations = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect(operations.map(({ kind, amount }) => [kind, amount])).toContainEqual(['refund', -1_100])
  // What left this way cannot be refunded again.
  await till.give(9_000)
  expect(await askRefund(db, till, captureId, 2_001)).toBe('above-captured')
  granted(await askRefund(db, till, captureId, 2_000))
})

test('a surplus given back in the bank’s back office leaves the invoice settled', async () => {
  const { till, invoice, fact } = await paid(3_100)
  const second = factOf(
    new Map([
      ['vads_order_id', fact.reference],
      ['vads_trans_id', fact.transactionNumber],
      ['vads_amount', '3100'],
    ]),
  )
  await tell(db, till, second)
  expect(await till.credit()).toBe(3_100)
  expect(await tell(db, till, credit(fact, 3_100))).toBe('applied')
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 0])
})

test('money given back that no payment bears stands in suspense, with a task', async () => {
  const { till, invoice, fact } = await paid(3_100)
  expect(await tell(db, till, credit(fact, 3_101))).toBe('applied')
  const unknown = credit(fact, 500, { reference: 'ORDEROFANOTHERSITE' })
  expect([await tell(db, till, unknown), await tell(db, till, unknown)]).toEqual(['applied', 'repeated'])
  expect(await till.due(invoice)).toBe(0)
  expect(await accounts(till)).toMatchObject({ clearing: -501, suspense: 3_601 })
  expect(await till.tasks()).toEqual(['refund-found', 'refund-found'])
})

test('F62: a refund that the bank could not make stays owed, with a task, and a transfer pays it', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  const refundId = granted(await askRefund(db, till, captureId, 2_000))
  const refused = credit(fact, 2_000, { verdict: 'refused' })
  expect([await tell(db, till, refused), await tell(db, till, refused)]).toEqual(['set_aside', 'set_aside'])
  expect([await till.tasks(), await refundStates(till)]).toEqual([['refund-refused'], ['requested']])
  expect((await accounts(till)).payable).toBe(-2_000)
  expect(await settle(db, till, refundId, 2_000, 'VIR 12', 'transfer')).toBe('settled')
  expect([(await accounts(till)).payable, await till.internal('bank')]).toEqual([0, -2_000])
})

test('what is no money given back, or not in euros, or contradicts what was booked, is for a person', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  const given = credit(fact, 2_000)
  expect(await tell(db, till, credit(fact, 2_000, { verdict: 'pending' }))).toBe('applied')
  expect(await tell(db, till, credit(fact, 2_000, { verdict: 'unknown' }))).toBe('set_aside')
  expect(await tell(db, till, credit(fact, 2_000, { isEuro: false }))).toBe('set_aside')
  // Without the bank's own id the journal may name it otherwise: it is not booked from here.
  expect(await tell(db, till, credit(fact, 2_000, { bankTransaction: '20120412164430-000007-1' }))).toBe(
    'set_aside',
  )
  expect(await refundStates(till)).toEqual(['requested'])
  expect(await tell(db, till, given)).toBe('applied')
  expect(await tell(db, till, { ...given, verdict: 'unknown' })).toBe('set_aside')
  expect((await till.tasks()).toSorted()).toEqual([
    'foreign-currency',
    'unread-operation',
    'unread-operation',
    'unread-operation',
  ])
  expect(await accounts(till)).toEqual({ clearing: 3_000, payable: 0, suspense: 0, credit: 3_000 })
})

test('a refund that the bank paid and that fails afterwards is owed again, with a task, and a transfer pays it', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  const refundId = granted(await askRefund(db, till, captureId, 2_000))
  const given = credit(fact, 2_000)
  const failed = { ...given, verdict: 'refused' } as const
  expect(await tell(db, till, given)).toBe('applied')
  expect(await accounts(till)).toEqual({ clearing: 3_000, payable: 0, suspense: 0, credit: 3_000 })
  expect(await Promise.all([tell(db, till, failed), tell(db, till, failed)])).toContain('applied')
  expect(await accounts(till)).toEqual({ clearing: 5_000, payable: -2_000, suspense: 0, credit: 3_000 })
  expect([await till.tasks(), await refundStates(till)]).toEqual([['refund-refused'], ['requested']])
  // Its success told again, late, pays nothing a second time.
  expect(await tell(db, till, given)).toBe('set_aside')
  expect((await accounts(till)).payable).toBe(-2_000)
  expect(await askRefund(db, till, captureId, 3_001)).toBe('above-captured')
  expect(await settle(db, till, refundId, 2_000, 'VIR 18', 'transfer')).toBe('settled')
  expect([(await accounts(till)).payable, await till.internal('bank')]).toEqual([0, -2_000])
})

test('past our checks too, a refund paid is opened again under a failure of the bank only', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 2_000))
  await tell(db, till, credit(fact, 2_000))
  await expect(
    db.pool.query("update refund set state = 'requested', settlement_key = null where organisation_id = $1", [
      till.organisationId,
    ]),
  ).rejects.toThrow(/refund is append-only/)
})

test('the bank’s signed message of an operation in its back office is read as one', async () => {
  const { till, invoice, fact } = await paid(3_100)
  const form = new Map([
    ['vads_order_id', fact.reference],
    ['vads_trans_id', '900001'],
    ['vads_amount', '3100'],
    ['vads_currency', '978'],
    ['vads_ctx_mode', 'TEST'],
    ['vads_site_id', till.contract.shopNumber],
    ['vads_trans_date', '20120413090000'],
  ])
  const message = messageOf(form, { vads_operation_type: 'CREDIT', vads_url_check_src: 'MERCH_BO' })
  const receive = () => receiveMessage(till.services, till.shops, ...brought(message))
  expect([await receive(), await receive()]).toEqual([
    { ok: true, value: 'applied' },
    { ok: true, value: 'repeated' },
  ])
  expect([await till.due(invoice), await till.tasks()]).toEqual([3_100, ['refund-found']])
})
