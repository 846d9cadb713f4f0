import { expect, test } from 'vitest'
import { csvCell } from '../kernel/csv.ts'
import { day } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, EstablishmentId, InvoiceId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { explainBalance, linesBetween, runningBalances } from './balance.ts'
import { type Choices, presetBounds, readFilters, writeFilters } from './filters.ts'
import type { Operation } from './operation.ts'
import { pageOf } from './paging.ts'

const operation = (on: string, amount: number): Operation => ({
  id: `${on} ${amount}` as EntryId,
  kind: amount < 0 ? 'invoice' : 'top-up',
  billingUnitId: 'unit' as BillingUnitId,
  on: day(on),
  amount: cents(amount),
  invoice:
    amount < 0
      ? {
          id: on as InvoiceId,
          number: 'CCV500268',
          establishmentId: 'establishment' as EstablishmentId,
          establishment: 'CCVS',
          activity: 'Mercredis',
          total: cents(-amount),
          due: cents(0),
          pending: false,
        }
      : undefined,
  receipt: undefined,
  method: '',
})
const newestFirst = [
  operation('2012-04-02', -1_800),
  operation('2012-03-14', -5_400),
  operation('2012-03-05', 5_000),
  operation('2011-12-01', -2_000),
]
const nothing: Choices = { establishments: [], children: [] }
const today = day('2012-04-12')

test('a running balance ends at the balance and begins before the first movement', () => {
  const lines = runningBalances(newestFirst)
  expect(lines.map((line) => line.balance)).toEqual([-4_200, -2_400, 3_000, -2_000])
  const year = linesBetween(lines, day('2012-01-01'), day('2012-12-31'))
  expect(year.opening).toBe(-2_000)
  expect(year.lines.map((line) => line.balance)).toEqual([3_000, -2_400, -4_200])
  expect(linesBetween(lines, day('2011-01-01'), day('2011-12-31')).opening).toBe(0)
})

test('the balance is explained from the last payment on', () => {
  expect(explainBalance(runningBalances(newestFirst))).toEqual({
    since: '2012-03-05',
    start: 3_000,
    invoiced: -7_200,
    received: 0,
    now: -4_200,
  })
  expect(explainBalance([])).toEqual({ since: undefined, start: 0, invoiced: 0, received: 0, now: 0 })
  expect(explainBalance(runningBalances([operation('2012-01-01', -100)])).start).toBe(0)
})

test('a school year begins on 1 September', () => {
  expect(presetBounds('scolaire', today).from).toBe('2011-09-01')
  expect(presetBounds('scolaire', day('2012-09-01')).from).toBe('2012-09-01')
  expect(presetBounds('mois', today).from).toBe('2012-04-01')
  expect(presetBounds('annee', today).from).toBe('2012-01-01')
})

test('filters read from an address give it back', () => {
  const query = { du: '01/03/2012', au: '31/03/2012', type: 'factures', etat: 'soldee', tri: 'ancien' }
  const { filters, problems } = readFilters(query, nothing, today)
  expect(problems).toEqual([])
  expect([filters.period, filters.from, filters.to]).toEqual(['dates', '2012-03-01', '2012-03-31'])
  expect(writeFilters(filters, nothing, { page: 2 })).toBe(
    '?du=01%2F03%2F2012&au=31%2F03%2F2012&type=factures&etat=soldee&tri=ancien&page=2',
  )
  expect(writeFilters(readFilters({}, nothing, today).filters, nothing)).toBe('')
  expect(readFilters({ type: 'x', enfant: 'y' }, nothing, today).filters.type).toBeUndefined()
})

test('an end before its beginning is a problem of the end', () => {
  const { problems } = readFilters({ du: '02/03/2012', au: '01/03/2012' }, nothing, today)
  expect(problems.map((problem) => problem.field)).toEqual(['au'])
})

test('a page that does not exist gives the nearest one', () => {
  const all = Array.from({ length: 41 }, (_, index) => index)
  expect(pageOf(all, '3')).toEqual({ items: [40], page: 3, pages: 3 })
  expect(pageOf(all, '99').page).toBe(3)
  expect(pageOf(all, '0').page).toBe(1)
  expect(pageOf(all, 'deux').page).toBe(1)
  expect(pageOf([], undefined)).toEqual({ items: [], page: 1, pages: 1 })
})

test('no cell is run as a formula', () => {
  expect(['=1+1', '+33', '-5', '@x'].map(csvCell)).toEqual(["'=1+1", "'+33", "'-5", "'@x"])
  expect(csvCell('Accueil ; « midi »')).toBe('"Accueil ; « midi »"')
  expect(csvCell('dit "bonjour"')).toBe('"dit ""bonjour"""')
  expect(csvCell('1234,50')).toBe('1234,50')
})
