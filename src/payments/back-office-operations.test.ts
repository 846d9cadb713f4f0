// What people and machines do at the bank after a payment, told by a real bank to the portal.
import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { type AskedTill, openAskedTill } from '../../test/support/asked-bank.ts'
import { testDatabase } from '../../test/support/database.ts'
import { createApp } from '../web/app.ts'
import { paths } from '../web/paths.ts'
import { bankDoor } from './bank-door.ts'

const db = await testDatabase()

/** A paid invoice of 31,00 €, at a bank whose notifications come. */
async function paid() {
  const seat: { till?: AskedTill } = {}
  const server = serve({
    // Every bank of this file has a shop of the same number: each speaks to its contract's own address.
    fetch: async (request: Request) => {
      const { till } = seat
      if (!till) return new Response('', { status: 503 })
      const app = createApp(till.services, [], {
        formOrigins: () => [],
        beforeAll: (app) => bankDoor(app, till.services, till.shops),
      })
      const own = paths.contractNotification('systempay', till.contract.id)
      return app.request(own, { method: 'POST', body: await request.text() })
    },
    port: 0,
    hostname: '127.0.0.1',
  })
  await new Promise((listening) => server.once('listening', listening))
  afterAll(() => void server.close())
  const notificationUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${paths.bankNotification}`
  const till = await openAskedTill(db, { notificationUrl })
  seat.till = till
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  await till.pay(await till.goToBank(await till.send(reference, 3_100)))
  const told = (await (await fetch(`${till.bankUrl}/porte-de-test/transactions`)).json()) as {
    orderId: string
    transUuid: string
    deliveries: { status: number; answer: string }[]
  }[]
  const transUuid = told.find((one) => one.orderId === reference)?.transUuid ?? ''
  return {
    till,
    due: () => till.due(invoice),
    operate: (operation: string, amount = 0) => till.door('operation', { transUuid, operation, amount }),
  }
}

test.each([
  ['cancelled before its capture (F41)', 'cancel', 0, 3_100],
  ['lowered before its capture (F41)', 'reduce', 2_000, 1_100],
  ['whose remittance failed (F43)', 'capture-failed', 0, 3_100],
  ['whose authorisation is too old (F43)', 'expire', 0, 3_100],
])('a payment %s: what it settled is due again, and staff are told', async (_, operation, amount, due) => {
  const { till, due: dueNow, operate } = await paid()
  expect([await dueNow(), await till.internal('clearing')]).toEqual([0, 3_100])
  expect(await operate(operation, amount)).toMatchObject({ deliveries: [{ status: 200 }, { status: 200 }] })
  expect([await dueNow(), await till.internal('clearing')]).toEqual([due, 3_100 - due])
  expect(await till.tasks()).toEqual(['taken-back'])
})

test('a capture is no news: nothing moves', async () => {
  const { till, due, operate } = await paid()
  await operate('capture')
  expect([await due(), await till.internal('clearing'), await till.tasks()]).toEqual([0, 3_100, []])
})
