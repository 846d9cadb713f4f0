import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate, subtract, sum } from '../kernel/money.ts'
import { allocate } from '../ledger/allocation.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockDues } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { listVisibleOldestFirst } from './store.ts'

/**
 * Settles a unit's visible invoices from the family's credit at that unit, oldest first, in both
 * modes (issue 1). Gives what remains due on each locked, visible invoice, oldest first.
 * Example: 20,00 € of credit, 4,50 € and 70,00 € due → 0,00 € and 54,50 €.
 */
export async function applyCredit(
  tx: Tx,
  family: { organisationId: OrganisationId; billingUnitId: BillingUnitId; familyId: FamilyId },
  now: Instant,
): Promise<{ key: InvoiceId; due: Cents }[]> {
  const { organisationId, billingUnitId, familyId } = family
  const { dues, credit } = await lockDues(tx, organisationId, billingUnitId, familyId)
  if (dues.size === 0) return []
  const visible = await listVisibleOldestFirst(tx, organisationId, [...dues.keys()], now)
  const debts = visible.map((key) => ({ key, due: dues.get(key) ?? ZERO }))
  const { shares } = allocate(credit, debts)
  if (shares.length === 0) return debts
  const allocation = newId<'entry'>(now)
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'allocation',
    sourceKey: allocation,
    fact: allocation,
    accountingOn: parisDay(now),
    valueOn: parisDay(now),
    bookedAt: now,
    actor: 'système',
    postings: [
      { account: { kind: 'credit', familyId }, cents: sum(shares.map((share) => share.cents)) },
      ...shares.map((share) => ({
        account: { kind: 'receivable' as const, familyId, invoiceId: share.key },
        cents: negate(share.cents),
      })),
    ],
  })
  assert(booked.ok, 'an allocation of credit was booked before')
  const settled = new Map(shares.map((share) => [share.key, share.cents]))
  return debts
    .map(({ key, due }) => ({ key, due: subtract(due, settled.get(key) ?? ZERO) }))
    .filter((debt) => debt.due > ZERO)
}
