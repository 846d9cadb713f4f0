import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockAccounts } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { findWriteOff, lockInvoice } from './correction-store.ts'

type Decision = {
  readonly organisationId: OrganisationId
  readonly invoiceId: InvoiceId
  /** The decision's own number: it is applied once. */
  readonly decision: string
  readonly amount: Cents
  readonly reason: string
  readonly decidedBy: string
  readonly approvedBy: string
}

type Failure = 'unknown-invoice' | 'no-amount' | 'same-person' | 'above-due' | 'exists-with-other-content'

/** Gives up what is due on an invoice, or part of it, by a decision that two different people signed. */
export async function writeOff(
  tx: Tx,
  decided: Decision,
  now: Instant,
): Promise<Result<{ written: boolean }, Failure>> {
  const { organisationId, invoiceId, decision, amount, decidedBy, approvedBy } = decided
  if (decidedBy === approvedBy) return fail('same-person')
  if (amount <= ZERO) return fail('no-amount')
  const invoice = await lockInvoice(tx, organisationId, invoiceId)
  if (!invoice) return fail('unknown-invoice')
  const known = await findWriteOff(tx, organisationId, decision)
  if (known)
    return factOf(known) === factOf(decided) ? ok({ written: false }) : fail('exists-with-other-content')
  const { billingUnitId, familyId } = invoice
  const { dues } = await lockAccounts(tx, { organisationId, billingUnitId, familyId })
  if (amount > (dues.get(invoiceId) ?? ZERO)) return fail('above-due')
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'write_off',
    sourceKey: decision,
    fact: factOf(decided),
    accountingOn: parisDay(now),
    valueOn: parisDay(now),
    bookedAt: now,
    actor: decidedBy,
    postings: [
      { account: { kind: 'write_off' }, cents: amount },
      { account: { kind: 'receivable', familyId, invoiceId }, cents: negate(amount) },
    ],
  })
  assert(booked.ok && booked.value.booked, `decision ${decision} was booked before`)
  await tx
    .insertInto('write_off')
    .values({
      organisation_id: organisationId,
      id: newId<'writeOff'>(now),
      decision,
      invoice_id: invoiceId,
      amount_cents: amount,
      reason: decided.reason,
      decided_by: decidedBy,
      approved_by: approvedBy,
      written_at: now,
      entry_id: booked.value.entryId,
    })
    .execute()
  return ok({ written: true })
}

const factOf = (
  one: Pick<Decision, 'invoiceId' | 'amount' | 'reason' | 'decidedBy' | 'approvedBy'>,
): string => [one.invoiceId, one.amount, one.decidedBy, one.approvedBy, one.reason].join(' ')
