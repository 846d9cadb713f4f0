import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { askRefund, granted, payOnline, refuse, settle, tell } from '../../../test/support/refunds.ts'
import { openTill, type Till } from '../../../test/support/till.ts'
import { MINUTE_MS } from '../../kernel/dates.ts'
import { listOperations } from '../../statements/store.ts'

const db = await testDatabase()

const operationsOf = async (till: Till) =>
  (await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())).map(
    ({ kind, amount }) => [kind, amount],
  )

async function toppedUp(amount: number) {
  const till = await openTill(db, { mode: 'prepaid' })
  const paid = await payOnline(db, till, amount, amount)
  till.services.clock.advance(MINUTE_MS)
  return { till, ...paid }
}

test('a refund leaves the family’s credit at once, and the bank when it is paid', async () => {
  const { till, captureId } = await toppedUp(5_000)
  const refundId = granted(await askRefund(db, till, captureId, 2_000))
  expect([await till.credit(), await till.internal('refund_payable')]).toEqual([3_000, -2_000])
  expect(await operationsOf(till)).toEqual([
    ['refund', -2_000],
    ['top-up', 5_000],
  ])
  expect(await settle(db, till, refundId, 2_000)).toBe('settled')
  expect([await till.internal('refund_payable'), await till.internal('clearing')]).toEqual([0, 3_000])
  expect(await till.credit()).toBe(3_000)
})

test('in parts and then whole, never over what was captured', async () => {
  const { till, captureId } = await toppedUp(5_000)
  await till.give(9_000)
  granted(await askRefund(db, till, captureId, 2_000))
  expect(await askRefund(db, till, captureId, 3_001)).toBe('above-captured')
  expect(await askRefund(db, till, captureId, 0)).toBe('no-amount')
  granted(await askRefund(db, till, captureId, 3_000))
  expect(await askRefund(db, till, captureId, 1)).toBe('above-captured')
  expect(await till.internal('refund_payable')).toBe(-5_000)
})

test('five refunds at once give one', async () => {
  const { till, captureId } = await toppedUp(5_000)
  await till.give(50_000)
  const asked = await Promise.all(Array.from({ length: 5 }, () => askRefund(db, till, captureId, 5_000)))
  expect(asked.filter((one) => typeof one !== 'string')).toHaveLength(1)
  expect(asked.filter((one) => one === 'above-captured')).toHaveLength(4)
  expect([await till.credit(), await till.internal('refund_payable')]).toEqual([50_000, -5_000])
})

test('the same key five times at once is one refund; with other words it is refused', async () => {
  const { till, captureId } = await toppedUp(5_000)
  const requestKey = 'formulaire 1'
  const ask = (amount: number, reason = 'Départ') =>
    askRefund(db, till, captureId, amount, { requestKey, reason })
  const asked = await Promise.all(Array.from({ length: 5 }, () => ask(1_000)))
  expect(new Set(asked.map(granted)).size).toBe(1)
  expect([await ask(900), await ask(1_000, 'Autre')]).toEqual([
    'exists-with-other-content',
    'exists-with-other-content',
  ])
  expect(await till.credit()).toBe(4_000)
})

test('never over the family’s credit: what settled invoices is not refunded twice', async () => {
  const { till, captureId } = await toppedUp(5_000)
  await till.issue(3_100)
  await till.settle()
  expect(await askRefund(db, till, captureId, 1_901)).toBe('not-enough-credit')
  granted(await askRefund(db, till, captureId, 1_900))
  expect(await till.credit()).toBe(0)
})

test('a paid invoice is refunded through its credit note', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const { captureId } = await payOnline(db, till, [invoice], 3_100)
  expect(await askRefund(db, till, captureId, 1_000)).toBe('not-enough-credit')
  const asked = { invoice, requestKey: 'formulaire 2' }
  const refundId = granted(await askRefund(db, till, captureId, 1_000, asked))
  expect(granted(await askRefund(db, till, captureId, 1_000, asked))).toBe(refundId)
  expect([await till.due(invoice), await till.credit(), await till.internal('revenue')]).toEqual([
    0, 0, -2_100,
  ])
  expect(await till.internal('refund_payable')).toBe(-1_000)
  const operations = await operationsOf(till)
  expect(operations).toHaveLength(4)
  expect(operations).toEqual(
    expect.arrayContaining([
      ['credit-note', 1_000],
      ['invoice', -3_100],
      ['payment', 3_100],
      ['refund', -1_000],
    ]),
  )
})

test('an invoice is not refunded above what was paid of it, nor another family’s', async () => {
  const till = await openTill(db)
  const { captureId } = await payOnline(db, till, [await till.issue(2_000)], 2_000)
  const unpaid = await till.issue(1_500)
  expect(await askRefund(db, till, captureId, 1_000, { invoice: unpaid })).toBe('not-enough-credit')
  const stranger = await openTill(db)
  const theirs = await stranger.issue(1_000)
  expect(await askRefund(db, till, captureId, 1_000, { invoice: theirs })).toBe('unknown-invoice')
  expect(await askRefund(db, stranger, captureId, 1_000)).toBe('unknown-capture')
  expect([await till.due(unpaid), await stranger.due(theirs)]).toEqual([1_500, 1_000])
  expect(await till.internal('revenue')).toBe(-3_500)
})

test('a refund is paid once, by the bank’s transaction or by a transfer', async () => {
  const { till, captureId } = await toppedUp(5_000)
  const first = granted(await askRefund(db, till, captureId, 1_000))
  const second = granted(await askRefund(db, till, captureId, 1_000))
  const paying = await Promise.all(Array.from({ length: 5 }, () => settle(db, till, first, 1_000, 'uuid 1')))
  expect(paying.toSorted()).toEqual(['known', 'known', 'known', 'known', 'settled'])
  expect(await settle(db, till, first, 1_000, 'uuid 2')).toBe('already-settled')
  expect(await settle(db, till, second, 1_000, 'uuid 1')).toBe('exists-with-other-content')
  expect(await settle(db, till, second, 999, 'virement 7', 'transfer')).toBe('amount-mismatch')
  expect(await settle(db, till, second, 1_000, 'virement 7', 'transfer')).toBe('settled')
  expect([await till.internal('clearing'), await till.internal('bank')]).toEqual([4_000, -1_000])
  expect(await till.internal('refund_payable')).toBe(0)
})

test('a refund refused gives the credit back, and may be asked for again', async () => {
  const { till, captureId } = await toppedUp(5_000)
  const refundId = granted(await askRefund(db, till, captureId, 5_000))
  till.services.clock.advance(MINUTE_MS)
  const refusals = await Promise.all([refuse(db, till, refundId), refuse(db, till, refundId)])
  expect(refusals.toSorted()).toEqual(['refused', 'refused-before'])
  expect(await settle(db, till, refundId, 5_000)).toBe('refused-before')
  expect([await till.credit(), await till.internal('refund_payable')]).toEqual([5_000, 0])
  expect((await operationsOf(till))[0]).toEqual(['refund-refused', 5_000])
  const again = granted(await askRefund(db, till, captureId, 5_000))
  expect(await settle(db, till, again, 5_000)).toBe('settled')
  expect(await refuse(db, till, again)).toBe('already-settled')
})

test('a payment refunded and then taken back by the bank stands in suspense, and no credit is a debt', async () => {
  const { till, captureId, fact } = await toppedUp(5_000)
  const refundId = granted(await askRefund(db, till, captureId, 3_000))
  expect(await settle(db, till, refundId, 3_000)).toBe('settled')
  expect(await tell(db, till, { ...fact, verdict: 'abandoned' })).toBe('applied')
  expect([await till.credit(), await till.internal('clearing'), await till.internal('suspense')]).toEqual([
    0, -3_000, 3_000,
  ])
  const task = await db
    .selectFrom('task')
    .select(['kind', 'details'])
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  expect(task).toMatchObject({ kind: 'taken-back', details: { amountCents: 5_000, uncoveredCents: 3_000 } })
  expect(await askRefund(db, till, captureId, 1)).toBe('above-captured')
})

test('past our checks too, refunds never exceed the capture, and what one says never changes', async () => {
  const { till, captureId } = await toppedUp(5_000)
  granted(await askRefund(db, till, captureId, 3_000))
  const copy = (amount: number) =>
    db.pool.query(
      `insert into refund select organisation_id, gen_random_uuid(), gen_random_uuid()::text, billing_unit_id,
          family_id, capture_id, credit_note_id, ${amount}, reason, state, entry_id, requested_by,
          requested_at, state_at, settlement_key
        from refund where capture_id = $1 limit 1`,
      [captureId],
    )
  await expect(copy(2_001)).rejects.toMatchObject({ constraint: 'refund_never_above_capture' })
  await copy(2_000)
  for (const statement of [
    'update refund set amount_cents = 1',
    "update refund set state = 'refused', reason = 'autre'",
    'delete from refund',
  ])
    await expect(db.pool.query(statement)).rejects.toThrow(/refund is append-only/)
})
