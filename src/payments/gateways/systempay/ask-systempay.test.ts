// Money given back through a real bank in process: never twice, whatever the network does.
import { expect, test } from 'vitest'
import { openAskedTill } from '../../../../test/support/asked-bank.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { cents } from '../../../kernel/money.ts'
import type { RefundOrder, Transport } from '../../gateway.ts'
import { testContracts } from '../../test-contract.ts'
import { askBank } from '../ask-bank.ts'
import { systempay } from './systempay.ts'

const db = await testDatabase()
const PATIENCE_MS = 1_500
const transport = askBank(PATIENCE_MS)

type Told = { readonly transUuid: string; readonly orderId: string; readonly status: string }

/** A payment of 31,00 € at the bank, captured or not yet. */
async function paid(values: { isCaptured: boolean }) {
  const till = await openAskedTill(db)
  const reference = await till.start([await till.issue(3_100)])
  await till.pay(await till.goToBank(await till.send(reference, 3_100)))
  const transactions = (await (await fetch(`${till.bankUrl}/porte-de-test/transactions`)).json()) as Told[]
  const uuid = transactions.find((one) => one.orderId === reference)?.transUuid ?? ''
  if (values.isCaptured) await till.door('operation', { transUuid: uuid, operation: 'capture' })
  const { cancelOrRefund, enquire } = systempay.open(till.contract)
  if (!cancelOrRefund || !enquire) throw new Error('no interface')
  const order = (amount: number, changes: Partial<RefundOrder> = {}): RefundOrder => ({
    key: 'refund 1',
    reference,
    bankTransaction: uuid,
    amount: cents(amount),
    captured: cents(3_100),
    knownCredits: [],
    isFirst: true,
    ...changes,
  })
  return {
    till,
    uuid,
    give: (amount: number, changes: Partial<RefundOrder> = {}, by: Transport = transport) =>
      cancelOrRefund(order(amount, changes), by),
    credits: async () => {
      const answer = await enquire({ reference, sendings: [], askedAt: new Date() }, transport)
      return answer.ok
        ? answer.value.facts.filter((fact) => fact.operation === 'credit').map((fact) => fact.amount)
        : answer.failure
    },
  }
}

test('captured money is refunded in parts, each a credit that names its payment', async () => {
  const { give, credits, uuid } = await paid({ isCaptured: true })
  expect(await give(1_000)).toMatchObject({
    ok: true,
    value: {
      facts: [
        { operation: 'credit', amount: 1_000, verdict: 'accepted', parentTransaction: uuid, mode: 'TEST' },
      ],
    },
  })
  expect(await give(2_101)).toEqual({ ok: false, failure: { kind: 'refused', code: 'PSP_050' } })
  expect(await give(2_100)).toMatchObject({ ok: true })
  expect(await give(1)).toEqual({ ok: false, failure: { kind: 'refused', code: 'PSP_104' } })
  expect(await credits()).toEqual([1_000, 2_100])
})

test('before the capture the whole is cancelled, and a part lowers the payment', async () => {
  const whole = await paid({ isCaptured: false })
  expect(await whole.give(3_100)).toMatchObject({
    ok: true,
    value: { facts: [{ operation: 'debit', verdict: 'abandoned', bankTransaction: whole.uuid }] },
  })
  expect(await whole.give(3_100, { isFirst: false })).toMatchObject({
    value: { facts: [{ verdict: 'abandoned' }] },
  })
  const part = await paid({ isCaptured: false })
  const lowered = { value: { facts: [{ operation: 'debit', verdict: 'accepted', amount: 2_100 }] } }
  expect(await part.give(1_000)).toMatchObject(lowered)
  expect(await part.give(1_000, { isFirst: false })).toMatchObject(lowered)
  expect(await part.credits()).toEqual([])
})

test('a refund that was done and never heard of is found, not done again', async () => {
  const { give, credits, till } = await paid({ isCaptured: true })
  // The bank does the work, and its answer is lost.
  const losing: Transport = async (question) => {
    const got = await transport(question)
    return question.url.endsWith('CancelOrRefund') ? { ok: false, failure: 'timed-out' } : got
  }
  expect(await give(1_000, {}, losing)).toEqual({ ok: false, failure: { kind: 'unsure', code: 'timed-out' } })
  expect(await give(1_000, { isFirst: false })).toMatchObject({ value: { facts: [{ amount: 1_000 }] } })
  expect(await credits()).toEqual([1_000])
  await till.door('panne', { rest: 'mute' })
  expect(await give(500)).toEqual({ ok: false, failure: { kind: 'unsure', code: 'timed-out' } })
})

test.each([
  ['PSP_083', 'refused'],
  ['PSP_511', 'refused'],
  ['PSP_076', 'unsure'],
  ['PSP_099', 'unsure'],
  ['PSP_999', 'unsure'],
  ['ACQ_999', 'unsure'],
])('the answer %s to a refund leaves it %s', async (errorCode, kind) => {
  const { give } = await paid({ isCaptured: true })
  const answering: Transport = async (question) => {
    const got = await transport(question)
    const text = JSON.stringify({ status: 'ERROR', answer: { errorCode } })
    return got.ok && question.url.endsWith('CancelOrRefund')
      ? { ok: true, value: { ...got.value, text } }
      : got
  }
  expect(await give(1_000, {}, answering)).toEqual({ ok: false, failure: { kind, code: errorCode } })
})

test('a second refund of the same amount is another one, and is sent', async () => {
  const { give, credits } = await paid({ isCaptured: true })
  const first = await give(1_000)
  const known = first.ok ? first.value.facts.map((fact) => fact.bankTransaction) : []
  expect(await give(1_000, { key: 'refund 2', isFirst: false, knownCredits: known })).toMatchObject({
    ok: true,
  })
  expect(await credits()).toEqual([1_000, 1_000])
})

test('a payment of another order is not touched', async () => {
  const { give } = await paid({ isCaptured: true })
  expect(await give(1_000, { bankTransaction: 'another' })).toEqual({
    ok: false,
    failure: { kind: 'refused', code: 'PSP_010' },
  })
})

test('a bank that is down leaves a refund unsure, and the connection untested', async () => {
  const { give, till } = await paid({ isCaptured: true })
  const tested = async () =>
    (await testContracts(till.services, till.organisationId, transport)).map((one) => one.outcome)
  expect(await tested()).toEqual(['answered'])
  await till.door('panne', { rest: 'html' })
  expect(await tested()).toEqual(['unreadable'])
  await till.door('panne', { rest: 'down' })
  expect(await tested()).toEqual(['unreachable'])
  expect(await give(1_000)).toEqual({ ok: false, failure: { kind: 'unsure', code: 'unreachable' } })
  const wrong = await openAskedTill(db, { password: 'testpassword_of_another' })
  const [refused] = await testContracts(wrong.services, wrong.organisationId, transport)
  expect(refused?.outcome).toBe('refused')
})
