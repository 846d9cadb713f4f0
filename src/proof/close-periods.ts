import { present } from '../kernel/assert.ts'
import { addDays, type Instant, later, MINUTE_MS, parisInstant } from '../kernel/dates.ts'
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
  listDayTotals,
  lockBooks,
  lockChain,
  sumDay,
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
  for (const period of periodsEnding(day)) await closePeriod(tx, organisationId, period, now)
  return true
}

async function closePeriod(
  tx: Tx,
  organisationId: OrganisationId,
  period: ClosedPeriod,
  now: Instant,
): Promise<void> {
  const previous = await lastClosing(tx, organisationId)
  const head = await headOf(tx, organisationId)
  const perpetual = (previous && readTotals(previous.perpetual)) ?? noSums()
  const sums = await sumsOf(tx, organisationId, period)
  if (period.kind === 'day') addSums(perpetual, sums)
  const content: Omit<Closing, 'sha256'> = {
    ...period,
    number: (previous?.number ?? 0) + 1,
    totals: totalsText(sums),
    perpetual: totalsText(perpetual),
    headSequence: head.sequence,
    headSha256: head.sha256,
    previousSha256: previous?.sha256 ?? GENESIS,
    // To the microsecond, as it is read back.
    closedAt: now.toISOString().replace('Z', '000Z'),
  }
  await insertClosing(tx, organisationId, { ...content, sha256: closingHash(organisationId, content) })
}

/** A day is summed from its entries; a month or a year from its days, however many entries they have. */
async function sumsOf(
  tx: Tx,
  organisationId: OrganisationId,
  { kind, fromOn, toOn }: ClosedPeriod,
): Promise<Sums> {
  if (kind === 'day') {
    const { entries, kinds } = await sumDay(tx, organisationId, toOn)
    return { entries, kinds: new Map(kinds.map((one) => [one.kind, one])) }
  }
  const sums = noSums()
  for (const totals of await listDayTotals(tx, organisationId, fromOn, toOn))
    addSums(sums, present(readTotals(totals), 'a day whose totals cannot be read'))
  return sums
}
