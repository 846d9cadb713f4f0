import { type Instant, parisDay } from '../kernel/dates.ts'
import { formatMonth } from '../kernel/french.ts'
import type { FamilyId } from '../kernel/ids.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { proposedDays } from './draft-form.ts'
import { readDraft } from './draft.ts'
import { readContexts } from './draft-store.ts'
import { type MonthMove, movedDraft, type PastInvoice } from './past-invoice.ts'
import {
  insertPrepared,
  listPastFamilies,
  listPastInvoices,
  lockPlace,
  type PreparedDraft,
} from './past-invoice-store.ts'
import type { Place } from './places.ts'

/** Drafts made; families left aside because the month is there already, or because every child left. */
export type Prepared = { readonly made: number; readonly served: number; readonly left: number }

/** Families per transaction: what is held in memory, and what a crash undoes. */
const FAMILIES = 200

/**
 * Makes a draft of the new month of every invoice of the past month at this place, some families per
 * transaction. A family that has the new month already is left aside, so that asking twice, or again
 * after a crash, doubles nothing.
 */
export async function prepareMonth(
  db: Db,
  author: Author,
  place: Place,
  move: MonthMove,
  now: Instant,
): Promise<Prepared> {
  let all: Prepared = { made: 0, served: 0, left: 0 }
  let after: FamilyId | undefined
  do {
    const last: FamilyId | undefined = after
    const done = await db.transaction((tx) => prepareFamilies(tx, author, place, move, last, now))
    all = { made: all.made + done.made, served: all.served + done.served, left: all.left + done.left }
    after = done.last
  } while (after !== undefined)
  return all
}

async function prepareFamilies(
  tx: Tx,
  author: Author,
  place: Place,
  move: MonthMove,
  after: FamilyId | undefined,
  now: Instant,
): Promise<Prepared & { readonly last: FamilyId | undefined }> {
  const { organisationId } = author
  await lockPlace(tx, organisationId, place.id)
  const families = await listPastFamilies(tx, organisationId, place.id, move, after, FAMILIES)
  const open = families.filter(({ isServed }) => !isServed).map(({ id }) => id)
  const past = await listPastInvoices(tx, organisationId, place.id, move.from, open)
  const drafts = await draftsOf(tx, author, place, move, past, now)
  const made =
    drafts.length === 0
      ? 0
      : await insertPrepared(tx, organisationId, place, move.to, drafts, author.name, now)
  if (made > 0)
    await recordAct(
      tx,
      author,
      {
        kind: 'drafts.prepared',
        object: `${place.name}, ${formatMonth(move.from)} → ${formatMonth(move.to)}`,
        changes: { drafts: { after: made } },
      },
      now,
    )
  const prepared = new Set(drafts.map(({ familyId }) => familyId))
  return {
    made,
    served: families.length - open.length,
    left: open.filter((id) => !prepared.has(id)).length,
    last: families.length < FAMILIES ? undefined : families.at(-1)?.id,
  }
}

async function draftsOf(
  tx: Tx,
  { organisationId }: Author,
  place: Place,
  move: MonthMove,
  past: readonly PastInvoice[],
  now: Instant,
): Promise<PreparedDraft[]> {
  const at = (familyId: FamilyId) => ({ familyId, establishmentId: place.id })
  const context = await readContexts(
    tx,
    organisationId,
    past.map(({ familyId }) => at(familyId)),
  )
  const fixed = { establishment: place.id, ...proposedDays(place.unit, parisDay(now)) }
  return past.flatMap((one) => {
    const typed = movedDraft(one, move, fixed)
    if (!typed) return []
    const { familyId, id: from } = one
    return [{ id: newId<'draft'>(now), familyId, from, typed, read: readDraft(typed, context(at(familyId))) }]
  })
}
