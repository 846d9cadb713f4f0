import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nextQuarter } from './clock.ts'
import { formFields, openDesk, shopSign, type Desk } from './support/test-bank.ts'

const ACCEPTED = '4970100000000055'

type Described = {
  orderId: string
  transUuid: string
  status: string
  amount: number
  sequence: number
  deliveries: { at: string; source: string; status: number | string; answer: string }[]
}

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.stop())

const advance = (advanceSeconds: number) => desk.door('horloge', { advanceSeconds })
const transactions = async () => (await desk.door('transactions')) as Described[]
const sources = () => desk.shop.received.map((sent) => sent['vads_url_check_src'])

describe('retries', () => {
  test('a notification not taken is sent again on the four next quarters, then no more', async () => {
    desk.shop.answers.push(500, 500, 404, 500, 500, 500)
    await desk.pay(await desk.open(), ACCEPTED)
    expect(sources()).toEqual(['PAY'])
    await advance(3 * 60 * 60)
    expect(sources()).toEqual(['PAY', 'RETRY', 'RETRY', 'RETRY', 'RETRY'])
    const [transaction] = await transactions()
    const minutes = transaction?.deliveries.slice(1).map(({ at }) => new Date(at).getUTCMinutes() % 15)
    expect(minutes).toEqual([0, 0, 0, 0])
    expect(transaction?.deliveries.map(({ status }) => status)).toEqual([500, 500, 404, 500, 500])
    expect(transaction?.deliveries[0]?.answer).toBe('OK-bien reçu')
  })

  test('each sending has a hash and a signature of its own', async () => {
    desk.shop.answers.push(500)
    await desk.pay(await desk.open(), ACCEPTED)
    await advance(15 * 60)
    const [first = {}, second = {}] = desk.shop.received
    expect(second['vads_hash']).not.toBe(first['vads_hash'])
    for (const sent of desk.shop.received) expect(sent['signature']).toBe(shopSign(sent))
    await advance(60 * 60)
    expect(desk.shop.received).toHaveLength(2)
  })

  test('a redirection is taken and not followed', async () => {
    desk.shop.answers.push(302)
    await desk.pay(await desk.open(), ACCEPTED)
    await advance(60 * 60)
    expect(sources()).toEqual(['PAY'])
  })

  test('a shop which cannot be reached is tried again', async () => {
    const page = await desk.open({ vads_url_check: 'http://127.0.0.1:9/notification' })
    await desk.pay(page, ACCEPTED)
    expect(await desk.read(page)).toContain('Paiement accepté')
    await advance(15 * 60)
    const [transaction] = await transactions()
    expect(transaction?.deliveries.map(({ source, status }) => [source, status])).toEqual([
      ['PAY', 'failed'],
      ['RETRY', 'failed'],
    ])
    expect(desk.shop.received).toEqual([])
  })

  test('quarters are those of the clock', () => {
    const at = (time: string) => Date.parse(`2026-04-12T${time}Z`)
    expect(nextQuarter(at('18:42:10'))).toBe(at('18:45:00'))
    expect(nextQuarter(at('18:45:00'))).toBe(at('19:00:00'))
  })
})

describe('faults armed for the next page', () => {
  test('loss: the shop never hears of it, and the buyer comes back all the same', async () => {
    await desk.door('armer', { loss: true })
    const page = await desk.open()
    await desk.pay(page, ACCEPTED)
    await advance(2 * 60 * 60)
    expect(desk.shop.received).toEqual([])
    // After a night, what was authorised is captured.
    expect(await desk.read(page)).toMatch(/vads_trans_status=(AUTHORISED|CAPTURED)/)
    expect((await transactions())[0]?.deliveries).toMatchObject([{ status: 'lost' }])
    await desk.pay(await desk.open(), ACCEPTED)
    expect(desk.shop.received).toHaveLength(1)
  })

  test('repeat: sent that many more times, all at once', async () => {
    await desk.door('armer', { repeat: 3 })
    await desk.pay(await desk.open(), ACCEPTED)
    expect(desk.shop.received).toHaveLength(4)
    expect(new Set(desk.shop.received.map((sent) => sent['vads_hash'])).size).toBe(4)
    expect(new Set(desk.shop.received.map((sent) => sent['vads_trans_uuid'])).size).toBe(1)
  })

  test('delayMs: the result is shown before the shop is told', async () => {
    await desk.door('armer', { delayMs: 300 })
    const page = await desk.open()
    await desk.pay(page, ACCEPTED)
    expect(await desk.read(page)).toContain('Paiement accepté')
    expect(desk.shop.received).toEqual([])
    await expect.poll(() => desk.shop.received.length).toBe(1)
  })

  test('bareReturn: the way back carries nothing', async () => {
    await desk.door('armer', { bareReturn: true })
    const page = await desk.open()
    await desk.pay(page, ACCEPTED)
    expect(await desk.read(page)).toContain('href="http://portail.example/retour"')
  })

  test('amount: another amount is signed', async () => {
    await desk.door('armer', { amount: 1 })
    await desk.pay(await desk.open(), ACCEPTED)
    const [sent = {}] = desk.shop.received
    expect(sent).toMatchObject({ vads_amount: '1', vads_effective_amount: '1' })
    expect(sent['signature']).toBe(shopSign(sent))
  })

  test('badSignature: nothing but the signature is wrong', async () => {
    await desk.door('armer', { badSignature: true })
    await desk.pay(await desk.open(), ACCEPTED)
    const [sent = {}] = desk.shop.received
    expect(sent['vads_trans_status']).toBe('AUTHORISED')
    expect(sent['signature']).not.toBe(shopSign(sent))
  })

  test('fields: some are replaced, and signed', async () => {
    await desk.door('armer', { fields: { vads_site_id: '99999999', vads_inconnu: '1' } })
    await desk.pay(await desk.open(), ACCEPTED)
    const [sent = {}] = desk.shop.received
    expect(sent).toMatchObject({ vads_site_id: '99999999', vads_inconnu: '1' })
    expect(sent['signature']).toBe(shopSign(sent))
  })

  test('an unknown fault is refused', async () => {
    expect(await desk.door('armer', { looss: true })).toHaveProperty('error')
  })
})

test('a slow shop does not hold the buyer more than two seconds', async () => {
  desk.shop.delay = 5000
  const page = await desk.open()
  const start = performance.now()
  await desk.pay(page, ACCEPTED)
  expect(performance.now() - start).toBeLessThan(3500)
})

test('a replay from the back office loses three fields and is not retried', async () => {
  await desk.pay(await desk.open(), ACCEPTED)
  const [transaction] = await transactions()
  desk.shop.answers.push(500)
  await desk.door('renvoyer', { transUuid: transaction?.transUuid })
  await advance(60 * 60)
  expect(sources()).toEqual(['PAY', 'BO'])
  const [, replayed = {}] = desk.shop.received
  for (const name of ['vads_page_action', 'vads_payment_config', 'vads_action_mode']) {
    expect(replayed).not.toHaveProperty(name)
  }
  expect(replayed['signature']).toBe(shopSign(replayed))
})

describe('the page’s ten minutes', () => {
  test('then it is over, with a bare link back and no notification', async () => {
    const page = await desk.open()
    await advance(599)
    expect((await fetch(page)).status).toBe(200)
    await advance(2)
    const response = await fetch(page)
    const html = await response.text()
    expect(response.status).toBe(410)
    expect(html).toContain('Page expirée')
    expect(html).toContain('href="http://portail.example/retour"')
    expect((await desk.pay(page, ACCEPTED)).status).toBe(410)
    expect(desk.shop.received).toEqual([])
  })

  test('a code never given is a failed authentication when they end', async () => {
    const page = await desk.open()
    await desk.pay(page, '4970110000000021')
    await advance(601)
    expect(desk.shop.received).toHaveLength(1)
    expect(desk.shop.received[0]).toMatchObject({ vads_trans_status: 'REFUSED', vads_threeds_status: 'N' })
    expect(await desk.read(page)).toContain('Page expirée')
  })

  test('a result stays readable after them, without another try', async () => {
    const page = await desk.open()
    await desk.pay(page, '4970100000000113')
    await advance(3600)
    const html = await desk.read(page)
    expect(html).toContain('Paiement refusé')
    expect(html).not.toContain('Réessayer avec une autre carte')
    await desk.act(page, 'reessayer')
    expect(await desk.read(page)).toContain('Paiement refusé')
  })
})

describe('the code', () => {
  const lastCode = async (page: string) => /#(\d{6})/.exec(await desk.read(page))?.[1] ?? ''

  test('is sent again after 30 seconds, and the previous one stays good', async () => {
    const page = await desk.open()
    await desk.pay(page, '4970110000001003')
    const first = await lastCode(page)
    expect(await (await desk.act(page, 'renvoyer')).text()).toMatch(/nouveau code dans \d+ secondes/)
    expect(await lastCode(page)).toBe(first)
    await advance(31)
    expect(await (await desk.act(page, 'renvoyer')).text()).toContain('Un nouveau code vient d’être envoyé.')
    await desk.act(page, 'code', { code: first })
    expect(await desk.read(page)).toContain('Paiement accepté')
  })

  test('when too old, is replaced by a new one and costs no try', async () => {
    const page = await desk.open()
    await desk.pay(page, '4970110000001003')
    const first = await lastCode(page)
    await advance(301)
    expect(await (await desk.act(page, 'code', { code: first })).text()).toContain(
      'Ce code n’est plus valable.',
    )
    await desk.act(page, 'code', { code: await lastCode(page) })
    expect(await desk.read(page)).toContain('Paiement accepté')
  })
})

test('without its setting, the test door does not exist', async () => {
  const closed = await openDesk({ testDoor: false })
  const address = `http://127.0.0.1:${closed.bank.port}/porte-de-test`
  expect((await fetch(`${address}/transactions`)).status).toBe(404)
  expect((await fetch(`${address}/armer`, { method: 'POST', body: '{}' })).status).toBe(404)
  await closed.stop()
  expect((await fetch(`http://127.0.0.1:${desk.bank.port}/porte-de-test/transactions`)).status).toBe(200)
})

test('a shop set to SHA-1 signs and is told so, and HMAC is then refused', async () => {
  const old = await openDesk({ signature: 'SHA-1' })
  const sha1 = (fields: Record<string, string>) => {
    const names = Object.keys(fields)
      .filter((name) => name.startsWith('vads_'))
      .toSorted((a, b) => (a < b ? -1 : 1))
    const text = [...names.map((name) => fields[name]), '1122334455667788'].join('+')
    return createHash('sha1').update(text).digest('hex')
  }
  const form = formFields()
  expect(await (await old.submit(form)).text()).toContain('00')
  const opened = await old.submit(form, sha1(form))
  const page = `http://127.0.0.1:${old.bank.port}${opened.headers.get('location') ?? ''}`
  await old.pay(page, '4970100000000055')
  const { signature, ...told } = old.shop.received.at(-1) ?? {}
  expect([signature, told['vads_trans_status']]).toEqual([sha1(told), 'AUTHORISED'])
  await old.stop()
})
