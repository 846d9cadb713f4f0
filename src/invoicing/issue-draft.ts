import type { NewInvoice } from '../billing/invoice.ts'
import { findIssuers, type Issuer, issueInvoices } from '../billing/issue-invoice.ts'
import { numberInvoices } from '../billing/number-invoice.ts'
import { present } from '../kernel/assert.ts'
import { HOUR_MS, type Instant, later, parisDay } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
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
  const [invoiceId] = await issueReady(tx, author, [{ draft, read }], [number], now)
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
  return ok({ number, invoiceId: present(invoiceId, 'no invoice') })
}

/** Issues drafts under their numbers, together; gives the ids of their invoices, in order. */
export async function issueReady(
  tx: Tx,
  author: Pick<Author, 'organisationId' | 'name'>,
  ready: readonly Ready[],
  numbers: readonly string[],
  now: Instant,
): Promise<readonly InvoiceId[]> {
  const { organisationId } = author
  const places = ready.map(({ draft }) => ({
    organisationId,
    billingUnitId: draft.unitId,
    establishmentId: draft.establishmentId,
  }))
  const issuerOf = await findIssuers(tx, places)
  const invoices = ready.map((one, index) => {
    const number = present(numbers[index], 'a draft without number')
    return invoiceOf(organisationId, one, number, issuerOf(present(places[index], 'no place')), now)
  })
  const issued = await issueInvoices(tx, invoices, now, author.name, issuerOf)
  await markIssued(
    tx,
    organisationId,
    ready.map(({ draft }, index) => ({ id: draft.id, invoiceId: present(issued[index], 'no invoice') })),
  )
  return issued
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
