import { expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { sql } from '../platform/db.ts'
import { applyFact } from './apply-fact.ts'
import { expireAttempts } from './expire-attempts.ts'
import { sendPayment } from './send-payment.ts'

const db = await testDatabase()

const sending = (till: Till, reference: string, amount: number, receiptEmail: string | null = null) =>
  sendPayment(till.services, till.shops, till.actor, reference, { amount: cents(amount), receiptEmail })
const failure = (name: string) => ({ ok: false, failure: name })

test('the form says what is paid, where to come back, and nothing about the family', async () => {
  const till = await openTill(db)
  const reference = await till.start([await till.issue(3_100)])
  const sent = await sending(till, reference, 3_100, 'nouvelle@famille.example')
  const fields = sent.ok && sent.value.kind === 'form' ? Object.fromEntries(sent.value.fields) : {}
  expect(fields).toMatchObject({
    vads_amount: '3100',
    vads_order_id: reference,
    vads_trans_id: '000000',
    vads_ctx_mode: 'TEST',
    vads_trans_date: '20120412164400',
    vads_cust_email: 'nouvelle@famille.example',
    vads_url_return: `http://localhost:3000/paiement/${reference}/retour`,
  })
  expect(sent).toMatchObject({ value: { url: till.contract.settings.formUrl, amount: 3_100 } })
  expect(JSON.stringify(fields)).not.toMatch(/MARTIN|Léo|Claire/)
  expect(await till.stateOf(reference)).toBe('redirected')
})

test('an amount that changed asks for a new click, and is then sent', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  await till.give(600)
  expect(await sending(till, reference, 3_100)).toEqual(failure('amount-changed'))
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['created', 2_500])
  expect(await sending(till, reference, 2_500)).toMatchObject({ value: { amount: 2_500 } })
})

test('credit that settles everything leaves nothing to send', async () => {
  const till = await openTill(db)
  const reference = await till.start([await till.issue(3_100)])
  await till.give(4_000)
  expect(await sending(till, reference, 3_100)).toEqual(failure('nothing-due'))
  expect([await till.stateOf(reference), await till.credit()]).toEqual(['created', 900])
})

test('a top-up is sent for its own amount, whatever the form says', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const reference = await till.start(5_000)
  expect(await sending(till, reference, 100)).toEqual(failure('amount-changed'))
  expect(await sending(till, reference, 5_000)).toMatchObject({ value: { amount: 5_000 } })
})

test('each sending has a new number under the same order', async () => {
  const till = await openTill(db)
  const reference = await till.start([await till.issue(3_100)])
  const forms = [await till.send(reference, 3_100), await till.send(reference, 3_100)]
  expect(forms.map((form) => form.get('vads_trans_id'))).toEqual(['000000', '000001'])
  expect(new Set(forms.map((form) => form.get('vads_order_id')))).toEqual(new Set([reference]))
})

test('fifty families leaving at once get fifty numbers of six digits below 900000', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const references = await Promise.all(Array.from({ length: 50 }, (_, index) => till.start(1_000 + index)))
  const forms = await Promise.all(references.map((reference, index) => till.send(reference, 1_000 + index)))
  const numbers = forms.map((form) => form.get('vads_trans_id') ?? '')
  expect(new Set(numbers).size).toBe(50)
  for (const number of numbers) expect(number).toMatch(/^[0-8]\d{5}$/)
})

test('the last number of a day is 899999, and one more is refused loudly', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const reference = await till.start(1_000)
  await db.transaction((tx) =>
    sql`insert into transaction_counter values
      (${till.organisationId}, ${till.contract.id}, '2012-04-12', 899998)`.execute(tx),
  )
  expect((await till.send(reference, 1_000)).get('vads_trans_id')).toBe('899999')
  await expect(till.send(reference, 1_000)).rejects.toMatchObject({
    constraint: 'transaction_counter_last_check',
  })
})

test.each([
  [
    'summer',
    ['2026-03-29T21:59:59Z', '2026-03-29T22:00:01Z', '2026-03-29T23:59:59Z', '2026-03-30T00:00:00Z'],
  ],
  [
    'winter',
    ['2026-10-25T22:59:59Z', '2026-10-25T23:00:01Z', '2026-10-25T23:59:59Z', '2026-10-26T00:00:01Z'],
  ],
] as const)(
  'numbers follow the bank’s UTC day, not the Paris day, when %s time begins',
  async (_, instants) => {
    const till = await openTill(db, { mode: 'prepaid' })
    const sent: (string | undefined)[][] = []
    for (const at of instants) {
      till.services.clock.set(new Date(at))
      const form = await till.send(await till.start(1_000), 1_000)
      sent.push([form.get('vads_trans_id'), form.get('vads_trans_date')?.slice(0, 8)])
    }
    const [first = '', , , last = ''] = instants.map((at) => at.slice(0, 10).replaceAll('-', ''))
    expect(sent).toEqual([
      ['000000', first],
      ['000001', first],
      ['000002', first],
      ['000000', last],
    ])
    const days = await db
      .selectFrom('attempt_sending')
      .select('utc_day')
      .where('contract_id', '=', till.contract.id)
      .orderBy('sent_at')
      .execute()
    expect(days.map((one) => one.utc_day.replaceAll('-', ''))).toEqual([first, first, first, last])
  },
)

test('of two attempts for one invoice sent at once, one leaves', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const references = [await till.start([invoice]), await till.start([invoice]), await till.start([invoice])]
  const sent = await Promise.all(references.map((reference) => sending(till, reference, 3_100)))
  expect(sent.filter((one) => one.ok)).toHaveLength(1)
  expect(sent.filter((one) => !one.ok)).toEqual([failure('in-progress'), failure('in-progress')])
})

test('a paid attempt, a doubtful one and a stranger’s are not sent', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const [paid, doubtful] = [
    await till.start([await till.issue(3_100)]),
    await till.start([await till.issue(7_000)]),
  ]
  const apply = async (reference: string, amount: number, booked: number) => {
    const fact = factOf(await till.send(reference, amount), { amount: cents(booked) })
    await db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))
  }
  await apply(paid, 3_100, 3_100)
  await apply(doubtful, 7_000, 1)
  expect(await sending(till, paid, 3_100)).toEqual(failure('already-paid'))
  expect(await sending(till, doubtful, 7_000)).toEqual(failure('under-review'))
  expect(await sending(stranger, paid, 3_100)).toEqual(failure('unknown-payment'))
  expect(await sending(till, 'NOSUCHREFERENCE', 3_100)).toEqual(failure('unknown-payment'))
})

test('an expired attempt is sent again, unless its unit takes no payment any more', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const reference = await till.start(1_000)
  await till.send(reference, 1_000)
  till.services.clock.advance(30 * MINUTE_MS)
  await expireAttempts(db, till.services.clock.now())
  expect(await sending(till, reference, 1_000)).toMatchObject({ ok: true })
  await db.transaction((tx) =>
    tx.updateTable('billing_unit').set({ contract_id: null }).where('id', '=', till.unitId).execute(),
  )
  expect(await sending(till, reference, 1_000)).toEqual(failure('no-online-payment'))
})

test('another unit’s credit pays nothing here', async () => {
  const till = await openTill(db)
  const other = await buildUnit(db, till.organisationId)
  await till.give(5_000)
  const invoice = await till.issue(3_100, { unit: other })
  expect([await till.due(invoice), await till.credit()]).toEqual([3_100, 5_000])
  await till.start([await till.issue(6_000)])
  expect([await till.due(invoice), await till.credit()]).toEqual([3_100, 0])
})
