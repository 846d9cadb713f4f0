import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import { type Cents, ZERO, negate, subtract } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { allocate } from '../ledger/allocation.ts'
import type { Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockAccounts } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import { applyCredit } from './apply-credit.ts'
import type { InvoiceContent } from './content.ts'
import {
  findCreditNote,
  type IssuedCreditNote,
  type LockedInvoice,
  lockInvoice,
  nextCreditNoteNumber,
  readCorrectable,
} from './correction-store.ts'
import {
  amountOf,
  type CorrectionFailure,
  type CreditNoteContent,
  freezeCreditNote,
  linesOf,
  type NewCreditNote,
} from './credit-note.ts'
import { findContent } from './store.ts'

type Issued = { readonly creditNoteId: string; readonly number: string; readonly issued: boolean }

export type CreditNoteFailure = CorrectionFailure | 'unknown-invoice' | 'exists-with-other-content'

/**
 * Issues a credit note on an invoice: never above what stands of it, once per caller's key. What was
 * still due of it is due no more; the rest, already paid, becomes the family's credit, which then
 * settles its other visible invoices. It counts for the family when its invoice does (F56, F58).
 * Example: 31,00 € of which 20,00 € were paid; a note of 15,00 € settles 11,00 € and gives 4,00 €.
 */
export async function issueCreditNote(
  tx: Tx,
  note: NewCreditNote,
  now: Instant,
  actor: string,
): Promise<Result<Issued, CreditNoteFailure>> {
  const booked = await bookCreditNote(tx, note, now, actor)
  if (!booked.ok) return booked
  const { invoice, ...issued } = booked.value
  const { organisationId } = note
  if (issued.issued) await applyCredit(tx, { organisationId, ...invoice }, now)
  return ok(issued)
}

/** The same without spending the credit it gave: for what gives it back at once. */
export async function bookCreditNote(
  tx: Tx,
  note: NewCreditNote,
  now: Instant,
  actor: string,
): Promise<Result<Issued & { readonly invoice: LockedInvoice }, CreditNoteFailure>> {
  const { organisationId, invoiceId, requestKey } = note
  const invoice = await lockInvoice(tx, organisationId, invoiceId)
  if (!invoice) return fail('unknown-invoice')
  const known = await findCreditNote(tx, organisationId, requestKey)
  if (known)
    return isSame(note, known)
      ? ok({ creditNoteId: known.id, number: known.number, issued: false, invoice })
      : fail('exists-with-other-content')
  const allowed = amountOf(note, await readCorrectable(tx, organisationId, invoice))
  if (!allowed.ok) return allowed
  const amount = allowed.value
  const { dues } = await lockAccounts(tx, { organisationId, ...invoice })
  const { rest } = allocate(amount, [{ key: invoiceId, due: dues.get(invoiceId) ?? ZERO }])
  const number = await nextCreditNoteNumber(tx, organisationId, invoice.series)
  const settled = subtract(amount, rest)
  const entryId = await post(tx, note, invoice, { number, amount, settled }, now, actor)
  const creditNoteId = await keep(tx, note, { number, amount, settled, entryId }, now, actor)
  return ok({ creditNoteId, number, issued: true, invoice })
}

function isSame(note: NewCreditNote, known: IssuedCreditNote): boolean {
  if (known.invoiceId !== note.invoiceId || known.reason !== note.reason) return false
  const { lines } = JSON.parse(known.content) as CreditNoteContent
  const asked = linesOf(note).map(({ line, amount }) => `${line} ${amount}`)
  if (asked.join() !== lines.map(({ line, amountCents }) => `${line} ${amountCents}`).join()) return false
  return typeof note.corrects !== 'number' || note.corrects === known.amount
}

async function post(
  tx: Tx,
  { organisationId, invoiceId }: NewCreditNote,
  { billingUnitId, familyId, purpose }: LockedInvoice,
  { number, amount, settled }: { number: string; amount: Cents; settled: Cents },
  now: Instant,
  actor: string,
): Promise<string> {
  const postings: Posting[] = [
    { account: { kind: purpose === 'sale' ? 'revenue' : 'opening' }, cents: amount },
  ]
  const credited = subtract(amount, settled)
  if (settled > ZERO)
    postings.push({ account: { kind: 'receivable', familyId, invoiceId }, cents: negate(settled) })
  if (credited > ZERO) postings.push({ account: { kind: 'credit', familyId }, cents: negate(credited) })
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'credit_note',
    sourceKey: number,
    fact: `${number} ${invoiceId} ${amount}`,
    accountingOn: parisDay(now),
    valueOn: parisDay(now),
    bookedAt: now,
    actor,
    postings,
  })
  assert(booked.ok && booked.value.booked, `credit note ${number} was booked before`)
  return booked.value.entryId
}

async function keep(
  tx: Tx,
  note: NewCreditNote,
  issued: { number: string; amount: Cents; settled: Cents; entryId: string },
  now: Instant,
  actor: string,
): Promise<string> {
  const { organisationId, invoiceId } = note
  const frozen = present(
    await findContent(tx, organisationId, invoiceId),
    `no content of invoice ${invoiceId}`,
  )
  const issuedOn = parisDay(now)
  const content = JSON.stringify(
    freezeCreditNote(JSON.parse(frozen.content) as InvoiceContent, note, { ...issued, issuedOn }),
  )
  const id: string = newId<'creditNote'>(now)
  await tx
    .insertInto('credit_note')
    .values({
      organisation_id: organisationId,
      id,
      request_key: note.requestKey,
      number: issued.number,
      invoice_id: invoiceId,
      amount_cents: issued.amount,
      reason: note.reason,
      issued_on: issuedOn,
      issued_at: now,
      issued_by: actor,
      content,
      sha256: sha256(content),
      entry_id: issued.entryId,
    })
    .execute()
  const lines = linesOf(note)
  if (lines.length > 0)
    await tx
      .insertInto('credit_note_line')
      .values(
        lines.map(({ line, amount }) => ({
          organisation_id: organisationId,
          credit_note_id: id,
          invoice_id: invoiceId,
          line,
          amount_cents: amount,
        })),
      )
      .execute()
  return id
}
