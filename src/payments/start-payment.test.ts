import { expect, test } from 'vitest'
import { buildFamilyUnit, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Issued, type Till } from '../../test/support/till.ts'
import { addDays, day, HOUR_MS, later, parisDay } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { applyFact } from './apply-fact.ts'
import { dropPayment } from './drop-payment.ts'
import { startPayment, takesOnlinePayments } from './start-payment.ts'

const db = await testDatabase()

const asking = (till: Till, invoices: readonly (Issued | string)[], formKey = 'page-1') =>
  startPayment(till.services, till.actor, {
    billingUnitId: till.unitId,
    formKey,
    purpose: 'invoices',
    invoiceNumbers: invoices.map((one) => (typeof one === 'string' ? one : one.number)),
  })
const toppingUp = (till: Till, amount: number, formKey = 'page-1') =>
  startPayment(till.services, till.actor, {
    billingUnitId: till.unitId,
    formKey,
    purpose: 'top_up',
    amount: cents(amount),
  })
const attempts = (till: Till) =>
  db
    .selectFrom('payment_attempt')
    .select(['amount_cents', 'state', 'purpose', 'receipt_email'])
    .where('organisation_id', '=', till.organisationId)
    .orderBy('amount_cents')
    .execute()
const failure = (name: string) => ({ ok: false, failure: name })

test('an attempt keeps what is due now, whatever was paid before', async () => {
  const till = await openTill(db)
  const [first, second] = [await till.issue(3_100), await till.issue(7_000)]
  expect(await asking(till, [first, second])).toMatchObject({ ok: true })
  expect(await attempts(till)).toEqual([
    { amount_cents: 10_100, state: 'created', purpose: 'invoices', receipt_email: 'claire@famille.example' },
  ])
})

test('the same form sent twenty times at once starts one attempt', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const started = await Promise.all(Array.from({ length: 20 }, () => asking(till, [invoice])))
  expect(new Set(started.map((one) => one.ok && one.value)).size).toBe(1)
  expect(started.every((one) => one.ok)).toBe(true)
  expect(await attempts(till)).toHaveLength(1)
})

test('the same form sent again after the family left for the bank leads to the same attempt', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const first = await asking(till, [invoice])
  await till.send(first.ok ? first.value : '', 3_100)
  expect(await asking(till, [invoice])).toEqual(first)
  expect(await asking(till, [invoice], 'page-2')).toEqual(failure('in-progress'))
})

test('another choice on the same page is another attempt', async () => {
  const till = await openTill(db)
  const [first, second] = [await till.issue(3_100), await till.issue(7_000)]
  const started = [
    await asking(till, [first]),
    await asking(till, [first, second]),
    await asking(till, [second, first]),
  ]
  expect(started[1]).toEqual(started[2])
  expect(started[0]).not.toEqual(started[1])
  expect((await attempts(till)).map((one) => one.amount_cents)).toEqual([3_100, 10_100])
})

test('credit settles the oldest first, and what it settled is no longer to pay', async () => {
  const till = await openTill(db)
  const newer = await till.issue(7_000, { issuedOn: day('2012-03-16') })
  const older = await till.issue(450, { issuedOn: day('2012-03-01') })
  await till.give(2_000)
  expect(await asking(till, [older, newer])).toEqual(failure('unknown-invoice'))
  expect([await till.due(older), await till.due(newer), await till.credit()]).toEqual([0, 5_450, 0])
  expect(await asking(till, [newer])).toMatchObject({ ok: true })
  expect((await attempts(till)).map((one) => one.amount_cents)).toEqual([5_450])
})

test('a family pays its own visible invoices of that unit, and no other', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const own = await till.issue(3_100)
  const otherUnit = await till.issue(3_100, { unit: await buildUnit(db, till.organisationId) })
  const hidden = await till.issue(3_100, { visibleAt: later(till.services.clock.now(), HOUR_MS) })
  const theirs = await stranger.issue(3_100)
  for (const wrong of [otherUnit, hidden, theirs, 'ZZ999999'])
    expect(await asking(till, [own, wrong])).toEqual(failure('unknown-invoice'))
  expect(await asking(till, [])).toEqual(failure('nothing-selected'))
  expect(await attempts(till)).toEqual([])
  expect(await asking(till, [own])).toMatchObject({ ok: true })
  till.services.clock.advance(HOUR_MS)
  expect(await asking(till, [hidden])).toMatchObject({ ok: true })
})

test('another organisation’s unit is unknown', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const invoice = await stranger.issue(3_100)
  const form = { formKey: 'page-1', purpose: 'invoices', invoiceNumbers: [invoice.number] } as const
  const asked = await startPayment(till.services, till.actor, { ...form, billingUnitId: stranger.unitId })
  expect(asked).toEqual(failure('unknown-unit'))
})

test('an invoice that is paid has nothing to pay', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const form = await till.send(await till.start([invoice]), 3_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  expect(await asking(till, [invoice])).toEqual(failure('unknown-invoice'))
})

test('an invoice is taken online on its last day, and no longer the day after', async () => {
  const till = await openTill(db)
  const today = parisDay(till.services.clock.now())
  const last = await till.issue(3_100, { onlineUntil: today })
  const over = await till.issue(3_100, { onlineUntil: addDays(today, -1) })
  expect(await asking(till, [over])).toEqual(failure('unknown-invoice'))
  expect(await asking(till, [last])).toMatchObject({ ok: true })
})

test('invoices held at the bank are not sent twice, and are free once the attempt is dropped', async () => {
  const till = await openTill(db)
  const [first, second] = [await till.issue(3_100), await till.issue(7_000)]
  const reference = await till.start([first])
  expect(await asking(till, [first, second])).toMatchObject({ ok: true })
  await till.send(reference, 3_100)
  expect(await asking(till, [first, second], 'page-2')).toEqual(failure('in-progress'))
  expect(await asking(till, [second], 'page-2')).toMatchObject({ ok: true })
  await dropPayment(till.services, till.actor, reference)
  expect(await asking(till, [first, second], 'page-2')).toMatchObject({ ok: true })
})

test('an amount is between the unit’s least and most', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  expect(await toppingUp(till, 99)).toEqual(failure('below-minimum'))
  expect(await toppingUp(till, 200_001)).toEqual(failure('above-maximum'))
  expect(await toppingUp(till, 100)).toMatchObject({ ok: true })
  expect(await toppingUp(till, 200_000)).toMatchObject({ ok: true })
  const small = await till.issue(50, { issuedOn: day('2012-03-01') })
  expect(await asking(till, [small])).toEqual(failure('below-minimum'))
})

test('a unit the family does not deal with, or without a contract, takes no payment; in production a test contract takes none', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const { unitId } = await buildUnit(db, till.organisationId, { mode: 'prepaid' })
  const form = { formKey: 'page-1', purpose: 'top_up', amount: cents(1_000), billingUnitId: unitId } as const
  expect(await startPayment(till.services, till.actor, form)).toEqual(failure('unknown-unit'))
  await buildFamilyUnit(db, till.organisationId, till.familyId, unitId)
  expect(await startPayment(till.services, till.actor, form)).toEqual(failure('no-online-payment'))
  const production = { ...till.services, config: { ...till.services.config, mode: 'production' as const } }
  const asked = { ...form, billingUnitId: till.unitId }
  expect(await startPayment(production, till.actor, asked)).toEqual(failure('no-online-payment'))
  expect(await startPayment(till.services, till.actor, asked)).toMatchObject({ ok: true })
})

test('a unit paid invoice by invoice takes no top-up, and a reader pays nothing', async () => {
  const till = await openTill(db)
  expect(await toppingUp(till, 1_000)).toEqual(failure('unknown-unit'))
  const account = await openTill(db, { mode: 'prepaid' })
  const form = {
    formKey: 'page-1',
    purpose: 'top_up',
    amount: cents(1_000),
    billingUnitId: account.unitId,
  } as const
  const reader = { ...account.actor, role: 'reader' as const }
  expect(await startPayment(account.services, reader, form)).toEqual(failure('unknown-unit'))
  expect(await startPayment(account.services, account.actor, form)).toMatchObject({ ok: true })
})

test('a production contract takes payments in both modes', () => {
  const unit = { contractId: 'c', contractMode: 'PRODUCTION' } as Parameters<typeof takesOnlinePayments>[0]
  expect([takesOnlinePayments(unit, 'demo'), takesOnlinePayments(unit, 'production')]).toEqual([true, true])
})
