// What « À traiter » looks for, what harms families first (ux.md 2.1). A new check is a line here.
import { DAY_MS, type Instant, later } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'
import { cents } from '../kernel/money.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may, type Reach, reachOf } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { listOpenTasks, type OpenTask } from '../tasks/store.ts'
import { listFailingMails, listPendingMessages, pileOfDeposits, pileOfRefunds } from './store.ts'
import { findRequests } from './find-requests.ts'
import { texts } from './texts.ts'

export type Finding = {
  readonly count: number
  readonly cents: Cents | null
  readonly oldest: Instant | null
  /** The tasks themselves, when that is what was found: each is treated on its own page. */
  readonly tasks?: readonly OpenTask[]
  /** Tasks put off, which count in nothing above. */
  readonly postponed?: number
  /** The screen where it is treated; without one, only the number is told. */
  readonly action?: { readonly href: string; readonly label: string }
}

export type CheckName = keyof typeof texts.checks
export type Check = {
  readonly name: CheckName
  readonly find: (asked: Asked) => Promise<Finding>
}
type Asked = {
  readonly read: Read
  readonly actor: StaffActor
  /** Every open task, read once for all checks. */
  readonly tasks: Promise<readonly OpenTask[]>
  readonly now: Instant
}

/** Which check shows a kind of task; a kind that is not here is shown by « others ». */
const CHECK_OF: { readonly [kind: string]: CheckName } = {
  'unknown-order': 'debited',
  'amount-mismatch': 'debited',
  'second-capture': 'debited',
  surplus: 'debited',
  'foreign-currency': 'debited',
  'taken-back': 'bank',
  'refund-found': 'bank',
  'refund-refused': 'bank',
  'refund-by-transfer': 'bank',
  'bad-signatures': 'bank',
  'dispute-opened': 'bank',
  'dispute-lost': 'bank',
  'unread-operation': 'bank',
  'enquiry-refused': 'bank',
  'no-enquiry': 'bank',
  'journal-refused': 'bank',
  'bank-difference': 'bank',
  'cheque-bounced': 'bank',
}
/** A refused test message is of interest for this long. */
const REFUSED_SHOWN_MS = 30 * DAY_MS

const fromTasks = (name: CheckName): Check => ({
  name,
  find: async ({ tasks, now }) => {
    const mine = (await tasks).filter(({ kind }) => (CHECK_OF[kind] ?? 'others') === name)
    const due = mine.filter(({ notBefore }) => notBefore === null || notBefore <= now)
    const amounts = due.flatMap(({ details: { amountCents } }) =>
      typeof amountCents === 'number' ? [amountCents] : [],
    )
    return {
      count: due.length,
      cents: amounts.length === 0 ? null : cents(amounts.reduce((sum, one) => sum + one, 0)),
      oldest: due[0]?.since ?? null,
      tasks: due,
      postponed: mine.length - due.length,
    }
  },
})

/** The units a list is narrowed to; who holds one establishment sees the piles of none but whole units. */
const unitsOf = (reach: Reach) => (reach === 'all' ? undefined : reach.unitIds)

export const CHECKS: readonly Check[] = [
  fromTasks('debited'),
  {
    name: 'messages',
    find: async ({ read, actor, now }) => {
      const found = await listPendingMessages(read, actor.organisationId, later(now, -REFUSED_SHOWN_MS))
      return { count: found.length, cents: null, oldest: found[0]?.since ?? null }
    },
  },
  fromTasks('bank'),
  {
    name: 'refunds',
    find: ({ read, actor }) =>
      pileOfRefunds(read, actor.organisationId, unitsOf(reachOf(actor.grants, 'worklist.read'))),
  },
  { name: 'requests', find: findRequests },
  {
    name: 'deposits',
    find: async ({ read, actor }) => {
      const reach = reachOf(actor.grants, 'worklist.read')
      const found = await pileOfDeposits(read, actor.organisationId, unitsOf(reach))
      return may(actor.grants, 'deposit.close', 'anywhere') && found.count > 0
        ? { ...found, action: { href: paths.office.deposits, label: texts.checks.deposits.action } }
        : found
    },
  },
  {
    name: 'mails',
    find: async ({ read, actor }) => {
      const found = await listFailingMails(read, actor.organisationId)
      return { count: found.length, cents: null, oldest: found[0]?.since ?? null }
    },
  },
  fromTasks('others'),
]

/** What a check found; `undefined`: it failed, which the page says: never a silent zero. */
export type Checked = { readonly name: CheckName; readonly finding: Finding | undefined }

/** Runs every check, each on its own: one that fails hides no other. */
export async function runChecks(
  read: Read,
  actor: StaffActor,
  now: Instant,
  tellFailure: (name: CheckName, error: unknown) => void,
): Promise<readonly Checked[]> {
  const tasks = listOpenTasks(read, actor.organisationId)
  return Promise.all(
    CHECKS.map(async ({ name, find }) => {
      try {
        return { name, finding: await find({ read, actor, tasks, now }) }
      } catch (error) {
        tellFailure(name, error)
        return { name, finding: undefined }
      }
    }),
  )
}
