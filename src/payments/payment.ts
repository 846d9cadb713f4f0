// A payment attempt: its states, what moves it, and which page shows it. The table is the rule.
import type { Instant } from '../kernel/dates.ts'
import { DAY_MS, MINUTE_MS } from '../kernel/dates.ts'
import type {
  AdultId,
  AttemptId,
  BillingUnitId,
  ContractId,
  FamilyId,
  OrganisationId,
} from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

export const STATES = [
  'created',
  'redirected',
  'awaited',
  'captured',
  'refused',
  'abandoned',
  'expired',
  'review',
] as const
export type AttemptState = (typeof STATES)[number]

/**
 * sent: the family leaves for the bank · awaited: the bank has the payment, and says later what became
 * of it · silent: nothing heard in time · doubtful: the bank contradicts us.
 */
export const EVENTS = ['sent', 'awaited', 'captured', 'refused', 'abandoned', 'silent', 'doubtful'] as const
export type AttemptEvent = (typeof EVENTS)[number]

/**
 * Every legal move; what is not here does not happen. Every arrow into captured is legal, since
 * money wins even late, and none leads out of it: what follows are new facts (reliability.md 2).
 */
export const TRANSITIONS: Readonly<
  Record<AttemptState, Readonly<Partial<Record<AttemptEvent, AttemptState>>>>
> = {
  created: {
    sent: 'redirected',
    awaited: 'awaited',
    captured: 'captured',
    refused: 'refused',
    abandoned: 'abandoned',
    silent: 'abandoned',
    doubtful: 'review',
  },
  redirected: {
    sent: 'redirected',
    awaited: 'awaited',
    captured: 'captured',
    refused: 'refused',
    abandoned: 'abandoned',
    silent: 'expired',
    doubtful: 'review',
  },
  // A debit under way for days: nothing is sent meanwhile, and no half hour of silence ends it.
  awaited: {
    captured: 'captured',
    refused: 'refused',
    abandoned: 'abandoned',
    silent: 'expired',
    doubtful: 'review',
  },
  refused: { sent: 'redirected', awaited: 'awaited', captured: 'captured', doubtful: 'review' },
  abandoned: { sent: 'redirected', awaited: 'awaited', captured: 'captured', doubtful: 'review' },
  expired: {
    sent: 'redirected',
    awaited: 'awaited',
    captured: 'captured',
    refused: 'refused',
    abandoned: 'abandoned',
    doubtful: 'review',
  },
  review: { captured: 'captured' },
  captured: {},
}

/** The state an event leads to, or undefined when it changes nothing here. */
export const nextState = (state: AttemptState, event: AttemptEvent): AttemptState | undefined =>
  TRANSITIONS[state][event]

/** The five return pages (ux.md 1.9), one for what takes days, and what an accepted payment becomes when the bank takes it back. */
export type ReturnPage =
  'accepted' | 'pending' | 'awaited' | 'refused' | 'abandoned' | 'unknown' | 'taken-back'

/** The page of each state. « Unknown » never claims that nothing was taken. */
export const PAGE_OF: Readonly<Record<AttemptState, ReturnPage>> = {
  created: 'abandoned',
  redirected: 'pending',
  awaited: 'awaited',
  captured: 'accepted',
  refused: 'refused',
  abandoned: 'abandoned',
  expired: 'unknown',
  review: 'unknown',
}

/** The page of a state, unless the bank took back all that the payment had brought (F43). */
export const pageOf = (state: AttemptState, isTakenBack: boolean): ReturnPage =>
  state === 'captured' && isTakenBack ? 'taken-back' : PAGE_OF[state]

/** Silent for this long after the last sending, an attempt expires and frees its invoices (issue 1). */
export const SILENCE_MS = 30 * MINUTE_MS

/** A bank that said « later » and nothing since: a debit takes two weeks at most (gateways 5.2, 6.2). */
export const LONG_SILENCE_MS = 30 * DAY_MS

/** Why an attempt was abandoned: the family said so here, so that the bank may not agree. */
export const DROPPED = 'dropped'
/** Why an attempt was abandoned: the bank was not ready for it, so that nobody could pay. */
export const UNSENT = 'unsent'

type Purpose = 'invoices' | 'top_up'

export type Attempt = {
  readonly organisationId: OrganisationId
  readonly id: AttemptId
  readonly reference: string
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly adultId: AdultId
  readonly contractId: ContractId
  readonly purpose: Purpose
  readonly amount: Cents
  readonly receiptEmail: string | null
  readonly state: AttemptState
  /** The bank's own code of a refusal, `DROPPED` or `UNSENT`; while awaited, the number of the sending that is. */
  readonly reason: string | null
  readonly createdAt: Instant
  readonly stateAt: Instant
  readonly sentAt: Instant | null
}

/** An attempt may be sent, or sent again, to the bank. */
export const maySend = (state: AttemptState): boolean => nextState(state, 'sent') !== undefined

/** The states that hold their invoices: the family is, or may be, at the bank, or its money is on the way. */
export const RUNNING = ['redirected', 'awaited'] as const satisfies readonly AttemptState[]
export const isRunning = (state: AttemptState): boolean => RUNNING.some((one) => one === state)
