// The way to the bank and back, when the family is not alone at its computer.
import { expect, test } from 'vitest'
import { paths } from '../../src/web/paths.ts'
import { openAskedTill } from '../support/asked-bank.ts'
import { testDatabase } from '../support/database.ts'
import { messageOf, openTill } from '../support/till.ts'
import { anotherVisitor, openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

async function openSent() {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const portal = await openPaymentPortal(till)
  const form = await till.send(reference, 3_100)
  return { ...portal, till, invoice, reference, form }
}

test('F9: a session that ended at the bank loses nothing: the payment is booked, and found again after signing in', async () => {
  const { payer, till, invoice, reference, form } = await openSent()
  await db.transaction((tx) => tx.deleteFrom('session').where('login_id', '=', till.actor.loginId).execute())
  const back = await payer.get(`${paths.paymentReturn(reference)}?${messageOf(form)}`)
  expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
  expect(await till.due(invoice)).toBe(0)
  const page = await payer.get(paths.payment(reference))
  expect(page.words).not.toContain('31,00')
  expect(page.html).toContain(`${paths.signIn}?suite=${encodeURIComponent(paths.payment(reference))}`)
  await payer.signIn(till.actor.loginId)
  expect((await payer.get(paths.payment(reference))).words).toContain('31,00 € ont été payés')
})

test('F10: another family at the same computer sees nothing of the payment that comes back', async () => {
  const { app, till, invoice, reference, form } = await openSent()
  const other = await anotherVisitor(db, till, app, { isStranger: true })
  const back = await other.get(`${paths.paymentReturn(reference)}?${messageOf(form)}`)
  expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
  const page = await other.get(paths.payment(reference))
  expect([page.status, page.words.includes('31,00'), page.words.includes('MARTIN')]).toEqual([
    404,
    false,
    false,
  ])
  expect(await till.due(invoice)).toBe(0)
})

test('F32: an amount edited in the form is refused by the bank, and the form as it was signed is taken', async () => {
  const till = await openAskedTill(db)
  const form = await till.send(await till.start([await till.issue(3_100)]), 3_100)
  await expect(till.goToBank(new Map([...form, ['vads_amount', '1']]))).rejects.toThrow()
  await expect(
    till.goToBank(new Map([...form, ['vads_amount', '3100'], ['vads_new', '1']])),
  ).rejects.toThrow()
  expect(await till.goToBank(form)).toContain(till.bankUrl)
})
