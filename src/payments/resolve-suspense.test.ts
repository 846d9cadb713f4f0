import { expect, test } from 'vitest'
import { buildFamily, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { tell } from '../../test/support/refunds.ts'
import { factOf, type Issued, openTill, type Till } from '../../test/support/till.ts'
import { cents } from '../kernel/money.ts'
import { listOperations } from '../statements/store.ts'
import { type Destination, resolveSuspense } from './resolve-suspense.ts'

const db = await testDatabase()
let keys = 0

/** 29,00 € for an order of 31,00 €, or for an order of nobody's. */
async function setAside(till: Till, isKnown: boolean) {
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const form = await till.send(reference, 3_100)
  const fact = factOf(form, { amount: cents(2_900), ...(isKnown ? {} : { reference: 'ORDEROFNOBODY' }) })
  expect(await tell(db, till, fact)).toBe('set_aside')
  const found = db.selectFrom('capture').select('id').where('bank_transaction', '=', fact.bankTransaction)
  return { invoice, reference, fact, captureId: (await found.executeTakeFirstOrThrow()).id }
}
type Asked = { amount?: number; requestKey?: string; reason?: string }
async function resolve(till: Till, captureId: string, destination: Destination, asked: Asked = {}) {
  const resolution = {
    organisationId: till.organisationId,
    captureId,
    requestKey: asked.requestKey ?? `attente ${(keys += 1)}`,
    amount: cents(asked.amount ?? 2_900),
    destination,
    reason: asked.reason ?? 'Reconnu par la famille',
  }
  const result = await db.transaction((tx) =>
    resolveSuspense(tx, resolution, till.services.clock.now(), 'Sophie'),
  )
  if (!result.ok) return result.failure
  return result.value.resolved ? `resolved, ${result.value.left} left` : 'known'
}
const toCredit = (till: Till): Destination => ({ kind: 'credit', familyId: till.familyId })
const toInvoice = ({ id }: Issued): Destination => ({ kind: 'invoice', invoiceId: id })
const openTasks = async (till: Till) =>
  (
    await db
      .selectFrom('task')
      .select('kind')
      .where('organisation_id', '=', till.organisationId)
      .where('done_at', 'is', null)
      .execute()
  ).map((one) => one.kind)

test('to an invoice: it is settled up to its due, its attempt is captured, and the task is done', async () => {
  const till = await openTill(db)
  const { invoice, reference, captureId } = await setAside(till, true)
  expect([await till.stateOf(reference), await openTasks(till)]).toEqual(['review', ['amount-mismatch']])
  expect(await resolve(till, captureId, toInvoice(invoice))).toBe('resolved, 0 left')
  expect([await till.due(invoice), await till.internal('suspense'), await till.internal('clearing')]).toEqual(
    [200, 0, 2_900],
  )
  expect([await till.stateOf(reference), await openTasks(till)]).toEqual(['captured', []])
  const operations = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect(operations.map(({ kind, amount }) => [kind, amount])).toContainEqual(['payment', 2_900])
})

test('what exceeds the invoice is its family’s credit, which settles what else is due', async () => {
  const till = await openTill(db)
  const small = await till.issue(400)
  const { invoice, captureId } = await setAside(till, false)
  expect(await resolve(till, captureId, toInvoice(small))).toBe('resolved, 0 left')
  expect([await till.due(small), await till.due(invoice), await till.credit()]).toEqual([0, 600, 0])
})

test('to a family’s credit, in parts: the task stays until nothing is left', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const unknown = factOf(new Map([['vads_amount', '2900']]), { reference: 'ORDEROFNOBODY' })
  await tell(db, till, unknown)
  const found = db.selectFrom('capture').select('id').where('bank_transaction', '=', unknown.bankTransaction)
  const { id } = await found.executeTakeFirstOrThrow()
  expect(await resolve(till, id, toCredit(till), { amount: 1_000 })).toBe('resolved, 1900 left')
  expect([await till.credit(), await openTasks(till)]).toEqual([1_000, ['unknown-order']])
  expect(await resolve(till, id, toCredit(till), { amount: 1_901 })).toBe('above-suspense')
  expect(await resolve(till, id, toCredit(till), { amount: 1_900 })).toBe('resolved, 0 left')
  expect([await till.credit(), await till.internal('suspense'), await openTasks(till)]).toEqual([
    2_900,
    0,
    [],
  ])
})

test('given back by a transfer, it leaves the bank and no family', async () => {
  const till = await openTill(db)
  const { captureId, reference } = await setAside(till, true)
  expect(await resolve(till, captureId, { kind: 'given_back', transfer: 'VIR 7' })).toBe('resolved, 0 left')
  expect([await till.internal('suspense'), await till.internal('bank'), await till.credit()]).toEqual([
    0, -2_900, 0,
  ])
  expect([await till.stateOf(reference), await openTasks(till)]).toEqual(['review', []])
})

test('the same key five times at once is one; with other words it is refused', async () => {
  const till = await openTill(db)
  const { captureId } = await setAside(till, false)
  const ask = (asked: Asked, to = toCredit(till)) =>
    resolve(till, captureId, to, { requestKey: 'un seul', amount: 1_000, ...asked })
  const asked = await Promise.all(Array.from({ length: 5 }, () => ask({})))
  expect(asked.toSorted()).toEqual(['known', 'known', 'known', 'known', 'resolved, 1900 left'])
  for (const other of [
    ask({ amount: 999 }),
    ask({ reason: 'Autre' }),
    ask({}, { kind: 'given_back', transfer: 'V' }),
  ])
    expect(await other).toBe('exists-with-other-content')
  expect(await till.internal('suspense')).toBe(-1_900)
})

test('five persons at once never give more than what stands there', async () => {
  const till = await openTill(db)
  const { captureId } = await setAside(till, false)
  const asked = await Promise.all(Array.from({ length: 5 }, () => resolve(till, captureId, toCredit(till))))
  expect(asked.filter((one) => one === 'resolved, 0 left')).toHaveLength(1)
  expect(asked.filter((one) => one === 'above-suspense')).toHaveLength(4)
  expect(await till.internal('suspense')).toBe(0)
})

test('only money in suspense, to a family or an invoice of the unit that holds it', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const { captureId } = await setAside(till, false)
  const outsider = await buildFamily(db, till.organisationId, { name: 'DURAND' })
  const otherUnit = await buildUnit(db, till.organisationId)
  const elsewhere = await till.issue(500, { unit: otherUnit })
  expect([
    await resolve(till, captureId, { kind: 'credit', familyId: outsider.familyId }),
    await resolve(till, captureId, toInvoice(elsewhere)),
    await resolve(till, captureId, toInvoice(await stranger.issue(500))),
    await resolve(stranger, captureId, toCredit(stranger)),
    await resolve(till, captureId, toCredit(till), { amount: 0 }),
  ]).toEqual(['unknown-family', 'unknown-invoice', 'unknown-invoice', 'unknown-capture', 'no-amount'])
  const paid = await openTill(db)
  const invoice = await paid.issue(3_100)
  const fact = factOf(await paid.send(await paid.start([invoice]), 3_100))
  await tell(db, paid, fact)
  const settled = db.selectFrom('capture').select('id').where('bank_transaction', '=', fact.bankTransaction)
  expect(
    await resolve(paid, (await settled.executeTakeFirstOrThrow()).id, toCredit(paid), { amount: 1 }),
  ).toBe('above-suspense')
})

test('what the bank took back is no longer there to be given', async () => {
  const till = await openTill(db)
  const { captureId, fact } = await setAside(till, true)
  await tell(db, till, { ...fact, verdict: 'abandoned' })
  expect(await resolve(till, captureId, toCredit(till))).toBe('above-suspense')
  expect([await till.internal('suspense'), await till.internal('clearing')]).toEqual([0, 0])
})
