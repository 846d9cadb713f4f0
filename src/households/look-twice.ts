// What a form is told before it is believed: a likely double, a change made meanwhile, a date to come.
import { movedFields, type Values } from '../families/record.ts'
import { parisDay, readFrenchDay } from '../kernel/dates.ts'
import { formatDay, formatTime } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { listActs } from '../staff/journal-store.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { findDoubles } from './doubles-store.ts'
import { peopleTexts as words } from './people-texts.ts'
import { INPUTS } from './record-form.ts'
import type { Moved } from './record-page.tsx'
import { whoseOf } from './require-file.ts'
import { CHANGED, type RecordOf } from './save-record.ts'

/** A child is born today at the latest. */
export const bornLater = (values: Values, { clock }: Services): Problems => {
  const born = readFrenchDay(values['bornOn'] ?? '')
  return born && born > parisDay(clock.now())
    ? [{ field: INPUTS['bornOn'] ?? '', message: words.bornLater }]
    : []
}

/** Families that look like this record, unless the form already showed them all. */
export async function unseenDoubles(
  { db }: Services,
  actor: StaffActor,
  record: RecordOf & { readonly values: Values },
  form: Form,
) {
  const doubles = await findDoubles(db, whoseOf(actor), record)
  const seen = field(form, 'doubles').split(' ')
  return doubles.every(({ familyId }) => seen.includes(familyId)) ? [] : doubles
}

/** What changed under the form, and who did it when the journal knows. */
export async function tellMoved(
  { db }: Services,
  actor: StaffActor,
  record: RecordOf,
  { origin, typed, now }: { origin: Values; typed: Values; now: Values },
): Promise<Moved> {
  const filters = { familyId: record.familyId, kind: CHANGED[record.kind] }
  const [last] = await listActs(db, actor.organisationId, 'all', filters, { limit: 1 })
  const moved = movedFields(origin, typed, now)
  return {
    who: last && { name: last.staffName, day: formatDay(parisDay(last.at)), time: formatTime(last.at) },
    fields: moved.map((key) => ({ key, before: origin[key] ?? '', after: now[key] ?? '' })),
    kept: moved.filter((key) => (typed[key] ?? '') !== (origin[key] ?? '')),
  }
}
