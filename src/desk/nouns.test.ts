import { expect, test } from 'vitest'
import { day } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { cents, ZERO } from '../kernel/money.ts'
import { findCulprits, type Ticked } from './control-total.ts'
import { type CaredLine, eligibleOf, isUnderSix } from './eligible.ts'
import { countedOf, differenceOf, heldBy, movesBetween } from './till.ts'

test.each([
  ['2012-03-16', '2006-03-17', true],
  ['2012-03-16', '2006-03-16', false],
  ['2012-02-29', '2006-03-01', true],
  ['2014-02-28', '2008-02-29', true],
  ['2014-03-01', '2008-02-29', false],
])('on %s a child born on %s is under six: %s', (on, bornOn, expected) => {
  expect(isUnderSix(day(bornOn), day(on))).toBe(expected)
})

const TH1 = 'TH1' as InvoiceId
const line = (amount: number, bornOn: string | null): CaredLine => ({
  invoiceId: TH1,
  amount: cents(amount),
  on: day('2012-03-16'),
  bornOn: bornOn === null ? null : day(bornOn),
})

test.each([
  ['the lines of the young', [line(3_000, '2008-01-01'), line(1_000, '2003-01-01')], 4_000, 3_000, 0],
  ['no more than what is due', [line(3_000, '2008-01-01'), line(1_000, '2003-01-01')], 2_500, 2_500, 0],
  ['nothing of whom it does not know', [line(3_000, null)], 3_000, 0, 1],
  [
    'nothing when corrections outweigh care',
    [line(1_000, '2008-01-01'), line(-1_500, '2008-01-01')],
    900,
    0,
    0,
  ],
])('CESU pays %s', (_, lines, due, amount, unknown) => {
  expect(eligibleOf([{ id: TH1, due: cents(due) }], lines)).toEqual({ amount, unknown })
})

const cheques = (...amounts: readonly (number | string)[]): readonly Ticked[] =>
  amounts.map((one) => ({
    id: String(one),
    amount: cents(Number(one)),
    isTicked: typeof one === 'number',
  }))

test.each([
  ['the totals agree', cheques(3_100, 1_200), 4_300, []],
  ['a cheque is not ticked', cheques(3_100, '1200'), 4_300, [{ kind: 'unticked', id: '1200' }]],
  ['the tape forgot one', cheques(3_100, 1_200), 3_100, [{ kind: 'missing', id: '1200' }]],
  ['the tape has one twice', cheques(3_100, 1_200), 5_500, [{ kind: 'twice', id: '1200' }]],
  ['digits were exchanged', cheques(3_100, 4_530), 8_530, [{ kind: 'swapped', id: '4530', typed: 5_430 }]],
  ['nothing explains it', cheques(3_100, 1_200), 4_301, []],
])('%s', (_, payments, control, culprits) => {
  const total = payments.reduce((sum, one) => sum + (one.isTicked ? one.amount : 0), 0)
  expect(findCulprits(payments, cents(total), cents(control))).toEqual(culprits)
})

const moves = (received: number, takenBack: number, deposited: number) => ({
  received: cents(received),
  takenBack: cents(takenBack),
  deposited: cents(deposited),
})

test('the till holds what was received and not taken back nor deposited, and the coins for change', () => {
  const now = moves(20_000, 1_000, 15_000)
  expect(heldBy(now)).toBe(4_000)
  expect(movesBetween(moves(12_000, 1_000, 0), now)).toEqual(moves(8_000, 0, 15_000))
  const counted = countedOf({ 2_000: 2, 1_000: 1, 50: 1 })
  expect(counted).toBe(5_050)
  expect(differenceOf(counted, now, cents(1_000))).toBe(50)
  expect(differenceOf(ZERO, now, ZERO)).toBe(-4_000)
})
