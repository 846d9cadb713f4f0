import { expect, test } from 'vitest'
import { later } from '../../kernel/dates.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Transport } from '../gateway.ts'
import { createLines } from './spare-bank.ts'

const NOW = new Date('2012-04-12T16:44:00Z')
const QUESTION = { method: 'GET', url: 'https://bank.example/', headers: {}, body: '' } as const
const answer = (status: number) => ok({ status, headers: {}, text: '' })

/** A bank that gives each answer in turn, then the last one for ever. */
function bank(...answers: Awaited<ReturnType<Transport>>[]) {
  let asked = 0
  const transport: Transport = () => {
    const next = answers[Math.min(asked, answers.length - 1)] ?? answer(200)
    asked += 1
    return Promise.resolve(next)
  }
  return { ...createLines(transport), asked: () => asked }
}

test('a bank that failed three times is left alone for a minute, and then tried by one caller', async () => {
  const { lineTo, restsUntil, asked } = bank(fail('timed-out'), answer(500), fail('unreachable'), answer(200))
  for (let time = 0; time < 3; time += 1) await lineTo('c', NOW)(QUESTION)
  expect(await lineTo('c', later(NOW, 59_999))(QUESTION)).toEqual(fail('resting'))
  expect([restsUntil('c', later(NOW, 59_999)), restsUntil('d', NOW)]).toEqual([later(NOW, 60_000), undefined])
  expect(asked()).toBe(3)
  const later60 = later(NOW, 60_000)
  const tried = await Promise.all([lineTo('c', later60)(QUESTION), lineTo('c', later60)(QUESTION)])
  expect(tried).toEqual([answer(200), fail('resting')])
  expect(await lineTo('c', later60)(QUESTION)).toEqual(answer(200))
})

test('one success forgets the failures before it; a refusal is an answer like another', async () => {
  const { lineTo, asked } = bank(fail('cut-short'), fail('cut-short'), answer(401), fail('cut-short'))
  for (let time = 0; time < 6; time += 1) await lineTo('c', NOW)(QUESTION)
  expect(asked()).toBe(6)
  expect(await lineTo('c', NOW)(QUESTION)).toEqual(fail('resting'))
})

test('a bank that rests keeps no other contract from its own', async () => {
  const { lineTo } = bank(fail('unreachable'))
  for (let time = 0; time < 4; time += 1) await lineTo('c', NOW)(QUESTION)
  expect(await lineTo('c', NOW)(QUESTION)).toEqual(fail('resting'))
  expect(await lineTo('d', NOW)(QUESTION)).toEqual(fail('unreachable'))
})

test('a refusal in SOAP comes with the status 500, and is no failure of the bank', async () => {
  const xml = (status: number) =>
    ok({ status, headers: { 'content-type': 'text/xml; charset=utf-8' }, text: '' })
  const { lineTo, asked } = bank(xml(500))
  for (let time = 0; time < 5; time += 1) await lineTo('c', NOW)(QUESTION)
  expect(asked()).toBe(5)
  const broken = bank(xml(503))
  for (let time = 0; time < 5; time += 1) await broken.lineTo('c', NOW)(QUESTION)
  expect(broken.asked()).toBe(3)
})
