// Facts come in any order, any number of times: the books end the same (F38, F39, F58, F59).
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { day, later, MINUTE_MS } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { recordElsewherePayment } from '../billing/record-elsewhere.ts'
import { applyFact } from './apply-fact.ts'
import { expireAttempts } from './expire-attempts.ts'
import type { BankFact } from './gateway.ts'

const db = await testDatabase()

const apply = (till: Till, fact: BankFact) =>
  db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))

type Told = 'accepted' | 'refused' | 'abandoned' | 'pending' | 'wrong amount' | 'other currency'
const TOLD: readonly Told[] = [
  'accepted',
  'accepted',
  'refused',
  'abandoned',
  'pending',
  'wrong amount',
  'other currency',
]

function factsOf(form: ReadonlyMap<string, string>, told: readonly Told[]): BankFact[] {
  return told.map((one) => {
    if (one === 'wrong amount') return factOf(form, { amount: cents(1) })
    if (one === 'other currency') return factOf(form, { isEuro: false })
    return factOf(form, { verdict: one })
  })
}

/** What the books say at the end, whichever transaction came first. */
async function books(till: Till, reference: string) {
  const receipts = db
    .selectFrom('receipt')
    .select('number')
    .where('organisation_id', '=', till.organisationId)
  return {
    clearing: await till.internal('clearing'),
    suspense: await till.internal('suspense'),
    credit: await till.credit(),
    tasks: await till.tasks(),
    receipts: (await receipts.execute()).length,
    captured: (await till.stateOf(reference)) === 'captured',
  }
}

async function run(
  facts: (form: ReadonlyMap<string, string>) => BankFact[],
  order: (count: number) => number[],
) {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const told = facts(await till.send(reference, 3_100))
  for (const index of order(told.length)) await apply(till, told[index] as BankFact)
  return { ...(await books(till, reference)), due: await till.due(invoice) }
}

test('five facts of one attempt, in any order and told twice, end in the same books', async () => {
  const orders = fc.tuple(
    fc.array(fc.constantFrom(...TOLD), { minLength: 1, maxLength: 5 }),
    fc.infiniteStream(fc.nat()),
  )
  await fc.assert(
    fc.asyncProperty(orders, async ([told, numbers]) => {
      const shuffled = (count: number) => {
        const indexes = [...Array.from({ length: count }).keys()]
        return [...indexes, ...indexes]
          .map((index) => [index, numbers.next().value ?? 0] as const)
          .toSorted(([, a], [, b]) => a - b)
          .map(([index]) => index)
      }
      const facts = (form: ReadonlyMap<string, string>) => factsOf(form, told)
      const expected = await run(facts, (count) => [...Array.from({ length: count }).keys()])
      expect(await run(facts, shuffled)).toEqual(expected)
      const accepted = told.filter((one) => one === 'accepted').length
      expect(expected).toMatchObject({ captured: accepted > 0, due: accepted > 0 ? 0 : 3_100 })
      expect(expected.credit).toBe(Math.max(0, accepted - 1) * 3_100)
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('what was paid elsewhere meanwhile is not paid twice: the money falls on what is due, the rest is credit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 100, max: 5_000 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 15_000 }),
      async (amounts, paidElsewhere) => {
        const till = await openTill(db)
        const invoices = []
        for (const amount of amounts) invoices.push(await till.issue(amount))
        const total = amounts.reduce((sum, amount) => sum + amount, 0)
        const form = await till.send(await till.start(invoices), total)
        const received = {
          organisationId: till.organisationId,
          billingUnitId: till.unitId,
          familyId: till.familyId,
          externalKey: 'CH1',
          receivedOn: day('2012-04-12'),
          method: 'Chèque',
          amount: cents(paidElsewhere),
          invoices: invoices.map((one) => one.id).toReversed(),
        }
        const now = till.services.clock.now()
        await db.transaction((tx) => recordElsewherePayment(tx, received, now, 'test'))
        await apply(till, factOf(form))
        // Due before the capture, the last invoices having been settled first.
        let left = paidElsewhere
        for (const amount of amounts.toReversed()) left = Math.max(0, left - amount)
        for (const invoice of invoices) expect(await till.due(invoice)).toBe(0)
        expect(await till.credit()).toBe(paidElsewhere)
        expect(left).toBeLessThanOrEqual(paidElsewhere)
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)

test('money falls on the invoices in the order shown, and what it does not cover stays due', async () => {
  const till = await openTill(db)
  const newer = await till.issue(7_000, { issuedOn: day('2012-03-16') })
  const older = await till.issue(450, { issuedOn: day('2012-03-01') })
  const reference = await till.start([newer, older])
  const form = await till.send(reference, 7_450)
  await apply(till, factOf(form))
  const receipt = db
    .selectFrom('receipt')
    .select('content')
    .where('organisation_id', '=', till.organisationId)
  const { lines } = JSON.parse((await receipt.executeTakeFirstOrThrow()).content) as { lines: object[] }
  expect(lines).toEqual([
    { invoiceNumber: older.number, label: 'Mercredis', settledCents: 450, dueAfterCents: 0 },
    { invoiceNumber: newer.number, label: 'Mercredis', settledCents: 7_000, dueAfterCents: 0 },
  ])
})

test('a top-up settles the visible invoices, oldest first, and the rest is credit', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const newer = await till.issue(7_000, { issuedOn: day('2012-03-16') })
  const older = await till.issue(450, { issuedOn: day('2012-03-01') })
  const hidden = await till.issue(100, { visibleAt: later(till.services.clock.now(), MINUTE_MS) })
  const topUp = async (amount: number) =>
    apply(till, factOf(await till.send(await till.start(amount), amount)))
  await topUp(1_000)
  expect([await till.due(older), await till.due(newer), await till.credit()]).toEqual([0, 6_450, 0])
  await topUp(8_000)
  expect([await till.due(newer), await till.due(hidden), await till.credit()]).toEqual([0, 100, 1_550])
  expect(await till.tasks()).toEqual([])
})

test('receipts are numbered without a gap, twenty families paying at once', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const forms = []
  for (let index = 0; index < 20; index += 1) forms.push(await till.send(await till.start(1_000), 1_000))
  // One in two is a wrong amount: it takes no number.
  await Promise.all(
    forms.map((form, index) => apply(till, factOf(form, index % 2 === 0 ? {} : { amount: cents(1) }))),
  )
  const found = db.selectFrom('receipt').select('number').where('organisation_id', '=', till.organisationId)
  const numbers = (await found.execute())
    .map((receipt) => Number(receipt.number.slice(-6)))
    .toSorted((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 10 }, (_, index) => index + 1))
})

test('a capture that fails to be kept takes no receipt number with it', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const [first, second] = [
    await till.send(await till.start(1_000), 1_000),
    await till.send(await till.start(2_000), 2_000),
  ]
  const failing = db.transaction(async (tx) => {
    await applyFact(tx, till.contract, factOf(first), till.services.clock.now())
    throw new Error('the machine stops')
  })
  await expect(failing).rejects.toThrow('the machine stops')
  expect(await till.internal('clearing')).toBe(0)
  await apply(till, factOf(second))
  const found = db.selectFrom('receipt').select('number').where('organisation_id', '=', till.organisationId)
  expect((await found.execute()).map((receipt) => receipt.number)).toEqual([`R-${till.series}-2012-000001`])
})

test('a receipt is dated in Paris: the year begins there', async () => {
  const till = await openTill(db, { mode: 'prepaid', now: new Date('2012-12-31T23:00:00Z') })
  const form = await till.send(await till.start(1_000), 1_000)
  await apply(till, factOf(form, { happenedAt: new Date('2012-12-31T22:59:59Z') }))
  const receipt = db.selectFrom('receipt').select('number').where('organisation_id', '=', till.organisationId)
  expect((await receipt.executeTakeFirstOrThrow()).number).toBe(`R-${till.series}-2013-000001`)
  const entry = db.selectFrom('entry').select(['accounting_on', 'value_on']).where('kind', '=', 'capture')
  // The books follow the bank's event in Paris (F72).
  const dates = await entry.where('organisation_id', '=', till.organisationId).execute()
  expect(dates).toEqual([{ accounting_on: '2012-12-31', value_on: '2012-12-31' }])
})

test('a family without a mail address gets its receipt and no mail', async () => {
  const till = await openTill(db, { email: null })
  const form = await till.send(await till.start([await till.issue(3_100)]), 3_100)
  await apply(till, factOf(form))
  await expireAttempts(db, till.services.clock.now())
  const mails = db.selectFrom('mail').select('id').where('organisation_id', '=', till.organisationId)
  expect([
    (await books(till, form.get('vads_order_id') ?? '')).receipts,
    (await mails.execute()).length,
  ]).toEqual([1, 0])
})

test('two acceptances of one top-up at the same moment: the attempt’s lock shows the second for what it is', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const form = await till.send(await till.start(1_000), 1_000)
  const now = till.services.clock.now()
  const applied = Promise.withResolvers<void>()
  const mayCommit = Promise.withResolvers<void>()
  const first = db.transaction(async (tx) => {
    await applyFact(tx, till.contract, factOf(form), now)
    applied.resolve()
    await mayCommit.promise
  })
  await applied.promise
  const second = apply(till, factOf(form))
  await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 100))])
  mayCommit.resolve()
  await Promise.all([first, second])
  expect([await till.credit(), await till.tasks()]).toEqual([2_000, ['second-capture']])
})
