import { expect, test } from 'vitest'
import { buildFamily, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { factOf, openTill } from '../../test/support/till.ts'
import { issueInvoice } from '../billing/issue-invoice.ts'
import type { NewInvoice } from '../billing/invoice.ts'
import { recordElsewherePayment, recordOpeningCredit } from '../billing/record-elsewhere.ts'
import { day, later, HOUR_MS } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { cents, sum } from '../kernel/money.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { chargedBy, operationState, paidBy } from './operation.ts'
import { listOperations, listPendingPayments, listStandings } from './store.ts'

const db = await testDatabase()
const organisationId = await buildOrganisation(db)
const { unitId: billingUnitId, establishmentId } = await buildUnit(db, organisationId, { series: 'TH' })
const visibleLater = later(TEST_NOW, HOUR_MS)

async function issue(familyId: NewInvoice['familyId'], invoice: Partial<NewInvoice>): Promise<InvoiceId> {
  const values: NewInvoice = {
    organisationId,
    billingUnitId,
    establishmentId,
    familyId,
    number: 'TH000001',
    externalKey: undefined,
    purpose: 'sale',
    issuedOn: day('2012-03-16'),
    visibleAt: TEST_NOW,
    dueOn: undefined,
    period: undefined,
    beneficiary: 'MARTIN Léo',
    activity: 'Mercredis',
    referent: 'MARTIN Claire',
    total: cents(3_100),
    lines: [],
    ...invoice,
  }
  return db.transaction((tx) => issueInvoice(tx, values, TEST_NOW, 'test'))
}

test('operations are the family’s own, newest first, and sum to its balance', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const other = await buildFamily(db, organisationId, { name: 'DURAND' })
  const invoiceId = await issue(familyId, { number: 'TH001987' })
  await issue(familyId, { number: 'TH002012', issuedOn: day('2012-03-29'), total: cents(7_000) })
  await issue(other.familyId, { number: 'TH002013', total: cents(999) })
  const received = { organisationId, billingUnitId, familyId, receivedOn: day('2012-03-20') }
  await db.transaction(async (tx) => {
    await recordElsewherePayment(
      tx,
      { ...received, externalKey: 'CH1', method: 'Chèque', amount: cents(2_650), invoices: [invoiceId] },
      TEST_NOW,
      'test',
    )
    await recordOpeningCredit(
      tx,
      { ...received, receivedOn: day('2012-01-01'), externalKey: 'TH002012', amount: cents(500) },
      TEST_NOW,
      'test',
    )
  })
  const operations = await listOperations(db, organisationId, familyId, TEST_NOW)
  expect(
    operations.map((one) => [
      one.on,
      one.kind,
      one.invoice?.number ?? one.method,
      chargedBy(one),
      paidBy(one),
      operationState(one),
    ]),
  ).toEqual([
    ['2012-03-29', 'invoice', 'TH002012', 7_000, undefined, 'unsettled'],
    ['2012-03-20', 'elsewhere', 'Chèque', undefined, 2_650, 'recorded'],
    ['2012-03-16', 'invoice', 'TH001987', 3_100, undefined, 'partly-settled'],
    ['2012-01-01', 'opening-credit', '', undefined, 500, 'recorded'],
  ])
  expect(sum(operations.map((one) => one.amount))).toBe(-6_950)
  const latest = await listOperations(db, organisationId, familyId, TEST_NOW, 2)
  expect(latest).toEqual(operations.slice(0, 2))
})

test('an invoice counts nowhere before it is visible, nor does what settles it', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const invoiceId = await issue(familyId, { number: 'TH003001', visibleAt: visibleLater })
  await db.transaction((tx) =>
    recordElsewherePayment(
      tx,
      {
        organisationId,
        billingUnitId,
        familyId,
        externalKey: 'CH2',
        receivedOn: day('2012-04-01'),
        method: 'Chèque',
        amount: cents(3_600),
        invoices: [invoiceId],
      },
      TEST_NOW,
      'test',
    ),
  )
  const before = await listOperations(db, organisationId, familyId, TEST_NOW)
  expect(before.map((one) => [one.kind, one.amount])).toEqual([['elsewhere', 500]])
  const after = await listOperations(db, organisationId, familyId, visibleLater)
  expect(after.map((one) => [one.kind, one.amount])).toEqual([
    ['elsewhere', 3_600],
    ['invoice', -3_100],
  ])
})

test('online payments and top-ups come with their receipt', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const invoice = await till.issue(1_200)
  for (const chosen of [[invoice], 5_000] as const) {
    const amount = typeof chosen === 'number' ? chosen : 1_200
    const form = await till.send(await till.start(chosen), amount)
    await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), TEST_NOW))
  }
  const operations = await listOperations(db, till.organisationId, till.familyId, TEST_NOW)
  expect(
    new Set(operations.map((one) => [one.kind, one.amount, one.receipt?.number, operationState(one)])),
  ).toEqual(
    new Set([
      ['invoice', -1_200, undefined, 'settled'],
      ['payment', 1_200, `R-${till.series}-2012-000001`, 'received'],
      ['top-up', 5_000, `R-${till.series}-2012-000002`, 'received'],
    ]),
  )
  const standings = await listStandings(db, till.organisationId, till.familyId, TEST_NOW)
  expect(standings).toEqual([{ unitId: till.unitId, credit: 5_000, due: 0, unsettled: 0 }])
})

test('a payment at the bank is pending on its invoice and on the home page', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  expect(await listPendingPayments(db, till.organisationId, till.familyId)).toEqual([])
  await till.send(reference, 3_100)
  const pending = await listPendingPayments(db, till.organisationId, till.familyId)
  expect(pending.map((one) => [one.reference, one.amount])).toEqual([[reference, 3_100]])
  const [operation] = await listOperations(db, till.organisationId, till.familyId, TEST_NOW)
  expect(operation && operationState(operation)).toBe('pending')
})
