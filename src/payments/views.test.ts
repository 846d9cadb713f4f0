import { expect, test } from 'vitest'
import { day } from '../kernel/dates.ts'
import type { BillingUnitId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import type { InvoiceSummary } from '../billing/store.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { readReceiptEmail } from './confirmation-view.ts'
import { asClause } from './pages/parts.tsx'
import { outcomeTexts } from './pages/texts.ts'
import { shortEmail } from './payment-view.ts'
import { selectionBlocks } from './selection-view.ts'
import { enumerate } from './texts.ts'
import { readTopUp, topUpView } from './top-up-view.ts'

const unit: BillingUnit = {
  organisationId: 'o' as OrganisationId,
  id: 'u' as BillingUnitId,
  code: 'THONON',
  name: 'ACCUEIL DE LOISIRS THONON',
  mode: 'per_invoice',
  series: 'TH',
  alertThreshold: cents(3_000),
  visibilityDelayHours: 24,
  minPayment: cents(1_000),
  maxPayment: cents(50_000),
  refundThreshold: cents(0),
  dueDays: null,
  onlineDays: null,
  deskDays: null,
  contact: '',
  otherMeans: '',
  transfer: undefined,
  contractId: 'c' as NonNullable<BillingUnit['contractId']>,
  bankName: 'Banque de démonstration',
  contractMode: 'TEST',
  gateway: 'systempay',
}

const invoice = (number: string, due: number, issuedOn = '2012-03-16'): InvoiceSummary => ({
  id: number as InvoiceId,
  billingUnitId: unit.id,
  number,
  issuedOn: day(issuedOn),
  dueOn: null,
  establishment: 'ACCUEIL DE LOISIRS THONON',
  referent: '',
  activity: '',
  total: cents(3_100),
  due: cents(due),
})

const read = (unsettled: readonly InvoiceSummary[]) => ({
  units: [unit],
  unsettled,
  running: [],
  credits: new Map(),
})

test('without a choice everything is ticked; with one, what was ticked and still is due', () => {
  const unsettled = [invoice('TH001987', 450), invoice('TH002012', 3_100)]
  const [all] = selectionBlocks(read(unsettled), { role: 'payer' }, 'demo', undefined, undefined)
  expect([all?.ticked, all?.amount, all?.rows[0]?.settled]).toEqual([2, 3_550, 2_650])
  const ticks = { unitCode: 'THONON', numbers: new Set(['TH001987', 'TH999999']) }
  const [some] = selectionBlocks(read(unsettled), { role: 'payer' }, 'demo', ticks, undefined)
  expect([some?.ticked, some?.amount]).toEqual([1, 450])
})

test('many invoices are grouped by month, in order', () => {
  const months = ['2012-01-31', '2012-02-01', '2012-03-16']
  const unsettled = Array.from({ length: 60 }, (_, index) =>
    invoice(`TH${String(index).padStart(6, '0')}`, 100, months[Math.floor(index / 20)]),
  )
  const [block] = selectionBlocks(read(unsettled), { role: 'payer' }, 'demo', undefined, undefined)
  expect(block?.groups.map((group) => [group.heading, group.rows.length])).toEqual([
    ['janvier 2012', 20],
    ['février 2012', 20],
    ['mars 2012', 20],
  ])
})

test('the amount of a top-up is one offered, or one typed within the limits, both ends included', () => {
  const amount = (choice: string, other = '', balance = -4_200) =>
    readTopUp(topUpView(unit, cents(balance), { choice, other }))
  expect([amount('zero'), amount('5000'), amount('10000')]).toEqual([4_200, 5_000, 10_000])
  expect([amount('autre', '10'), amount('autre', '500,00 €'), amount('autre', '42,5')]).toEqual([
    1_000, 50_000, 4_250,
  ])
  for (const other of ['9,99', '500,01', 'abc', '-5', '0', '9 999,999', '1e9', ''])
    expect(amount('autre', other)).toBeUndefined()
  expect([amount('zero', '', 0), amount('zero', '', -999), amount('1'), amount('')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('an address for the receipt is one address, or none', () => {
  expect(readReceiptEmail('  ')).toBeNull()
  expect(readReceiptEmail(' a.b+c@exemple.fr ')).toBe('a.b+c@exemple.fr')
  for (const text of [
    'a',
    'a@b',
    'a@@b.fr',
    'a@b.fr,c@d.fr',
    'a b@c.fr',
    'a@b.fr\r\nX: y',
    '<a@b.fr>',
    '@b.fr',
  ])
    expect([text, readReceiptEmail(text)]).toEqual([text, undefined])
})

test('words', () => {
  expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(enumerate)).toEqual(['', 'A', 'A et B', 'A, B et C'])
  expect(['Par chèque.', 'CB ou chèque', 'Échelonné'].map(asClause)).toEqual([
    'par chèque',
    'CB ou chèque',
    'échelonné',
  ])
  expect(shortEmail('claire.martin@famille.example')).toBe('claire.martin@…')
  expect(['51', '41', 'toString', null].map(outcomeTexts.refused.reasonOf)).toEqual([
    'provision insuffisante',
    undefined,
    undefined,
    undefined,
  ])
})
