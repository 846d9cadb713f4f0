import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { inFours, readIban } from '../kernel/transfer-reference.ts'
import { isLeftToTransfer } from '../payments/refunds/sending-store.ts'
import type { Read, Tx } from '../platform/db.ts'
import { type Keys, newId } from '../platform/secrets.ts'
import { findAccount, isOwnAccount } from './account-store.ts'
import { lockRequest, type RefundRequest } from './store.ts'

type Person = { readonly staffId: StaffId; readonly name: string }

/** SEPA's length of a name. */
const MAX_HOLDER = 70

export type AccountFailure =
  | 'unknown-request'
  | 'bad-iban'
  | 'no-holder'
  | 'own-account'
  /** Refused, paid, or in a file already. */
  | 'too-late'
  /** The card may still pay it. */
  | 'at-the-bank'

type Typed = { readonly holder: string; readonly iban: string }

/** An account as typed, its key checked; never one of the organisation's own. */
export async function readAccount(
  read: Read,
  organisationId: OrganisationId,
  typed: Typed,
): Promise<Result<Typed, 'bad-iban' | 'no-holder' | 'own-account'>> {
  const iban = readIban(typed.iban)
  if (iban === undefined) return fail('bad-iban')
  const holder = typed.holder.trim().slice(0, MAX_HOLDER)
  if (holder === '') return fail('no-holder')
  return (await isOwnAccount(read, organisationId, iban)) ? fail('own-account') : ok({ iban, holder })
}

/**
 * Keeps the account a refund is to leave for, its key checked and its number sealed. Before the
 * decision it sends the refund by transfer; after it, only when the bank could not give the money
 * back, and a second person reads it again. The one given last counts.
 */
export async function giveAccount(
  tx: Tx,
  keys: Keys,
  given: Typed & { readonly organisationId: OrganisationId; readonly requestId: string },
  by: Person,
  now: Instant,
): Promise<Result<{ masked: string }, AccountFailure>> {
  const { organisationId, requestId } = given
  const read = await readAccount(tx, organisationId, given)
  if (!read.ok) return read
  const { iban, holder } = read.value
  const request = await lockRequest(tx, organisationId, requestId)
  if (!request) return fail('unknown-request')
  if (request.state !== 'waiting' && request.state !== 'approved') return fail('too-late')
  if (request.refundId !== null && !(await isLeftToTransfer(tx, organisationId, request.refundId)))
    return fail('at-the-bank')
  const masked = `${inFours(iban.slice(0, 4))}\u00A0••••\u00A0${iban.slice(-4)}`
  await tx
    .insertInto('payout_account')
    .values({
      organisation_id: organisationId,
      id: newId<'payoutAccount'>(now),
      request_id: requestId,
      family_id: request.familyId,
      holder,
      iban_sealed: keys.seal(iban),
      iban_mark: keys.sign('payout account', `${organisationId} ${iban}`),
      iban_masked: masked,
      given_by: by.staffId,
      given_name: by.name,
      given_at: now,
    })
    .execute()
  return ok({ masked })
}

/** Whether this person may say that the account is right: above the threshold, not who gave it. */
export const mayCheck = (
  { givenBy }: { readonly givenBy: StaffId },
  { amount, threshold }: Pick<RefundRequest, 'amount' | 'threshold'>,
  staffId: StaffId,
): boolean => givenBy !== staffId || amount <= threshold

export type CheckFailure = 'unknown-request' | 'no-account' | 'same-person' | 'checked-before' | 'changed'

/**
 * A second person says that the account is right: a transfer may leave for it. `seen` is the account
 * they were shown: another given meanwhile is `changed`.
 */
export async function checkAccount(
  tx: Tx,
  asked: { readonly organisationId: OrganisationId; readonly requestId: string; readonly seen: string },
  by: Person,
  now: Instant,
): Promise<Result<undefined, CheckFailure>> {
  const { organisationId, requestId, seen } = asked
  const request = await lockRequest(tx, organisationId, requestId)
  if (!request) return fail('unknown-request')
  const account = await findAccount(tx, organisationId, requestId)
  if (!account) return fail('no-account')
  if (account.id !== seen) return fail('changed')
  if (account.checkedName !== null) return fail('checked-before')
  if (!mayCheck(account, request, by.staffId)) return fail('same-person')
  await tx
    .insertInto('payout_account_check')
    .values({
      organisation_id: organisationId,
      account_id: account.id,
      checked_by: by.staffId,
      checked_name: by.name,
      checked_at: now,
    })
    .execute()
  return ok(undefined)
}
