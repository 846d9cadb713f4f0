import { addDays, type Day, type Instant, later, MINUTE_MS, parisInstant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { listOrganisations } from '../organisations/store.ts'
import type { Db, Tx } from '../platform/db.ts'
import {
  addSums,
  type Closing,
  closingHash,
  GENESIS,
  noSums,
  readTotals,
  type Sums,
  totalsText,
} from './chain.ts'
import { type ClosedPeriod, periodsEnding } from './period.ts'
import { sealEntries } from './seal-entries.ts'
import {
  firstDay,
  hasUnsealed,
  headOf,
  insertClosing,
  lastClosing,
  lockBooks,
  lockChain,
  sumPeriod,
} from './store.ts'

/** A day stays open so long after its Paris midnight, for what was under way and for clocks that differ (F73). */
const GRACE_MS = 15 * MINUTE_MS

/** Closes what is over, for every organisation. Gives how many days. */
export async function closeAll(db: Db, now: Instant): Promise<number> {
  let closed = 0
  for (const { id } of await listOrganisations(db)) closed += await closePeriods(db, id, now)
  return closed
}

/**
 * Closes every day that is over, in order from the first entry's day, empty days included, and with
 * it the month and the year that it ends. Missed days are caught up; a second run closes nothing.
 * Gives how many days.
 */
export async function closePeriods(db: Db, organisationId: OrganisationId, now: Instant): Promise<number> {
  await sealEntries(db, organisationId, now)
  let closed = 0
  while (await db.transaction((tx) => closeNextDay(tx, organisationId, now))) closed += 1
  return closed
}

/** Closes the first open day; false when it is not over, or has entries still without a seal. */
async function closeNextDay(tx: Tx, organisationId: OrganisationId, now: Instant): Promise<boolean> {
  await lockChain(tx, organisationId)
  const closedThrough = await lockBooks(tx, organisationId)
  const day = closedThrough ? addDays(closedThrough, 1) : await firstDay(tx, organisationId)
  if (!day || now < later(parisInstant(addDays(day, 1)), GRACE_MS)) return false
  if (await hasUnsealed(tx, organisationId, day)) return false
  for (const period of periodsEnding(day)) await closePeriod(tx, organisationId, period, day, now)
  return true
}

async function closePeriod(
  tx: Tx,
  organisationId: OrganisationId,
  period: ClosedPeriod,
  day: Day,
  now: Instant,
): Promise<void> {
  const previous = await lastClosing(tx, organisationId)
  const head = await headOf(tx, organisationId)
  const perpetual = (previous && readTotals(previous.perpetual)) ?? noSums()
  if (period.kind === 'day') addSums(perpetual, await sumsOf(tx, organisationId, day, day))
  const content: Omit<Closing, 'sha256'> = {
    ...period,
    number: (previous?.number ?? 0) + 1,
    totals: totalsText(await sumsOf(tx, organisationId, period.fromOn, period.toOn)),
    perpetual: totalsText(perpetual),
    headSequence: head.sequence,
    headSha256: head.sha256,
    previousSha256: previous?.sha256 ?? GENESIS,
    // To the microsecond, as it is read back.
    closedAt: now.toISOString().replace('Z', '000Z'),
  }
  await insertClosing(tx, organisationId, { ...content, sha256: closingHash(organisationId, content) })
}

async function sumsOf(tx: Tx, organisationId: OrganisationId, from: string, to: string): Promise<Sums> {
  const { entries, kinds } = await sumPeriod(tx, organisationId, from, to)
  return { entries, kinds: new Map(kinds.map(({ kind, debit, credit }) => [kind, { debit, credit }])) }
}
