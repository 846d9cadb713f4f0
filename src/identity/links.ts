// One-time links, as their pages and verbs see them.
import type { Instant } from '../kernel/dates.ts'
import type { LoginId } from '../kernel/ids.ts'
import { ACTIVATION_LIFE_MS, EMAIL_CHANGE_LIFE_MS, RESET_LIFE_MS } from './actor.ts'

export type LinkPurpose = 'activation' | 'reset' | 'email'

export const LINK_LIFE_MS: { readonly [Purpose in LinkPurpose]: number } = {
  activation: ACTIVATION_LIFE_MS,
  reset: RESET_LIFE_MS,
  email: EMAIL_CHANGE_LIFE_MS,
}

/** Wrong answers to « who are you? » that a link bears. */
export const MAX_LINK_FAILURES = 5

export type Link = {
  readonly purpose: LinkPurpose
  readonly loginId: LoginId
  readonly newEmail: string | undefined
  readonly failures: number
  readonly expiresAt: Instant
  readonly usedAt: Instant | undefined
}

export type LinkState = 'open' | 'used' | 'expired' | 'blocked'

/** Whether the link still opens its page. */
export function linkState(link: Link, now: Instant): LinkState {
  if (link.usedAt) return 'used'
  if (link.failures >= MAX_LINK_FAILURES) return 'blocked'
  return link.expiresAt <= now ? 'expired' : 'open'
}
