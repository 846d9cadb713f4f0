import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildContract } from '../../test/support/build.ts'
import { commandLine } from '../../test/support/command-line.ts'
import { systempayContract } from '../../test/support/contracts.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildExample } from '../../test/support/example-organisation.ts'
import { importer } from '../../test/support/import-records.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import type { BillingUnitId, FamilyId, InvoiceId } from '../kernel/ids.ts'
import { type Cents, cents, negate, sum } from '../kernel/money.ts'
import { bookCapture } from '../payments/book-capture.ts'

const db = await testDatabase()
const services = testServices(db)
const organisationId = await buildExample(services)
const run = commandLine(services)
await importer(services).apply(
  organisationId,
  `famille;F1;MARTIN;4 chemin du Lac;74200;Thonon-les-Bains
adulte;A1;F1;payeur;Claire;MARTIN
facture;K1;TH001987;THONON;THONON;F1;16/03/2012;;;;;;;31,00
facture;K2;TH001988;THONON;THONON;F1;29/03/2012;;;;;;;70,00
paiement;P1;THONON;F1;05/04/2012;chèque;26,50;TH001987`,
)

test('payments are split by invoice, and their sum is the captures', async () => {
  const amount = cents(8_000)
  await bookPayment(amount)
  const asked = ['payments', '--from', '01/04/2012', '--to', '30/04/2012']
  const { said } = await run(...asked)
  const lines = said
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'))
  expect(lines.map((line) => [line[0], line[5], line[7], line[8]])).toEqual([
    ['12/04/2012', 'MARTIN', 'TH001987', '4,50'],
    ['12/04/2012', 'MARTIN', 'TH001988', '70,00'],
    ['12/04/2012', 'MARTIN', 'crédit', '5,50'],
  ])
  const total = sum(lines.map((line) => cents(Number((line[8] ?? '').replace(',', '')))))
  expect(total).toBe(amount)
  expect((await run(...asked, '--all')).said).toContain(
    '05/04/2012;;P1;;F1;MARTIN;THONON;TH001987;26,50;chèque',
  )
  const other = await run('payments', '--from', '13/04/2012', '--to', '30/04/2012')
  expect(other.said.split('\r\n')).toHaveLength(1)
})

test('payments go to a file, with the mark a spreadsheet looks for', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'preau-csv-')), 'avril.csv')
  const asked = ['payments', '--from', '2012-04-01', '--to', '2012-04-30', '--bom', '--sortie', file]
  expect(await run(...asked)).toEqual({ code: 0, said: '', complained: '' })
  expect(readFileSync(file, 'utf8').startsWith('\uFEFFDate;Reçu;')).toBe(true)
})

/** 80,00 € taken late on 12 April in Paris: the 4,50 € and 70,00 € due, the rest as credit. */
async function bookPayment(amount: Cents): Promise<void> {
  const shopNumber = '70000001'
  const sealedKey = services.keys.seal('cle')
  const contractId = await buildContract(db, organisationId, { sealedKey, shopNumber })
  const invoices = await db
    .selectFrom('invoice')
    .select(['id', 'family_id', 'billing_unit_id'])
    .where('organisation_id', '=', organisationId)
    .orderBy('number')
    .execute()
  const [first, second] = invoices
  if (!first || !second) throw new Error('no invoices')
  const familyId = first.family_id as FamilyId
  const due = (id: string) => ({ kind: 'receivable' as const, familyId, invoiceId: id as InvoiceId })
  await db.transaction((tx) =>
    bookCapture(
      tx,
      { ...systempayContract({ shopNumber }), organisationId, id: contractId },
      {
        reference: 'REF',
        transactionNumber: '000001',
        bankTransaction: 'b2',
        operation: 'debit',
        verdict: 'accepted',
        amount,
        isEuro: true,
        mode: 'TEST',
        happenedAt: new Date('2012-04-12T21:59:00Z'),
        cardBrand: 'CB',
        cardMasked: '•••• 0055',
        authorisation: '3fe2',
        reason: '',
      },
      first.billing_unit_id as BillingUnitId,
      undefined,
      [
        { account: { kind: 'clearing' }, cents: amount },
        { account: due(first.id), cents: negate(cents(450)) },
        { account: due(second.id), cents: negate(cents(7_000)) },
        { account: { kind: 'credit', familyId }, cents: negate(cents(550)) },
      ],
      TEST_NOW,
    ),
  )
}
