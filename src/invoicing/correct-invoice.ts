import {
  type LockedInvoice,
  findCreditNote,
  lockInvoice,
  readCorrectable,
} from '../billing/correction-store.ts'
import type { NewCreditNote } from '../billing/credit-note.ts'
import { type CreditNoteFailure, issueCreditNote } from '../billing/issue-credit-note.ts'
import { withholdInvoice } from '../billing/withhold-invoice.ts'
import type { Instant } from '../kernel/dates.ts'
import type { EstablishmentId, InvoiceId } from '../kernel/ids.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import type { ActKind } from '../staff/act.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { retype } from './draft-store.ts'
import { saveDraft } from './save-draft.ts'

export type CorrectionFailure = CreditNoteFailure | 'nothing-left'
type Noted = { readonly note: string; readonly amount: Cents; readonly invoice: LockedInvoice }
type Asked = { readonly invoiceId: InvoiceId; readonly requestKey: string; readonly reason: string }

/** Issues a credit note on some lines or an amount of an invoice, under its author's name. */
export async function creditInvoice(
  tx: Tx,
  author: Author,
  note: Omit<NewCreditNote, 'organisationId'>,
  now: Instant,
): Promise<Result<Noted, CorrectionFailure>> {
  const noted = await creditAs(tx, author, note, now)
  if (noted.ok) await tell(tx, author, 'invoice.credited', note, noted.value, now)
  return noted
}

/**
 * Cancels an invoice by a credit note of all that stands of it. Not yet published, it is withheld
 * from the family, which then sees neither. No number is taken back.
 */
export async function cancelInvoice(
  tx: Tx,
  author: Author,
  asked: Asked,
  now: Instant,
): Promise<Result<Noted & { readonly withheld: boolean }, CorrectionFailure>> {
  const noted = await creditWhole(tx, author, asked, now)
  if (!noted.ok) return noted
  const withheld = await withholdInvoice(tx, author.organisationId, asked.invoiceId)
  await tell(tx, author, 'invoice.cancelled', asked, noted.value, now)
  return ok({ ...noted.value, withheld })
}

/** « Corriger »: a credit note of all that stands of it, and a draft that says the same, to be put right. */
export async function correctInvoice(
  tx: Tx,
  author: Author,
  asked: Asked & { readonly establishmentId: EstablishmentId; readonly draftId: string },
  now: Instant,
): Promise<Result<Noted, CorrectionFailure>> {
  const { organisationId } = author
  const noted = await creditWhole(tx, author, asked, now)
  if (!noted.ok) return noted
  const { familyId, billingUnitId } = noted.value.invoice
  const saved = await saveDraft(
    tx,
    author,
    {
      id: asked.draftId,
      familyId,
      establishment: { id: asked.establishmentId, billingUnitId },
      version: 0,
      typed: await retype(tx, organisationId, asked.invoiceId),
      replaces: asked.invoiceId,
      quiet: false,
    },
    now,
  )
  // The same form sent twice finds its draft, perhaps already worked on.
  if (saved.ok) await tell(tx, author, 'invoice.corrected', asked, noted.value, now)
  return noted
}

/** As `cancelInvoice` for one of a batch: told by the batch, and only while the family cannot see it. */
export async function cancelUnseen(
  tx: Tx,
  author: Pick<Author, 'organisationId' | 'name'>,
  asked: Asked,
  now: Instant,
): Promise<Result<Noted, CorrectionFailure | 'published'>> {
  const noted = await creditWhole(tx, author, asked, now)
  if (!noted.ok) return noted
  return (await withholdInvoice(tx, author.organisationId, asked.invoiceId)) ? noted : fail('published')
}

async function creditWhole(
  tx: Tx,
  author: Pick<Author, 'organisationId' | 'name'>,
  { invoiceId, requestKey, reason }: Asked,
  now: Instant,
): Promise<Result<Noted, CorrectionFailure>> {
  const { organisationId } = author
  const invoice = await lockInvoice(tx, organisationId, invoiceId)
  if (!invoice) return fail('unknown-invoice')
  const known = await findCreditNote(tx, organisationId, requestKey)
  const corrects = known?.amount ?? (await readCorrectable(tx, organisationId, invoice)).total
  if (corrects <= ZERO) return fail('nothing-left')
  return creditAs(tx, author, { invoiceId, requestKey, reason, corrects }, now)
}

async function creditAs(
  tx: Tx,
  { organisationId, name }: Pick<Author, 'organisationId' | 'name'>,
  note: Omit<NewCreditNote, 'organisationId'>,
  now: Instant,
): Promise<Result<Noted, CorrectionFailure>> {
  const issued = await issueCreditNote(tx, { organisationId, ...note }, now, name)
  if (!issued.ok) return issued
  const invoice = await lockInvoice(tx, organisationId, note.invoiceId)
  const kept = await findCreditNote(tx, organisationId, note.requestKey)
  if (!invoice || !kept) return fail('unknown-invoice')
  return ok({ note: issued.value.number, amount: kept.amount, invoice })
}

const tell = (
  tx: Tx,
  author: Author,
  kind: ActKind,
  { reason }: { readonly reason: string },
  { note, amount, invoice }: Noted,
  now: Instant,
): Promise<void> =>
  recordAct(
    tx,
    author,
    {
      kind,
      familyId: invoice.familyId,
      object: invoice.number,
      reason,
      changes: { note: { after: note }, credited: { after: amount } },
    },
    now,
  )
