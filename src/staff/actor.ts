import { HOUR_MS, MINUTE_MS } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import type { Grant } from './rights.ts'

/** A person who works for one organisation, signed in. */
export type StaffActor = {
  readonly organisationId: OrganisationId
  readonly organisationName: string
  readonly staffId: StaffId
  readonly sessionHash: Buffer
  readonly firstName: string
  readonly lastName: string
  readonly grants: readonly Grant[]
  /** Where their roles hold, in words: « Thonon », or the organisation's name. */
  readonly places: readonly string[]
  /** What is still missing before anything opens: a code, an authenticator to set up, or nothing. */
  readonly step: 'code' | 'enrol' | 'open'
  readonly hasAuthenticator: boolean
  /** They proved who they are lately enough for what is dangerous. */
  readonly fresh: boolean
}

export const staffName = (one: { readonly firstName: string; readonly lastName: string }): string =>
  `${one.firstName} ${one.lastName}`.trim()

/** A session of staff ends after 30 minutes idle and 12 hours in all, as a family's (ASVS 7.3). */
export const STAFF_IDLE_MS = 30 * MINUTE_MS
export const STAFF_LIFE_MS = 12 * HOUR_MS
/** Before bank settings, mass exports and refunds, the proof is this young at most. */
export const FRESH_MS = 10 * MINUTE_MS
/** An invitation lives three days. */
export const INVITATION_LIFE_MS = 72 * HOUR_MS
