// What « À traiter » looks for, what harms families first (ux.md 2.1). A new check is a line here.
import { DAY_MS, type Instant, later } from '../kernel/dates.ts'
import { type Cents, cents } from '../kernel/money.ts'
import type { Read } from '../platform/db.ts'
import type { Right } from '../staff/rights.ts'
import {
  listDueTasks,
  type Pile,
  pileOfApprovals,
  pileOfDeposits,
  pileOfDifferences,
  pileOfDrafts,
  pileOfHeavyDebts,
  pileOfMessages,
  pileOfRequests,
  pileOfUnpaidRefunds,
  pileOfWriteOffs,
  type TaskPile,
} from './pile-store.ts'
import { paths } from '../web/paths.ts'
import { pileOfMails } from './mail-store.ts'
import type { Scope } from './scope.ts'
import type { OpenTask } from '../tasks/store.ts'
import type { texts } from './texts.ts'

export type Finding = Pile & {
  /** The first tasks themselves, when that is what was found: each is treated on its own page. */
  readonly tasks?: readonly OpenTask[]
  /** Tasks put off one by one, which count in nothing above. */
  readonly postponed?: number
  /** When the figures were drawn, where they are not those of this moment. */
  readonly asOf?: Instant | null
  /** Where it is treated, when that is nearer than the check's own screen. */
  readonly href?: string
}

export type CheckName = keyof typeof texts.checks
export type Check = {
  readonly name: CheckName
  readonly find: (read: Read, scope: Scope, piles: Promise<readonly TaskPile[]>) => Promise<Finding>
  /** The screen where it is treated, and the right that opens it; tasks have a page each. */
  readonly action?: { readonly href: string; readonly right: Right }
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
/** A block shows this many tasks; the command line lists them all. */
const SHOWN = 20

const fromTasks = (name: CheckName): Check => ({
  name,
  find: async (read, scope, piles) => {
    const mine = (await piles).filter(({ kind }) => (CHECK_OF[kind] ?? 'others') === name)
    const kinds = mine.filter(({ count }) => count > 0).map(({ kind }) => kind)
    const amounts = mine.flatMap((pile) => pile.cents ?? [])
    const ages = mine.flatMap(({ oldest }) => oldest?.getTime() ?? [])
    return {
      count: mine.reduce((count, pile) => count + pile.count, 0),
      cents: amounts.length === 0 ? null : total(amounts),
      oldest: ages.length === 0 ? null : new Date(Math.min(...ages)),
      tasks: kinds.length === 0 ? [] : await listDueTasks(read, scope, kinds, SHOWN),
      postponed: mine.reduce((count, pile) => count + pile.postponed, 0),
    }
  },
})
const total = (amounts: readonly Cents[]): Cents => cents(amounts.reduce((all, one) => all + one, 0))

export const CHECKS: readonly Check[] = [
  fromTasks('debited'),
  {
    name: 'messages',
    find: (read, scope) => pileOfMessages(read, scope, later(scope.now, -REFUSED_SHOWN_MS)),
    action: { href: paths.office.reconciliations, right: 'reconciliation.read' },
  },
  {
    name: 'differences',
    find: async (read, scope) => {
      const { oldestDay, contractId, comparedAt, ...pile } = await pileOfDifferences(read, scope)
      const href =
        oldestDay && contractId && `${paths.office.reconciliation(oldestDay)}?contrat=${contractId}`
      return { ...pile, asOf: comparedAt, ...(href ? { href } : {}) }
    },
    action: { href: paths.office.reconciliations, right: 'reconciliation.read' },
  },
  fromTasks('bank'),
  {
    name: 'approvals',
    find: pileOfApprovals,
    action: { href: paths.office.refunds, right: 'refund.prepare' },
  },
  {
    name: 'writeOffs',
    find: pileOfWriteOffs,
    action: { href: paths.office.writeOffs, right: 'write-off.decide' },
  },
  {
    name: 'refunds',
    find: pileOfUnpaidRefunds,
    action: { href: paths.office.refunds, right: 'refund.prepare' },
  },
  { name: 'requests', find: pileOfRequests, action: { href: paths.office.requests, right: 'family.edit' } },
  { name: 'drafts', find: pileOfDrafts, action: { href: paths.office.invoices, right: 'invoice.draft' } },
  { name: 'deposits', find: pileOfDeposits, action: { href: paths.office.deposits, right: 'deposit.close' } },
  {
    name: 'overdue',
    find: pileOfHeavyDebts,
    action: { href: `${paths.office.overdue}?tri=montant`, right: 'invoice.read' },
  },
  { name: 'mails', find: pileOfMails, action: { href: paths.office.failedMails, right: 'worklist.read' } },
  fromTasks('others'),
]

export const findCheck = (name: string | undefined): Check | undefined =>
  CHECKS.find((check) => check.name === name && check.action)
