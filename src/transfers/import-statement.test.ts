// Transfers find their invoice by its reference, once; the others wait for a person.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildFamily, buildUnit } from '../../test/support/build.ts'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { type StatementEntry, statementXml } from '../../test/support/statement.ts'
import { type Issued, openTill, type Till } from '../../test/support/till.ts'
import { inFours, rfReference } from '../kernel/transfer-reference.ts'
import { importStatementFolder } from './import-statement-folder.ts'
import { importStatement } from './import-statement.ts'
import { listWaiting } from './store.ts'

const db = await testDatabase()
let accounts = 0

/** Belgian numbers: two check digits, twelve digits. */
function newIban(): string {
  const digits = String((accounts += 1)).padStart(12, '0')
  const check = 98n - (BigInt(`${digits}111400`) % 97n)
  return `BE${String(check).padStart(2, '0')}${digits}`
}
type Banked = Till & { readonly iban: string }
async function bankedTill(): Promise<Banked> {
  const iban = newIban()
  const till = await openTill(db, { transfer: { beneficiary: 'ifac', iban, bic: 'PSSTFRPPPAR' } })
  return { ...till, iban }
}
const read = (till: Banked, ...entries: StatementEntry[]) =>
  importStatement(till.services, Buffer.from(statementXml(till.iban, entries)))
const counts = (recorded: number, waiting: number, known = 0) => ({
  ok: true,
  value: { counts: { recorded, waiting, known, pending: 0 }, ours: 0 },
})
const paying = (invoice: Issued, amount = '31.00', more: Partial<StatementEntry> = {}): StatementEntry => ({
  amount,
  payer: 'MARTIN Claire',
  reference: rfReference(invoice.number),
  ...more,
})

test('a transfer with its reference settles its invoice, with a receipt; the same file twice does nothing', async () => {
  const till = await bankedTill()
  const invoice = await till.issue(3_100)
  expect(await read(till, paying(invoice))).toEqual(counts(1, 0))
  expect(await read(till, paying(invoice))).toEqual(counts(0, 0, 1))
  expect([await till.due(invoice), await till.internal('bank'), await till.tasks()]).toEqual([0, 3_100, []])
  const receipts = db
    .selectFrom('receipt')
    .select('content')
    .where('organisation_id', '=', till.organisationId)
  expect((await receipts.execute()).map(({ content }) => JSON.parse(content) as object)).toMatchObject([
    { mode: 'Virement', payer: { name: 'MARTIN Claire' }, amountCents: 3_100 },
  ])
})

test('five readings at once book a line once', async () => {
  const till = await bankedTill()
  const invoice = await till.issue(3_100)
  await Promise.all(Array.from({ length: 5 }, () => read(till, paying(invoice))))
  expect([await till.due(invoice), await till.credit(), await till.internal('bank')]).toEqual([0, 0, 3_100])
})

test('two transfers that say the same are two, in one file and in the next that repeats them', async () => {
  const till = await bankedTill()
  const invoice = await till.issue(6_200)
  expect(await read(till, paying(invoice), paying(invoice))).toEqual(counts(2, 0))
  expect(await read(till, paying(invoice), paying(invoice), paying(invoice))).toEqual(counts(1, 0, 2))
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 3_100])
})

test('less leaves a rest due, more is credit that settles the next invoice', async () => {
  const till = await bankedTill()
  const [first, second] = [await till.issue(3_100), await till.issue(2_000)]
  await read(till, paying(first, '30.00'))
  expect([await till.due(first), await till.due(second), await till.credit()]).toEqual([100, 2_000, 0])
  await read(till, paying(first, '11.00', { bankReference: 'B2' }))
  expect([await till.due(first), await till.due(second), await till.credit()]).toEqual([0, 1_000, 0])
})

test('the reference is found in what the payer wrote, whatever the spaces; two references settle two', async () => {
  const till = await bankedTill()
  const [first, second] = [await till.issue(3_100), await till.issue(2_000)]
  const words = [
    `Mercredis ${inFours(rfReference(first.number)).replaceAll('\u00A0', ' ')} et`,
    rfReference(second.number),
  ]
  expect(await read(till, { amount: '51.00', words })).toEqual(counts(1, 0))
  expect([await till.due(first), await till.due(second)]).toEqual([0, 0])
})

test('what names no invoice for sure waits, with a task, and books nothing', async () => {
  const [till, stranger] = [await bankedTill(), await bankedTill()]
  const [invoice, other] = [await till.issue(3_100), await stranger.issue(3_100)]
  const elsewhere = await till.issue(1_000, { number: 'ZZ000001' })
  const waiting: StatementEntry[] = [
    { amount: '31.00', words: [`facture ${invoice.number}`] },
    paying(invoice, '31.00', { reference: rfReference(invoice.number).replace('RF', 'RG') }),
    paying(other),
    paying(invoice, '31.00', { isReversal: true }),
    { amount: '4000.00', payer: 'CAF', words: ['subvention'] },
  ]
  expect(await read(till, ...waiting)).toEqual(counts(0, 5))
  expect([await till.due(invoice), await stranger.due(other), await till.internal('bank')]).toEqual([
    3_100, 3_100, 0,
  ])
  expect(await till.tasks()).toEqual(Array.from({ length: 5 }, () => 'transfer-waiting'))
  expect((await listWaiting(db, till.organisationId)).map(({ amount }) => amount)).toContain(400_000)
  expect(await read(till, paying(elsewhere, '10.00'))).toEqual(counts(1, 0))
})

test('two families, or two accounts, in one transfer wait; one family alone is booked', async () => {
  const till = await bankedTill()
  const { familyId } = await buildFamily(db, till.organisationId)
  const [mine, theirs] = [await till.issue(1_000), await till.issue(1_000, { familyId })]
  const both = `${rfReference(mine.number)} ${rfReference(theirs.number)}`
  expect(await read(till, { amount: '20.00', words: [both] })).toEqual(counts(0, 1))
  const unit = await buildUnit(db, till.organisationId, {
    transfer: { beneficiary: 'ifac', iban: newIban(), bic: 'PSSTFRPPPAR' },
  })
  const elsewhere = await till.issue(1_000, { unit })
  expect(await read(till, paying(elsewhere, '10.00'))).toEqual(counts(0, 1))
  expect([await till.due(mine), await till.due(theirs), await till.due(elsewhere)]).toEqual([
    1_000, 1_000, 1_000,
  ])
  expect(await read(till, paying(theirs, '10.00'))).toEqual(counts(1, 0))
})

test('an account that no unit has, or two organisations have, changes nothing', async () => {
  const till = await bankedTill()
  const invoice = await till.issue(3_100)
  const strange = statementXml(newIban(), [paying(invoice)])
  const unknown = { ok: false, failure: { kind: 'unknown-account' } }
  expect(await importStatement(till.services, Buffer.from(strange))).toMatchObject(unknown)
  const transfer = { beneficiary: 'ifac', iban: till.iban, bic: 'PSSTFRPPPAR' }
  await openTill(db, { transfer })
  expect(await read(till, paying(invoice))).toMatchObject(unknown)
  expect([await till.due(invoice), await till.internal('bank')]).toEqual([3_100, 0])
})

test('at the terminal: the file, the list, and each transfer given to an invoice, a family, or nobody', async () => {
  const till = await bankedTill()
  const run = commandLine(till.services)
  const { slug } = await db
    .selectFrom('organisation')
    .select('slug')
    .where('id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  const transfers = (...args: string[]) => run('transfers', ...args)
  const here = (...args: string[]) => transfers(...args, '--organisation', slug)
  const invoice = await till.issue(3_100)
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-releve-'))
  const file = path.join(folder, 'releve.xml')
  const lost = ['31.00', '7.00', '4000.00'].map((amount) => ({ amount, payer: 'MARTIN', words: ['merci'] }))
  writeFileSync(file, statementXml(till.iban, lost))
  expect((await transfers(file)).said).toContain(
    'En attente, à voir avec npm run preau -- transfers\u00A0: 3',
  )
  expect((await transfers(file)).said).toContain('Ce relevé a déjà été lu')
  const amounts = [3_100, 700, 400_000]
  const ids = (await listWaiting(db, till.organisationId))
    .toSorted((a, b) => amounts.indexOf(a.amount) - amounts.indexOf(b.amount))
    .map(({ id }) => id)
  const listed = (await here()).said
  for (const id of ids) expect(listed).toContain(`Numéro\u00A0: ${id}`)
  const [first = '', second = '', third = ''] = ids
  expect((await here('--assign', first, '--invoice', 'ZZ999999')).complained).toContain('Aucune facture')
  expect(await here('--assign', first, '--invoice', invoice.number)).toMatchObject({ code: 0 })
  expect((await here('--assign', first, '--invoice', invoice.number)).complained).toContain(
    'Aucun virement en attente',
  )
  const unit = await db
    .selectFrom('billing_unit')
    .select('code')
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  expect((await here('--assign', second, '--family', 'MARTIN')).code).toBe(2)
  expect((await here('--assign', second, '--family', 'MARTIN', '--unit', 'AILLEURS')).complained).toContain(
    'cette unité',
  )
  expect(await here('--assign', second, '--family', 'MARTIN', '--unit', unit.code)).toMatchObject({ code: 0 })
  expect((await here('--dismiss', third)).complained).toContain('--reason')
  expect(await here('--dismiss', third, '--reason', 'subvention')).toMatchObject({ code: 0 })
  expect([await till.due(invoice), await till.credit(), await till.internal('bank')]).toEqual([0, 700, 3_800])
  expect((await here()).said).toBe('Aucun virement n’attend.')
  const open = db.selectFrom('task').select('id').where('organisation_id', '=', till.organisationId)
  expect(await open.where('done_at', 'is', null).execute()).toEqual([])
})

test('a folder is read, its files once; one that cannot be read has a task, and stops no other', async () => {
  const till = await bankedTill()
  const invoice = await till.issue(3_100)
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-releves-'))
  writeFileSync(path.join(folder, 'a.xml'), '<Document/>')
  writeFileSync(path.join(folder, 'b.xml'), statementXml(till.iban, [paying(invoice)]))
  const services = { ...till.services, config: { ...till.services.config, journalDir: folder } }
  const seen = new Map<string, string>()
  await importStatementFolder(services, seen)
  await importStatementFolder(services, seen)
  expect([await till.due(invoice), await till.internal('bank')]).toEqual([0, 3_100])
  expect(await till.tasks()).toEqual(['statement-refused'])
  expect([...seen.keys()]).toEqual(['a.xml', 'b.xml'])
})
