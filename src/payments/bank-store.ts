// What went to the bank and what came back, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { AttemptId, ContractId, MessageId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { AskedAttempt } from './enquiry-store.ts'
import type { FactOutcome } from './apply-fact.ts'
import type { Enquiry, OpenContract } from './gateway.ts'

type BroughtBy = 'notification' | 'return' | 'enquiry'

export type Sending = Enquiry['sendings'][number] & { readonly number: number }

/** What was sent to the bank under the attempt's order, in order. */
export async function listSendings(
  read: Read,
  organisationId: OrganisationId,
  attemptId: AttemptId,
): Promise<Sending[]> {
  return rows<Sending>(
    read,
    sql`select number, transaction_number as "transactionNumber", amount_cents as amount,
        sent_at as "sentAt", provider_reference as "providerReference"
      from attempt_sending
      where organisation_id = ${organisationId} and attempt_id = ${attemptId} order by number`,
  )
}

/** The attempt that the bank knows under its own name of a sending; undefined when there is none. */
export async function findAttemptAtBank(
  read: Read,
  { organisationId, id: contractId }: OpenContract,
  providerReference: string,
): Promise<AskedAttempt | undefined> {
  return row<AskedAttempt>(
    read,
    sql`select a.organisation_id as "organisationId", a.id, a.contract_id as "contractId", a.reference
      from attempt_sending s
      join payment_attempt a on a.organisation_id = s.organisation_id and a.id = s.attempt_id
      where s.organisation_id = ${organisationId} and s.contract_id = ${contractId}
        and s.provider_reference = ${providerReference}`,
  )
}

/** Whether the attempt brought no money yet, so that the bank may be asked about it. */
export async function hasNoCapture(read: Read, { organisationId, id }: AskedAttempt): Promise<boolean> {
  const found = await row<{ captured: boolean }>(
    read,
    sql`select exists (select from capture
      where organisation_id = ${organisationId} and attempt_id = ${id}) as captured`,
  )
  return found?.captured === false
}

/** What was booked under the bank's own transaction; undefined when nothing was. */
export async function findCapturedAmount(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  bankTransaction: string,
): Promise<Cents | undefined> {
  const found = await row<{ amount: Cents }>(
    read,
    sql`select amount_cents as amount from capture
      where organisation_id = ${organisationId} and contract_id = ${contractId}
        and bank_transaction = ${bankTransaction}`,
  )
  return found?.amount
}

/** Whether the contract's bank can be asked. */
export async function isAskable(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
): Promise<boolean> {
  const found = await row<{ asked: boolean }>(
    read,
    sql`select askable as asked from bank_contract
      where organisation_id = ${organisationId} and id = ${contractId}`,
  )
  return found?.asked ?? false
}

/** Keeps what the bank said, exactly as it came. */
export async function keepMessage(
  tx: Tx,
  contract: OpenContract,
  raw: string,
  broughtBy: BroughtBy,
  outcome: FactOutcome | 'waiting' | 'failed',
  note: string | null,
  now: Instant,
): Promise<MessageId> {
  const id = newId<'message'>(now)
  await tx
    .insertInto('bank_message')
    .values({
      organisation_id: contract.organisationId,
      id,
      contract_id: contract.id,
      brought_by: broughtBy,
      raw,
      received_at: now,
      outcome,
      note,
    })
    .execute()
  return id
}
