import { expect, test } from 'vitest'
import { buildFamily, buildLogin, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { day, HOUR_MS, later, MINUTE_MS } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { publishInvoices } from './publish-invoices.ts'
import { recordElsewherePayment } from './record-elsewhere.ts'

const db = await testDatabase()

const mails = (till: Till) =>
  db
    .selectFrom('mail')
    .select(['kind', 'recipient', 'not_before', 'plan_key'])
    .where('organisation_id', '=', till.organisationId)
    .orderBy('not_before')
    .execute()

test('a payer hears once of all the invoices of the day', async () => {
  const till = await openTill(db)
  const other = await buildUnit(db, till.organisationId)
  const invoices = [await till.issue(3_100), await till.issue(7_000), await till.issue(500, { unit: other })]
  const now = till.services.clock.now()
  expect(await publishInvoices(db, now)).toBe(invoices.length)
  expect(await publishInvoices(db, now)).toBe(0)
  expect(await mails(till)).toMatchObject([{ kind: 'new-invoices', not_before: now }])
})

test('a second batch of the day is announced the next morning at eight, in one mail', async () => {
  const till = await openTill(db)
  const now = till.services.clock.now()
  for (const minutes of [0, 10, 20]) {
    await till.issue(3_100)
    await publishInvoices(db, later(now, minutes * MINUTE_MS))
  }
  const planned = await mails(till)
  // The twelfth of April in Paris is two hours ahead of UTC.
  expect(planned.map((mail) => mail.not_before)).toEqual([now, new Date('2012-04-13T06:00:00Z')])
})

test('payers with an address hear of it, readers and others do not', async () => {
  const till = await openTill(db)
  const login = (values: Parameters<typeof buildLogin>[3]) =>
    buildLogin(db, till.organisationId, till.familyId, values)
  await login({ role: 'reader' })
  await login({ email: null })
  const second = await login({ identifier: 'paul.durand' })
  const { familyId } = await buildFamily(db, till.organisationId)
  await buildLogin(db, till.organisationId, familyId)
  await till.issue(3_100)
  await publishInvoices(db, till.services.clock.now())
  const recipients = (await mails(till)).map((mail) => mail.recipient)
  expect(recipients).toHaveLength(2)
  expect(recipients).toContain(`${second.identifier}@famille.example`)
})

test('credit settles what became visible', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  await till.give(5_000)
  const invoice = await till.issue(3_100)
  await publishInvoices(db, till.services.clock.now())
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 1_900])
})

test('an invoice that came in settled is announced to nobody', async () => {
  const till = await openTill(db)
  const visibleAt = later(till.services.clock.now(), HOUR_MS)
  const invoice = await till.issue(3_100, { visibleAt })
  const received = {
    organisationId: till.organisationId,
    billingUnitId: till.unitId,
    familyId: till.familyId,
    externalKey: 'CH1',
    receivedOn: day('2012-03-20'),
    method: 'Chèque',
    amount: cents(3100),
    invoices: [invoice.id],
  }
  await db.transaction((tx) => recordElsewherePayment(tx, received, till.services.clock.now(), 'test'))
  expect(await publishInvoices(db, visibleAt)).toBe(1)
  expect(await mails(till)).toEqual([])
})

test('nothing is published before its time', async () => {
  const till = await openTill(db)
  const visibleAt = later(till.services.clock.now(), 24 * HOUR_MS)
  await till.issue(3_100, { visibleAt })
  expect(await publishInvoices(db, later(visibleAt, -1))).toBe(0)
  expect(await publishInvoices(db, visibleAt)).toBe(1)
})

test('a large batch published by four clerks at once is published and announced once', async () => {
  const till = await openTill(db)
  await till.give(1_000)
  for (let index = 0; index < 130; index += 1) await till.issue(100)
  const now = till.services.clock.now()
  const counts = await Promise.all([1, 2, 3, 4].map(() => publishInvoices(db, now)))
  const left = await publishInvoices(db, now)
  expect(counts.reduce((total, count) => total + count, left)).toBe(130)
  expect([await till.credit(), (await mails(till)).length]).toEqual([0, 1])
})
