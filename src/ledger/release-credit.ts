import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { type Cents, ZERO, add, negate, smaller, subtract, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Share } from './allocation.ts'
import { postEntry } from './post-entry.ts'
import { type FamilyAccounts, listCreditMoves, lockAccounts } from './store.ts'

/**
 * Makes `wanted` of a family's credit available again, so that money it came from can be taken away
 * without the credit becoming a debt. What is missing is taken back from the invoices that credit
 * settled, the newest settlement first; they are due again. When even that is not enough (the credit
 * was refunded), `all` fails and books nothing, `partly` frees what there is. Gives what is available.
 * Example: 50,00 € were paid at the desk, 31,00 € of them settled TH1 then 12,00 € TH2, so 7,00 € are
 * left. Taking the 50,00 € away frees 12,00 € from TH2 and 31,00 € from TH1: both are due whole.
 */
export async function releaseCredit(
  tx: Tx,
  family: FamilyAccounts,
  wanted: Cents,
  rule: 'all' | 'partly',
  now: Instant,
  actor: string,
): Promise<Result<Cents, 'credit-spent'>> {
  const { credit } = await lockAccounts(tx, family)
  if (wanted <= credit) return ok(wanted)
  const shares = settledByCredit(await listCreditMoves(tx, family), subtract(wanted, credit))
  const available = add(credit, sum(shares.map((share) => share.cents)))
  if (available < wanted && rule === 'all') return fail('credit-spent')
  if (shares.length > 0) await book(tx, family, shares, now, actor)
  return ok(available)
}

/** The newest settlements by credit that still stand, up to `missing`. */
function settledByCredit(
  newestFirst: readonly { invoiceId: InvoiceId; settled: Cents }[],
  missing: Cents,
): Share<InvoiceId>[] {
  const standing = new Map<InvoiceId, Cents>()
  for (const { invoiceId, settled } of newestFirst)
    standing.set(invoiceId, add(standing.get(invoiceId) ?? ZERO, settled))
  // A release undid what was settled before it; credit that settled the invoice again since stands.
  const released = new Map<InvoiceId, Cents>()
  const found = new Map<InvoiceId, Cents>()
  let rest = missing
  for (const { invoiceId, settled } of newestFirst) {
    const gone = released.get(invoiceId) ?? ZERO
    if (settled < ZERO) {
      released.set(invoiceId, subtract(gone, settled))
      continue
    }
    const undone = smaller(gone, settled)
    released.set(invoiceId, subtract(gone, undone))
    // Never more than stands in all: two moves at one instant may come in either order.
    const before = found.get(invoiceId) ?? ZERO
    const left = subtract(standing.get(invoiceId) ?? ZERO, before)
    const part = smaller(smaller(subtract(settled, undone), left), rest)
    if (part <= ZERO) continue
    found.set(invoiceId, add(before, part))
    rest = subtract(rest, part)
  }
  return [...found].map(([key, cents]) => ({ key, cents }))
}

async function book(
  tx: Tx,
  { organisationId, billingUnitId, familyId }: FamilyAccounts,
  shares: readonly Share<InvoiceId>[],
  now: Instant,
  actor: string,
): Promise<void> {
  const release = newId<'entry'>(now)
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'release',
    sourceKey: release,
    fact: release,
    accountingOn: parisDay(now),
    valueOn: parisDay(now),
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: 'credit', familyId }, cents: negate(sum(shares.map((share) => share.cents))) },
      ...shares.map((share) => ({
        account: { kind: 'receivable' as const, familyId, invoiceId: share.key },
        cents: share.cents,
      })),
    ],
  })
  assert(booked.ok, 'a release of credit was booked before')
}
