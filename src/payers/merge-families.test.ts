// Two files of one family become one, and two again, without a cent gained or lost.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { authorOf, buildDouble, chequeOf, merge, moneyOf } from '../../test/support/doubles.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { findContent, findInvoice, listUnsettled } from '../billing/store.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { fail } from '../kernel/result.ts'
import { lockAccounts } from '../ledger/store.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { sendPayment } from '../payments/send-payment.ts'
import { startPayment } from '../payments/start-payment.ts'
import { row, sql } from '../platform/db.ts'
import { verifyLedger } from '../proof/verify-ledger.ts'
import { recordDeskPayment } from '../desk/record-desk-payment.ts'
import { undoDeskPayment } from '../desk/undo-desk-payment.ts'
import { listOperations } from '../statements/store.ts'
import { mergeFamilies } from './merge-families.ts'
import { findFile } from './merge-store.ts'
import { seenOf } from './merge.ts'
import { undoMerge } from './undo-merge.ts'

const db = await testDatabase()

const due = async (till: Till, familyId = till.familyId) =>
  (await listUnsettled(db, till.organisationId, familyId, till.services.clock.now())).map((one) => [
    one.number,
    one.due,
  ])
const broken = async (till: Till) => (await verifyLedger(db, till.organisationId, undefined)).findings
const undo = (till: Till, mergeId: string) =>
  db.transaction((tx) => undoMerge(tx, authorOf(till), mergeId, 'Deux familles', till.services.clock.now()))
const merged = async (till: Till, closed: Parameters<typeof merge>[2]): Promise<string> => {
  const done = await merge(db, till, closed)
  if (!done.ok) throw new Error(done.failure)
  till.services.clock.advance(MINUTE_MS)
  return done.value.mergeId
}
const creditOf = async (familyId: string) =>
  (
    await row<{ cents: number }>(
      db,
      sql`select coalesce(-sum(b.cents), 0)::bigint as cents from account a
        join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
        where a.family_id = ${familyId} and a.kind = 'credit'`,
    )
  )?.cents

test('the credit moves by an entry, the invoices stay under their own accounts, and nothing is lost', async () => {
  const till = await openTill(db)
  const own = await till.issue(3_100)
  const double = await buildDouble(db, till, { credit: 1_250 })
  const theirs = await till.issue(7_000, { familyId: double.familyId })
  const frozen = await findContent(db, till.organisationId, theirs.id)
  const before = await moneyOf(db, [till.familyId, double.familyId])
  await merged(till, double.familyId)
  expect(await moneyOf(db, [till.familyId, double.familyId])).toEqual(before)
  expect([await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual([1_250, 0])
  expect(await due(till)).toEqual([
    [own.number, 3_100],
    [theirs.number, 7_000],
  ])
  expect(await findContent(db, till.organisationId, theirs.id)).toEqual(frozen)
  expect(await broken(till)).toEqual([])
})

test('a family that was not merged still sees nothing of another', async () => {
  const till = await openTill(db)
  const double = await buildDouble(db, till)
  const theirs = await till.issue(7_000, { familyId: double.familyId })
  const find = () =>
    findInvoice(db, till.organisationId, till.familyId, theirs.number, till.services.clock.now())
  expect(await find()).toBeUndefined()
  await merged(till, double.familyId)
  expect(await find()).toMatchObject({ number: theirs.number, due: 7_000 })
})

test('the history of the file kept shows both, and no movement of the merge', async () => {
  const till = await openTill(db)
  await till.issue(3_100)
  const double = await buildDouble(db, till, { credit: 1_250 })
  await till.issue(7_000, { familyId: double.familyId })
  await merged(till, double.familyId)
  const found = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect(found.map(({ kind, amount }) => `${kind} ${amount}`).toSorted()).toEqual([
    'invoice -3100',
    'invoice -7000',
    'opening-credit 1250',
  ])
})

test('both files’ invoices are paid in one payment, the credit first', async () => {
  const till = await openTill(db)
  const own = await till.issue(3_100)
  const double = await buildDouble(db, till, { credit: 1_000 })
  const theirs = await till.issue(7_000, { familyId: double.familyId })
  await merged(till, double.familyId)
  const form = await till.send(await till.start([own, theirs]), 9_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  expect([await till.due(own), await till.due(theirs), await till.credit()]).toEqual([0, 0, 0])
  expect(await broken(till)).toEqual([])
})

/** The second file's payer chose an invoice of it, not sent yet. */
async function lateAttempt(till: Till) {
  const double = await buildDouble(db, till)
  const theirs = await till.issue(7_000, { familyId: double.familyId })
  const started = await startPayment(till.services, double.actor, {
    billingUnitId: till.unitId,
    formKey: theirs.number,
    purpose: 'invoices',
    invoiceNumbers: [theirs.number],
  })
  if (!started.ok) throw new Error(started.failure)
  return { double, theirs, reference: started.value }
}

test('a payment under way on either refuses the merge, and a late fact lands at the file kept', async () => {
  const till = await openTill(db)
  const { double, theirs, reference } = await lateAttempt(till)
  const seen = { amount: cents(7_000), receiptEmail: null }
  const sent = await sendPayment(till.services, till.shops, double.actor, reference, seen)
  if (!sent.ok || sent.value.kind !== 'form') throw new Error('not sent')
  const fact = factOf(new Map(sent.value.fields))
  expect(await merge(db, till, double.familyId)).toEqual(fail('payment-under-way'))
  await db.transaction((tx) =>
    tx.updateTable('payment_attempt').set({ state: 'expired' }).where('reference', '=', reference).execute(),
  )
  await merged(till, double.familyId)
  // Meanwhile the desk took half of it: the rest of the late money is credit.
  const desk = chequeOf(till, till.familyId, theirs, 4_000)
  await db.transaction((tx) => recordDeskPayment(tx, desk, till.services.clock.now(), 'test'))
  expect(await till.due(theirs)).toBe(3_000)
  await db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))
  expect([await till.due(theirs), await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual([
    0, 4_000, 0,
  ])
  expect(await broken(till)).toEqual([])
})

test('what is undone after the merge is due again, and takes the credit it gave from the file kept', async () => {
  const till = await openTill(db)
  const double = await buildDouble(db, till)
  const theirs = await till.issue(7_000, { familyId: double.familyId })
  const payment = chequeOf(till, double.familyId, theirs, 8_000)
  const paid = await db.transaction((tx) => recordDeskPayment(tx, payment, till.services.clock.now(), 'test'))
  if (!paid.ok) throw new Error(paid.failure)
  await merged(till, double.familyId)
  expect(await creditOf(till.familyId)).toBe(1_000)
  const undoing = { organisationId: till.organisationId, paymentId: paid.value.paymentId, reason: 'Erreur' }
  const undone = await db.transaction((tx) => undoDeskPayment(tx, undoing, till.services.clock.now(), 'test'))
  expect(undone.ok).toBe(true)
  expect([await till.due(theirs), await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual([
    7_000, 0, 0,
  ])
  expect(await broken(till)).toEqual([])
})

test('a file is merged once, into another, and not while others are closed into it', async () => {
  const till = await openTill(db)
  const [double, third] = [await buildDouble(db, till), await buildDouble(db, till)]
  expect(await merge(db, till, till.familyId)).toEqual(fail('same-file'))
  await merged(till, double.familyId)
  expect(await merge(db, till, double.familyId)).toEqual(fail('already-merged'))
  expect(await merge(db, till, till.familyId, third.familyId)).toEqual(fail('has-absorbed'))
  expect((await merge(db, till, third.familyId)).ok).toBe(true)
})

test('what was seen is what is merged: money that moved since asks again', async () => {
  const till = await openTill(db)
  const double = await buildDouble(db, till, { credit: 1_000 })
  const asked = { closedId: double.familyId, keptId: till.familyId, seen: 'something else' }
  const answer = await db.transaction((tx) =>
    mergeFamilies(tx, authorOf(till), asked, till.services.clock.now()),
  )
  expect(answer).toEqual(fail('changed-meanwhile'))
  expect(await creditOf(double.familyId)).toBe(1_000)
})

test('undone while nothing depends on it: each has its own again', async () => {
  const till = await openTill(db)
  const double = await buildDouble(db, till, { credit: 1_250 })
  const theirs = await till.issue(7_000, { familyId: double.familyId })
  till.services.clock.advance(MINUTE_MS)
  const mergeId = await merged(till, double.familyId)
  expect(await undo(till, mergeId)).toEqual({ ok: true, value: undefined })
  expect([await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual([0, 1_250])
  expect(await due(till)).toEqual([])
  expect(await due(till, double.familyId)).toEqual([[theirs.number, 7_000]])
  expect(await undo(till, mergeId)).toEqual(fail('already-undone'))
  expect(await broken(till)).toEqual([])
  expect((await merge(db, till, double.familyId)).ok).toBe(true)
})

test('what happened since makes a merge final', async () => {
  const till = await openTill(db)
  const double = await buildDouble(db, till, { credit: 1_250 })
  till.services.clock.advance(MINUTE_MS)
  const mergeId = await merged(till, double.familyId)
  await till.issue(100)
  expect(await undo(till, mergeId)).toEqual(fail('depended-on'))
  expect(await creditOf(till.familyId)).toBe(1_250)
})

test('a crash in the middle leaves both files as they were', async () => {
  const till = await openTill(db)
  const double = await buildDouble(db, till, { credit: 1_250 })
  const [closed, kept] = await Promise.all(
    [double.familyId, till.familyId].map((id) => findFile(db, till.organisationId, id)),
  )
  if (!closed || !kept) throw new Error('no file')
  const crash = db.transaction(async (tx) => {
    const asked = { closedId: closed.id, keptId: kept.id, seen: seenOf(closed, kept) }
    expect((await mergeFamilies(tx, authorOf(till), asked, till.services.clock.now())).ok).toBe(true)
    throw new Error('power cut')
  })
  await expect(crash).rejects.toThrow('power cut')
  expect([await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual([0, 1_250])
  expect((await findFile(db, till.organisationId, closed.id))?.mergedInto).toBeNull()
  expect(await broken(till)).toEqual([])
})

test('a payment of the second file and its merge wait for each other: no cent ends on the closed file', async () => {
  for (let round = 0; round < 8; round += 1) {
    const till = await openTill(db)
    const double = await buildDouble(db, till)
    const theirs = await till.issue(7_000, { familyId: double.familyId })
    const payment = chequeOf(till, double.familyId, theirs, 9_000)
    const [paid] = await Promise.all([
      db.transaction((tx) => recordDeskPayment(tx, payment, till.services.clock.now(), 'test')),
      merge(db, till, double.familyId),
    ])
    expect(paid.ok).toBe(true)
    // The page showed less than there was, when the payment came first: the merge asks again.
    if ((await creditOf(double.familyId)) !== 0) await merged(till, double.familyId)
    expect([await till.due(theirs), await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual([
      0, 2_000, 0,
    ])
    expect(await broken(till)).toEqual([])
  }
})

test('whatever both owe and have, it is the same before, after, and after undoing', async () => {
  const amount = fc.integer({ min: 1, max: 20_000 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(amount, { maxLength: 3 }),
      fc.array(amount, { maxLength: 3 }),
      fc.option(amount),
      fc.option(amount),
      async (owned, doubled, ownCredit, theirCredit) => {
        const till = await openTill(db)
        const double = await buildDouble(db, till, theirCredit === null ? {} : { credit: theirCredit })
        if (ownCredit !== null) await till.give(ownCredit)
        for (const one of owned) await till.issue(one)
        for (const one of doubled) await till.issue(one, { familyId: double.familyId })
        till.services.clock.advance(MINUTE_MS)
        const families = [till.familyId, double.familyId]
        const before = await moneyOf(db, families)
        const apart = [await creditOf(till.familyId), await creditOf(double.familyId)]
        const mergeId = await merged(till, double.familyId)
        expect(await moneyOf(db, families)).toEqual(before)
        const family = {
          organisationId: till.organisationId,
          billingUnitId: till.unitId,
          familyId: double.familyId,
        }
        const { credit } = await db.transaction((tx) => lockAccounts(tx, family))
        expect(credit).toBe((ownCredit ?? 0) + (theirCredit ?? 0))
        expect(await broken(till)).toEqual([])
        expect((await undo(till, mergeId)).ok).toBe(true)
        expect(await moneyOf(db, families)).toEqual(before)
        expect([await creditOf(till.familyId), await creditOf(double.familyId)]).toEqual(apart)
        expect(await broken(till)).toEqual([])
      },
    ),
    { numRuns: 12 },
  )
})
