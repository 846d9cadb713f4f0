import { afterAll, expect, test } from 'vitest'
import { toParisDay } from './format.ts'
import { formFields, openDesk, SHOP_ID } from './support/test-bank.ts'

const desk = await openDesk()
afterAll(() => desk.stop())
const origin = `http://127.0.0.1:${desk.bank.port}`

test('a day of Paris begins at its own midnight', () => {
  expect(toParisDay(Date.parse('2012-04-12T21:59:59Z'))).toBe('2012-04-12')
  expect(toParisDay(Date.parse('2012-04-12T22:00:00Z'))).toBe('2012-04-13')
})

test('the journal of the day has what was accepted and refused, not what was left', async () => {
  expect(await (await fetch(`${origin}/journal`)).text()).toContain('Aucune transaction')
  await desk.pay(await desk.open({ vads_order_id: 'PR-yes', vads_trans_id: '000042' }), '4970100000000055')
  await desk.pay(await desk.open({ vads_order_id: 'PR-no' }), '4970100000000113')
  await desk.act(await desk.open({ vads_order_id: 'PR-left' }), 'annuler')
  const day = toParisDay(Date.now())
  const [accepted] = desk.shop.received
  for (const address of [`/porte-de-test/journal?date=${day}`, `/journal/${day}.csv`]) {
    const text = await (await fetch(origin + address)).text()
    const [title, head, ...lines] = text.trimEnd().split('\r\n')
    expect(title).toBe(`TITRE;JOURNAL DES TRANSACTIONS;${SHOP_ID};TEST;${day};Boutique de démonstration`)
    expect(head).toMatch(/^ENTETE;PAYMENT_DATE;TRANSACTION_ID;TRANSACTION_UUID;ORDER_ID;/)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain(`;000042;${accepted?.['vads_trans_uuid']};PR-yes;DT;7450;978;AUTHORISED;`)
    expect(lines[1]).toContain(';PR-no;DT;7450;978;REFUSED;')
  }
  expect(await (await fetch(`${origin}/journal`)).text()).toContain(`href="/journal/${day}.csv"`)
})

test('a day without transactions has a journal without lines, and a bad day none', async () => {
  const empty = await (await fetch(`${origin}/journal/2012-04-12.csv`)).text()
  expect(empty.trimEnd().split('\r\n')).toHaveLength(2)
  expect((await fetch(`${origin}/journal/hier.csv`)).status).toBe(404)
  expect((await fetch(`${origin}/porte-de-test/journal?date=hier`)).status).toBe(400)
})

test('two shops of one merchant have each their own numbers and journal, and a third one none', async () => {
  const two = await openDesk({ otherShopIds: ['87654321'] })
  const { port } = two.bank
  const day = toParisDay(Date.now())
  const second = { vads_site_id: '87654321', vads_trans_id: '000042' }
  await two.pay(await two.open({ vads_order_id: 'PR-first', vads_trans_id: '000042' }), '4970100000000055')
  await two.pay(await two.open({ ...second, vads_order_id: 'PR-second' }), '4970100000000055')
  expect((await two.submit(formFields({ vads_site_id: '11111111' }))).headers.get('location')).toBeNull()
  const journal = async (query: string) =>
    (await fetch(`http://127.0.0.1:${port}/journal/${day}.csv${query}`)).text()
  const [first, other] = [await journal(''), await journal('?boutique=87654321')]
  expect([first.includes('PR-first'), first.includes('PR-second')]).toEqual([true, false])
  expect([other.includes('PR-first'), other.includes('PR-second')]).toEqual([false, true])
  expect(other).toContain(`TITRE;JOURNAL DES TRANSACTIONS;87654321;TEST;${day}`)
  await two.stop()
})
