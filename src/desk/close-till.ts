import { type Instant, parisDay } from '../kernel/dates.ts'
import { formatCents, formatSignedCents } from '../kernel/french.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { add, type Cents, ZERO } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { readCashMoves } from './till-store.ts'
import { countedOf, type Counts, differenceOf, heldBy } from './till.ts'

type Count = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly counts: Counts
  /** Coins kept for change. */
  readonly float: Cents
  /** What the page said should be there, without the coins for change. */
  readonly seen: Cents
  /** Needed when the count differs. */
  readonly reason: string
}

/**
 * Closes a unit's till for the Paris day of `now`, once. `moved`: cash came or went since the page was
 * shown; `no-reason`: the count differs and nobody says why. The difference is told, never booked:
 * what becomes of it is a person's decision.
 */
export async function closeTill(
  tx: Tx,
  { organisationId, billingUnitId, counts, float, seen, reason }: Count,
  author: Author,
  now: Instant,
): Promise<Result<{ closingId: string }, 'already-closed' | 'moved' | 'no-reason'>> {
  // Every entry of the unit holds its row: once it is ours, what was being booked is booked.
  await sql`select from billing_unit
    where organisation_id = ${organisationId} and id = ${billingUnitId} for update`.execute(tx)
  const moves = await readCashMoves(tx, organisationId, billingUnitId)
  if (heldBy(moves) !== seen) return fail('moved')
  const counted = countedOf(counts)
  const difference = differenceOf(counted, moves, float)
  if (difference !== ZERO && reason === '') return fail('no-reason')
  const closingId: string = newId<'closing'>(now)
  const closed = await tx
    .insertInto('till_closing')
    .values({
      organisation_id: organisationId,
      id: closingId,
      billing_unit_id: billingUnitId,
      closed_on: parisDay(now),
      received_cents: moves.received,
      taken_back_cents: moves.takenBack,
      deposited_cents: moves.deposited,
      float_cents: float,
      counts: JSON.stringify(counts),
      counted_cents: counted,
      reason: difference === ZERO ? null : reason,
      closed_by: author.name,
      closed_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'billing_unit_id', 'closed_on']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (!closed) return fail('already-closed')
  await recordAct(
    tx,
    author,
    {
      kind: 'till.closed',
      object: parisDay(now),
      reason: difference === ZERO ? undefined : reason,
      changes: {
        expected: { after: formatCents(add(heldBy(moves), float)) },
        counted: { after: formatCents(counted) },
        difference: { after: formatSignedCents(difference) },
      },
    },
    now,
  )
  return ok({ closingId })
}
