// What becomes of a payment after it: by a person in the back office, by the shop's server, by the night.
import { afterAll, expect, test } from 'vitest'
import { openDesk, SHOP_ID, SHOP_PASSWORD, shopSign } from './support/test-bank.ts'

const desk = await openDesk()
afterAll(() => desk.stop())

const ask = async (service: string, body: object) => {
  const answer = await fetch(`http://127.0.0.1:${desk.bank.port}/api-payment/V4/${service}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${SHOP_ID}:${SHOP_PASSWORD}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as { status: string; answer: Record<string, unknown> }
}
/** An accepted payment of 74,50 €; gives its uuid. */
async function paid(changes: Record<string, string> = {}, card = '4970100000000055') {
  await desk.pay(await desk.open(changes), card)
  return desk.shop.received.at(-1)?.['vads_trans_uuid'] ?? ''
}
const operate = (transUuid: string, operation: string, amount = 0) =>
  desk.door('operation', { transUuid, operation, amount })
const lastTold = () => desk.shop.received.at(-1) ?? {}
const refund = (uuid: string, amount: number, resolutionMode = 'AUTO') =>
  ask('Transaction/CancelOrRefund', { uuid, amount, currency: 'EUR', resolutionMode })

test('a person cancels, lowers or validates a payment, and the shop is told under the same uuid, signed', async () => {
  for (const [operation, amount, told] of [
    ['cancel', 0, { vads_trans_status: 'CANCELLED', vads_amount: '7450' }],
    ['reduce', 5000, { vads_trans_status: 'AUTHORISED', vads_amount: '5000' }],
  ] as const) {
    const uuid = await paid()
    await operate(uuid, operation, amount)
    const { signature, ...fields } = lastTold()
    expect(fields).toMatchObject({ ...told, vads_trans_uuid: uuid, vads_url_check_src: 'MERCH_BO' })
    expect(signature).toBe(shopSign(fields))
  }
  const uuid = await paid({ vads_validation_mode: '1' })
  expect(lastTold()['vads_trans_status']).toBe('AUTHORISED_TO_VALIDATE')
  await operate(uuid, 'validate')
  expect(lastTold()).toMatchObject({ vads_trans_uuid: uuid, vads_trans_status: 'AUTHORISED' })
})

test('a refund is a credit of its own, in parts, never above the payment', async () => {
  const uuid = await paid()
  expect(await operate(uuid, 'refund', 1000)).toEqual({ error: 'PSP_075' })
  await operate(uuid, 'capture')
  expect(lastTold()).toMatchObject({ vads_trans_status: 'CAPTURED', vads_url_check_src: 'BATCH' })
  await operate(uuid, 'refund', 1000)
  expect(lastTold()).toMatchObject({ vads_operation_type: 'CREDIT', vads_amount: '1000' })
  expect(lastTold()['vads_trans_uuid']).not.toBe(uuid)
  expect(await refund(uuid, 7000)).toMatchObject({ answer: { errorCode: 'PSP_050' } })
  expect(await refund(uuid, 6450)).toMatchObject({
    status: 'SUCCESS',
    answer: {
      operationType: 'CREDIT',
      amount: 6450,
      detailedStatus: 'AUTHORISED',
      transactionDetails: { parentTransactionUuid: uuid },
    },
  })
  expect(await refund(uuid, 1)).toMatchObject({ answer: { errorCode: 'PSP_104' } })
})

test('before the capture the shop cancels the whole, or lowers it; after, it refunds', async () => {
  const uuid = await paid()
  expect(await refund(uuid, 7450, 'REFUND_ONLY')).toMatchObject({ answer: { errorCode: 'PSP_075' } })
  expect(await refund(uuid, 1000)).toMatchObject({ answer: { errorCode: 'PSP_050' } })
  const lowered = { uuid, cardUpdate: { amount: 6000, currency: 'EUR' } }
  expect(await ask('Transaction/Update', lowered)).toMatchObject({ answer: { amount: 6000 } })
  expect(await refund(uuid, 6000)).toMatchObject({ answer: { detailedStatus: 'CANCELLED' } })
  expect(await refund(uuid, 6000)).toMatchObject({ answer: { errorCode: 'PSP_105' } })
  expect(await ask('Transaction/Get', { uuid })).toMatchObject({
    answer: { uuid, detailedStatus: 'CANCELLED', orderDetails: { mode: 'TEST' } },
  })
  expect(await ask('Transaction/Get', { uuid: 'unknown' })).toMatchObject({
    answer: { errorCode: 'PSP_010' },
  })
  expect(await ask('Transaction/Validate', {})).toMatchObject({ answer: { errorCode: 'INT_009' } })
})

test('a remittance that fails and an authorisation too old are told as changes of the platform', async () => {
  for (const [operation, status] of [
    ['capture-failed', 'CAPTURE_FAILED'],
    ['expire', 'EXPIRED'],
  ] as const) {
    const uuid = await paid()
    await operate(uuid, operation)
    expect(lastTold()).toMatchObject({
      vads_trans_uuid: uuid,
      vads_trans_status: status,
      vads_url_check_src: 'BATCH',
    })
  }
})

test('a soft decline asks for a code, and the shop hears of the second attempt only', async () => {
  const before = desk.shop.received.length
  const page = await desk.open()
  await desk.pay(page, '4970100000000065')
  expect(desk.shop.received.length).toBe(before)
  const code = /\b(\d{6})\b/.exec((await desk.read(page)).replaceAll(/<[^>]+>/g, ' '))?.[1] ?? ''
  await desk.act(page, 'code', { code })
  expect(desk.shop.received.slice(before)).toMatchObject([
    { vads_trans_status: 'AUTHORISED', vads_sequence_number: '2', vads_threeds_auth_type: 'CHALLENGE' },
  ])
})

test('a payment is captured the night after, or as many days later as asked', async () => {
  const [soon, later] = [await paid(), await paid({ vads_capture_delay: '3' })]
  const statusOf = async (uuid: string) => (await ask('Transaction/Get', { uuid })).answer['detailedStatus']
  await desk.door('horloge', { advanceSeconds: 86_400 })
  expect([await statusOf(soon), await statusOf(later)]).toEqual(['CAPTURED', 'AUTHORISED'])
  await desk.door('horloge', { advanceSeconds: 3 * 86_400 })
  expect(await statusOf(later)).toBe('CAPTURED')
})
