// What is bad at the bank's door is refused before the database: its every use is recorded here.
import { expect, test } from 'vitest'
import { finishTask } from '../../src/tasks/store.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { createShops } from '../../src/payments/shops.ts'
import { tellRefusedSignatures } from '../../src/payments/tell-refused-signatures.ts'
import type { Db } from '../../src/platform/db.ts'
import { testDatabase } from '../support/database.ts'
import { messageOf, openTill } from '../support/till.ts'
import { openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

/** The same database, which tells each thing asked of it. */
function watch(uses: string[]): Db {
  return new Proxy<Db>(db, {
    get: (target, name) => {
      uses.push(String(name))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function openDoor() {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const form = await till.send(await till.start([invoice]), 3_100)
  const uses: string[] = []
  const watched = watch(uses)
  const shops = createShops(watched, till.services.keys)
  const services = { ...till.services, db: watched }
  const portal = await openPaymentPortal({ ...till, shops }, services)
  uses.length = 0
  /** What the bank's door answered, and how often it used the database. */
  const send = async (body: string | Uint8Array<ArrayBuffer>) => {
    uses.length = 0
    const { status } = await portal.notify(body)
    return { status, uses: uses.length }
  }
  return { till, invoice, form, shops, send }
}
const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

test('a body of 1 MB is refused before the database', async () => {
  const { send, form } = await openDoor()
  const message = messageOf(form)
  expect(await send(`${message}&x=${'a'.repeat(1_000_000)}`)).toEqual({ status: 413, uses: 0 })
  expect((await send(message)).uses).toBeGreaterThan(0)
})

test('a body of broken encoding is refused before the database', async () => {
  const { send, form } = await openDoor()
  const message = messageOf(form)
  for (const broken of [latin(`${message}&x=é`), `${message}&x=%E9`, `${message}&x=%`, `${message}&%ff=1`])
    expect(await send(broken)).toEqual({ status: 400, uses: 0 })
  expect((await send(message)).uses).toBeGreaterThan(0)
})

test('a repeated vads_ field is refused before the database, even with the same value', async () => {
  const { send, form, till } = await openDoor()
  const message = messageOf(form)
  for (const repeated of ['vads_amount=1', 'vads_amount=3100', 'vads%5Famount=3100'])
    expect(await send(`${message}&${repeated}`)).toEqual({ status: 400, uses: 0 })
  expect(await till.internal('clearing')).toBe(0)
  expect(await send(message)).toMatchObject({ status: 200 })
})

test('an unknown field is accepted when it is signed, and refused when it is not', async () => {
  const { send, form, till } = await openDoor()
  const message = messageOf(form, { vads_new_this_year: 'ça, là + œuf', vads_empty: '' })
  expect(await send(`${message}&vads_unsigned=1`)).toEqual({ status: 403, uses: 0 })
  expect(await till.internal('clearing')).toBe(0)
  expect(await send(message)).toMatchObject({ status: 200 })
  expect(await till.internal('clearing')).toBe(3_100)
})

test('F31: a forged notification is refused before the database, and books nothing', async () => {
  const { send, form, till, invoice } = await openDoor()
  const message = messageOf(form)
  const forged = [
    messageOf(form, {}, 'une-autre-clef'),
    message.replace('vads_amount=3100', 'vads_amount=1'),
    message.replace(/&signature=.*/, ''),
    message.replace(/&signature=.*/, '&signature='),
    message.replace(/&signature=.*/, `&signature=${'A'.repeat(44)}`),
  ]
  for (const one of forged) expect(await send(one)).toEqual({ status: 403, uses: 0 })
  expect([await till.due(invoice), await till.internal('clearing')]).toEqual([3_100, 0])
  expect(await send(message)).toMatchObject({ status: 200 })
  expect(await till.due(invoice)).toBe(0)
})

test('F31: wrong signatures are told to staff with their number, by one write a minute, and again', async () => {
  const { send, form, till, shops } = await openDoor()
  const { organisationId } = till
  const wrong = messageOf(form, {}, 'une-autre-clef')
  const minute = () => tellRefusedSignatures(db, shops, till.services.clock.now())
  const task = async () => {
    const found = db.selectFrom('task').select(['id', 'kind', 'details', 'done_at'])
    return (await found.where('organisation_id', '=', organisationId).execute()).map((one) => ({
      id: one.id as TaskId,
      told: [one.kind, one.details, one.done_at],
    }))
  }
  const said = (count: number) => ['bad-signatures', { shopNumber: till.contract.shopNumber, count }, null]
  for (let time = 0; time < 300; time += 1) expect((await send(wrong)).uses).toBe(0)
  expect(await task()).toEqual([])
  await minute()
  await minute()
  expect((await task()).map((one) => one.told)).toEqual([said(300)])
  await send(wrong)
  await send(wrong)
  await minute()
  const [open] = await task()
  expect(open?.told).toEqual(said(302))
  await db.transaction((tx) =>
    finishTask(
      tx,
      organisationId,
      open?.id as TaskId,
      { by: 'compta', note: null },
      till.services.clock.now(),
    ),
  )
  await minute()
  expect((await task())[0]?.told[2]).not.toBeNull()
  await send(wrong)
  await minute()
  expect((await task()).map((one) => one.told)).toEqual([said(1)])
})

test('what could not be told because the database was away is told later', async () => {
  const { send, form, till, shops } = await openDoor()
  await send(messageOf(form, {}, 'une-autre-clef'))
  const now = till.services.clock.now()
  const away: Db = { ...db, transaction: () => Promise.reject(new Error('away')) }
  await expect(tellRefusedSignatures(away, shops, now)).rejects.toThrow('away')
  await tellRefusedSignatures(db, shops, now)
  expect(await till.tasks()).toEqual(['bad-signatures'])
})

test('a return that a family edited warns nobody', async () => {
  const { form, till, shops } = await openDoor()
  const portal = await openPaymentPortal({ ...till, shops })
  const edited = messageOf(form).replace('vads_amount=3100', 'vads_amount=1')
  await portal.signedOut.get(`/paiement/${form.get('vads_order_id') ?? ''}/retour?${edited}`)
  expect(shops.takeRefused()).toEqual([])
})
