// What changed here while the family was at the bank: its money is booked all the same.
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { tell } from '../../test/support/refunds.ts'
import { factOf, type Issued, openTill, type Till } from '../../test/support/till.ts'
import { issueCreditNote } from '../billing/issue-credit-note.ts'
import { cents } from '../kernel/money.ts'

const db = await testDatabase()

const creditNote = async (till: Till, invoice: Issued, amount: number) => {
  const note = {
    organisationId: till.organisationId,
    invoiceId: invoice.id,
    requestKey: `avoir ${invoice.number}`,
    reason: 'Enfant malade',
    corrects: cents(amount),
  }
  const issued = await db.transaction((tx) => issueCreditNote(tx, note, till.services.clock.now(), 'Sophie'))
  expect(issued.ok).toBe(true)
}
async function leave(till: Till, amounts: readonly number[]) {
  const invoices: Issued[] = []
  for (const amount of amounts) invoices.push(await till.issue(amount))
  const reference = await till.start(invoices)
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  return { invoices, reference, fact: factOf(await till.send(reference, total)) }
}

test('F56: an invoice cancelled while its payment was at the bank: all of it is credit, with a task', async () => {
  const till = await openTill(db)
  const { invoices, reference, fact } = await leave(till, [3_100])
  const [invoice] = invoices as [Issued]
  await creditNote(till, invoice, 3_100)
  expect(await tell(db, till, fact)).toBe('applied')
  expect([await till.due(invoice), await till.credit(), await till.internal('clearing')]).toEqual([
    0, 3_100, 3_100,
  ])
  expect([await till.stateOf(reference), await till.tasks()]).toEqual(['captured', ['surplus']])
})

test.each([
  ['downward', 1_000, 0, 1_000],
  ['by nothing', 0, 0, 0],
] as const)(
  'F58: corrected %s meanwhile, it takes what is due and the rest is credit',
  async (_, less, due, credit) => {
    const till = await openTill(db)
    const { invoices, fact } = await leave(till, [3_100])
    const [invoice] = invoices as [Issued]
    if (less > 0) await creditNote(till, invoice, less)
    await tell(db, till, fact)
    expect([await till.due(invoice), await till.credit()]).toEqual([due, credit])
  },
)

test('F59: of three invoices one is cancelled meanwhile: the others are settled in order, the rest is credit', async () => {
  const till = await openTill(db)
  const { invoices, fact } = await leave(till, [1_000, 2_000, 3_000])
  const [first, second, third] = invoices as [Issued, Issued, Issued]
  await creditNote(till, second, 2_000)
  await tell(db, till, fact)
  expect([await till.due(first), await till.due(second), await till.due(third)]).toEqual([0, 0, 0])
  expect([await till.credit(), await till.tasks()]).toEqual([2_000, ['surplus']])
})

test('F66: a unit that lost its contract meanwhile keeps the money of its own payments', async () => {
  const till = await openTill(db)
  const { invoices, fact } = await leave(till, [3_100])
  await db.transaction((tx) =>
    tx.updateTable('billing_unit').set({ contract_id: null }).where('id', '=', till.unitId).execute(),
  )
  expect(await tell(db, till, fact)).toBe('applied')
  expect([await till.due(invoices[0] as Issued), await till.internal('clearing')]).toEqual([0, 3_100])
})
