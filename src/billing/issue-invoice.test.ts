import { expect, test } from 'vitest'
import { buildFamily, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { day, HOUR_MS, later } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { sha256 } from '../platform/secrets.ts'
import type { NewInvoice } from './invoice.ts'
import { issueInvoice } from './issue-invoice.ts'
import { findInvoice, listLines, listSettlements, listUnsettled, listVisibleOldestFirst } from './store.ts'

const db = await testDatabase()
const organisationId = await buildOrganisation(db)
const unit = await buildUnit(db, organisationId, { series: 'TH' })

const invoiceOf = (familyId: FamilyId, values: Partial<NewInvoice> = {}): NewInvoice => ({
  organisationId,
  billingUnitId: unit.unitId,
  establishmentId: unit.establishmentId,
  familyId,
  number: 'TH002048',
  externalKey: undefined,
  purpose: 'sale',
  issuedOn: day('2012-04-02'),
  visibleAt: TEST_NOW,
  dueOn: day('2012-04-30'),
  beneficiary: 'MARTIN Léo',
  activity: 'Mercredis',
  period: {
    from: day('2012-03-01'),
    to: day('2012-03-31'),
  },
  referent: 'MARTIN Claire',
  total: cents(3100),
  lines: [],
  ...values,
})
const issue = (invoice: NewInvoice) => db.transaction((tx) => issueInvoice(tx, invoice, TEST_NOW, 'test'))

const LINE = {
  childId: undefined,
  childName: 'MARTIN Léo',
  happenedOn: day('2012-03-07'),
  label: 'Journée',
  quantityThousandths: 1e3,
  unit: cents(1550),
  amount: cents(1550),
  rateNote: 'Tarif C',
}

test('issue freezes what the document says, with its hash, whatever changes afterwards', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const invoiceId = await issue(invoiceOf(familyId, { lines: [LINE, LINE] }))
  await db.transaction((tx) =>
    tx.updateTable('family').set({ city: 'Lyon' }).where('id', '=', familyId).execute(),
  )
  const kept = await db
    .selectFrom('invoice_content')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .executeTakeFirstOrThrow()
  expect(JSON.parse(kept.content)).toMatchObject({
    version: 1,
    number: 'TH002048',
    issuedOn: '2012-04-02',
    totalCents: 3100,
    seller: {
      siret: '12345678900012',
      vatMention: 'Exonération de TVA, article 261, 4-4° du CGI',
    },
    payer: {
      name: 'MARTIN',
      city: 'Thonon-les-Bains',
    },
    lines: [
      {
        label: 'Journée',
        amountCents: 1550,
      },
      { rateNote: 'Tarif C' },
    ],
  })
  expect(kept.sha256.equals(sha256(kept.content))).toBe(true)
  expect((await listLines(db, organisationId, invoiceId)).map((line) => line.amount)).toEqual([1_550, 1_550])
})

test('an issued invoice is due, and a settlement names where it came from', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const invoiceId = await issue(invoiceOf(familyId, { number: 'TH002100' }))
  const found = await findInvoice(db, organisationId, familyId, 'TH002100', TEST_NOW)
  expect(found).toMatchObject({
    id: invoiceId,
    due: 3_100,
    total: 3_100,
    periodFrom: '2012-03-01',
    purpose: 'sale',
  })
  expect(await listSettlements(db, organisationId, invoiceId)).toEqual([])
})

test('an invoice is nowhere before it is visible, and there to the millisecond', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const visibleAt = later(TEST_NOW, HOUR_MS)
  const invoiceId = await issue(invoiceOf(familyId, { number: 'TH002101', visibleAt }))
  for (const [now, seen] of [
    [later(visibleAt, -1), false],
    [visibleAt, true],
  ] as const) {
    expect((await listUnsettled(db, organisationId, familyId, now)).length === 1).toBe(seen)
    expect((await findInvoice(db, organisationId, familyId, 'TH002101', now)) !== undefined).toBe(seen)
    expect((await listVisibleOldestFirst(db, organisationId, [invoiceId], now)).length === 1).toBe(seen)
  }
})

test('another family’s invoice, or another organisation’s, is not found', async () => {
  const [{ familyId }, other] = [await buildFamily(db, organisationId), await buildFamily(db, organisationId)]
  await issue(invoiceOf(familyId, { number: 'TH002102' }))
  const find = (organisation: typeof organisationId, family: FamilyId) =>
    findInvoice(db, organisation, family, 'TH002102', TEST_NOW)
  expect(await find(organisationId, other.familyId)).toBeUndefined()
  expect(await find(await buildOrganisation(db), familyId)).toBeUndefined()
  expect(await find(organisationId, familyId)).toBeDefined()
})

test('a number is given once, even ten times at once, and nothing is left of the others', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const invoice = invoiceOf(familyId, { number: 'TH002103' })
  const issued = await Promise.allSettled(Array.from({ length: 10 }, () => issue(invoice)))
  expect(issued.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  for (const one of issued) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: '23505' })
  expect(await listUnsettled(db, organisationId, familyId, TEST_NOW)).toHaveLength(1)
})

test('a debt taken over is due like a sale, and is no revenue', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const invoiceId = await issue(invoiceOf(familyId, { number: 'TH002104', purpose: 'opening' }))
  const kinds = await db
    .selectFrom('posting')
    .innerJoin('entry', 'entry.id', 'posting.entry_id')
    .innerJoin('account', 'account.id', 'posting.account_id')
    .select(['account.kind', 'posting.cents', 'entry.kind as entry', 'entry.source_key'])
    .where('entry.source_key', '=', 'TH002104')
    .orderBy('posting.cents')
    .execute()
  expect(kinds).toEqual([
    { kind: 'opening', cents: -3_100, entry: 'opening', source_key: 'TH002104' },
    { kind: 'receivable', cents: 3_100, entry: 'opening', source_key: 'TH002104' },
  ])
  expect(await findInvoice(db, organisationId, familyId, 'TH002104', TEST_NOW)).toMatchObject({
    id: invoiceId,
  })
})

test('an invoice that does not add up, or has no number or amount, is not issued', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const refused = async (values: Partial<NewInvoice>, why: string) =>
    expect(issue(invoiceOf(familyId, { number: 'TH002105', ...values }))).rejects.toThrow(why)
  await refused({ lines: [LINE] }, 'invoice TH002105: lines 1550, total 3100 cents')
  await refused({ total: cents(0) }, 'invoice TH002105 has no positive total')
  await refused({ number: 'th2' }, 'not an invoice number: th2')
  expect(await issue(invoiceOf(familyId, { number: 'TH002105', lines: [LINE, LINE] }))).toBeTruthy()
})
