import { assert, present } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, OrganisationId } from '../kernel/ids.ts'
import { ZERO, negate, subtract } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import type { AccountName, EntryKind, Posting } from './ledger.ts'
import { postEntry } from './post-entry.ts'
import { releaseCredit } from './release-credit.ts'
import { findEntry, lockAccounts } from './store.ts'

/** What may be undone by its mirror; the others have an operation of their own. */
const REVERSIBLE: readonly EntryKind[] = ['desk', 'elsewhere', 'refund', 'refund_paid']

export type Undoing = {
  readonly organisationId: OrganisationId
  readonly entryId: EntryId
  readonly kind: 'reversal' | 'bounced'
  readonly reason: string
  readonly actor: string
  /** The account that stands in the mirror for another: a deposited cheque bounces from the bank. */
  readonly instead?: { readonly of: AccountName['kind']; readonly by: 'bank' }
}

export type UndoFailure = 'not-reversible' | 'already-reversed' | 'credit-spent'

/**
 * Books the exact mirror of an entry, once per entry (L4): what it settled is due again, the credit it
 * gave is taken away. Credit spent meanwhile is first freed from the invoices it settled, newest first;
 * credit that left by a refund cannot be: the reversal fails as `credit-spent`, booking nothing, while
 * a bounced cheque, which is the bank's fact, is booked with what is missing in suspense.
 * Example: 50,00 € at the desk settled 31,00 € and gave 19,00 € of credit, of which 12,00 € settled
 * TH2. The reversal first releases 12,00 € from TH2, then books 31,00 € due and takes 19,00 € of credit.
 */
export async function reverseEntry(
  tx: Tx,
  undoing: Undoing,
  now: Instant,
): Promise<Result<{ entryId: EntryId; billingUnitId: BillingUnitId }, UndoFailure>> {
  const { organisationId, entryId, kind, reason, actor, instead } = undoing
  const known = present(await findEntry(tx, organisationId, entryId), `no entry ${entryId}`)
  if (!REVERSIBLE.includes(known.kind)) return fail('not-reversible')
  const { billingUnitId } = known
  const family = known.postings.map(({ account }) => familyOf(account)).find((one) => one !== undefined)
  const accounts = family && { organisationId, billingUnitId, familyId: family }
  // A refund paid moves no family's account: its own row is the lock of who undoes it.
  if (accounts) await lockAccounts(tx, accounts)
  // Read again under the lock: another may just have undone it.
  if ((await findEntry(tx, organisationId, entryId))?.reversed !== false) return fail('already-reversed')
  const mirror: Posting[] = []
  for (const { account, cents } of known.postings) {
    const back = negate(cents)
    if (account.kind !== 'credit' || back < ZERO) {
      mirror.push({ account: account.kind === instead?.of ? { kind: instead.by } : account, cents: back })
      continue
    }
    const freed = await releaseCredit(
      tx,
      present(accounts, 'a credit of no family'),
      back,
      kind === 'bounced' ? 'partly' : 'all',
      now,
      actor,
    )
    if (!freed.ok) return freed
    if (freed.value > ZERO) mirror.push({ account, cents: freed.value })
    if (freed.value < back) mirror.push({ account: { kind: 'suspense' }, cents: subtract(back, freed.value) })
  }
  const on: Day = parisDay(now)
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind,
    sourceKey: entryId,
    fact: `${entryId} ${reason}`,
    accountingOn: on,
    valueOn: on,
    bookedAt: now,
    actor,
    reverses: entryId,
    reason,
    postings: mirror,
  })
  assert(booked.ok && booked.value.booked, `entry ${entryId} was undone before`)
  return ok({ entryId: booked.value.entryId, billingUnitId })
}

const familyOf = (account: AccountName) => ('familyId' in account ? account.familyId : undefined)
