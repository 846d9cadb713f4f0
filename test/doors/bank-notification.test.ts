import { serve, type ServerType } from '@hono/node-server'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { bankDoor } from '../../src/payments/bank-door.ts'
import { openDb } from '../../src/platform/db.ts'
import { createApp } from '../../src/web/app.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { messageOf, openTill } from '../support/till.ts'
import { openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

async function openSent() {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const portal = await openPaymentPortal(till)
  return { ...portal, till, invoice, reference, form: await till.send(reference, 3_100) }
}

test('an authentic message is booked, whatever the host it names, without session or cookie', async () => {
  for (const host of ['localhost:3000', 'ailleurs.example', '10.0.0.1', 'xn--prau-bpa.example:8443']) {
    const { notify, till, form } = await openSent()
    const answer = await notify(messageOf(form), { host, origin: 'null', cookie: 'preau=x' })
    expect([host, answer.status, await answer.text()]).toEqual([host, 200, 'OK-applied'])
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await till.internal('clearing')).toBe(3_100)
  }
})

test('the same message again is welcome and changes nothing', async () => {
  const { notify, till, form } = await openSent()
  const message = messageOf(form)
  await notify(message)
  const again = await notify(message)
  expect([again.status, await again.text()]).toEqual([200, 'OK-already known'])
  expect(await till.internal('clearing')).toBe(3_100)
})

test('what is not the bank’s is refused, and nothing is kept', async () => {
  const { notify, till, form } = await openSent()
  const message = messageOf(form)
  const accent = new Uint8Array([...Buffer.from(`${message}&x=`), 0xe9])
  const answers = [
    await notify(messageOf(form, {}, 'une-autre-clef')),
    await notify(message.replace('vads_amount=3100', 'vads_amount=31')),
    await notify(messageOf(form, { vads_site_id: '99999999' })),
    await notify(`${message}&vads_amount=3100`),
    await notify(accent),
    await notify('{"a":1}'),
    await notify(''),
    await notify(`${message}&x=%ff`),
  ]
  expect(answers.map((answer) => answer.status)).toEqual([403, 403, 400, 400, 400, 400, 400, 400])
  const kept = db.selectFrom('bank_message').select('id').where('organisation_id', '=', till.organisationId)
  expect([await kept.execute(), await till.internal('clearing')]).toEqual([[], 0])
})

test('only POST, never a redirect', async () => {
  const { app } = await openSent()
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
    const answer = await app.request(paths.bankNotification, { method })
    expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST'])
  }
  const slash = await app.request(`${paths.bankNotification}/`, { method: 'POST', body: '' })
  expect([slash.status >= 400, slash.headers.get('location')]).toEqual([true, null])
})

test('a message of another mode is answered and not booked', async () => {
  const { notify, till, form } = await openSent()
  const answer = await notify(messageOf(form, { vads_ctx_mode: 'PRODUCTION' }))
  expect([answer.status, await answer.text()]).toEqual([200, 'OK-other mode, not booked'])
  expect(await till.internal('clearing')).toBe(0)
})

test('when the database is away, the bank is asked to try again', async () => {
  const { form, till, notify } = await openSent()
  const away = openDb({ host: '127.0.0.1', port: 1 })
  const down = createApp({ ...till.services, db: away }, [], {
    formOrigins: () => [],
    beforeAll: (app) => bankDoor(app, { ...till.services, db: away }, till.shops),
  })
  const message = messageOf(form)
  const answer = await down.request(paths.bankNotification, { method: 'POST', body: message })
  expect([answer.status, await answer.text()]).toEqual([503, 'KO-unavailable'])
  const later = await notify(message)
  expect([later.status, await till.internal('clearing')]).toEqual([200, 3_100])
  await away.close()
})

test('over real HTTP: a large body is refused before it is read', async () => {
  const { app } = await openSent()
  const server = await listen(app.fetch)
  const { port } = server.address() as AddressInfo
  try {
    expect(await post(port, { 'content-length': '1000000' }, 'a'.repeat(10))).toBe(413)
    expect(await post(port, {}, 'a'.repeat(200_000))).toBe(413)
    expect(await post(port, { host: 'weird host' }, 'vads_site_id=1')).toBe(400)
  } finally {
    server.close()
  }
})

function listen(fetch: Parameters<typeof serve>[0]['fetch']): Promise<ServerType> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server))
  })
}

function post(port: number, headers: Record<string, string>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', method: 'POST', path: paths.bankNotification, headers },
      (answer) => {
        resolve(answer.statusCode ?? 0)
        sent.destroy()
      },
    )
    sent.on('error', reject)
    sent.write(body)
    if (headers['content-length'] === undefined) sent.end()
  })
}
