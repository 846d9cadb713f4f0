import { afterAll, expect, test } from 'vitest'
import { formFields, openDesk, shopSign } from './support/test-bank.ts'

const desk = await openDesk()
afterAll(() => desk.stop())

type Taken = { readonly transUuids: readonly string[]; readonly back: { readonly href?: string } }
const signedForm = (changes: Record<string, string> = {}) => {
  const fields = formFields(changes)
  return Object.entries({ ...fields, signature: shopSign(fields) })
}
const pay = (form: [string, string][], endings: string[], faults = {}) =>
  desk.door('payer', { form, endings, faults }) as Promise<Taken>
const takings = (orderId: string) =>
  (desk.door('encaissements') as Promise<{ orderId: string; ordered: number; taken: number }[]>).then((all) =>
    all.filter((one) => one.orderId === orderId),
  )

test('a buyer in a hurry pays, the shop is told, and the bank counts what it took', async () => {
  const paid = await pay(signedForm({ vads_order_id: 'HURRY1' }), ['accepted'])
  expect(paid.transUuids).toHaveLength(1)
  expect(new URL(paid.back.href ?? '').searchParams.get('vads_trans_status')).toBe('AUTHORISED')
  await expect.poll(() => desk.shop.received.map((one) => one['vads_order_id'])).toEqual(['HURRY1'])
  expect(await takings('HURRY1')).toMatchObject([{ ordered: 7450, taken: 7450 }])
})

test('one form may be refused and then accepted, or accepted twice over', async () => {
  const retried = await pay(signedForm({ vads_order_id: 'HURRY2' }), ['refused', 'accepted'])
  expect(new Set(retried.transUuids).size).toBe(2)
  expect(await takings('HURRY2')).toHaveLength(1)
  await pay(signedForm({ vads_order_id: 'HURRY3' }), ['accepted', 'accepted'])
  expect(await takings('HURRY3')).toHaveLength(2)
})

test('what is signed may be another amount than what was ordered, and it is what was taken', async () => {
  await pay(signedForm({ vads_order_id: 'HURRY4' }), ['accepted'], { amount: 7000 })
  expect(await takings('HURRY4')).toMatchObject([{ ordered: 7450, taken: 7000 }])
})

test('an abandoned payment takes nothing', async () => {
  await pay(signedForm({ vads_order_id: 'HURRY5' }), ['abandoned'])
  expect(await takings('HURRY5')).toEqual([])
})

test('a form whose signature is wrong is refused here as on the pages', async () => {
  const form = signedForm().map(([name, value]): [string, string] => [
    name,
    name === 'vads_amount' ? '1' : value,
  ])
  expect(await desk.door('payer', { form, endings: ['accepted'] })).toMatchObject({
    refusal: { field: 'signature' },
  })
})

test('a shop under a production contract has its own mode on forms, answers and notifications', async () => {
  const production = await openDesk({ mode: 'PRODUCTION' })
  const refused = await production.submit(formFields({ vads_ctx_mode: 'TEST' }))
  expect(refused.status).toBe(400)
  const taken = await production.submit(formFields({ vads_ctx_mode: 'PRODUCTION' }))
  expect(taken.status).toBe(303)
  await production.stop()
})
