import type { Establishment } from '../organisations/organisation.ts'
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, InvoiceId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { readDraft, type ReadDraft, type TypedDraft } from './draft.ts'
import { type Draft, lockDrafts, moveDraft, readContexts, writeDraft } from './draft-store.ts'

type Saved = { readonly version: number; readonly read: ReadDraft }

/** Somebody saved it meanwhile, or it is an invoice by now: what stands is given, nothing is overwritten. */
export type SaveFailure = { readonly why: 'saved-by-other' | 'closed'; readonly standing: Draft }

export type Saving = {
  readonly id: string
  readonly familyId: FamilyId
  readonly establishment: Pick<Establishment, 'id' | 'billingUnitId'>
  /** The version that was edited; 0 for a new draft. */
  readonly version: number
  readonly typed: TypedDraft
  readonly replaces?: InvoiceId | undefined
  /** Saved as one types: only the draft's beginning goes to the journal. */
  readonly quiet: boolean
}

/** Keeps a draft as typed, faults included. The same again changes nothing, and keeps it checked. */
export async function saveDraft(
  tx: Tx,
  author: Author,
  saving: Saving,
  now: Instant,
): Promise<Result<Saved, SaveFailure>> {
  const { organisationId } = author
  const { id, typed, establishment } = saving
  const [standing] = await lockDrafts(tx, organisationId, [id])
  const familyId = standing?.familyId ?? saving.familyId
  const place = { familyId, establishmentId: establishment.id }
  const context = await readContexts(tx, organisationId, [place])
  const read = readDraft(typed, context(place))
  if (standing && standing.state !== 'draft' && standing.state !== 'checked')
    return fail({ why: 'closed', standing })
  if (standing && isSame(standing.typed, typed)) return ok({ version: standing.version, read })
  if (standing && standing.version !== saving.version) return fail({ why: 'saved-by-other', standing })
  const version = (standing?.version ?? 0) + 1
  const draft = {
    ...place,
    id,
    unitId: establishment.billingUnitId,
    version,
    typed,
    replaces: saving.replaces,
  }
  await writeDraft(tx, organisationId, draft, read, author.name, now)
  if (!standing || !saving.quiet)
    await recordAct(
      tx,
      author,
      {
        kind: 'draft.saved',
        familyId,
        changes: { total: { before: standing?.total, after: read.total } },
      },
      now,
    )
  return ok({ version, read })
}

/** jsonb keeps no order of keys. */
const isSame = (one: TypedDraft, other: TypedDraft): boolean => plain(one) === plain(other)
const plain = (typed: TypedDraft): string =>
  JSON.stringify([
    ...Object.entries(typed)
      .filter(([key]) => key !== 'lines')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    typed.lines.map((line) => [line.child, line.day, line.label, line.quantity, line.price]),
  ])

export type MoveFailure = 'unknown' | 'faulty' | 'closed' | 'saved-by-other'

/** Says of a draft that it was looked at and may be issued. Refuses one with a fault, or saved meanwhile. */
export async function checkDraft(
  tx: Tx,
  author: Author,
  id: string,
  version: number,
  now: Instant,
): Promise<Result<Draft, MoveFailure>> {
  const open = await lockOpen(tx, author, id)
  if (!open.ok) return open
  const draft = open.value
  if (draft.version !== version) return fail('saved-by-other')
  if (draft.faultCount > 0) return fail('faulty')
  if (draft.state === 'checked') return ok(draft)
  await moveDraft(tx, author.organisationId, id, 'checked')
  await recordAct(
    tx,
    author,
    { kind: 'draft.checked', familyId: draft.familyId, changes: { total: { after: draft.total } } },
    now,
  )
  return ok(draft)
}

/** Gives a draft up: it stays readable, and can never be issued. */
export async function dropDraft(
  tx: Tx,
  author: Author,
  id: string,
  now: Instant,
): Promise<Result<Draft, MoveFailure>> {
  const open = await lockOpen(tx, author, id)
  if (!open.ok) return open
  await moveDraft(tx, author.organisationId, id, 'dropped')
  await recordAct(tx, author, { kind: 'draft.dropped', familyId: open.value.familyId }, now)
  return open
}

async function lockOpen(tx: Tx, author: Author, id: string): Promise<Result<Draft, 'unknown' | 'closed'>> {
  const [draft] = await lockDrafts(tx, author.organisationId, [id])
  if (!draft) return fail('unknown')
  return draft.state === 'draft' || draft.state === 'checked' ? ok(draft) : fail('closed')
}
