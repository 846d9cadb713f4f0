// The demonstration bank's reconciliation report, read by the portal: two programs that share no code.
import { expect, test } from 'vitest'
import { MINUTE_MS, parisDay } from '../../src/kernel/dates.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { importRemittances } from '../../src/payments/import-remittances.ts'
import { listUncredited } from '../../src/payments/remittance-store.ts'
import { openAskedTill } from '../support/asked-bank.ts'
import { testDatabase } from '../support/database.ts'

const db = await testDatabase()

test('what the demonstration bank captured and gave back is what the portal booked', async () => {
  const till = await openAskedTill(db)
  const pay = async (amount: number) => {
    const form = await till.send(await till.start([await till.issue(amount)]), amount)
    await till.pay(await till.goToBank(form))
    return form.get('vads_order_id') ?? ''
  }
  const captured = await pay(3_100)
  await pay(4_250)
  till.services.clock.advance(3 * MINUTE_MS)
  await chasePayments(till.services)
  const capturesOf = db
    .selectFrom('capture')
    .innerJoin('payment_attempt', 'payment_attempt.id', 'capture.attempt_id')
    .select('bank_transaction')
  const { bank_transaction: transUuid } = await capturesOf
    .where('reference', '=', captured)
    .executeTakeFirstOrThrow()
  for (const body of [{ operation: 'capture' }, { operation: 'refund', amount: 600 }])
    await till.door('operation', { transUuid, ...body })
  const today = parisDay(new Date())
  const answer = await fetch(`${till.bankUrl}/porte-de-test/remises?date=${today}`)
  const file = new Uint8Array(await answer.arrayBuffer())
  const read = async () => {
    const report = await importRemittances(till.services, till.shops, 'remises.csv', file)
    return report.ok ? report.value.counts : report.failure
  }
  // Nobody had told of the refund: the report did.
  expect(await read()).toMatchObject({ matched: 1, booked: 1 })
  expect(await read()).toMatchObject({ matched: 0, booked: 0, known: 2 })
  expect([await till.internal('clearing'), await till.tasks()]).toEqual([
    3_100 - 600 + 4_250,
    ['refund-found'],
  ])
  const contract = { organisationId: till.organisationId, contractId: till.contract.id }
  const waiting = await listUncredited(db, contract, { from: today, to: today })
  expect(waiting.map(({ amount }) => amount)).toEqual([4_250])
})
