import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { HOUR_MS, later } from '../kernel/dates.ts'
import type { LoginId, MailId } from '../kernel/ids.ts'
import type { WrittenMail } from './mail.ts'
import { dropMail } from './drop-mail.ts'
import { planMail } from './plan-mail.ts'
import { type MailWriters, sendMail } from './send-mail.ts'

const db = await testDatabase()
const services = testServices(db)
const organisationId = await buildOrganisation(db)
const loginId = randomUUID() as LoginId
let keys = 0

const plan = async (values: { key?: string; notBefore?: Date } = {}) => {
  const key = values.key ?? `mail ${(keys += 1)}`
  const mail = {
    recipient: 'claire@famille.example',
    plan: { kind: 'reset' as const, loginId },
    ...values,
    key,
  }
  const planned = await db.transaction((tx) => planMail(tx, organisationId, mail, TEST_NOW))
  const row = await db.selectFrom('mail').selectAll().where('plan_key', '=', key).executeTakeFirstOrThrow()
  return { planned, row, id: row.id as MailId }
}
const writing = (write: () => Promise<WrittenMail | undefined>): MailWriters =>
  new Proxy({} as MailWriters, { get: () => write })
const WRITTEN: WrittenMail = { subject: 'Bonjour', text: 'Bonjour', html: '<p>Bonjour</p>' }
const send = (id: MailId, write: () => Promise<WrittenMail | undefined> = () => Promise.resolve(WRITTEN)) =>
  sendMail(services, writing(write), organisationId, id)
const rowOf = (id: MailId) =>
  db.selectFrom('mail').select(['sent_at', 'attempts', 'last_error']).where('id', '=', id).executeTakeFirst()
const jobsOf = async (id: MailId) => {
  const found = await db.pool.query(
    "select run_at from graphile_worker._private_jobs where payload ->> 'mailId' = $1",
    [id],
  )
  return found.rows as { run_at: Date }[]
}

test('a mail is planned once by key, with one job, even ten times at once', async () => {
  const planned = await Promise.all(Array.from({ length: 10 }, () => plan({ key: 'once' })))
  expect(planned.filter((one) => one.planned)).toHaveLength(1)
  expect(await jobsOf(planned[0]?.id as MailId)).toHaveLength(1)
})

test('a mail for later has a job for later', async () => {
  const notBefore = later(new Date(), HOUR_MS)
  const { id, row } = await plan({ notBefore })
  expect([row.not_before, (await jobsOf(id))[0]?.run_at]).toEqual([notBefore, notBefore])
})

test('a mail that has not left is taken back with its job, and may be planned again', async () => {
  const { id } = await plan({ key: 'changed my mind', notBefore: later(new Date(), HOUR_MS) })
  const drop = (key: string) => db.transaction((tx) => dropMail(tx, organisationId, key))
  expect([await drop('changed my mind'), await jobsOf(id), await rowOf(id)]).toEqual([true, [], undefined])
  expect(await drop('changed my mind')).toBe(false)
  const gone = await plan({ key: 'changed my mind' })
  expect(gone.planned).toBe(true)
  await send(gone.id)
  expect([await drop('changed my mind'), (await rowOf(gone.id))?.attempts]).toEqual([false, 1])
})

test('a mail leaves once, under a name that stays the same', async () => {
  const { id } = await plan()
  services.sent.length = 0
  await send(id)
  await send(id)
  expect(services.sent).toEqual([
    { to: 'claire@famille.example', messageId: `<${id}@localhost>`, ...WRITTEN },
  ])
  expect(await rowOf(id)).toEqual({ sent_at: services.clock.now(), attempts: 1, last_error: null })
})

test('a mail that fails says why, is tried again, and keeps its name', async () => {
  const { id } = await plan()
  services.sent.length = 0
  await expect(send(id, () => Promise.reject(new Error('le serveur ne répond pas')))).rejects.toThrow(
    'ne répond pas',
  )
  expect(await rowOf(id)).toEqual({ sent_at: null, attempts: 1, last_error: 'le serveur ne répond pas' })
  await send(id)
  expect(services.sent.map((mail) => mail.messageId)).toEqual([`<${id}@localhost>`])
  expect(await rowOf(id)).toMatchObject({ sent_at: services.clock.now(), attempts: 2 })
})

test('a mail that the server refuses is not marked sent', async () => {
  const { id } = await plan()
  const refusing = { ...services, mailer: { send: () => Promise.reject(new Error('550')), close: () => {} } }
  const sending = sendMail(
    refusing,
    writing(() => Promise.resolve(WRITTEN)),
    organisationId,
    id,
  )
  await expect(sending).rejects.toThrow('550')
  expect(await rowOf(id)).toEqual({ sent_at: null, attempts: 1, last_error: '550' })
})

test('when there is nothing left to say, nothing leaves and it is done', async () => {
  const { id } = await plan()
  services.sent.length = 0
  await send(id, () => Promise.resolve(undefined))
  expect(services.sent).toEqual([])
  expect(await rowOf(id)).toMatchObject({ sent_at: services.clock.now() })
})

test('another organisation’s mail is not there', async () => {
  const { id } = await plan()
  const stranger = await buildOrganisation(db)
  await expect(
    sendMail(
      services,
      writing(() => Promise.resolve(WRITTEN)),
      stranger,
      id,
    ),
  ).rejects.toThrow('no mail')
})
