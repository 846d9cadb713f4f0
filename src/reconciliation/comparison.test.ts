import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BillingUnitId } from '../kernel/ids.ts'
import { cents, sum } from '../kernel/money.ts'
import {
  type BankOperation,
  compare,
  type Comparison,
  type DifferenceKind,
  isClear,
  keyOf,
  type PortalOperation,
} from './comparison.ts'

const AT = new Date('2012-04-12T16:44:30Z')
const bank = (key: string, amount: number, reference = key): BankOperation => ({
  key,
  reference,
  at: AT,
  amount: cents(amount),
  card: '',
  authorisation: '',
})
const portal = (
  key: string,
  amount: number,
  standing: PortalOperation['standing'] = 'settled',
): PortalOperation => ({
  key,
  reference: key,
  at: AT,
  amount: cents(amount),
  standing,
  captureId: null,
  unitId: '' as BillingUnitId,
  familyId: null,
  familyName: null,
  invoices: [],
})
const found = ({ differences }: Comparison) => differences.map(({ kind, cents: share }) => [kind, share])

test('two sides that agree have no difference, and may be closed', () => {
  const day = compare([bank('A', 3_100), bank('B', 4_500)], [portal('B', 4_500), portal('A', 3_100)])
  expect(day).toMatchObject({ gap: 0, matched: { count: 2, cents: 7_600 }, unexplained: 0, differences: [] })
  expect(isClear(day)).toBe(true)
})

test.each<[string, DifferenceKind, BankOperation[], PortalOperation[], number]>([
  ['money that the portal does not know', 'absent-from-portal', [bank('A', 7_450)], [], 7_450],
  ['money set aside', 'absent-from-portal', [bank('A', 7_450)], [portal('A', 0, 'suspense')], 7_450],
  ['a payment that the bank does not know', 'absent-from-bank', [], [portal('A', 4_500)], -4_500],
  ['another amount', 'different', [bank('A', 3_400)], [portal('A', 3_100, 'suspense')], 300],
  ['a second payment of an order', 'duplicate', [bank('A', 3_100)], [portal('A', 0, 'second')], 3_100],
  ['a payment that the bank took back', 'taken-back', [bank('A', 0)], [portal('A', 3_100)], -3_100],
  [
    'a payment lowered by the bank',
    'taken-back',
    [bank('A', 2_000)],
    [portal('A', 3_100, 'taken-back')],
    -1_100,
  ],
  ['money given back unasked', 'taken-back', [bank('A', -3_100)], [portal('A', 0, 'found')], -3_100],
  ['money given back and unknown', 'taken-back', [bank('A', -3_100)], [], -3_100],
])('%s is « %s »', (_, kind, banks, portals, share) => {
  const day = compare(banks, portals)
  expect([found(day), day.gap, isClear(day)]).toEqual([[[kind, share]], share, false])
})

test('an order that the bank took twice is a duplicate, once', () => {
  const day = compare([bank('A', 3_100, 'ORDER'), bank('B', 3_100, 'ORDER')], [portal('A', 3_100)])
  expect(found(day)).toEqual([['duplicate', 3_100]])
})

test('a transaction that stands twice in the statement is paired once', () => {
  const day = compare([bank('A', 3_100), bank('A', 3_100)], [portal('A', 3_100)])
  expect([found(day), day.matched.count]).toEqual([[['duplicate', 3_100]], 1])
})

test('differences that cancel each other out are still differences', () => {
  const day = compare([bank('A', 3_100)], [portal('B', 3_100)])
  expect([day.gap, isClear(day)]).toEqual([0, false])
  expect(found(day)).toEqual([
    ['absent-from-portal', 3_100],
    ['absent-from-bank', -3_100],
  ])
})

test('operations without money are neither paired nor missed', () => {
  expect(compare([bank('A', 0)], [portal('B', 0, 'suspense')])).toMatchObject({
    differences: [],
    bankCount: 0,
    portalCount: 0,
    matched: { count: 0 },
  })
})

/** What was sown in a day of two thousand operations, in an order of chance. */
const SOWN = ['absent-from-portal', 'taken-back', 'duplicate', 'different', 'absent-from-bank'] as const

test('500 of 500 seeded differences are found, and none false', () => {
  const sown: [string, DifferenceKind][] = []
  const banks: BankOperation[] = []
  const portals: PortalOperation[] = []
  for (let index = 0; index < 2_000; index += 1) {
    const key = `T${index}`
    const amount = 500 + ((index * 7_919) % 20_000)
    const kind = index < 500 ? SOWN[index % SOWN.length] : undefined
    if (kind !== 'absent-from-bank') banks.push(bank(key, kind === 'taken-back' ? 0 : amount))
    if (kind !== 'absent-from-portal')
      portals.push(portal(key, kind === 'different' ? amount - 1 - (index % 300) : amount))
    if (kind === 'duplicate') banks.push(bank(`${key} again`, amount, key))
    if (kind) sown.push([kind === 'duplicate' ? `${key} again` : key, kind])
  }
  fc.assert(
    fc.property(
      fc.shuffledSubarray(banks, { minLength: banks.length }),
      fc.shuffledSubarray(portals, { minLength: portals.length }),
      (left, right) => {
        const day = compare(left, right)
        const harvest = day.differences.map((one): [string, DifferenceKind] => [keyOf(one), one.kind])
        expect(new Set(harvest.map(String))).toEqual(new Set(sown.map(String)))
        expect([harvest.length, day.matched.count, day.unexplained]).toEqual([500, 1_600, 0])
      },
    ),
    { numRuns: 10 },
  )
})

test('whatever the two sides say, the differences add up to the gap and nothing is lost', () => {
  const keys = fc.constantFrom('A', 'B', 'C', 'D', 'E')
  const amounts = fc.integer({ min: -5_000, max: 5_000 })
  const standings = fc.constantFrom<PortalOperation['standing']>(
    'settled',
    'suspense',
    'second',
    'taken-back',
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(keys, amounts).map(([key, amount]) => bank(key, amount))),
      fc.array(
        fc.tuple(keys, amounts, standings).map(([key, amount, standing]) => portal(key, amount, standing)),
      ),
      (left, right) => {
        const day = compare(left, right)
        expect(sum(day.differences.map((one) => one.cents))).toBe(day.gap)
        expect([day.unexplained, day.bank - day.portal]).toEqual([0, day.gap])
      },
    ),
  )
})
