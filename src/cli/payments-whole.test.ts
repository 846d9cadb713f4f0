// The export of payments is whole: what it lists is what moved on the accounts of money.
import { expect, test } from 'vitest'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, recorded } from '../../test/support/desk.ts'
import {
  askRefund,
  dispute,
  endDispute,
  granted,
  payOnline,
  settle,
  tell,
} from '../../test/support/refunds.ts'
import { factOf, openTill } from '../../test/support/till.ts'
import { bounceCheque, undoDeskPayment } from '../desk/undo-desk-payment.ts'
import { cents } from '../kernel/money.ts'
import { resolveSuspense } from '../payments/resolve-suspense.ts'
import { rows, sql } from '../platform/db.ts'

const db = await testDatabase()

test('every payment, taking back, refund and bounce is there, and their sum is what moved', async () => {
  const till = await openTill(db)
  const { organisationId, services } = till
  const now = services.clock.now()
  const invoices = [await till.issue(3_100), await till.issue(4_200), await till.issue(900)] as const
  const online = await payOnline(db, till, [invoices[0]], 3_100)
  const cancelled = await payOnline(db, till, [invoices[1]], 4_200)
  await tell(db, till, { ...cancelled.fact, verdict: 'abandoned' })
  await recorded(db, till, atDesk(till, 900, [invoices[2]], { method: 'cash' }))
  const cheque = await recorded(db, till, atDesk(till, 4_200, [invoices[1]]))
  const undone = await recorded(db, till, atDesk(till, 500, [], { method: 'transfer' }))
  await db.transaction(async (tx) => {
    const one = { organisationId, reason: 'Sans provision' }
    await bounceCheque(tx, { ...one, paymentId: cheque }, now, 'Sophie')
    await undoDeskPayment(tx, { ...one, paymentId: undone }, now, 'Sophie')
  })
  await till.give(2_000)
  const refund = granted(await askRefund(db, till, online.captureId, 100))
  await settle(db, till, refund, 100, 'VIR 3', 'transfer')
  const given = { ...online.fact, operation: 'credit' as const, bankTransaction: 'c1', amount: cents(200) }
  await tell(db, till, given)
  await dispute(db, till, online.captureId, 'L1', 300)
  await endDispute(db, till, 'L1', 'reopened')
  const strange = factOf(new Map([['vads_amount', '700']]), { reference: 'ORDEROFNOBODY' })
  await tell(db, till, strange)
  const found = db.selectFrom('capture').select('id').where('bank_transaction', '=', strange.bankTransaction)
  const resolution = {
    organisationId,
    captureId: (await found.executeTakeFirstOrThrow()).id,
    requestKey: 'attente',
    amount: cents(700),
    destination: { kind: 'credit' as const, familyId: till.familyId },
    reason: 'Reconnu',
  }
  await db.transaction((tx) => resolveSuspense(tx, resolution, now, 'Sophie'))

  const { said } = await commandLine(services)('payments', '--from', '01/01/2012', '--to', '31/12/2012')
  const lines = said
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'))
  const sums = new Map<string, number>()
  let total = 0
  for (const line of lines) {
    const amount = Math.round(Number((line[8] ?? '').replace(',', '.')) * 100)
    sums.set(line[10] ?? '', (sums.get(line[10] ?? '') ?? 0) + amount)
    total += amount
  }
  expect(Object.fromEntries(sums)).toEqual({
    'Paiement en ligne': 3_100 + 4_200 + 700,
    'Repris par la banque': -4_200,
    'Paiement au service': 900 + 4_200 + 500,
    'Chèque rejeté': -4_200,
    'Paiement annulé': -500,
    Remboursement: -100,
    'Remboursement fait à la banque': -200,
    'Contestation perdue': -300,
    'Attente résolue': 0,
  })
  const [moved] = await rows<{ cents: number }>(
    db,
    sql`select sum(p.cents)::int as cents from posting p
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      where a.kind in ('clearing', 'disputed', 'cash', 'cheques', 'bank')`,
  )
  expect(total).toBe(moved?.cents)
  // Each line names its family and, for what came or went at the bank, its transaction.
  expect(lines.filter((line) => line[10] === 'Remboursement').map((line) => [line[3], line[5]])).toEqual([
    ['VIR 3', 'MARTIN'],
  ])
  const refunded = lines.filter((line) => line[10] === 'Remboursement fait à la banque')
  expect(new Set(refunded.map((line) => line[3]))).toEqual(new Set(['c1']))
})
