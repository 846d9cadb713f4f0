import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { buildExample } from '../../test/support/example-organisation.ts'
import { FILE, importer, INVOICE, PEOPLE } from '../../test/support/import-records.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { findPdf } from '../billing/store.ts'
import { HOUR_MS, later } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { planImport } from './apply-import.ts'

const db = await testDatabase()
const services = testServices(db)
const { run, apply, balancesOf } = importer(services)

test('the delay runs from the import, unless the row says otherwise', async () => {
  const id = await buildExample(services)
  const invoice = (key: string, when: string) =>
    `facture;${key};TH00000${key};THONON;THONON;F1;16/03/2012;;;;;;;10,00;${when}\n`
  await apply(
    id,
    PEOPLE +
      invoice('1', '') +
      invoice('2', 'immédiatement') +
      invoice('3', '20/04/2012 18:30') +
      invoice('4', '21/04/2012'),
  )
  const found = await db
    .selectFrom('invoice')
    .select('visible_at')
    .where('organisation_id', '=', id)
    .orderBy('number')
    .execute()
  expect(found.map((one) => one.visible_at)).toEqual([
    later(TEST_NOW, 24 * HOUR_MS),
    TEST_NOW,
    new Date('2012-04-20T16:30:00Z'),
    new Date('2012-04-20T22:00:00Z'),
  ])
})

test('a credit taken over settles what is visible; a debt becomes an invoice of its own series', async () => {
  const id = await buildExample(services)
  const visible = INVOICE.replace(';31,00\n', ';31,00;immédiatement\n')
  await apply(
    id,
    `${PEOPLE}${visible}solde;S1;THONON;F1;31/12/2011;20,00
solde;S2;CCVS;F1;31/12/2011;-12,00
solde;S3;CCVS;F1;31/12/2011;-5,00`,
  )
  expect(await balancesOf(id)).toEqual([
    { number: 'RAN000001', cents: 1_200 },
    { number: 'RAN000002', cents: 500 },
    { number: 'TH001987', cents: 1_100 },
    { number: null, cents: 0 },
  ])
  const opening = await db
    .selectFrom('invoice')
    .select(['purpose', 'activity'])
    .where('organisation_id', '=', id)
    .where('number', '=', 'RAN000001')
    .execute()
  expect(opening).toEqual([{ purpose: 'opening', activity: 'Report de solde' }])
  const { plan } = await planImport(db, id, 'solde;S2;CCVS;F1;31/12/2011;-13,00', {})
  expect([plan.openings.created.length, plan.notes[0]?.column]).toEqual([0, 'montant'])
})

test('a series numbered here takes no import, and the first import claims a free one', async () => {
  const id = await buildExample(services)
  const source = (value: string | null) =>
    db.transaction((tx) =>
      tx
        .updateTable('billing_unit')
        .set({ series_source: value })
        .where('organisation_id', '=', id)
        .execute(),
    )
  await source('preau')
  expect(await run(id, FILE)).toMatchObject({ ok: false, failure: { kind: 'problems' } })
  await source(null)
  await apply(id, FILE)
  const units = await db
    .selectFrom('billing_unit')
    .select(['code', 'series_source'])
    .where('organisation_id', '=', id)
    .orderBy('code')
    .execute()
  expect(units).toEqual([
    { code: 'CCVS', series_source: null },
    { code: 'THONON', series_source: 'import' },
  ])
})

test('original PDFs are served byte for byte; a missing one is told, a false one refused', async () => {
  const id = await buildExample(services)
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-pdf-'))
  const second = 'facture;K2;TH001988;THONON;THONON;F1;16/03/2012;;;;;;;10,00\n'
  const file = path.join(folder, 'TH001987.pdf')
  writeFileSync(file, 'not a PDF')
  expect(await run(id, FILE, { pdfFolder: folder })).toMatchObject({ ok: false })
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from([0, 255, 13, 10, 7])])
  writeFileSync(file, bytes)
  const { plan } = await apply(id, FILE + second, { pdfFolder: folder })
  expect(plan.notes).toMatchObject([{ value: 'TH001988.pdf' }])
  const invoice = await db
    .selectFrom('invoice')
    .select('id')
    .where('organisation_id', '=', id)
    .where('number', '=', 'TH001987')
    .executeTakeFirstOrThrow()
  const kept = await findPdf(db, id, invoice.id as InvoiceId)
  expect(kept?.pdf.equals(bytes)).toBe(true)
  writeFileSync(file, Buffer.concat([bytes, Buffer.from('2')]))
  expect((await apply(id, FILE, { pdfFolder: folder })).plan.notes).toMatchObject([{ value: 'TH001987.pdf' }])
})
