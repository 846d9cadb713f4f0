// A bank that breaks harms nobody: its attempts stay as they are, and the others go on.
import { expect, test } from 'vitest'
import { openAskedTill } from '../../test/support/asked-bank.ts'
import { BREAKDOWNS, brokenBank } from '../../test/support/broken-bank.ts'
import { testDatabase } from '../../test/support/database.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { chasePayments } from './chase-payments.ts'
import { askBank } from './gateways/ask-bank.ts'

const db = await testDatabase()
const PATIENCE_MS = 400
const transport = askBank(PATIENCE_MS)

test.each(BREAKDOWNS)('%s: the attempt can be resumed, the others are asked about', async (way) => {
  const broken = await brokenBank(way)
  const stuck = await openAskedTill(db, { url: broken.url })
  const sound = await openAskedTill(db)
  const sent = await stuck.start([await stuck.issue(3_100)])
  await stuck.send(sent, 3_100)
  const invoice = await sound.issue(7_000)
  const paid = await sound.start([invoice])
  await sound.pay(await sound.goToBank(await sound.send(paid, 7_000)))
  for (const till of [stuck, sound]) till.services.clock.advance(2 * MINUTE_MS)
  const pass = await chasePayments(sound.services, transport)
  expect(pass.unanswered).toBeGreaterThanOrEqual(1)
  expect(broken.asked()).toBe(1)
  expect([await sound.stateOf(paid), await sound.due(invoice)]).toEqual(['captured', 0])
  expect(await stuck.stateOf(sent)).toBe('redirected')
  expect(await stuck.send(sent, 3_100)).toBeTruthy()
  const asked = db.selectFrom('enquiry').select('rung').where('organisation_id', '=', stuck.organisationId)
  expect(await asked.execute()).toEqual([])
  await db.transaction((tx) =>
    tx
      .updateTable('bank_contract')
      .set({ settings: JSON.stringify({ ...stuck.contract.settings, restUrl: stuck.bankUrl }) })
      .where('organisation_id', '=', stuck.organisationId)
      .execute(),
  )
  expect(await chasePayments(sound.services, transport)).toEqual({ asked: 1, unanswered: 0 })
})

test('a bank that fails three times in a row is left alone until the next pass', async () => {
  const broken = await brokenBank('an internal error')
  const till = await openAskedTill(db, { url: broken.url, mode: 'prepaid' })
  for (let index = 0; index < 12; index += 1) await till.send(await till.start(1_000 + index), 1_000 + index)
  till.services.clock.advance(2 * MINUTE_MS)
  await chasePayments(till.services, transport)
  // Four are asked at once, so that a few may be under way when the third fails.
  expect(broken.asked()).toBeGreaterThanOrEqual(3)
  expect(broken.asked()).toBeLessThanOrEqual(6)
})

test('nothing is asked inside a transaction', async () => {
  const till = await openAskedTill(db)
  const question = { method: 'POST', url: till.bankUrl, headers: {}, body: '' } as const
  await expect(db.transaction(() => transport(question))).rejects.toThrow('inside a transaction')
})
