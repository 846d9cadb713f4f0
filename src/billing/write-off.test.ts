import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { type Issued, openTill, type Till } from '../../test/support/till.ts'
import { cents } from '../kernel/money.ts'
import { listOperations } from '../statements/store.ts'
import { writeOff } from './write-off.ts'

const db = await testDatabase()

const decisionOn = (till: Till, invoice: Issued, amount: number, decision = 'CA-2012-04') => ({
  organisationId: till.organisationId,
  invoiceId: invoice.id,
  decision,
  amount: cents(amount),
  reason: 'Famille partie sans adresse',
  decidedBy: 'Sophie',
  approvedBy: 'Karim',
})

async function apply(till: Till, decided: ReturnType<typeof decisionOn>): Promise<string> {
  const result = await db.transaction((tx) => writeOff(tx, decided, till.services.clock.now()))
  if (!result.ok) return result.failure
  return result.value.written ? 'written' : 'known'
}

test('a debt is given up by two people, and the family reads it', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  expect(await apply(till, decisionOn(till, invoice, 3_100))).toBe('written')
  expect([await till.due(invoice), await till.internal('write_off')]).toEqual([0, 3_100])
  const [latest] = await listOperations(db, till.organisationId, till.familyId, till.services.clock.now())
  expect([latest?.kind, latest?.amount]).toEqual(['write-off', 3_100])
})

test('one person alone gives nothing up, neither here nor past our checks', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const alone = { ...decisionOn(till, invoice, 3_100), approvedBy: 'Sophie' }
  expect([await apply(till, alone), await till.due(invoice)]).toEqual(['same-person', 3_100])
  expect(await apply(till, { ...alone, approvedBy: 'Karim' })).toBe('written')
  const forged = db.pool.query(
    `insert into write_off select organisation_id, gen_random_uuid(), 'X', invoice_id, amount_cents, reason,
      decided_by, decided_by, written_at, entry_id from write_off`,
  )
  await expect(forged).rejects.toMatchObject({ constraint: 'write_off_needs_two_people' })
})

test('never above the due, and never a payment’s worth of nothing', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  await till.give(1_000)
  await till.settle()
  expect(await apply(till, decisionOn(till, invoice, 2_101))).toBe('above-due')
  expect(await apply(till, decisionOn(till, invoice, 0))).toBe('no-amount')
  expect(await apply(till, decisionOn(till, invoice, 2_100))).toBe('written')
  expect(await till.due(invoice)).toBe(0)
})

test('a decision is applied once, even five times at once; with another amount it is refused', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const decided = decisionOn(till, invoice, 1_000)
  const results = await Promise.all(Array.from({ length: 5 }, () => apply(till, decided)))
  expect(results.toSorted()).toEqual(['known', 'known', 'known', 'known', 'written'])
  expect(await apply(till, { ...decided, amount: cents(900) })).toBe('exists-with-other-content')
  expect(await apply(till, decisionOn(till, invoice, 900, 'CA-2012-05'))).toBe('written')
  expect(await till.due(invoice)).toBe(1_200)
})

test('another organisation’s invoice is unknown', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const invoice = await stranger.issue(3_100)
  expect(await apply(till, decisionOn(till, invoice, 100))).toBe('unknown-invoice')
  expect(await apply(stranger, decisionOn(stranger, invoice, 100))).toBe('written')
})
