import { type Instant, parisDay } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { insertClosing } from './closing-store.ts'
import { type Comparison, isClear } from './comparison.ts'
import { readDay } from './read-day.ts'
import type { CheckedDay } from './store.ts'

export type CloseFailure =
  'day-not-over' | 'no-statement' | 'changed-meanwhile' | 'reserve-missing' | 'already-closed'

/** What a person saw before signing: when it is no longer so, they look again. */
export const seenOf = ({ bank, portal, differences }: Comparison): string =>
  [bank, portal, differences.length].join(' ')

/**
 * Closes a day for good, frozen as it stands: with nothing open, or with a reserve that says why. Only
 * a day that is over and of which a journal was read; the state signed is the one that was shown.
 */
export async function closeDay(
  tx: Tx,
  checked: CheckedDay,
  signed: {
    readonly seen: string
    readonly reserve: string | null
    readonly staffId: StaffId
    readonly name: string
  },
  now: Instant,
): Promise<Result<Comparison, CloseFailure>> {
  if (checked.day >= parisDay(now)) return fail('day-not-over')
  const { comparison, readAt } = await readDay(tx, checked)
  if (readAt === undefined) return fail('no-statement')
  if (seenOf(comparison) !== signed.seen) return fail('changed-meanwhile')
  if (!isClear(comparison) && signed.reserve === null) return fail('reserve-missing')
  return (await insertClosing(tx, checked, comparison, signed, now)) ? ok(comparison) : fail('already-closed')
}
