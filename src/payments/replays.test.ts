// Genuine messages at the wrong moment: twice, from both sides at once, long after.
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { brought, messageOf, openTill, type Till } from '../../test/support/till.ts'
import { DAY_MS } from '../kernel/dates.ts'
import { receiveMessage } from './receive-message.ts'

const db = await testDatabase()

const receive = async (till: Till, raw: string, by: 'notification' | 'return' = 'notification') => {
  const received = await receiveMessage(till.services, till.shops, ...brought(raw, by))
  return received.ok ? received.value : received.failure
}
async function sent(till: Till) {
  const invoice = await till.issue(3_100)
  return { invoice, form: await till.send(await till.start([invoice]), 3_100) }
}
const countOf = async (till: Till, table: 'capture' | 'receipt' | 'mail') =>
  (await db.selectFrom(table).select('id').where('organisation_id', '=', till.organisationId).execute())
    .length

test('F11: the return and the notification at the same moment have one effect and one mail', async () => {
  const till = await openTill(db)
  for (let round = 1; round <= 40; round += 1) {
    const { form } = await sent(till)
    const id = { vads_trans_uuid: String(round).padStart(32, '0') }
    const outcomes = await Promise.all([
      receive(till, messageOf(form, { ...id, vads_hash: undefined }), 'return'),
      receive(till, messageOf(form, id)),
    ])
    expect(outcomes.toSorted()).toEqual(['applied', 'repeated'])
    expect([
      await countOf(till, 'capture'),
      await countOf(till, 'receipt'),
      await countOf(till, 'mail'),
    ]).toEqual([round, round, round])
  }
  expect(await till.internal('clearing')).toBe(40 * 3_100)
})

test('F80: a genuine message replayed by an insider long after changes nothing', async () => {
  const till = await openTill(db)
  const { form, invoice } = await sent(till)
  const accepted = messageOf(form)
  expect(await receive(till, accepted)).toBe('applied')
  till.services.clock.advance(400 * DAY_MS)
  expect([await receive(till, accepted), await receive(till, accepted, 'return')]).toEqual([
    'repeated',
    'repeated',
  ])
  expect([await till.due(invoice), await till.internal('clearing'), await till.credit()]).toEqual([
    0, 3_100, 0,
  ])
  expect([await countOf(till, 'capture'), await countOf(till, 'mail'), await till.tasks()]).toEqual([
    1,
    1,
    [],
  ])
})

test('F80: an old acceptance replayed after its money was taken back brings nothing back', async () => {
  const till = await openTill(db)
  const { form, invoice } = await sent(till)
  const id = { vads_trans_uuid: 'a'.repeat(32) }
  const accepted = messageOf(form, id)
  await receive(till, accepted)
  expect(await receive(till, messageOf(form, { ...id, vads_trans_status: 'CANCELLED' }))).toBe('applied')
  till.services.clock.advance(DAY_MS)
  expect(await receive(till, accepted)).toBe('repeated')
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
})
