// What the bank really credited, against what was booked: nothing is taken back, nothing counts twice.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { day } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { rows, sql } from '../platform/db.ts'
import { applyFact } from './apply-fact.ts'
import type { BankFact } from './gateway.ts'
import { importJournalFolder } from './import-journal-folder.ts'
import { importRemittances } from './import-remittances.ts'
import { listRemittances, listUncredited } from './remittance-store.ts'

const db = await testDatabase()

const HEAD =
  'ENTETE;PAYMENT_DATE;TRANSACTION_ID;ORIGIN_AMOUNT;CURRENCY_CODE;CARD_TYPE;ORDER_ID;OPERATION_TYPE;OPERATION_NUMBER'
type Line = {
  order: string
  uuid?: string
  amount?: number
  id?: string
  type?: string
  currency?: string
  rank?: number
  remittance?: string
  tag?: string
}
const matching = (line: Line) => {
  const { order, uuid = '', amount = 3_100, id = '000000', type = 'DT', currency = '978' } = line
  const { rank = 1, remittance = '120413', tag = 'DETAILS' } = line
  return `${tag};20120412164430;${id};${amount};${currency};CB;${order};${type};${rank};${uuid};${remittance};20120413`
}
const report = (till: Till, lines: readonly string[], head = HEAD, mode = 'TEST') =>
  [
    `TITRE;RAPPROCHEMENT BANCAIRE;${till.contract.shopNumber};${mode};2012-04-12`,
    `${head};TRANSACTION_UUID;REMITTANCE_NUMBER;REMITTANCE_DATE`,
    ...lines,
    '',
  ].join('\r\n')
const read = (till: Till, text: string | Uint8Array, name = 'remises.csv') =>
  importRemittances(till.services, till.shops, name, typeof text === 'string' ? Buffer.from(text) : text)
const NONE = { matched: 0, booked: 0, set_aside: 0, differs: 0, unknown: 0, known: 0 }
const counts = (changes: Partial<typeof NONE>) => ({ ok: true, value: { counts: { ...NONE, ...changes } } })

async function sent(till: Till) {
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const form = await till.send(reference, 3_100)
  return { invoice, reference, form, id: form.get('vads_trans_id') ?? '' }
}
const apply = (till: Till, fact: BankFact) =>
  db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))
/** A payment that the portal booked. */
async function paid(till: Till, changes: Partial<BankFact> = {}) {
  const attempt = await sent(till)
  const fact = factOf(attempt.form, changes)
  await apply(till, fact)
  return { ...attempt, uuid: fact.bankTransaction }
}
let uuids = 0
const newUuid = () => String((uuids += 1)).padStart(32, '0')
const kept = (till: Till) =>
  rows<{ outcome: string; linked: boolean }>(
    db,
    sql`select outcome, capture_id is not null as linked from remittance_line
      where organisation_id = ${till.organisationId} order by number, outcome`,
  )

let till: Till
beforeAll(async () => {
  till = await openTill(db)
})

test('what was booked is matched, once, whatever the file, its columns and their tag', async () => {
  const own = await openTill(db)
  const { reference, id, uuid } = await paid(own)
  const line = { order: reference, id, uuid }
  expect(await read(own, report(own, [matching(line)]))).toMatchObject(counts({ matched: 1 }))
  const money = [await own.internal('clearing'), await own.credit()]
  expect(await read(own, report(own, [matching(line)]))).toMatchObject(counts({ known: 1 }))
  const again = report(own, [matching({ ...line, rank: 7, tag: 'MATCHING' })])
  expect(await read(own, again, 'autre.csv')).toMatchObject(counts({ known: 1 }))
  expect([await own.internal('clearing'), await own.credit()]).toEqual(money)
  expect([await kept(own), await own.tasks()]).toEqual([[{ outcome: 'matched', linked: true }], []])
})

test('the documented columns alone are enough: the order and the number name the payment', async () => {
  const own = await openTill(db)
  const { reference, id } = await paid(own)
  const documented = matching({ order: reference, id }).split(';').slice(0, 9).join(';')
  const unknown = documented.replace(id, '899999')
  const text = report(own, [documented, unknown]).replace(
    ';TRANSACTION_UUID;REMITTANCE_NUMBER;REMITTANCE_DATE',
    '',
  )
  expect(await read(own, text)).toMatchObject(counts({ matched: 1, unknown: 1 }))
  expect([await own.tasks(), await own.internal('suspense')]).toEqual([['remittance-difference'], 0])
})

test('a payment booked under its number is recognised by the bank’s own name', async () => {
  const own = await openTill(db)
  const { reference, id } = await paid(own, { bankTransaction: '20120412164400-000042-1' })
  const lines = [matching({ order: reference, id, uuid: newUuid() })]
  expect(await read(own, report(own, lines))).toMatchObject(counts({ matched: 1 }))
})

test('money credited that nobody told of is booked; an unknown order goes to suspense', async () => {
  const own = await openTill(db)
  const { invoice, reference, id } = await sent(own)
  const lines = [
    matching({ order: reference, id, uuid: newUuid() }),
    matching({ order: 'AILLEURS', uuid: newUuid(), amount: 500 }),
  ]
  expect(await read(own, report(own, lines))).toMatchObject(counts({ booked: 1, set_aside: 1 }))
  expect([await own.due(invoice), await own.internal('suspense')]).toEqual([0, -500])
  expect(await own.tasks()).toEqual(['unknown-order'])
  expect((await kept(own)).map(({ linked }) => linked)).toEqual([true, true])
})

test('another amount, or the same payment in two remittances, is a task and moves nothing', async () => {
  const own = await openTill(db)
  const [less, twice] = [await paid(own), await paid(own)]
  const before = await own.internal('clearing')
  const lines = [
    matching({ order: less.reference, id: less.id, uuid: less.uuid, amount: 3_000 }),
    matching({ order: twice.reference, id: twice.id, uuid: twice.uuid }),
    matching({ order: twice.reference, id: twice.id, uuid: twice.uuid, remittance: '120414' }),
  ]
  expect(await read(own, report(own, lines))).toMatchObject(counts({ matched: 1, differs: 2 }))
  expect(await own.tasks()).toEqual(['remittance-difference', 'remittance-difference'])
  expect(await own.internal('clearing')).toBe(before)
})

test('what the bank lowered before it collected is what it credits', async () => {
  const own = await openTill(db)
  const { reference, id, uuid, form } = await paid(own)
  await apply(own, factOf(form, { bankTransaction: uuid, amount: cents(2_000) }))
  const lines = [matching({ order: reference, id, uuid, amount: 2_000 })]
  expect(await read(own, report(own, lines))).toMatchObject(counts({ matched: 1 }))
})

test('money given back is matched with what was booked of it, and booked when it was not', async () => {
  const own = await openTill(db)
  const { reference, id, form } = await paid(own)
  const credit = factOf(form, { operation: 'credit', amount: cents(1_000) })
  await apply(own, credit)
  const lines = [
    matching({ order: reference, id, uuid: credit.bankTransaction, type: 'CT', amount: 1_000 }),
    matching({ order: reference, id, type: 'CT', amount: 1_000, remittance: '120415' }),
    matching({ order: reference, id, uuid: newUuid(), type: 'CT', amount: 100 }),
    matching({ order: reference, id, type: 'CT', amount: 99 }),
    matching({ order: reference, id, uuid: credit.bankTransaction, type: 'CT', amount: 999 }),
  ]
  expect(await read(own, report(own, lines))).toMatchObject(
    counts({ matched: 2, booked: 1, unknown: 1, differs: 1 }),
  )
  expect(await own.tasks()).toEqual([
    'refund-found',
    'refund-found',
    'remittance-difference',
    'remittance-difference',
  ])
})

test('another currency is left to a person', async () => {
  const own = await openTill(db)
  const { reference, id, uuid } = await paid(own)
  const lines = [
    matching({ order: 'AILLEURS', uuid: newUuid(), currency: '756' }),
    matching({ order: reference, id, uuid, currency: '756' }),
  ]
  expect(await read(own, report(own, lines))).toMatchObject(counts({ set_aside: 1, differs: 1 }))
  expect([await own.tasks(), await own.internal('suspense')]).toEqual([
    ['foreign-currency', 'remittance-difference'],
    0,
  ])
})

test('a file with one unreadable line changes nothing, and a journal is not this report', async () => {
  const own = await openTill(db)
  const good = matching({ order: 'AILLEURS', uuid: newUuid() })
  const bad = [
    'TOTAL;1',
    good.replace('3100', '31,00'),
    good.replace('20120412164430', 'hier'),
    good.replace('20120413', '13/04/12'),
    good.replace(';DT;', ';XX;'),
    good.replace(';000000;', ';;'),
  ]
  expect(await read(own, report(own, [good, ...bad]))).toMatchObject({
    failure: {
      problems: [
        { line: 4, kind: 'tag' },
        { line: 5, column: 'ORIGIN_AMOUNT' },
        { line: 6, column: 'PAYMENT_DATE' },
        { line: 7, column: 'REMITTANCE_DATE' },
        { line: 8, column: 'OPERATION_TYPE' },
        { line: 9, column: 'TRANSACTION_ID' },
      ],
    },
  })
  const journal = report(own, [good], HEAD.replace('CARD_TYPE', 'STATUS'))
  expect(await read(own, journal)).toMatchObject({
    failure: { problems: [{ line: 2, kind: 'other-report' }] },
  })
  expect(await read(own, Buffer.from('TITRE;é', 'latin1'))).toMatchObject({
    failure: { problems: [{ kind: 'encoding' }] },
  })
  expect(await read(own, report(own, [good], HEAD, 'PRODUCTION'))).toMatchObject({
    failure: { kind: 'unknown-shop' },
  })
  expect([await kept(own), await own.tasks()]).toEqual([[], []])
})

test('two readings at once keep each line once', async () => {
  const own = await openTill(db)
  const { reference, id } = await sent(own)
  const text = report(own, [matching({ order: reference, id, uuid: newUuid() })])
  const done = await Promise.all([1, 2, 3].map(() => read(own, text)))
  expect(done.filter((one) => one.ok && one.value.counts.booked === 1)).toHaveLength(1)
  expect(done.filter((one) => one.ok && one.value.counts.known === 1)).toHaveLength(2)
  expect([await kept(own), await own.tasks()]).toEqual([[{ outcome: 'booked', linked: true }], []])
})

test('a movement on the account is read as one sum, beside the payments that nothing credited', async () => {
  const own = await openTill(db)
  const [first, second, waiting] = [await paid(own), await paid(own), await paid(own)]
  const lines = [
    matching({ order: first.reference, id: first.id, uuid: first.uuid }),
    matching({ order: second.reference, id: second.id, uuid: second.uuid }),
    matching({ order: 'AILLEURS', type: 'CT', amount: 600, remittance: '120414' }),
  ]
  await read(own, report(own, lines))
  const contract = { organisationId: own.organisationId, contractId: own.contract.id }
  const period = { from: day('2012-04-12'), to: day('2012-04-12') }
  expect(await listRemittances(db, contract, period)).toEqual([
    { remittance: '120413', remittedOn: '2012-04-13', lines: 2, amount: 6_200, differences: 0 },
    { remittance: '120414', remittedOn: '2012-04-13', lines: 1, amount: -600, differences: 1 },
  ])
  expect(await listUncredited(db, contract, period)).toMatchObject([
    { bankTransaction: waiting.uuid, amount: 3_100 },
  ])
  const other = { from: day('2012-04-13'), to: day('2012-04-20') }
  expect([await listRemittances(db, contract, other), await listUncredited(db, contract, other)]).toEqual([
    [],
    [],
  ])
})

test('the folder of journals takes the report too, and the command tells what was credited', async () => {
  const own = await openTill(db)
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-remittances-'))
  const [first, second] = [await paid(own), await paid(own)]
  const file = path.join(folder, 'remises.csv')
  const line = matching({ order: first.reference, id: first.id, uuid: first.uuid })
  writeFileSync(file, report(own, [line]))
  const services = { ...own.services, config: { ...own.services.config, journalDir: folder } }
  await importJournalFolder(services, own.shops, new Map())
  expect([await kept(own), await own.tasks()]).toEqual([[{ outcome: 'matched', linked: true }], []])
  const other = matching({ order: second.reference, id: second.id, uuid: second.uuid, amount: 3_000 })
  writeFileSync(file, report(own, [line, other]))
  const run = commandLine(own.services)
  const { code, said } = await run('remittances', file)
  expect([code, said]).toEqual([0, expect.stringContaining('Déjà lus\u00A0: 1')])
  expect(said).toMatch(/Remise 120413 du 13\/04\/2012.: 61,00.€, 2 opérations, dont 1 à revoir\./)
  expect(said).toContain('0 paiement')
  writeFileSync(file, report(own, [line.replace('DETAILS', 'DETAIL')]))
  const refused = await run('remittances', file)
  expect([refused.code, refused.complained]).toEqual([1, expect.stringContaining('Ligne 3')])
  writeFileSync(file, report(till, [line], HEAD, 'PRODUCTION'))
  expect((await run('remittances', file)).complained).toContain(till.contract.shopNumber)
})
