import type { Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'

/** Whoever may sign in, with what mails and checks need to know of them. */
export type Login = {
  readonly loginId: LoginId
  readonly organisationId: OrganisationId
  readonly adultId: AdultId
  readonly familyId: FamilyId
  readonly identifier: string
  /** undefined: the login awaits its activation. */
  readonly passwordHash: string | undefined
  readonly activatedAt: Instant | undefined
  /** Blocked by staff, or its holder left the family: it opens nothing, and no link leaves for it. */
  readonly closed: boolean
  readonly email: string | undefined
  readonly mobile: string | undefined
  readonly firstName: string
  readonly lastName: string
  readonly familyName: string
}

/** Words that a stranger who knows the family would try as a password. */
export const wordsOf = (login: Login): readonly string[] => [
  login.identifier,
  login.email ?? '',
  login.firstName,
  login.lastName,
  login.familyName,
]
