// Days, months and years that close, on a clock that the test owns.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { day, parisDay } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { closeAll, closePeriods } from './close-periods.ts'
import { periodsEnding } from './period.ts'
import { listClosings } from './store.ts'
import { verifyLedger } from './verify-ledger.ts'

const db = await testDatabase()
const at = (text: string) => new Date(text)
const openAt = (text: string) => openTill(db, { now: at(text) })
const close = (till: Till, text: string) => {
  till.services.clock.set(at(text))
  return closePeriods(db, till.organisationId, at(text))
}
const periods = async (till: Till) => (await listClosings(db, till.organisationId)).map((one) => one.period)
const findings = async (till: Till) => (await verifyLedger(db, till.organisationId, undefined)).findings

/** The accounting and value days of the entry of a source. */
async function daysOf(till: Till, sourceKey: string): Promise<{ accounting_on: string; value_on: string }> {
  const found = await db
    .selectFrom('entry')
    .select(['accounting_on', 'value_on'])
    .where('organisation_id', '=', till.organisationId)
    .where('source_key', 'like', `%${sourceKey}`)
    .executeTakeFirstOrThrow()
  return found
}

const post = (till: Till, sourceKey: string, on: string) =>
  db.transaction((tx) =>
    postEntry(tx, {
      organisationId: till.organisationId,
      billingUnitId: till.unitId,
      kind: 'elsewhere',
      sourceKey,
      fact: sourceKey,
      accountingOn: day(on),
      valueOn: day(on),
      bookedAt: till.services.clock.now(),
      actor: 'test',
      postings: [
        { account: { kind: 'elsewhere' }, cents: cents(500) },
        { account: { kind: 'suspense' }, cents: cents(-500) },
      ],
    }),
  )

test('a day closes a quarter of an hour after its Paris midnight, once', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  await till.issue(3_100)
  expect(await close(till, '2012-04-12T22:14:00Z')).toBe(0)
  expect(await close(till, '2012-04-12T22:15:00Z')).toBe(1)
  expect(await close(till, '2012-04-12T22:16:00Z')).toBe(0)
  const [closing] = await listClosings(db, till.organisationId)
  expect(closing).toMatchObject({ number: 1, kind: 'day', period: '2012-04-12', headSequence: 1 })
  expect(closing?.totals).toBe('{"entries":1,"kinds":[["receivable",3100,0],["revenue",0,3100]]}')
  expect(closing?.perpetual).toBe(closing?.totals)
})

test('ten closers at once close a day once', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  await till.issue(3_100)
  const closed = await Promise.all(Array.from({ length: 10 }, () => close(till, '2012-04-13T08:00:00Z')))
  expect(closed.reduce((a, b) => a + b)).toBe(1)
  expect(await periods(till)).toEqual(['2012-04-12'])
})

test('missed days are caught up in order, empty ones included, months and the year with them', async () => {
  const till = await openAt('2012-11-29T10:00:00Z')
  await till.issue(1_000)
  till.services.clock.set(at('2012-12-30T10:00:00Z'))
  await till.issue(500)
  expect(await close(till, '2013-01-02T12:00:00Z')).toBe(34)
  const closings = await listClosings(db, till.organisationId)
  expect(closings).toHaveLength(34 + 2 + 1)
  expect(closings.map((one) => one.period).slice(0, 4)).toEqual([
    '2012-11-29',
    '2012-11-30',
    '2012-11',
    '2012-12-01',
  ])
  expect(closings.map((one) => one.period).slice(-4)).toEqual(['2012-12-31', '2012-12', '2012', '2013-01-01'])
  const [, empty] = closings
  expect(empty).toMatchObject({ totals: '{"entries":0,"kinds":[]}', perpetual: closings[0]?.perpetual })
  const year = closings.find((one) => one.kind === 'year')
  expect(year?.totals).toBe('{"entries":2,"kinds":[["receivable",1500,0],["revenue",0,1500]]}')
  expect(await findings(till)).toEqual([])
})

test('without any entry there is nothing to close', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  expect(await close(till, '2012-06-01T10:00:00Z')).toBe(0)
})

test('the timed work closes every organisation', async () => {
  const till = await openAt('2012-05-12T16:44:00Z')
  await till.issue(100)
  await closeAll(db, at('2012-05-13T10:00:00Z'))
  expect(await periods(till)).toContain('2012-05-12')
})

test('an entry into a closed period is refused by the database, and taken on the next day', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  await till.issue(3_100)
  await close(till, '2012-04-13T08:00:00Z')
  const force = (on: string) =>
    db.pool.query(
      `with e as (insert into entry values ($1::uuid, $2::uuid, $3::uuid, 'elsewhere', $2::text, sha256('x'), $4::date, $4::date, now(), 'test', null))
        insert into posting select $1::uuid, $2::uuid, row_number() over (), id, case kind when 'revenue' then 1 else -1 end
        from account where organisation_id = $1::uuid and kind in ('revenue', 'opening')`,
      [till.organisationId, randomUUID(), till.unitId, on],
    )
  await till.give(100)
  await expect(force('2012-04-12')).rejects.toMatchObject({
    constraint: 'closed_period_takes_no_entry',
    message: 'day 2012-04-12 is closed: the books are closed through 2012-04-12',
  })
  await force('2012-04-13')
})

test('a late entry takes the first open day and keeps its value day (F74)', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  await till.issue(3_100)
  await close(till, '2012-04-20T08:00:00Z')
  await post(till, 'late', '2012-04-12')
  await post(till, 'open', '2012-04-21')
  expect(await daysOf(till, 'late')).toEqual({ accounting_on: '2012-04-20', value_on: '2012-04-12' })
  expect(await daysOf(till, 'open')).toEqual({ accounting_on: '2012-04-21', value_on: '2012-04-21' })
  await close(till, '2012-04-23T08:00:00Z')
  expect(await findings(till)).toEqual([])
})

test('entries and closings at once: each entry lands in an open day', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  await till.issue(3_100)
  await Promise.all([
    ...Array.from({ length: 10 }, (_, index) => post(till, `race ${index}`, '2012-04-12')),
    close(till, '2012-04-13T08:00:00Z'),
  ])
  await close(till, '2012-04-14T08:00:00Z')
  expect(await verifyLedger(db, till.organisationId, undefined)).toMatchObject({ seals: 11, findings: [] })
})

test('a closing follows a closing, and neither it nor the books are changed by hand', async () => {
  const till = await openAt('2012-04-12T16:44:00Z')
  await till.issue(3_100)
  await close(till, '2012-04-13T08:00:00Z')
  await expect(
    db.pool.query(
      `insert into closing select organisation_id, number + 1, kind, '2012-04-13', '2012-04-13', '2012-04-13', totals,
        perpetual, head_sequence, head_sha256, previous_sha256, sha256, closed_at from closing where organisation_id = $1`,
      [till.organisationId],
    ),
  ).rejects.toMatchObject({ constraint: 'closings_without_a_gap' })
  for (const [act, statement] of [
    ['UPDATE', 'update closing set totals = perpetual'],
    ['DELETE', 'delete from closing'],
    ['TRUNCATE', 'truncate closing'],
  ] as const)
    await expect(db.pool.query(statement)).rejects.toThrow(`closing is append-only: ${act} refused`)
  for (const statement of ['update books set closed_through = null', 'delete from books'])
    await expect(db.pool.query(statement)).rejects.toThrow('books close by closings only')
  await expect(db.pool.query('truncate books')).rejects.toThrow('books is append-only: TRUNCATE refused')
})

test('the nights on which the clock changes close at their own midnight (F71)', async () => {
  const spring = await openAt('2012-03-24T12:00:00Z')
  await spring.issue(100)
  // Saturday ends at 23:00 UTC, the short Sunday at 22:00 UTC.
  expect(await close(spring, '2012-03-24T23:14:59Z')).toBe(0)
  expect(await close(spring, '2012-03-24T23:15:00Z')).toBe(1)
  expect(await close(spring, '2012-03-25T22:14:59Z')).toBe(0)
  expect(await close(spring, '2012-03-25T22:15:00Z')).toBe(1)
  const autumn = await openAt('2012-10-27T12:00:00Z')
  await autumn.issue(100)
  // Saturday ends at 22:00 UTC, the long Sunday at 23:00 UTC.
  expect(await close(autumn, '2012-10-27T22:15:00Z')).toBe(1)
  expect(await close(autumn, '2012-10-28T22:15:00Z')).toBe(0)
  expect(await close(autumn, '2012-10-28T23:15:00Z')).toBe(1)
  expect([await findings(spring), await findings(autumn)]).toEqual([[], []])
})

/** Pays an invoice: the bank took the money at one instant, and the portal hears of it at another. */
async function pay(till: Till, taken: string, heard: string): Promise<string> {
  const invoice = await till.issue(500)
  const reference = await till.start([invoice])
  const fact = factOf(await till.send(reference, 500), { happenedAt: at(taken) })
  till.services.clock.set(at(heard))
  await db.transaction((tx) => applyFact(tx, till.contract, fact, at(heard)))
  return fact.bankTransaction
}

test('a payment of 31 December at 23:59 in Paris is of that year, heard of before its closing (F72)', async () => {
  const till = await openAt('2012-12-31T22:50:00Z')
  const paid = await pay(till, '2012-12-31T22:59:30Z', '2012-12-31T23:04:00Z')
  expect(await daysOf(till, paid)).toEqual({ accounting_on: '2012-12-31', value_on: '2012-12-31' })
  await close(till, '2013-01-01T09:00:00Z')
  const closings = await listClosings(db, till.organisationId)
  expect(closings.find((one) => one.kind === 'year')?.totals).toContain('["clearing",500,0]')
})

test('heard of after the closing, it is of the first open day, and its value day stays (F72, F74)', async () => {
  const till = await openAt('2012-12-31T22:50:00Z')
  await till.issue(100)
  const invoice = await till.issue(500)
  const reference = await till.start([invoice])
  const fact = factOf(await till.send(reference, 500), { happenedAt: at('2012-12-31T22:59:30Z') })
  await close(till, '2013-01-01T09:00:00Z')
  await db.transaction((tx) => applyFact(tx, till.contract, fact, at('2013-01-01T09:01:00Z')))
  expect(await daysOf(till, fact.bankTransaction)).toEqual({
    accounting_on: '2013-01-01',
    value_on: '2012-12-31',
  })
})

test('between Paris midnight and UTC midnight it is the next day; a bank ahead of us is of today (F73)', async () => {
  const till = await openAt('2012-06-14T22:30:00Z')
  const paid = await pay(till, '2012-06-14T22:31:00Z', '2012-06-14T22:32:00Z')
  expect(await daysOf(till, paid)).toEqual({ accounting_on: '2012-06-15', value_on: '2012-06-15' })
  const ahead = await pay(till, '2012-06-15T22:05:00Z', '2012-06-15T21:55:00Z')
  expect(await daysOf(till, ahead)).toEqual({ accounting_on: '2012-06-15', value_on: '2012-06-16' })
  expect(parisDay(at('2012-06-14T21:59:59Z'))).toBe('2012-06-14')
})

test('what ends with a day', () => {
  const ending = (text: string) => periodsEnding(text).map((one) => one.period)
  expect(ending('2012-02-28')).toEqual(['2012-02-28'])
  expect(ending('2012-02-29')).toEqual(['2012-02-29', '2012-02'])
  expect(ending('2012-12-31')).toEqual(['2012-12-31', '2012-12', '2012'])
})
