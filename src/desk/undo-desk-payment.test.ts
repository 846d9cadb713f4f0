import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, recorded } from '../../test/support/desk.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { day, MINUTE_MS } from '../kernel/dates.ts'
import type { EntryId } from '../kernel/ids.ts'
import { reverseEntry } from '../ledger/reverse-entry.ts'
import { listOperations } from '../statements/store.ts'
import { depositPayments } from './deposit-payments.ts'
import { bounceCheque, undoDeskPayment } from './undo-desk-payment.ts'

const db = await testDatabase()

const act = (verb: typeof undoDeskPayment | typeof bounceCheque) => async (till: Till, paymentId: string) => {
  const { organisationId, services } = till
  const now = services.clock.now()
  const undoing = { organisationId, paymentId, reason: 'erreur de saisie' }
  const result = await db.transaction<Awaited<ReturnType<typeof bounceCheque | typeof undoDeskPayment>>>(
    (tx) => verb(tx, undoing, now, 'Sophie'),
  )
  return result.ok ? 'done' : result.failure
}
const undo = act(undoDeskPayment)
const bounce = act(bounceCheque)

async function deposit(till: Till, slip: string, ...paymentIds: string[]) {
  const { organisationId, unitId: billingUnitId, services } = till
  const values = { organisationId, billingUnitId, slip, depositedOn: day('2012-04-11'), paymentIds }
  const result = await db.transaction((tx) => depositPayments(tx, values, services.clock.now(), 'Sophie'))
  return result.ok ? result.value.deposited : result.failure
}

test('a payment undone makes its invoices due again and takes its credit, once', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const id = await recorded(db, till, atDesk(till, 5_000, [invoice]))
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 1_900])
  expect(await undo(till, id)).toBe('done')
  expect([await till.due(invoice), await till.credit(), await till.internal('cheques')]).toEqual([
    3_100, 0, 0,
  ])
  expect([await undo(till, id), await bounce(till, id)]).toEqual(['already-reversed', 'already-reversed'])
  const operations = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect(operations.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['reversal', -5_000],
    ['desk', 5_000],
    ['invoice', -3_100],
  ])
})

test('five undoings at once are one', async () => {
  const till = await openTill(db)
  const id = await recorded(db, till, atDesk(till, 5_000, []))
  const results = await Promise.all(Array.from({ length: 5 }, () => undo(till, id)))
  expect(results.toSorted()).toEqual([...Array.from({ length: 4 }, () => 'already-reversed'), 'done'])
  expect([await till.credit(), await till.internal('cheques')]).toEqual([0, 0])
})

test('credit spent meanwhile is taken back from the invoices it settled, the newest first', async () => {
  const till = await openTill(db)
  const id = await recorded(db, till, atDesk(till, 5_000, []))
  const settle = async () => {
    till.services.clock.advance(MINUTE_MS)
    await till.settle()
  }
  const first = await till.issue(3_100)
  await settle()
  const second = await till.issue(1_200)
  await settle()
  const third = await till.issue(4_000)
  await settle()
  await till.give(2_000)
  // The third takes 7,00 € of the cheque, then the gift whole.
  await settle()
  expect([await till.due(third), await till.credit()]).toEqual([1_300, 0])
  expect(await undo(till, id)).toBe('done')
  expect([await till.due(first), await till.due(second), await till.due(third)]).toEqual([
    1_100, 1_200, 4_000,
  ])
  expect([await till.credit(), await till.internal('cheques')]).toEqual([0, 0])
})

test('a stranger’s payment is unknown, and only what may be undone is', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const id = await recorded(db, stranger, atDesk(stranger, 900, []))
  expect(await undo(till, id)).toBe('unknown-payment')
  const invoice = await till.issue(3_100)
  const [entry] = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  const undoing = {
    organisationId: till.organisationId,
    entryId: entry?.id as EntryId,
    kind: 'reversal' as const,
    reason: 'non',
    actor: 'Sophie',
  }
  const now = till.services.clock.now()
  expect(await db.transaction((tx) => reverseEntry(tx, undoing, now))).toEqual({
    ok: false,
    failure: 'not-reversible',
  })
  expect(await till.due(invoice)).toBe(3_100)
})

test('cheques and vouchers leave once, on one slip; a slip told again changes nothing', async () => {
  const till = await openTill(db)
  const cheque = await recorded(db, till, atDesk(till, 3_100, []))
  const voucher = await recorded(db, till, atDesk(till, 1_000, [], { method: 'voucher' }))
  const cash = await recorded(db, till, atDesk(till, 500, [], { method: 'cash' }))
  expect(await deposit(till, 'B1', cheque, cash)).toBe('not-depositable')
  expect(await deposit(till, 'B1', cheque, voucher)).toBe(true)
  expect(await deposit(till, 'B1', voucher, cheque)).toBe(false)
  expect(await deposit(till, 'B1', cheque)).toBe('exists-with-other-content')
  expect(await deposit(till, 'B2', cheque)).toBe('already-deposited')
  expect([await till.internal('bank'), await till.internal('cheques')]).toEqual([4_100, 0])
  expect(await undo(till, cheque)).toBe('deposited')
  const wrong = await recorded(db, till, atDesk(till, 700, []))
  expect(await undo(till, wrong)).toBe('done')
  expect(await deposit(till, 'B3', wrong)).toBe('already-reversed')
})

test('cash leaves the till for the bank; what is at the bank already is on no slip', async () => {
  const till = await openTill(db)
  const cash = await recorded(db, till, atDesk(till, 500, [], { method: 'cash' }))
  const transfer = await recorded(db, till, atDesk(till, 700, [], { method: 'transfer' }))
  expect([await deposit(till, 'E1', transfer), await deposit(till, 'E1', cash)]).toEqual([
    'not-depositable',
    true,
  ])
  expect([await till.internal('cash'), await till.internal('bank')]).toEqual([0, 1_200])
  expect(await undo(till, cash)).toBe('deposited')
})

test('a bounced cheque makes its debt due again, with a task, deposited or not', async () => {
  for (const deposited of [false, true]) {
    const till = await openTill(db)
    const invoice = await till.issue(3_100)
    const id = await recorded(db, till, atDesk(till, 3_100, [invoice]))
    if (deposited) await deposit(till, 'B1', id)
    expect(await bounce(till, id)).toBe('done')
    expect(await bounce(till, id)).toBe('already-reversed')
    expect([await till.due(invoice), await till.tasks()]).toEqual([3_100, ['cheque-bounced']])
    expect([await till.internal('bank'), await till.internal('cheques')]).toEqual([0, 0])
    const [latest] = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
    expect([latest?.kind, latest?.amount]).toEqual(['bounced', -3_100])
  }
})

test('only a cheque bounces', async () => {
  const till = await openTill(db)
  const id = await recorded(db, till, atDesk(till, 900, [], { method: 'cash' }))
  expect([await bounce(till, id), await till.credit()]).toEqual(['not-a-cheque', 900])
  expect([await undo(till, id), await till.credit()]).toEqual(['done', 0])
})
