import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId } from '../kernel/ids.ts'
import type { Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import type { Attempt } from './payment.ts'

/** Books the entry and keeps the capture; undefined when the bank's transaction was booked before. */
export async function bookCapture(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  billingUnitId: BillingUnitId,
  attempt: Attempt | undefined,
  postings: readonly Posting[],
  now: Instant,
): Promise<string | undefined> {
  const booked = await postEntry(tx, {
    organisationId: contract.organisationId,
    billingUnitId,
    kind: 'capture',
    sourceKey: `${contract.id} ${fact.bankTransaction}`,
    fact: `${fact.bankTransaction} ${fact.amount}`,
    // The day of the bank's event in Paris, not beyond today (F72, F73).
    accountingOn: parisDay(fact.happenedAt < now ? fact.happenedAt : now),
    valueOn: parisDay(fact.happenedAt),
    bookedAt: now,
    actor: 'banque',
    postings,
  })
  assert(booked.ok, `transaction ${fact.bankTransaction} was booked with another amount`)
  if (!booked.value.booked) return undefined
  const captureId = newId<'capture'>(now)
  await tx
    .insertInto('capture')
    .values({
      organisation_id: contract.organisationId,
      id: captureId,
      contract_id: contract.id,
      bank_transaction: fact.bankTransaction,
      transaction_number: fact.transactionNumber,
      billing_unit_id: billingUnitId,
      attempt_id: attempt?.id ?? null,
      family_id: attempt?.familyId ?? null,
      amount_cents: fact.amount,
      captured_at: fact.happenedAt,
      card_brand: fact.cardBrand,
      card_masked: fact.cardMasked,
      authorisation: fact.authorisation,
      entry_id: booked.value.entryId,
      booked_at: now,
    })
    .execute()
  return captureId
}
