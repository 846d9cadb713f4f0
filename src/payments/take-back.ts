import { assert, present } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import type { EntryId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate, subtract, sum } from '../kernel/money.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { takeBack } from '../ledger/allocation.ts'
import type { AccountName, Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { releaseCredit } from '../ledger/release-credit.ts'
import { findEntry, lockAccounts } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import type { Capture } from './capture.ts'

type TakingBack = {
  readonly kind: 'cancellation' | 'chargeback_lost' | 'bank_refund'
  readonly sourceKey: string
  readonly amount: Cents
  /** Where the money left from. */
  readonly from: 'clearing' | 'disputed'
  readonly valueOn: Day
  readonly actor: string
}

/**
 * Undoes part or all of what a capture booked, from its last share to its first: the credit it gave,
 * then the invoices it settled, the last one first. Credit spent meanwhile is freed from the invoices
 * it settled; what cannot be (it was refunded) stands in suspense, so that no credit becomes a debt
 * and the bank's fact is booked all the same (F63). Credit then settles what is due again.
 * Gives the entry and what stands in suspense.
 */
export async function takeBackCapture(
  tx: Tx,
  capture: Capture,
  taking: TakingBack,
  now: Instant,
): Promise<{ entryId: EntryId; uncovered: Cents }> {
  const { organisationId, billingUnitId } = capture
  const { kind, sourceKey, amount, from, valueOn, actor } = taking
  if (capture.familyId !== null)
    await lockAccounts(tx, { organisationId, billingUnitId, familyId: capture.familyId })
  const booked = present(await findEntry(tx, organisationId, capture.entryId), 'a capture of no entry')
  const shares = booked.postings
    .filter((posting) => posting.cents < ZERO)
    .map(({ account, cents }) => ({ key: account, cents: negate(cents) }))
  const before = sum([capture.cancelled, capture.reopened, capture.givenBack])
  const postings: Posting[] = [{ account: { kind: from }, cents: negate(amount) }]
  // What no account can give back: credit that was refunded, or money that the bank takes twice.
  let uncovered = amount
  // What had stayed in suspense leaves it by the same line: 2,00 € there, disputed whole, then 1,00 €
  // of it cancelled; the dispute lost takes 1,00 € from it and leaves 1,00 € more owed to it.
  let held = ZERO
  for (const { key, cents } of takeBack(shares, before, amount)) {
    const covered = await cover(tx, capture, key, cents, now, actor)
    uncovered = subtract(uncovered, covered)
    if (key.kind === 'suspense') held = covered
    else if (covered > ZERO) postings.push({ account: key, cents: covered })
  }
  const suspense = sum([held, uncovered])
  if (suspense > ZERO) postings.push({ account: { kind: 'suspense' }, cents: suspense })
  const entry = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind,
    sourceKey,
    fact: `${sourceKey} ${amount}`,
    accountingOn: parisDay(now),
    valueOn,
    bookedAt: now,
    actor,
    postings,
  })
  assert(entry.ok && entry.value.booked, `${kind} ${sourceKey} was booked before`)
  const { familyId } = capture
  if (familyId !== null) await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  return { entryId: entry.value.entryId, uncovered }
}

/** How much of a share can be taken from its account: all of it, unless it is credit that left. */
async function cover(
  tx: Tx,
  { organisationId, billingUnitId }: Capture,
  account: AccountName,
  amount: Cents,
  now: Instant,
  actor: string,
): Promise<Cents> {
  if (account.kind !== 'credit') return amount
  const family = { organisationId, billingUnitId, familyId: account.familyId }
  const available = await releaseCredit(tx, family, amount, 'partly', now, actor)
  assert(available.ok, 'a partial release failed')
  return available.value
}
