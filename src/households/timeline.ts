// One line of time for everything that happened with a family. Pure.
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import type { Operation } from '../statements/operation.ts'
import { operationNote, operationTitle } from '../statements/operation-words.ts'
import { texts as taskTexts } from '../tasks/texts.ts'
import type { FileMail } from './file-store.ts'
import type { FileNote } from './note-store.ts'
import { texts } from './texts.ts'

export const EVENT_KINDS = ['factures', 'paiements', 'courriels', 'notes'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export type TimelineEvent = {
  readonly kind: EventKind
  readonly on: Day
  /** « 18:44 », where the hour is known. */
  readonly time: string | undefined
  readonly title: string
  readonly note: string
  readonly operation?: Operation
  readonly mail?: FileMail['state']
}

const moment = (at: Instant) => ({ on: parisDay(at), time: formatTime(at) })

/** Operations, mails and notes together, newest day first; within a day what has an hour comes first. */
export function timelineOf(
  operations: readonly Operation[],
  mails: readonly FileMail[],
  notes: readonly FileNote[],
): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [
    ...notes.map((note) => ({
      kind: 'notes' as const,
      ...moment(note.writtenAt),
      title: note.said,
      note: noteWords(note),
    })),
    ...mails.map(({ kind, recipient, at, state }) => ({
      kind: 'courriels' as const,
      ...moment(at),
      title: texts.mail(taskTexts.mailKinds[kind] ?? kind),
      note: recipient,
      mail: state,
    })),
    ...operations.map((operation) => ({
      kind: operation.amount < 0 && operation.invoice ? ('factures' as const) : ('paiements' as const),
      on: operation.on,
      time: undefined,
      title: operationTitle(operation),
      note: operationNote(operation),
      operation,
    })),
  ]
  // Stable: events of one day keep the order of their own list, newest first.
  return events.toSorted((a, b) => (a.on === b.on ? timeOrder(a, b) : a.on < b.on ? 1 : -1))
}

function noteWords({ kind, writtenBy, withdrawnAt }: FileNote): string {
  if (kind === 'internal') return texts.notes.by(writtenBy)
  return withdrawnAt === null
    ? texts.notes.byVisible(writtenBy)
    : texts.notes.byWithdrawn(writtenBy, formatInstantDay(withdrawnAt))
}

function timeOrder(a: TimelineEvent, b: TimelineEvent): number {
  if (a.time === undefined || b.time === undefined)
    return Number(a.time === undefined) - Number(b.time === undefined)
  return a.time === b.time ? 0 : a.time < b.time ? 1 : -1
}
