// Whatever is done in whatever order, the sums hold: nothing is overdrawn, overpaid or lost.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { atDesk, record } from '../../../test/support/desk.ts'
import {
  askRefund,
  dispute,
  endDispute,
  payOnline,
  refuse,
  settle,
  tell,
} from '../../../test/support/refunds.ts'
import { type Issued, openTill, type Till } from '../../../test/support/till.ts'
import { issueCreditNote } from '../../billing/issue-credit-note.ts'
import { listSettlements } from '../../billing/store.ts'
import { writeOff } from '../../billing/write-off.ts'
import { bounceCheque, undoDeskPayment } from '../../desk/undo-desk-payment.ts'
import { MINUTE_MS } from '../../kernel/dates.ts'
import { cents, sum } from '../../kernel/money.ts'
import { rows, sql } from '../../platform/db.ts'
import { runningBalances } from '../../statements/balance.ts'
import { listOperations, listStandings } from '../../statements/store.ts'
import type { BankFact } from '../gateway.ts'

const db = await testDatabase()

/** What one run has made so far. */
type Made = {
  readonly till: Till
  readonly mode: 'per_invoice' | 'prepaid'
  readonly invoices: (Issued & { total: number })[]
  readonly captures: { captureId: string; fact: BankFact }[]
  readonly payments: string[]
  readonly refunds: { id: string; amount: number }[]
  count: number
}

const ACTS = [
  'issue',
  'topUp',
  'pay',
  'desk',
  'undo',
  'bounce',
  'note',
  'writeOff',
  'refund',
  'refundInvoice',
  'settle',
  'refuse',
  'takeBack',
  'dispute',
  'endDispute',
] as const
type Act = { readonly act: (typeof ACTS)[number]; readonly pick: number; readonly amount: number }

const one = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length]

async function run(made: Made, { act, pick, amount }: Act): Promise<void> {
  const { till, invoices, captures, payments, refunds } = made
  const { organisationId, services } = till
  services.clock.advance(MINUTE_MS)
  const now = services.clock.now()
  const [invoice, capture, payment, refund] = [
    one(invoices, pick),
    one(captures, pick),
    one(payments, pick),
    one(refunds, pick),
  ]
  const key = `${act} ${(made.count += 1)}`
  const undone = { organisationId, paymentId: payment ?? '', reason: 'erreur' }
  switch (act) {
    case 'issue':
      invoices.push({ ...(await till.issue(amount)), total: amount })
      return till.settle()
    case 'topUp':
      if (made.mode === 'prepaid') captures.push(await payOnline(db, till, amount, amount))
      return
    case 'pay': {
      const due = invoice ? await till.due(invoice) : 0
      if (made.mode === 'per_invoice' && invoice && due >= 100)
        captures.push(await payOnline(db, till, [invoice], due))
      return
    }
    case 'desk': {
      const recorded = await record(db, till, atDesk(till, amount, invoice ? [invoice] : []))
      if (recorded.ok) payments.push(recorded.value.paymentId)
      return
    }
    case 'undo':
    case 'bounce': {
      const verb = act === 'undo' ? undoDeskPayment : bounceCheque
      if (payment !== undefined) await db.transaction(async (tx) => verb(tx, undone, now, 'Sophie'))
      return
    }
    case 'note': {
      if (!invoice) return
      const note = {
        organisationId,
        invoiceId: invoice.id,
        requestKey: key,
        reason: 'non',
        corrects: cents(amount),
      }
      await db.transaction((tx) => issueCreditNote(tx, note, now, 'Sophie'))
      return
    }
    case 'writeOff': {
      if (!invoice) return
      const decided = {
        organisationId,
        invoiceId: invoice.id,
        decision: key,
        amount: cents(amount),
        reason: 'non',
      }
      await db.transaction((tx) =>
        writeOff(tx, { ...decided, decidedBy: 'Sophie', approvedBy: 'Karim' }, now),
      )
      return
    }
    case 'refund':
    case 'refundInvoice': {
      if (!capture || (act === 'refundInvoice' && !invoice)) return
      const asked = await askRefund(
        db,
        till,
        capture.captureId,
        amount,
        act === 'refundInvoice' && invoice ? { invoice } : {},
      )
      if (typeof asked !== 'string') refunds.push({ id: asked.refundId, amount })
      return
    }
    case 'settle':
      if (refund) await settle(db, till, refund.id, refund.amount)
      return
    case 'refuse':
      if (refund) await refuse(db, till, refund.id)
      return
    case 'takeBack':
      if (capture)
        await tell(db, till, { ...capture.fact, amount: cents(Math.min(amount, capture.fact.amount)) })
      return
    case 'dispute':
      if (capture) await dispute(db, till, capture.captureId, capture.captureId, amount)
      return
    case 'endDispute':
      if (capture)
        await endDispute(
          db,
          till,
          capture.captureId,
          one(['won', 'reopened', 'written_off'], amount) ?? 'won',
        )
  }
}

async function check({ till, invoices }: Made): Promise<void> {
  const { organisationId, familyId, services } = till
  const drifted = await rows<{ id: string }>(
    db,
    sql`select b.account_id as id from balance b where b.organisation_id = ${organisationId} and b.cents <>
      (select coalesce(sum(p.cents), 0) from posting p
        where p.organisation_id = b.organisation_id and p.account_id = b.account_id)`,
  )
  expect(drifted).toEqual([])
  const over = await rows<{ id: string }>(
    db,
    sql`select c.id from capture c where c.organisation_id = ${organisationId} and c.amount_cents <
      (select coalesce(sum(r.amount_cents), 0) from refund r
        where r.organisation_id = c.organisation_id and r.capture_id = c.id and r.state <> 'refused')`,
  )
  expect(over).toEqual([])
  const total = await rows<{ cents: number }>(
    db,
    sql`select coalesce(sum(cents), 0)::bigint as cents from posting where organisation_id = ${organisationId}`,
  )
  expect(total).toEqual([{ cents: 0 }])
  expect(await till.credit()).toBeGreaterThanOrEqual(0)
  for (const invoice of invoices) {
    const due = await till.due(invoice)
    expect(due).toBeGreaterThanOrEqual(0)
    const settled = await listSettlements(db, organisationId, invoice.id)
    expect(due).toBe(invoice.total - sum(settled.map((line) => line.amount)))
    expect(due).toBeLessThanOrEqual(invoice.total)
  }
  // The statement ends where the family stands.
  const operations = await listOperations(db, organisationId, familyId, services.clock.now())
  const [standing] = await listStandings(db, organisationId, familyId, services.clock.now())
  expect(runningBalances(operations)[0]?.balance ?? 0).toBe((standing?.credit ?? 0) - (standing?.due ?? 0))
}

test('after any sequence the sums are zero, balances are their postings, and the statement ends at the balance', async () => {
  const act = fc.record({
    act: fc.constantFrom(...ACTS),
    pick: fc.nat({ max: 5 }),
    amount: fc.constantFrom(100, 450, 1_200, 2_000, 3_100, 5_000),
  })
  // Something to undo, whatever follows.
  const start: Act[] = [
    { act: 'issue', pick: 0, amount: 3_100 },
    { act: 'topUp', pick: 0, amount: 5_000 },
    { act: 'pay', pick: 0, amount: 0 },
    { act: 'desk', pick: 0, amount: 2_000 },
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('per_invoice', 'prepaid'),
      fc.array(act, { minLength: 3, maxLength: 14 }),
      async (mode, acts) => {
        const made: Made = {
          till: await openTill(db, { mode }),
          mode,
          invoices: [],
          captures: [],
          payments: [],
          refunds: [],
          count: 0,
        }
        for (const next of [...start, ...acts]) await run(made, next)
        await check(made)
      },
    ),
    { numRuns: 100 },
  )
  // The sequences went everywhere: no check is vacuous.
  const kinds = await rows<{ kind: string }>(db, sql`select distinct kind from entry order by kind`)
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'allocation',
    'bounced',
    'cancellation',
    'capture',
    'chargeback',
    'chargeback_lost',
    'chargeback_won',
    'credit_note',
    'desk',
    'invoice',
    'refund',
    'refund_paid',
    'release',
    'reversal',
    'write_off',
  ])
}, 240_000)
