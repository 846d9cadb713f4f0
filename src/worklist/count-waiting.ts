import { MINUTE_MS } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import type { OfficeSection } from '../web/office-menu.ts'
import type { Waiting } from '../web/request.ts'
import type { CheckName } from './checks.ts'
import { type Checked, runChecks } from './run-checks.ts'

/** The menu's entries beside which a check's count stands. */
const SECTION_OF: { readonly [name in CheckName]?: OfficeSection } = {
  differences: 'reconciliation',
  approvals: 'refunds',
  drafts: 'invoices',
  deposits: 'deposits',
  overdue: 'overdue',
}

/** What waits, by entry of the menu; « À traiter » is the sum of all. */
export function waitingOf(checked: readonly Checked[]): Waiting {
  const counts: { [section: string]: number } = {}
  for (const { name, finding } of checked) {
    const section = SECTION_OF[name]
    if (!finding || finding.count === 0) continue
    counts['worklist'] = (counts['worklist'] ?? 0) + finding.count
    if (section) counts[section] = finding.count
  }
  return counts
}

/** A number in the menu may be this old, except to who has just done something. */
const KEPT_MS = MINUTE_MS / 2
const MOST_KEPT = 1_000

/** Counts what waits for a member of staff, for the menu of every page: once in half a minute each. */
export function countWaiting({ db, clock, log }: Services) {
  const kept = new Map<StaffId, { readonly at: number; readonly waiting: Waiting }>()
  return {
    of: async (actor: StaffActor): Promise<Waiting> => {
      const now = clock.now()
      const known = kept.get(actor.staffId)
      if (known && now.getTime() - known.at < KEPT_MS) return known.waiting
      const checked = await runChecks(db, actor, now, (check, err) =>
        log.error({ check, err }, 'a check failed'),
      )
      const waiting = waitingOf(checked)
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(actor.staffId, { at: now.getTime(), waiting })
      return waiting
    },
    forget: ({ staffId }: StaffActor): void => {
      kept.delete(staffId)
    },
  }
}
