// A file beside what was changed on screen since: who wins is asked for, never guessed.
import { formatInstantDay } from '../kernel/french.ts'
import { differing, type Row, shown } from './known-organisation.ts'
import type { KeptChange, SettingChange, SettingSubject } from './setting-change.ts'
import { texts } from './texts.ts'

/** refuse: the file is refused while it differs · keep: the screen wins · replace: the file wins. */
export type OnScreen = 'refuse' | 'keep' | 'replace'

type Subject = {
  readonly kind: SettingSubject
  readonly id: string
  /** As a sentence names it: « unité THONON ». */
  readonly name: string
}

export type Heed = {
  /** The wanted row, with what was changed on screen as it stands, unless the file wins. */
  readonly settle: <Wanted extends Row>(
    subject: Subject,
    labels: { readonly [column: string]: string },
    current: Row,
    wanted: Wanted,
    show?: (column: string, value: unknown) => string,
  ) => Wanted
  /** A French sentence for each setting that the file would undo. */
  readonly conflicts: readonly string[]
  /** What the file changed, and what it took over from the screen. */
  readonly changes: readonly SettingChange[]
}

export function heedScreen(screen: readonly KeptChange[], policy: OnScreen): Heed {
  const changed = new Map(screen.map((one) => [`${one.subjectId} ${one.field}`, one]))
  const conflicts: string[] = []
  const changes: SettingChange[] = []
  return {
    conflicts,
    changes,
    settle: (subject, labels, current, wanted, show = shown) => {
      const settled: Record<string, unknown> = { ...wanted }
      const differs = new Set(differing(labels, current, wanted))
      for (const [column, label] of Object.entries(labels)) {
        const [before, after] = [show(column, current[column]), show(column, wanted[column])]
        const change = { subject: subject.kind, subjectId: subject.id, field: column, before, after }
        const onScreen = changed.get(`${subject.id} ${column}`)
        if (!onScreen || policy === 'replace') {
          if (differs.has(column)) changes.push(change)
        } else if (!differs.has(column)) {
          // From here on the file knows of it, and may change it again.
          if (wanted[column] !== undefined) changes.push(change)
        } else {
          settled[column] = current[column]
          if (policy === 'refuse')
            conflicts.push(
              texts.refusals.onScreen(subject.name, label, {
                by: onScreen.by,
                day: formatInstantDay(onScreen.at),
                standing: before,
                file: after,
              }),
            )
        }
      }
      return settled as typeof wanted
    },
  }
}
