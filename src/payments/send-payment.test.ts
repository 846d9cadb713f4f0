import { expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { day, MINUTE_MS } from '../kernel/dates.ts'
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
    // 16:44 UTC is the 60,240th second.
    vads_trans_id: '602400',
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

test('the last day online is checked again at sending: the day itself is in time, the next is not', async () => {
  const till = await openTill(db)
  const over = await till.issue(3_100, { onlineUntil: day('2012-04-12') })
  const reference = await till.start([over])
  expect(await sending(till, reference, 3_100)).toMatchObject({ ok: true })
  till.services.clock.advance(12 * 60 * MINUTE_MS)
  expect(await sending(till, reference, 3_100)).toEqual(failure('online-over'))
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
  expect(forms.map((form) => form.get('vads_trans_id'))).toEqual(['602400', '602401'])
  expect(new Set(forms.map((form) => form.get('vads_order_id')))).toEqual(new Set([reference]))
})

test('F44: fifty families leaving at once get fifty numbers of six digits below 900000', async () => {
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

test('F26: a counter that went back with its database gives no number of that day again', async () => {
  const till = await openTill(db, { mode: 'prepaid' })
  const send = async () => (await till.send(await till.start(1_000), 1_000)).get('vads_trans_id') ?? ''
  const seen = [await send()]
  const backup = await db.selectFrom('transaction_counter').selectAll().execute()
  for (let sending = 1; sending < 8; sending += 1) seen.push(await send())
  // Brought back twice, to the same minute.
  for (let time = 0; time < 2; time += 1) {
    for (const { contract_id, last } of backup)
      await db.transaction((tx) =>
        tx.updateTable('transaction_counter').set({ last }).where('contract_id', '=', contract_id).execute(),
      )
    till.services.clock.advance(1_000)
    seen.push(await send(), await send())
  }
  expect(new Set(seen).size).toBe(seen.length)
})

test.each([
  [
    'summer',
    [
      ['2026-03-29T21:59:59Z', '791990', '20260329'],
      ['2026-03-29T22:00:01Z', '792010', '20260329'],
      ['2026-03-29T23:59:59Z', '863990', '20260329'],
      ['2026-03-30T00:00:00Z', '000000', '20260330'],
    ],
  ],
  [
    'winter',
    [
      ['2026-10-25T22:59:59Z', '827990', '20261025'],
      ['2026-10-25T23:00:01Z', '828010', '20261025'],
      ['2026-10-25T23:59:59Z', '863990', '20261025'],
      ['2026-10-26T00:00:01Z', '000010', '20261026'],
    ],
  ],
] as const)(
  'F45: numbers follow the bank’s UTC day, not the Paris day, when %s time begins',
  async (_, sendings) => {
    const till = await openTill(db, { mode: 'prepaid' })
    const sent: (string | undefined)[][] = []
    for (const [at] of sendings) {
      till.services.clock.set(new Date(at))
      const form = await till.send(await till.start(1_000), 1_000)
      sent.push([at, form.get('vads_trans_id'), form.get('vads_trans_date')?.slice(0, 8)])
    }
    expect(sent).toEqual(sendings)
    const days = await db
      .selectFrom('attempt_sending')
      .select('utc_day')
      .where('contract_id', '=', till.contract.id)
      .orderBy('sent_at')
      .execute()
    expect(days.map((one) => one.utc_day.replaceAll('-', ''))).toEqual(sendings.map(([, , day]) => day))
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

test('F60: the unit’s limits are checked again at sending, on what is due then', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const limits = (min: number, max: number) =>
    db.transaction((tx) =>
      tx
        .updateTable('billing_unit')
        .set({ min_payment_cents: cents(min), max_payment_cents: cents(max) })
        .where('id', '=', till.unitId)
        .execute(),
    )
  await limits(3_101, 200_000)
  expect(await sending(till, reference, 3_100)).toEqual(failure('below-minimum'))
  await limits(100, 3_099)
  expect(await sending(till, reference, 3_100)).toEqual(failure('above-maximum'))
  expect(await till.stateOf(reference)).toBe('created')
  await limits(3_100, 3_100)
  expect(await sending(till, reference, 3_100)).toMatchObject({ ok: true })
  await till.give(3_050)
  await till.settle()
  expect(await sending(till, reference, 50)).toEqual(failure('below-minimum'))
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
