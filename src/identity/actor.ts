import { HOUR_MS, MINUTE_MS } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'

/** A signed-in adult, reading and paying for one family of one organisation. */
export type FamilyActor = {
  readonly organisationId: OrganisationId
  readonly familyId: FamilyId
  readonly adultId: AdultId
  readonly loginId: LoginId
  readonly sessionHash: Buffer
  readonly familyName: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  /** A reader sees everything and pays nothing. */
  readonly role: 'payer' | 'reader'
  /** The login opens other families' files too. */
  readonly hasSeveral?: boolean
  /** Files that were merged into this family's: what is theirs is this family's too. */
  readonly merged?: readonly FamilyId[]
  /** The member of staff who looks at the portal as this adult, read-only. */
  readonly viewedBy?: string
}

/** A family's session ends after 30 minutes idle and 12 hours in all (ASVS 7.3, reliability.md A55). */
export const SESSION_IDLE_MS = 30 * MINUTE_MS
export const SESSION_LIFE_MS = 12 * HOUR_MS
/** Activation links live 7 days, reset and e-mail links one hour (issue 1; ASVS 6.4). */
export const ACTIVATION_LIFE_MS = 7 * 24 * HOUR_MS
export const RESET_LIFE_MS = HOUR_MS
export const EMAIL_CHANGE_LIFE_MS = HOUR_MS
