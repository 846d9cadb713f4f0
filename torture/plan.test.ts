import { expect, test } from 'vitest'
import { ATTACKS, drawPlan, STORIES } from './plan.ts'

const payments = (seed: number, count: number) =>
  drawPlan(seed, count).families.flatMap((one) => one.payments)

test('the same seed gives the same plan, another seed another', () => {
  expect(JSON.stringify(drawPlan(7, 500))).toBe(JSON.stringify(drawPlan(7, 500)))
  expect(JSON.stringify(drawPlan(8, 500))).not.toBe(JSON.stringify(drawPlan(7, 500)))
})

test('a plan has as many payments as were asked, each once', () => {
  const ids = payments(7, 500).map((one) => one.id)
  expect(new Set(ids).size).toBe(500)
  expect(ids).toHaveLength(500)
})

test('every story is told several times, even in a small run', () => {
  const told = payments(3, 100).map((one) => one.story)
  for (const story of Object.keys(STORIES))
    expect([story, told.filter((one) => one === story).length >= 3]).toEqual([story, true])
})

test('even a small run has money that only the bank knows of, and every attack', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const plain = payments(seed, 100).filter((one) => one.story === 'paid')
    const silent = plain.filter((one) => !one.returns && one.deliveries[0]?.isLost)
    expect(silent.length).toBeGreaterThanOrEqual(4)
    const attacks = plain.flatMap((one) => one.attacks.map(({ attack }) => attack))
    for (const attack of ATTACKS)
      expect([attack, attacks.filter((one) => one === attack).length >= 3]).toEqual([attack, true])
  }
})

test('of two thousand payments one notification in twenty is lost, and some come six times', () => {
  const deliveries = payments(7, 2_000).flatMap((one) => one.deliveries)
  const lost = deliveries.filter((one) => one.isLost).length / deliveries.length
  expect(lost).toBeGreaterThan(0.03)
  expect(lost).toBeLessThan(0.07)
  expect(Math.max(...deliveries.map((one) => one.copies.length))).toBe(6)
})

test('two acceptances of one order are never lost: the bank is not asked about an order that was captured', () => {
  const twice = payments(7, 2_000).filter((one) => one.story === 'taken-twice')
  expect(twice.flatMap((one) => one.deliveries).filter((one) => one.isLost)).toEqual([])
})

test('a story that leaves credit behind has a family of its own, and no invoice is paid by two payments', () => {
  for (const family of drawPlan(7, 500).families) {
    if (family.payments.some((one) => one.story !== 'paid')) expect(family.payments).toHaveLength(1)
    const ranks = family.payments.flatMap((one) => one.invoices)
    expect(ranks).toEqual(family.invoices.map((_, rank) => rank))
  }
})

test('the portal is killed, its connections cut and the database crashed, in the order of the payments', () => {
  const { blows } = drawPlan(7, 2_000)
  const of = (kind: string) => blows.filter((one) => one.kind === kind).length
  expect([of('kill-portal'), of('cut-connections'), of('crash-database')]).toEqual([20, 80, 3])
  expect(blows.map((one) => one.after)).toEqual(blows.map((one) => one.after).toSorted((a, b) => a - b))
})
