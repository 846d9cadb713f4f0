import { assert } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate } from '../kernel/money.ts'
import { allocate } from '../ledger/allocation.ts'
import type { EntryKind, Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockDues } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'

type Received = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  /** The other software's own key of this payment. */
  readonly externalKey: string
  readonly receivedOn: Day
  readonly method: string
  readonly amount: Cents
  /** The invoices it settled, in order; what they do not take becomes credit. */
  readonly invoices: readonly InvoiceId[]
}

/** Books a payment that was received outside Préau. Throws when its key was booked before. */
export async function recordElsewherePayment(
  tx: Tx,
  received: Received,
  now: Instant,
  actor: string,
): Promise<void> {
  const { organisationId, billingUnitId, familyId } = received
  const { dues } = await lockDues(tx, organisationId, billingUnitId, familyId)
  const debts = received.invoices.map((key) => ({ key, due: dues.get(key) ?? ZERO }))
  const { shares, rest } = allocate(received.amount, debts)
  const postings: Posting[] = [{ account: { kind: 'elsewhere' }, cents: received.amount }]
  for (const share of shares)
    postings.push({
      account: { kind: 'receivable', familyId, invoiceId: share.key },
      cents: negate(share.cents),
    })
  if (rest > ZERO) postings.push({ account: { kind: 'credit', familyId }, cents: negate(rest) })
  const entryId = await book(tx, received, 'elsewhere', postings, now, actor)
  await tx
    .insertInto('elsewhere_payment')
    .values({
      organisation_id: organisationId,
      id: newId<'capture'>(now),
      billing_unit_id: billingUnitId,
      family_id: familyId,
      external_key: received.externalKey,
      received_on: received.receivedOn,
      method: received.method,
      amount_cents: received.amount,
      entry_id: entryId,
    })
    .execute()
}

/** Books a credit taken over from the other software. Throws when its key was booked before. */
export async function recordOpeningCredit(
  tx: Tx,
  opening: Omit<Received, 'method' | 'invoices'>,
  now: Instant,
  actor: string,
): Promise<void> {
  const postings: Posting[] = [
    { account: { kind: 'opening' }, cents: opening.amount },
    { account: { kind: 'credit', familyId: opening.familyId }, cents: negate(opening.amount) },
  ]
  await book(tx, opening, 'opening', postings, now, actor)
}

async function book(
  tx: Tx,
  received: Omit<Received, 'method' | 'invoices'>,
  kind: EntryKind,
  postings: readonly Posting[],
  now: Instant,
  actor: string,
): Promise<string> {
  await tx
    .insertInto('family_unit')
    .values({
      organisation_id: received.organisationId,
      family_id: received.familyId,
      billing_unit_id: received.billingUnitId,
      since: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const booked = await postEntry(tx, {
    organisationId: received.organisationId,
    billingUnitId: received.billingUnitId,
    kind,
    // A balance's key must not meet an opening invoice's number.
    sourceKey: kind === 'opening' ? `solde ${received.externalKey}` : received.externalKey,
    fact: `${received.externalKey} ${received.receivedOn} ${received.amount} ${received.familyId}`,
    accountingOn: parisDay(now),
    valueOn: received.receivedOn,
    bookedAt: now,
    actor,
    postings,
  })
  assert(booked.ok && booked.value.booked, `${kind} ${received.externalKey} was booked before`)
  return booked.value.entryId
}
