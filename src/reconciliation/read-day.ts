import type { Instant } from '../kernel/dates.ts'
import type { Read } from '../platform/db.ts'
import { compare, type Comparison, type Remitted, withRemittance } from './comparison.ts'
import {
  type CheckedDay,
  findLastReading,
  findRemitted,
  listBankOperations,
  listPortalOperations,
} from './store.ts'

export type ReadDay = {
  readonly comparison: Comparison
  /** When the bank's journal of the day was last read; undefined: nothing to compare with yet. */
  readonly readAt: Instant | undefined
  /** What reached the account for the day, when its statement was read. */
  readonly remitted: Remitted | undefined
}

/** Compares a day as it stands now. */
export async function readDay(read: Read, checked: CheckedDay): Promise<ReadDay> {
  const [bank, readAt] = [await listBankOperations(read, checked), await findLastReading(read, checked)]
  const portal = await listPortalOperations(
    read,
    checked,
    bank.map(({ key }) => key),
  )
  // Without the journal there is nothing to say what should have come.
  const remitted = readAt === undefined ? undefined : await findRemitted(read, checked)
  return { comparison: withRemittance(compare(bank, portal), remitted), readAt, remitted }
}
