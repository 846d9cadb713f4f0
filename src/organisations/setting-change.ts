import type { Instant } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'

export type SettingSubject = 'organisation' | 'unit' | 'establishment' | 'contract'

/** One setting that changed, its values as people read them; of a secret, only that there is one. */
export type SettingChange = {
  readonly subject: SettingSubject
  readonly subjectId: string
  /** The column, `text.` and the name of a unit's text, or `secret.` and the name of a contract's secret. */
  readonly field: string
  readonly before: string
  readonly after: string
}

export type KeptChange = SettingChange & {
  readonly at: Instant
  readonly by: string
  readonly source: 'screen' | 'file'
}

/** Who changed it: a member of staff on screen, or the file of the set-up. */
export type SettingAuthor = { readonly staffId: StaffId | undefined; readonly name: string }
