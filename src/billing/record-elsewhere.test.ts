import { expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openTill, type Issued, type Till } from '../../test/support/till.ts'
import { day } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { recordElsewherePayment, recordOpeningCredit } from './record-elsewhere.ts'

const db = await testDatabase()

const receive = (till: Till, externalKey: string, amount: number, invoices: readonly Issued[]) => {
  const received = {
    organisationId: till.organisationId,
    billingUnitId: till.unitId,
    familyId: till.familyId,
    externalKey,
    receivedOn: day('2012-03-20'),
    method: 'Chèque',
    amount: cents(amount),
    invoices: invoices.map((one) => one.id),
  }
  return db.transaction((tx) => recordElsewherePayment(tx, received, till.services.clock.now(), 'import'))
}

test('a payment received elsewhere settles its invoices in order, and the rest is credit', async () => {
  const till = await openTill(db)
  const [first, second] = [await till.issue(3_100), await till.issue(7_000)]
  await receive(till, 'CH1', 5_000, [second])
  await receive(till, 'CH2', 5_200, [second, first])
  expect([await till.due(first), await till.due(second), await till.credit()]).toEqual([0, 0, 100])
})

test('a payment is booked once per key, and the second leaves nothing behind', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  await receive(till, 'CH1', 1_000, [invoice])
  await expect(receive(till, 'CH1', 1_000, [invoice])).rejects.toThrow('elsewhere CH1 was booked before')
  await expect(receive(till, 'CH1', 2_000, [invoice])).rejects.toThrow('elsewhere CH1 was booked before')
  expect(await till.due(invoice)).toBe(2_100)
  await receive(till, 'CH2', 1_000, [invoice])
  expect(await till.due(invoice)).toBe(1_100)
})

test('a payment never settles another unit’s invoice: the money is credit here', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100, { unit: await buildUnit(db, till.organisationId) })
  await receive(till, 'CH1', 1_000, [invoice])
  expect([await till.due(invoice), await till.credit()]).toEqual([3_100, 1_000])
})

test('a credit taken over is booked once per key, and puts the family at the unit', async () => {
  const till = await openTill(db)
  const opening = {
    organisationId: till.organisationId,
    billingUnitId: till.unitId,
    familyId: till.familyId,
    externalKey: 'SOLDE-1',
    receivedOn: day('2012-01-01'),
    amount: cents(2500),
  }
  const book = () =>
    db.transaction((tx) => recordOpeningCredit(tx, opening, till.services.clock.now(), 'import'))
  await book()
  await expect(book()).rejects.toThrow('opening SOLDE-1 was booked before')
  expect(await till.credit()).toBe(2_500)
  const units = db.selectFrom('family_unit').select('billing_unit_id').where('family_id', '=', till.familyId)
  expect(await units.execute()).toEqual([{ billing_unit_id: till.unitId }])
})
