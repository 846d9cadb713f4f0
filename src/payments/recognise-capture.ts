import type { AttemptId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import { isNamedByNumber } from './bank-transaction.ts'
import type { BankFact, OpenContract } from './gateway.ts'

type Booked = { readonly bankTransaction: string; readonly amount: Cents }

/**
 * What was booked of the fact's transaction, under whichever of its names. A notification without the
 * bank's own id is named by its number; answers and journals name the same transaction by its id. One
 * of the two names was booked and the other is kept beside it, once: same contract, same order, same
 * number, within half a day, since a number may come again another UTC day (gateways 1.3). A second
 * transaction under the same number has its own name and is money of its own.
 */
export async function recogniseCapture(
  tx: Tx,
  { organisationId, id: contractId }: OpenContract,
  { bankTransaction, transactionNumber, happenedAt }: BankFact,
  attemptId: AttemptId | undefined,
): Promise<Booked | undefined> {
  // The attempt's lock makes two names wait for each other; an unknown order has none.
  if (attemptId === undefined)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${contractId} ${transactionNumber}`}, 0))`.execute(
      tx,
    )
  const found = await row<Booked & { id: string; isNew: boolean }>(
    tx,
    sql`select id, bank_transaction as "bankTransaction", amount_cents as amount, rank = 3 as "isNew" from (
        select c.id, c.bank_transaction, c.amount_cents, 1 as rank from capture c
          where c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
            and c.bank_transaction = ${bankTransaction}
        union all
        select c.id, c.bank_transaction, c.amount_cents, 2 from capture_alias k
          join capture c on c.organisation_id = k.organisation_id and c.id = k.capture_id
          where k.organisation_id = ${organisationId} and k.contract_id = ${contractId}
            and k.bank_transaction = ${bankTransaction}
        union all
        select c.id, c.bank_transaction, c.amount_cents, 3 from capture c
          where c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
            and c.transaction_number = ${transactionNumber} and c.transaction_number <> ''
            and c.attempt_id is not distinct from ${attemptId ?? null}::uuid
            and (c.bank_transaction ~ '^[0-9]{14}-') <> ${isNamedByNumber(bankTransaction)}::boolean
            and abs(extract(epoch from c.captured_at - ${happenedAt}::timestamptz)) < 43200
            and not exists (select from capture_alias k
              where k.organisation_id = c.organisation_id and k.capture_id = c.id)
      ) known order by rank limit 1`,
  )
  if (found?.isNew)
    await tx
      .insertInto('capture_alias')
      .values({
        organisation_id: organisationId,
        contract_id: contractId,
        bank_transaction: bankTransaction,
        capture_id: found.id,
      })
      .execute()
  return found
}
