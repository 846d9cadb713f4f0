// What the page « Payeurs et accès » shows.
import type { FamilyHeader } from '../households/file-store.ts'
import type { Instant } from '../kernel/dates.ts'
import type { Form, Problems } from '../web/form.ts'
import type { View } from '../web/request.ts'
import type { Invitation } from './invitation.ts'
import type { Merge } from './merge-store.ts'
import type { Member, SharedChild } from './people-store.ts'
import type { texts } from './texts.ts'

export type PayersProps = {
  readonly view: View
  readonly family: FamilyHeader
  readonly members: readonly Member[]
  readonly invitations: readonly Invitation[]
  readonly kids: readonly SharedChild[]
  readonly merges: readonly Merge[]
  readonly now: Instant
  readonly mayShare: boolean
  readonly mayMerge: boolean
  readonly saved: keyof typeof texts.office.saved | undefined
  readonly form: Form
  readonly problems: Problems
}
