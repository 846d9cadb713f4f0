// What went to the bank and what came back, in SQL.
import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { AttemptId, BillingUnitId, ContractId, MessageId, OrganisationId } from '../kernel/ids.ts'
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

/**
 * Whether the bank may be asked about the attempt: no money came yet, or it named more sendings than
 * brought money, and a page left open is paid after all.
 */
export async function mayBringMore(read: Read, { organisationId, id }: AskedAttempt): Promise<boolean> {
  const found = await row<{ more: boolean }>(
    read,
    sql`select (select count(*) from capture where organisation_id = ${organisationId} and attempt_id = ${id})
      < greatest(1, (select count(provider_reference) from attempt_sending
        where organisation_id = ${organisationId} and attempt_id = ${id})) as more`,
  )
  return found?.more === true
}

/** Whether money was booked under this name of the bank's transaction, or under its other one. */
export async function isCaptured(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  bankTransaction: string,
): Promise<boolean> {
  const found = await row<{ known: boolean }>(
    read,
    sql`select exists (select from capture
        where organisation_id = ${organisationId} and contract_id = ${contractId}
          and bank_transaction = ${bankTransaction})
      or exists (select from capture_alias
        where organisation_id = ${organisationId} and contract_id = ${contractId}
          and bank_transaction = ${bankTransaction}) as known`,
  )
  return found?.known ?? false
}

/** The billing unit to which a contract's money goes when its order is not ours. */
export async function getContractUnit(
  read: Read,
  { organisationId, id }: OpenContract,
): Promise<BillingUnitId> {
  const unit = await row<{ id: BillingUnitId }>(
    read,
    sql`select id from billing_unit
      where organisation_id = ${organisationId} and contract_id = ${id} order by code limit 1`,
  )
  return present(unit, `contract ${id} serves no billing unit`).id
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

/** Remembers that a transaction ended without money, so that an older acceptance of it is not believed. */
export async function recordEnd(
  tx: Tx,
  { organisationId, id: contractId }: OpenContract,
  bankTransaction: string,
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('ended_transaction')
    .values({
      organisation_id: organisationId,
      contract_id: contractId,
      bank_transaction: bankTransaction,
      ended_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether the bank said that this transaction is over, before any money of it was booked. */
export async function wasEnded(
  read: Read,
  { organisationId, id: contractId }: OpenContract,
  bankTransaction: string,
): Promise<boolean> {
  const found = await row<{ ended: boolean }>(
    read,
    sql`select true as ended from ended_transaction where organisation_id = ${organisationId}
      and contract_id = ${contractId} and bank_transaction = ${bankTransaction}`,
  )
  return found !== undefined
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
