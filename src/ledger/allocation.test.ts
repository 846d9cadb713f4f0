import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents, sum } from '../kernel/money.ts'
import { allocate } from './allocation.ts'

const debts = (...amounts: number[]) => amounts.map((due, key) => ({ key, due: cents(due) }))

test.each([
  ['80,00 € over 4,50 € and 70,00 €', 8_000, [450, 7_000], [450, 7_000], 550],
  ['50,00 € over 4,50 € and 70,00 €', 5_000, [450, 7_000], [450, 4_550], 0],
  ['nothing over a debt', 0, [450], [], 0],
  ['an amount over no debt', 500, [], [], 500],
  ['an amount over debts settled since', 500, [0, 0], [], 500],
] as const)('%s', (_, amount, due, shares, rest) => {
  const spread = allocate(cents(amount), debts(...due))
  expect([spread.shares.map((share) => share.cents), spread.rest]).toEqual([shares, rest])
})

test('the shares and the rest are the amount, and no debt gets more than its due', () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000 })
  fc.assert(
    fc.property(amounts, fc.array(amounts, { maxLength: 8 }), (amount, due) => {
      const { shares, rest } = allocate(cents(amount), debts(...due))
      expect(sum([...shares.map((share) => share.cents), rest])).toBe(amount)
      for (const { key, cents: part } of shares) {
        expect(part).toBeGreaterThan(0)
        expect(part).toBeLessThanOrEqual(due[key] ?? 0)
      }
      // An earlier debt is settled before a later one gets anything.
      for (const { key } of shares.slice(0, -1))
        expect(shares.find((share) => share.key === key)?.cents).toBe(due[key])
    }),
    { numRuns: 500 },
  )
})
