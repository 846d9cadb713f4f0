import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { type Issued, openTill, type Till } from '../../test/support/till.ts'
import { HOUR_MS, later } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { sha256 } from '../platform/secrets.ts'
import { operationNote, operationTitle } from '../statements/operation-words.ts'
import { listOperations } from '../statements/store.ts'
import type { CreditNoteContent, NewCreditNote } from './credit-note.ts'
import type { InvoiceLine } from './invoice.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { listSettlements } from './store.ts'

const db = await testDatabase()
let keys = 0

const noteOn = (till: Till, invoice: Issued, corrects: number | [line: number, amount: number][]) => ({
  organisationId: till.organisationId,
  invoiceId: invoice.id,
  requestKey: `avoir ${(keys += 1)}`,
  reason: 'Enfant malade',
  corrects:
    typeof corrects === 'number'
      ? cents(corrects)
      : corrects.map(([line, amount]) => ({ line, amount: cents(amount) })),
})

async function issue(till: Till, note: NewCreditNote): Promise<string> {
  const now = till.services.clock.now()
  const result = await db.transaction((tx) => issueCreditNote(tx, note, now, 'Sophie'))
  if (!result.ok) return result.failure
  return result.value.issued ? 'issued' : 'known'
}

const numbers = async (till: Till) =>
  (
    await db
      .selectFrom('credit_note')
      .select('number')
      .where('organisation_id', '=', till.organisationId)
      .orderBy('number')
      .execute()
  ).map((one) => one.number.slice(till.series.length))

const line = (label: string, amount: number): InvoiceLine => ({
  childId: undefined,
  childName: 'Léo',
  happenedOn: undefined,
  label,
  quantityThousandths: 1_000,
  unit: cents(amount),
  amount: cents(amount),
  rateNote: '',
})

test('on an unpaid invoice, a credit note lessens what is due, and revenue', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  expect(await issue(till, noteOn(till, invoice, 1_000))).toBe('issued')
  expect([await till.due(invoice), await till.credit(), await till.internal('revenue')]).toEqual([
    2_100, 0, -2_100,
  ])
})

test('on a paid invoice, what exceeds the due is the family’s credit, and settles its other invoices', async () => {
  const till = await openTill(db)
  await till.give(2_000)
  const invoice = await till.issue(3_100)
  await till.settle()
  expect(await issue(till, noteOn(till, invoice, 1_500))).toBe('issued')
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 400])
  const other = await till.issue(1_000)
  await till.settle()
  expect(await issue(till, noteOn(till, invoice, 1_600))).toBe('issued')
  expect([await till.due(invoice), await till.due(other), await till.credit()]).toEqual([0, 0, 1_000])
  expect(await till.internal('revenue')).toBe(-1_000)
})

test('a credit note above what stands of its invoice is refused; to the last cent it is issued', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  expect(await issue(till, noteOn(till, invoice, 3_101))).toBe('above-invoice')
  expect(await issue(till, noteOn(till, invoice, 0))).toBe('no-amount')
  expect(await issue(till, noteOn(till, invoice, 1_000))).toBe('issued')
  expect(await issue(till, noteOn(till, invoice, 2_101))).toBe('above-invoice')
  expect(await till.due(invoice)).toBe(2_100)
  expect(await issue(till, noteOn(till, invoice, 2_100))).toBe('issued')
  expect([await till.due(invoice), await numbers(till)]).toEqual([0, ['-A000001', '-A000002']])
})

test('a line is credited up to its own amount, over all notes', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100, { lines: [line('Mercredi', 1_900), line('Repas', 1_200)] })
  expect(await issue(till, noteOn(till, invoice, [[3, 100]]))).toBe('unknown-line')
  expect(await issue(till, noteOn(till, invoice, [[2, 1_201]]))).toBe('above-line')
  expect(
    await issue(
      till,
      noteOn(till, invoice, [
        [2, 1_000],
        [1, 1_900],
      ]),
    ),
  ).toBe('issued')
  expect(await issue(till, noteOn(till, invoice, [[2, 201]]))).toBe('above-line')
  expect(await issue(till, noteOn(till, invoice, [[2, 200]]))).toBe('issued')
  expect(await till.due(invoice)).toBe(0)
})

test('the same key twice is one note; with another amount, line or reason it is refused', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100, { lines: [line('Mercredi', 3_100)] })
  const note = noteOn(till, invoice, 1_000)
  const results = await Promise.all(Array.from({ length: 5 }, () => issue(till, note)))
  expect(results.toSorted()).toEqual(['issued', 'known', 'known', 'known', 'known'])
  for (const change of [
    { corrects: cents(900) },
    { corrects: [{ line: 1, amount: cents(1_000) }] },
    { reason: 'Autre' },
  ])
    expect(await issue(till, { ...note, ...change })).toBe('exists-with-other-content')
  expect([await till.due(invoice), await numbers(till)]).toEqual([2_100, ['-A000001']])
})

test('five notes at once never exceed their invoice, and their numbers have no gap', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  const results = await Promise.all(
    Array.from({ length: 5 }, () => issue(till, noteOn(till, invoice, 1_500))),
  )
  expect(results.toSorted()).toEqual(['above-invoice', 'above-invoice', 'above-invoice', 'issued', 'issued'])
  expect([await till.due(invoice), await numbers(till)]).toEqual([100, ['-A000001', '-A000002']])
})

test('its content is frozen with its hash, and never changed', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100, { lines: [line('Mercredi', 1_900), line('Repas', 1_200)] })
  await till.give(2_900)
  await till.settle()
  await issue(till, noteOn(till, invoice, [[2, 1_200]]))
  const kept = await db
    .selectFrom('credit_note')
    .select(['content', 'sha256'])
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  expect(sha256(kept.content)).toEqual(kept.sha256)
  expect(JSON.parse(kept.content) as CreditNoteContent).toMatchObject({
    number: `${till.series}-A000001`,
    invoice: { number: invoice.number, totalCents: 3_100 },
    reason: 'Enfant malade',
    payer: { name: 'MARTIN' },
    lines: [{ line: 2, label: 'Repas', amountCents: 1_200 }],
    settledCents: 200,
    creditedCents: 1_000,
  })
  for (const statement of ['update credit_note set reason = reason', 'delete from credit_note_line'])
    await expect(db.pool.query(statement)).rejects.toThrow(/is append-only/)
})

test('past our checks too, credit notes never exceed their invoice', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  await issue(till, noteOn(till, invoice, 1_000))
  const copy = (amount: number) =>
    db.pool.query(
      `insert into credit_note select organisation_id, gen_random_uuid(), gen_random_uuid()::text, number || '0',
          invoice_id, ${amount}, reason, issued_on, issued_at, issued_by, content, sha256, entry_id
        from credit_note where invoice_id = $1 limit 1`,
      [invoice.id],
    )
  await expect(copy(2_101)).rejects.toMatchObject({ constraint: 'credit_notes_never_above_invoice' })
  await copy(2_100)
})

test('another organisation’s invoice is unknown', async () => {
  const [till, stranger] = [await openTill(db), await openTill(db)]
  const invoice = await stranger.issue(3_100)
  expect(await issue(till, noteOn(till, invoice, 100))).toBe('unknown-invoice')
  expect(await issue(stranger, noteOn(stranger, invoice, 100))).toBe('issued')
})

test('the family reads it with its invoice, on its statement and on the invoice', async () => {
  const till = await openTill(db)
  const visibleAt = later(till.services.clock.now(), HOUR_MS)
  const invoice = await till.issue(3_100, { visibleAt })
  await issue(till, noteOn(till, invoice, 1_000))
  const { organisationId, familyId, services } = till
  expect(await listOperations(db, organisationId, familyId, services.clock.now())).toEqual([])
  const [operation] = await listOperations(db, organisationId, familyId, visibleAt)
  expect(operation?.amount).toBe(1_000)
  expect(operation && [operationTitle(operation), operationNote(operation)]).toEqual([
    `Avoir n°\u00A0${till.series}-A000001`,
    `sur la facture n°\u00A0${invoice.number}`,
  ])
  expect(await listSettlements(db, organisationId, invoice.id)).toMatchObject([
    { kind: 'credit_note', amount: 1_000 },
  ])
})
