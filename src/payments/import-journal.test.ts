// What notifications and questions both missed is found in the bank's own journal, once.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { rows, sql } from '../platform/db.ts'
import { applyFact } from './apply-fact.ts'
import { importJournalFolder } from './import-journal-folder.ts'
import { importJournal } from './import-journal.ts'

const db = await testDatabase()

const HEAD =
  'ENTETE;PAYMENT_DATE;TRANSACTION_ID;TRANSACTION_UUID;ORDER_ID;OPERATION_TYPE;ORIGIN_AMOUNT;CURRENCY_CODE;STATUS;CARD_TYPE;CARD_NUMBER;AUTH_NUMBER'
type Line = { order: string; uuid: string; amount?: number; id?: string; type?: string; status?: string }
const details = ({ order, uuid, amount = 3_100, id = '000000', type = 'DT', status = 'CAPTURED' }: Line) =>
  `DETAILS;20120412164430;${id};${uuid};${order};${type};${amount};978;${status};CB;497010XXXXXX0055;3fed91`
const journal = (till: Till, lines: readonly string[], mode = 'TEST') =>
  [`TITRE;JOURNAL;${till.contract.shopNumber};${mode};2012-04-12`, HEAD, ...lines, ''].join('\r\n')
const read = (till: Till, text: string | Uint8Array) =>
  importJournal(till.services, till.shops, 'journal.csv', typeof text === 'string' ? Buffer.from(text) : text)
const NONE = { booked: 0, matched: 0, set_aside: 0, refused_test: 0, no_money: 0, known: 0 }
const counts = (changes: Partial<typeof NONE>) => ({ ok: true, value: { counts: { ...NONE, ...changes } } })

/** An attempt at the bank for one invoice of 31 euros. */
async function sent(till: Till) {
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const form = await till.send(reference, 3_100)
  return { invoice, reference, form, id: form.get('vads_trans_id') ?? '' }
}
let uuids = 0
const newUuid = () => String((uuids += 1)).padStart(32, '0')

let till: Till
beforeAll(async () => {
  till = await openTill(db)
})

test('a payment that nobody told of is booked, and the same file again changes nothing', async () => {
  const { invoice, reference, id } = await sent(till)
  const text = journal(till, [details({ order: reference, uuid: newUuid(), id })])
  expect(await read(till, text)).toMatchObject(counts({ booked: 1 }))
  expect([await till.due(invoice), await till.stateOf(reference)]).toEqual([0, 'captured'])
  const before = [await till.internal('clearing'), await till.credit()]
  expect(await read(till, text)).toMatchObject(counts({ known: 1 }))
  expect([await till.internal('clearing'), await till.credit()]).toEqual(before)
})

test('the same line in another file counts once, a new one beside it too', async () => {
  const [first, second] = [await sent(till), await sent(till)]
  const line = details({ order: first.reference, uuid: newUuid(), id: first.id })
  await read(till, journal(till, [line]))
  const more = details({ order: second.reference, uuid: newUuid(), id: second.id })
  expect(await read(till, journal(till, [line, more, more]))).toMatchObject(counts({ known: 2, booked: 1 }))
})

test('what the portal knows is matched', async () => {
  const { form, reference, id } = await sent(till)
  const fact = factOf(form)
  await db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))
  const line = details({ order: reference, uuid: fact.bankTransaction, id })
  expect(await read(till, journal(till, [line]))).toMatchObject(counts({ matched: 1 }))
})

test('an unknown order goes to suspense with a task', async () => {
  const own = await openTill(db)
  const line = details({ order: 'AILLEURS', uuid: newUuid(), amount: 500 })
  expect(await read(own, journal(own, [line]))).toMatchObject(counts({ set_aside: 1 }))
  expect([await own.internal('suspense'), await own.tasks()]).toEqual([-500, ['unknown-order']])
})

test('less than was booked is taken back; another amount than was sent opens a task', async () => {
  const own = await openTill(db)
  const [known, unknown] = [await sent(own), await sent(own)]
  const fact = factOf(known.form)
  await db.transaction((tx) => applyFact(tx, own.contract, fact, own.services.clock.now()))
  const lines = [
    details({ order: known.reference, uuid: fact.bankTransaction, id: known.id, amount: 3_000 }),
    details({ order: unknown.reference, uuid: newUuid(), id: unknown.id, amount: 2_900 }),
  ]
  expect(await read(own, journal(own, lines))).toMatchObject(counts({ booked: 1, set_aside: 1 }))
  expect((await own.tasks()).toSorted()).toEqual(['amount-mismatch', 'taken-back'])
  expect([await own.stateOf(unknown.reference), await own.internal('suspense')]).toEqual(['review', -2_900])
})

test('refused debits are no money, cancelled captures are taken back, refunds are given back', async () => {
  const own = await openTill(db)
  const { form, reference, id } = await sent(own)
  const fact = factOf(form)
  await db.transaction((tx) => applyFact(tx, own.contract, fact, own.services.clock.now()))
  const lines = [
    details({ order: reference, uuid: newUuid(), id, status: 'REFUSED' }),
    details({ order: reference, uuid: newUuid(), id, type: 'CT' }),
    details({ order: reference, uuid: fact.bankTransaction, id, status: 'CANCELLED' }),
  ]
  expect(await read(own, journal(own, lines))).toMatchObject(counts({ booked: 2, no_money: 1 }))
  expect((await own.tasks()).toSorted()).toEqual(['refund-found', 'taken-back'])
  expect(await own.stateOf(reference)).toBe('captured')
  // The bank took back what had already been given back: it has the money twice.
  expect([await own.internal('clearing'), await own.internal('suspense')]).toEqual([-3_100, 3_100])
})

test('a file with one unreadable line changes nothing, and says which', async () => {
  const { reference, id, invoice } = await sent(till)
  const good = details({ order: reference, uuid: newUuid(), id })
  const bad = ['TOTAL;1', good.replace('3100', '31,00'), good.replace('20120412164430', 'hier')]
  expect(await read(till, journal(till, [good, ...bad]))).toEqual({
    ok: false,
    failure: {
      kind: 'unreadable',
      problems: [
        { line: 4, kind: 'tag', column: '' },
        { line: 5, kind: 'value', column: 'ORIGIN_AMOUNT' },
        { line: 6, kind: 'value', column: 'PAYMENT_DATE' },
      ],
    },
  })
  expect(await till.due(invoice)).toBe(3_100)
})

test('a file of no journal, of a missing column, of another encoding or shop is refused', async () => {
  const kindOf = async (text: string | Uint8Array) => {
    const done = await read(till, text)
    if (done.ok) return 'ok'
    return done.failure.kind === 'unreadable' ? done.failure.problems[0]?.kind : done.failure.kind
  }
  expect(await kindOf('')).toBe('title')
  expect(await kindOf(journal(till, []).replace('ORDER_ID', 'ORDRE'))).toBe('header')
  expect(await kindOf(Buffer.from(`TITRE;é`, 'latin1'))).toBe('encoding')
  expect(await kindOf(journal(till, []).replace(till.contract.shopNumber, '99999999'))).toBe('unknown-shop')
  expect(await kindOf(journal(till, [], 'PRODUCTION'))).toBe('unknown-shop')
  expect(await kindOf(`\uFEFF${journal(till, [])}`)).toBe('ok')
})

test('two readings of one file at once book once', async () => {
  const attempts = await Promise.all(Array.from({ length: 5 }, () => sent(till)))
  const lines = attempts.map(({ reference, id }) => details({ order: reference, uuid: newUuid(), id }))
  const text = journal(till, lines)
  await Promise.all([1, 2, 3].map(() => read(till, text)))
  const found = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from capture c
      join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
      where a.reference = any(${attempts.map(({ reference }) => reference)})`,
  )
  expect(found[0]?.count).toBe(5)
})

test('the folder is read by itself, a file that changed again, a bad one beside the others', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-journal-'))
  const { reference, id } = await sent(till)
  writeFileSync(path.join(folder, '1-mauvais.csv'), 'rien')
  const file = path.join(folder, '2012-04-12.csv')
  writeFileSync(file, journal(till, []))
  const services = { ...till.services, config: { ...till.services.config, journalDir: folder } }
  const seen = new Map<string, string>()
  await importJournalFolder(services, till.shops, seen)
  await importJournalFolder(services, till.shops, new Map())
  expect((await till.tasks()).filter((kind) => kind === 'journal-refused')).toHaveLength(1)
  expect(await till.stateOf(reference)).toBe('redirected')
  writeFileSync(file, journal(till, [details({ order: reference, uuid: newUuid(), id })]))
  await importJournalFolder(services, till.shops, seen)
  expect(await till.stateOf(reference)).toBe('captured')
  expect([...seen.keys()]).toEqual(['1-mauvais.csv', '2012-04-12.csv'])
})

test('the command says what became of the lines, or which cannot be read', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-journal-'))
  const file = path.join(folder, 'journal.csv')
  const { reference, id } = await sent(till)
  const line = details({ order: reference, uuid: newUuid(), id })
  writeFileSync(file, journal(till, [line]))
  const run = commandLine(till.services)
  expect(await run('journal', file)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Enregistrés\u00A0: 1'),
  })
  expect((await run('journal', file)).said).toContain('Déjà lus\u00A0: 1')
  writeFileSync(file, journal(till, [line.replace('DETAILS', 'DETAIL')]))
  const refused = await run('journal', file)
  expect([refused.code, refused.complained]).toEqual([1, expect.stringContaining('Ligne 3')])
  expect((await run('journal', path.join(folder, 'absent.csv'))).code).toBe(1)
})
