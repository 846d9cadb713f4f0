// The interface between servers: what a shop is told of its orders.
import { afterAll, expect, test } from 'vitest'
import { openDesk, SHOP_ID, SHOP_PASSWORD } from './support/test-bank.ts'

const desk = await openDesk()
afterAll(() => desk.stop())

const rest = `http://127.0.0.1:${desk.bank.port}/api-payment/V4`
const basic = (password = SHOP_PASSWORD) =>
  `Basic ${Buffer.from(`${SHOP_ID}:${password}`).toString('base64')}`
const ask = (service: string, body: unknown, authorization = basic()) =>
  fetch(`${rest}/${service}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const answerOf = async (service: string, body: unknown) =>
  (await (await ask(service, body)).json()) as { status: string; answer: Record<string, unknown> }

test('the shop is known by its number and password, and by nothing else', async () => {
  for (const wrong of [basic('testpassword_another'), 'Basic', '', `Bearer ${SHOP_PASSWORD}`]) {
    const answer = await ask('Order/Get', { orderId: 'X' }, wrong)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ status: 'ERROR', answer: { errorCode: 'INT_905' } })
  }
})

test('the trial call echoes its value', async () => {
  expect(await answerOf('Charge/SDKTest', { value: 'oui' })).toMatchObject({
    webService: 'Charge/SDKTest',
    version: 'V4',
    status: 'SUCCESS',
    answer: { value: 'oui' },
    applicationProvider: 'NPS',
    mode: 'TEST',
    _type: 'V4/WebService/Response',
  })
})

test.each([
  ['Order/Get', { orderId: 'PR-unknown' }, 'PSP_010'],
  ['Order/Get', {}, 'INT_009'],
  ['Order/Get', 'no json', 'INT_009'],
  ['Order/Nothing', {}, 'INT_901'],
])('%s of %j is an error of business, under 200', async (service, body, errorCode) => {
  const answer = await ask(service, body)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ status: 'ERROR', answer: { errorCode } })
})

test('an accepted payment is told with what the shop must know of it', async () => {
  const page = await desk.open({ vads_order_id: 'PR-accepted', vads_trans_id: '000042' })
  await desk.pay(page, '4970100000000055')
  const [told] = desk.shop.received.slice(-1)
  expect(await answerOf('Order/Get', { orderId: 'PR-accepted' })).toMatchObject({
    status: 'SUCCESS',
    answer: {
      shopId: SHOP_ID,
      orderId: 'PR-accepted',
      _type: 'V4/OrderTransactions',
      transactions: [
        {
          orderDetails: {
            orderId: 'PR-accepted',
            mode: 'TEST',
            orderTotalAmount: 7450,
            orderCurrency: 'EUR',
          },
          uuid: told?.['vads_trans_uuid'],
          amount: 7450,
          currency: 'EUR',
          status: 'PAID',
          detailedStatus: 'AUTHORISED',
          operationType: 'DEBIT',
          creationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
          transactionDetails: {
            sequenceNumber: 1,
            cardDetails: {
              pan: '497010XXXXXX0055',
              effectiveBrand: told?.['vads_card_brand'],
              legacyTransId: '000042',
              authorizationResponse: {
                authorizationNumber: told?.['vads_auth_number'],
                authorizationResult: '0',
              },
            },
          },
        },
      ],
    },
  })
})

test('a refusal then an acceptance on one page are two transactions of the order', async () => {
  const page = await desk.open({ vads_order_id: 'PR-twice' })
  await desk.pay(page, '4970100000000113')
  await desk.act(page, 'reessayer')
  await desk.pay(page, '4970100000000055')
  const { answer } = await answerOf('Order/Get', { orderId: 'PR-twice' })
  const statuses = (answer['transactions'] as { detailedStatus: string }[]).map((one) => one.detailedStatus)
  expect(statuses).toEqual(['REFUSED', 'AUTHORISED'])
})

test('a page still open, or left, has no transaction', async () => {
  const page = await desk.open({ vads_order_id: 'PR-open' })
  expect((await answerOf('Order/Get', { orderId: 'PR-open' })).answer).toMatchObject({ errorCode: 'PSP_010' })
  await desk.act(page, 'annuler')
  expect((await answerOf('Order/Get', { orderId: 'PR-open' })).answer).toMatchObject({ errorCode: 'PSP_010' })
})

test('what the bank signs wrongly by order of a test, it also tells wrongly', async () => {
  await desk.door('armer', { amount: 1, loss: true })
  await desk.pay(await desk.open({ vads_order_id: 'PR-amount' }), '4970100000000055')
  const { answer } = await answerOf('Order/Get', { orderId: 'PR-amount' })
  expect(answer['transactions']).toMatchObject([{ amount: 1 }])
})

test('a test may stop the interface, and set it going again', async () => {
  await desk.door('panne', { rest: 'down' })
  expect((await ask('Charge/SDKTest', {})).status).toBe(503)
  await desk.door('panne', { rest: 'html' })
  expect((await ask('Charge/SDKTest', {})).headers.get('content-type')).toContain('text/html')
  await desk.door('panne', { rest: 'slow' })
  const waiting = fetch(`${rest}/Charge/SDKTest`, { method: 'POST', signal: AbortSignal.timeout(200) })
  await expect(waiting).rejects.toThrow()
  await desk.door('panne', { rest: 'up' })
  expect((await ask('Charge/SDKTest', {})).status).toBe(200)
})

test('without a password, the interface refuses everybody', async () => {
  const closed = await openDesk({ shopPassword: '' })
  const answer = await fetch(`http://127.0.0.1:${closed.bank.port}/api-payment/V4/Order/Get`, {
    method: 'POST',
    headers: { authorization: basic('') },
    body: '{}',
  })
  expect(answer.status).toBe(401)
  await closed.stop()
})
