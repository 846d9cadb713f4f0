import type { NewInvoice } from '../billing/invoice.ts'
import { findIssuer, type Issuer, issueInvoice } from '../billing/issue-invoice.ts'
import { numberInvoices } from '../billing/number-invoice.ts'
import { present } from '../kernel/assert.ts'
import { HOUR_MS, type Instant, later, parisDay } from '../kernel/dates.ts'
import type { EstablishmentId, InvoiceId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type ReadDraft, readDraft } from './draft.ts'
import { type Draft, lockDrafts, markIssued, readContexts } from './draft-store.ts'

export type IssueFailure =
  'unknown' | 'closed' | 'not-checked' | 'saved-by-other' | 'faulty' | 'numbered-elsewhere'

/** What stands behind a draft once it may be issued. */
export type Ready = { readonly draft: Draft; readonly read: ReadDraft }

/**
 * Issues a checked draft: takes the next number of its unit's series, freezes and books the invoice,
 * visible to the family after the unit's delay. A number taken is an invoice, always: they commit together.
 */
export async function issueDraft(
  tx: Tx,
  author: Author,
  id: string,
  version: number,
  now: Instant,
): Promise<Result<{ readonly number: string; readonly invoiceId: InvoiceId }, IssueFailure>> {
  const { organisationId } = author
  const [draft] = await lockDrafts(tx, organisationId, [id])
  if (!draft) return fail('unknown')
  if (draft.state === 'issued' || draft.state === 'dropped') return fail('closed')
  if (draft.version !== version) return fail('saved-by-other')
  if (draft.state !== 'checked') return fail('not-checked')
  const context = await readContexts(tx, organisationId, [draft])
  // Read again: a child or an item may have gone since the draft was checked.
  const read = readDraft(draft.typed, context(draft))
  if (read.faults.length > 0) return fail('faulty')
  const numbers = await numberInvoices(tx, organisationId, draft.unitId, 1)
  if (!numbers.ok) return numbers
  const [number = ''] = numbers.value
  const issued = await issueReady(tx, author, { draft, read }, number, new Map(), now)
  await recordAct(
    tx,
    author,
    {
      kind: 'invoice.issued',
      familyId: draft.familyId,
      object: number,
      changes: { total: { after: read.total } },
    },
    now,
  )
  return ok({ number, invoiceId: issued })
}

/** Issues one draft under its number; `issuers` keeps who issues, from one draft to the next. */
export async function issueReady(
  tx: Tx,
  author: Pick<Author, 'organisationId' | 'name'>,
  ready: Ready,
  number: string,
  issuers: Map<EstablishmentId, Issuer>,
  now: Instant,
): Promise<InvoiceId> {
  const { organisationId } = author
  const { draft } = ready
  const known = issuers.get(draft.establishmentId)
  const issuer =
    known ??
    (await findIssuer(tx, {
      organisationId,
      billingUnitId: draft.unitId,
      establishmentId: draft.establishmentId,
    }))
  issuers.set(draft.establishmentId, issuer)
  const invoice = invoiceOf(organisationId, ready, number, issuer, now)
  const invoiceId = await issueInvoice(tx, invoice, now, author.name, issuer)
  await markIssued(tx, organisationId, draft.id, invoiceId)
  return invoiceId
}

/** The invoice that a draft becomes, today, under this number. */
export function invoiceOf(
  organisationId: NewInvoice['organisationId'],
  { draft, read }: Ready,
  number: string,
  { unit }: Pick<Issuer, 'unit'>,
  now: Instant,
): NewInvoice {
  const { typed } = draft
  const children = [...new Set(read.lines.map((line) => line.childName).filter(Boolean))]
  return {
    organisationId,
    billingUnitId: draft.unitId,
    establishmentId: draft.establishmentId,
    familyId: draft.familyId,
    number,
    externalKey: undefined,
    purpose: 'sale',
    issuedOn: parisDay(now),
    visibleAt: later(now, unit.visibilityDelayHours * HOUR_MS),
    dueOn: read.dueOn,
    onlineUntil: read.onlineUntil,
    deskUntil: read.deskUntil,
    replaces:
      draft.replaces === null
        ? undefined
        : { id: draft.replaces, number: present(draft.replacesNumber, 'an invoice without number') },
    period: read.period,
    beneficiary: typed.beneficiary.trim() || children.join(', '),
    activity: typed.activity.trim(),
    referent: typed.referent.trim(),
    total: read.total,
    lines: read.lines,
  }
}
