import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId } from '../kernel/ids.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may, reachOf } from '../staff/rights.ts'
import { type CheckName, CHECKS, type Finding } from './checks.ts'
import { listTaskPiles } from './pile-store.ts'
import { listPostponements, type Postponement } from './postponement-store.ts'
import { NOTHING_PUT_OFF, type PutOff, type Scope } from './scope.ts'

/** What a check found. */
export type Checked = {
  readonly name: CheckName
  /** `undefined`: it failed, which the page says: never a silent zero. */
  readonly finding: Finding | undefined
  /** Where it is treated, when this person may. */
  readonly href: string | undefined
  /** What of it was put off as a block, with until when and why. */
  readonly putOff?: Postponement & { readonly count: number }
}

/**
 * Runs every check where the actor reads, each on its own: one that fails hides no other. What was put
 * off counts apart and comes back at its date.
 */
export async function runChecks(
  read: Read,
  actor: StaffActor,
  now: Instant,
  tellFailure: (name: CheckName, error: unknown) => void,
): Promise<readonly Checked[]> {
  const { organisationId, grants } = actor
  const base = { organisationId, reach: reachOf(grants, 'worklist.read'), now } as const
  const everything: Scope = { ...base, putOff: NOTHING_PUT_OFF, side: 'due' }
  const piles = listTaskPiles(read, everything)
  // Heard where it is awaited, in the checks that need it; those that fail say so one by one.
  piles.catch(() => {})
  const postponed = await listPostponements(read, organisationId, now)
  return Promise.all(
    CHECKS.map(async ({ name, find, action }) => {
      const mine = postponed.filter(({ check }) => check === name)
      const putOff = asPutOff(mine)
      try {
        const finding = await find(read, { ...base, putOff, side: 'due' }, piles)
        const href =
          action && may(grants, action.right, 'anywhere') ? (finding.href ?? action.href) : undefined
        const [first] = mine.filter(({ unitId }) => isWithin(base.reach, unitId))
        if (!first) return { name, finding, href }
        const later = await find(read, { ...base, putOff, side: 'later' }, piles)
        return { name, finding, href, putOff: { ...first, count: later.count } }
      } catch (error) {
        tellFailure(name, error)
        return { name, finding: undefined, href: undefined }
      }
    }),
  )
}

const asPutOff = (mine: readonly Postponement[]): PutOff => ({
  unitIds: mine.flatMap(({ unitId }) => unitId ?? []),
  rest: mine.some(({ unitId }) => unitId === null),
})

const isWithin = (reach: Scope['reach'], unitId: BillingUnitId | null): boolean =>
  reach === 'all' || (unitId !== null && reach.unitIds.includes(unitId))
