import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { brought, messageOf, openTill, type Till } from '../../test/support/till.ts'
import type { MessageId } from '../kernel/ids.ts'
import { openDb, rows, sql } from '../platform/db.ts'
import { receiveMessage, retryMessage } from './receive-message.ts'

const db = await testDatabase()

const receive = (till: Till, raw: string) => receiveMessage(till.services, till.shops, ...brought(raw))
const failure = (name: string) => ({ ok: false, failure: name })
const outcome = (name: string) => ({ ok: true, value: name })

async function sent(till: Till) {
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  return { invoice, reference, form: await till.send(reference, 3_100) }
}

const kept = (till: Till) =>
  db
    .selectFrom('bank_message')
    .select(['id', 'raw', 'outcome', 'brought_by', 'note'])
    .where('organisation_id', '=', till.organisationId)
    .orderBy('id')
    .execute()

const retries = async (messageId: string) =>
  rows<{ payload: { messageId: string } }>(
    db,
    sql`select p.payload from graphile_worker._private_jobs p
      join graphile_worker._private_tasks t on t.id = p.task_id
      where t.identifier = 'retry-message' and p.payload ->> 'messageId' = ${messageId}`,
  )

test('a signed message is applied and kept as it came', async () => {
  const till = await openTill(db)
  const { invoice, reference, form } = await sent(till)
  const raw = messageOf(form)
  expect(await receive(till, raw)).toEqual(outcome('applied'))
  expect([await till.due(invoice), await till.stateOf(reference)]).toEqual([0, 'captured'])
  expect(await kept(till)).toMatchObject([
    { raw, outcome: 'applied', brought_by: 'notification', note: null },
  ])
})

test('the same message ten times at once is booked once, and every copy is kept', async () => {
  const till = await openTill(db)
  const { form } = await sent(till)
  const raw = messageOf(form)
  const received = await Promise.all(Array.from({ length: 10 }, () => receive(till, raw)))
  expect(received.filter((one) => one.ok && one.value === 'applied')).toHaveLength(1)
  expect(received.filter((one) => one.ok && one.value === 'repeated')).toHaveLength(9)
  expect([await till.internal('clearing'), (await kept(till)).length]).toEqual([3_100, 10])
})

test('the bank’s replay by hand, with fields missing and another hash, changes nothing', async () => {
  const till = await openTill(db)
  const { form } = await sent(till)
  const uuid = { vads_trans_uuid: '7a4a508dd2504ad5a4d4cd35f2c7d45f' }
  await receive(till, messageOf(form, uuid))
  const missing = { vads_page_action: undefined, vads_payment_config: undefined, vads_action_mode: undefined }
  const replay = messageOf(form, {
    ...uuid,
    ...missing,
    vads_url_check_src: 'BO',
    vads_auth_number: undefined,
  })
  expect(await receive(till, replay)).toEqual(outcome('repeated'))
  expect(await till.internal('clearing')).toBe(3_100)
})

test('a refused message tells the bank’s code, and the return carries the same facts', async () => {
  const till = await openTill(db)
  const { reference, form } = await sent(till)
  const raw = messageOf(form, { vads_trans_status: 'REFUSED', vads_auth_result: '51', vads_hash: undefined })
  expect(await receiveMessage(till.services, till.shops, ...brought(raw, 'return'))).toEqual(
    outcome('applied'),
  )
  expect(await till.stateOf(reference)).toBe('refused')
  expect(await kept(till)).toMatchObject([{ outcome: 'applied', brought_by: 'return' }])
})

test('a message that is not signed, or not by that shop, writes nothing', async () => {
  const till = await openTill(db)
  const { invoice, form } = await sent(till)
  const raw = messageOf(form)
  expect(await receive(till, messageOf(form, {}, 'another-key'))).toEqual(failure('bad-signature'))
  expect(await receive(till, raw.replace('vads_amount=3100', 'vads_amount=1'))).toEqual(
    failure('bad-signature'),
  )
  expect(await receive(till, raw.replace(/&signature=.*/, ''))).toEqual(failure('bad-signature'))
  expect(await receive(till, messageOf(form, { vads_site_id: '99999999' }))).toEqual(failure('unknown-shop'))
  expect(await receive(till, '')).toEqual(failure('unreadable'))
  expect(await receive(till, 'a=1')).toEqual(failure('unreadable'))
  expect(await receive(till, `${raw}&vads_amount=1`)).toEqual(failure('unreadable'))
  expect([await till.due(invoice), await kept(till)]).toEqual([3_100, []])
  expect(await receive(till, raw)).toEqual(outcome('applied'))
})

test('a shop’s signed message never touches another shop’s order', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const { invoice, form } = await sent(till)
  const fromStranger = messageOf(form, { vads_site_id: stranger.contract.shopNumber })
  expect(await receive(till, fromStranger)).toEqual(outcome('set_aside'))
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
  expect([await stranger.internal('suspense'), await stranger.tasks()]).toEqual([-3_100, ['unknown-order']])
})

test('a message of another mode is kept and never booked', async () => {
  const till = await openTill(db)
  const { form } = await sent(till)
  expect(await receive(till, messageOf(form, { vads_ctx_mode: 'PRODUCTION' }))).toEqual(
    outcome('refused_test'),
  )
  expect(await till.internal('clearing')).toBe(0)
  expect(await kept(till)).toMatchObject([{ outcome: 'refused_test' }])
})

test('a message that cannot be applied is kept with a planned retry, and the retry applies it', async () => {
  const till = await openTill(db)
  const { invoice, form } = await sent(till)
  const raw = messageOf(form)
  // Receipts cannot be numbered for a while: the capture must not be half booked.
  await db.pool.query('alter table number_series add constraint broken check (last < 0) not valid')
  expect(await receive(till, raw)).toEqual(outcome('kept'))
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
  const [message] = await kept(till)
  expect(message).toMatchObject({ raw, outcome: 'waiting', note: expect.stringContaining('broken') })
  const messageId = message?.id as MessageId
  expect(await till.tasks()).toEqual(['unread-operation'])
  expect(await retries(messageId)).toHaveLength(1)
  await expect(retryMessage(till.services, till.organisationId, messageId)).rejects.toThrow(/broken/)
  expect(await kept(till)).toMatchObject([{ outcome: 'waiting' }])

  await db.pool.query('alter table number_series drop constraint broken')
  await retryMessage(till.services, till.organisationId, messageId)
  await retryMessage(till.services, till.organisationId, messageId)
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([0, 3_100])
  expect(await kept(till)).toMatchObject([{ outcome: 'applied', note: null }])
})

test('a message that only met a lock is kept and retried without troubling anybody', async () => {
  const till = await openTill(db)
  const { invoice, form } = await sent(till)
  // As a lock does after its two seconds, six times over.
  await db.pool.query(`create function lock_out() returns trigger language plpgsql as
    $$ begin raise exception 'locked' using errcode = 'lock_not_available'; end $$`)
  await db.pool.query(
    'create trigger locked before insert on receipt for each row execute function lock_out()',
  )
  expect(await receive(till, messageOf(form))).toEqual(outcome('kept'))
  await db.pool.query('drop trigger locked on receipt')
  const [message] = await kept(till)
  expect([message?.outcome, await till.tasks()]).toEqual(['waiting', []])
  await retryMessage(till.services, till.organisationId, message?.id as MessageId)
  expect([await till.due(invoice), (await kept(till))[0]?.outcome]).toEqual([0, 'applied'])
})

test('when the database is away, nothing is promised: the bank is to come again', async () => {
  const till = await openTill(db)
  const { form } = await sent(till)
  await till.shops.refresh(till.services.clock.now())
  const away = openDb(db.connection)
  await away.close()
  const received = receiveMessage({ ...till.services, db: away }, till.shops, ...brought(messageOf(form)))
  await expect(received).rejects.toThrow()
  expect(await kept(till)).toEqual([])
  expect(await receive(till, messageOf(form))).toEqual(outcome('applied'))
})
