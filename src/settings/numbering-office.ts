// The series taken over from the other software, for good.
import { takeOverSeries } from '../billing/number-invoice.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { recordSettingChanges } from '../organisations/record-setting-changes.ts'
import { findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import type { Problems } from '../web/form.ts'
import { findNumbering } from './store.ts'
import { type Subject, unitOf } from './subjects.ts'
import { texts } from './texts.ts'

/** Préau numbers the unit's series from now on; `word` is the series, typed. */
export async function takeSeriesOver(
  { db, clock }: Services,
  author: Author,
  subject: Subject,
  word: string,
): Promise<Result<null, Problems>> {
  const { organisationId } = author
  const { id } = unitOf(organisationId, subject)
  const now = clock.now()
  return db.transaction(async (tx) => {
    const unit = await findUnit(tx, organisationId, id)
    if (!unit || word.trim().toUpperCase() !== unit.series)
      return fail([{ field: 'mot', message: texts.problems.word(unit?.series ?? '') }])
    const { source } = await findNumbering(tx, { organisationId, id })
    if (source === 'preau') return ok(null)
    await takeOverSeries(tx, organisationId, id)
    const { sources } = texts.numbering
    const change = {
      subject: 'unit',
      subjectId: id,
      field: 'series_source',
      before: sources[source ?? 'undecided'],
      after: sources.preau,
    } as const
    await recordSettingChanges(
      tx,
      organisationId,
      { staffId: author.staffId, name: author.name },
      [change],
      now,
    )
    await recordAct(tx, author, { kind: 'series.taken-over', object: unit.series }, now)
    return ok(null)
  })
}
