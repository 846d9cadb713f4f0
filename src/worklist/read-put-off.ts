import {
  addDays,
  type Day,
  type Instant,
  parisDay,
  parisInstant,
  readFrenchDay,
  readIsoDay,
} from '../kernel/dates.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { texts } from './texts.ts'

const LONGEST_DAYS = 366
const MAX_NOTE = 300

/** Until when and why something is put off: a day to come within the year, and a reason; `until` only when both are said. */
export function readPutOff(
  form: Form,
  now: Instant,
): {
  readonly until: Instant | undefined
  readonly day: Day | undefined
  readonly note: string
  readonly problems: Problems
} {
  const note = field(form, 'motif').trim().slice(0, MAX_NOTE)
  const typed = field(form, 'jusqu-au')
  const day = readFrenchDay(typed) ?? readIsoDay(typed.trim())
  const today = parisDay(now)
  const problems = [
    ...(day && day > today && day <= addDays(today, LONGEST_DAYS)
      ? []
      : [{ field: 'jusqu-au', message: texts.task.badDay }]),
    ...(note === '' ? [{ field: 'motif', message: texts.task.missingReason }] : []),
  ]
  return { until: day && problems.length === 0 ? parisInstant(day) : undefined, day, note, problems }
}
