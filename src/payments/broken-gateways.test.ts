// The gateways that call out at the departure: whatever way their bank breaks, nobody paid and nobody is stuck.
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { BREAKDOWNS, brokenBank } from '../../test/support/broken-bank.ts'
import { openTill } from '../../test/support/till.ts'
import { cents } from '../kernel/money.ts'
import { DAY_MS, MINUTE_MS } from '../kernel/dates.ts'
import { chasePayments } from './chase-payments.ts'
import { expireAttempts } from './expire-attempts.ts'
import { askBank } from './gateways/ask-bank.ts'
import { sendPayment } from './send-payment.ts'

const db = await testDatabase()
const transport = askBank(400)
let shops = 0
/** What costs time, and what breaks in the middle. */
const SLOW: readonly string[] = [
  'no answer at all',
  'an answer cut in its middle',
  'an answer that drips for ever',
]

/** A family whose bank, of this gateway, is at this address. */
const openAt = (gateway: 'payfip' | 'stripe', url: string) =>
  gateway === 'payfip'
    ? openTill<'payfip'>(db, {
        transport,
        bank: {
          gateway,
          mode: 'TEST',
          shopNumber: String(410_000 + (shops += 1)),
          host: new URL(url).host,
          settings: { address: url, saisie: 'T' },
          secrets: {},
        },
      })
    : openTill<'stripe'>(db, {
        transport,
        bank: {
          gateway,
          mode: 'TEST',
          shopNumber: `acct_broken${(shops += 1)}`,
          host: new URL(url).host,
          settings: { apiUrl: url, pageUrl: url, methods: 'card' },
          secrets: { key: 'sk_test_of_the_broken', webhookSecret: 'whsec_of_the_broken' },
        },
      })

async function breakAtTheDeparture(gateway: 'payfip' | 'stripe', way: (typeof BREAKDOWNS)[number]) {
  const broken = await brokenBank(way)
  const till = await openAt(gateway, broken.url)
  const other = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const seen = { amount: cents(3_100), receiptEmail: 'claire@famille.example' }
  const send = () => sendPayment(till.services, till.shops, till.actor, reference, seen)
  expect(await send()).toEqual({ ok: false, failure: 'unreachable' })
  // One question each time: no redirect is followed, nothing is tried again behind the family's back.
  expect(broken.asked()).toBe(1)
  expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['abandoned', 3_100])
  for (let time = 0; time < 4; time += 1) expect((await send()).ok).toBe(false)
  // After three failures in a row a bank that takes our time is left alone; another contract's is not.
  if (SLOW.includes(way)) expect(broken.asked()).toBe(3)
  expect(await other.send(await other.start([await other.issue(2_000)]), 2_000)).toBeTruthy()
  const before = broken.asked()
  till.services.clock.advance(2 * MINUTE_MS)
  expect((await send()).ok).toBe(false)
  expect(broken.asked()).toBe(before + 1)
}

test.each(BREAKDOWNS)(
  'payfip, %s: nothing began, the attempt can be resumed, and another bank is not held up',
  (way) => breakAtTheDeparture('payfip', way),
)

test.each(BREAKDOWNS)(
  'stripe, %s: nothing began, the attempt can be resumed, and another bank is not held up',
  (way) => breakAtTheDeparture('stripe', way),
)

test.each(BREAKDOWNS)(
  'stripe, asked about a session, %s: nothing is concluded before a day, and then the invoice is free',
  async (way) => {
    const broken = await brokenBank(way)
    const till = await openAt('stripe', broken.url)
    const invoice = await till.issue(3_100)
    const reference = await till.start([invoice])
    await sentBefore(reference)
    till.services.clock.advance(31 * MINUTE_MS)
    await chasePayments(till.services, transport)
    expect(broken.asked()).toBe(1)
    await expireAttempts(db, till.services.clock.now())
    expect([await till.stateOf(reference), await till.due(invoice)]).toEqual(['redirected', 3_100])
    till.services.clock.advance(DAY_MS)
    await expireAttempts(db, till.services.clock.now())
    expect(await till.stateOf(reference)).toBe('expired')
  },
)

/** The bank was well when the family left: a session is open there. */
async function sentBefore(reference: string): Promise<void> {
  await db.pool.query(
    `with sent as (update payment_attempt set state = 'redirected', sent_at = created_at, state_at = created_at
        where reference = $1 returning *)
      insert into attempt_sending (organisation_id, attempt_id, number, contract_id, utc_day,
        transaction_number, amount_cents, sent_at, provider_reference)
      select organisation_id, id, 1, contract_id, created_at::date, '000001', amount_cents, created_at,
        'cs_test_' || substr(reference, 1, 12) from sent`,
    [reference],
  )
}
