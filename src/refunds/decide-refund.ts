import { assert } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { requestRefund } from '../payments/refunds/request-refund.ts'
import { recordRefusal } from '../payments/refunds/sending-store.ts'
import type { Tx } from '../platform/db.ts'
import { findAccount } from './account-store.ts'
import { checkAccount, mayCheck } from './give-account.ts'
import { lockRequest, type RefundRequest } from './store.ts'

type Decider = { readonly staffId: StaffId; readonly name: string }
type Asked = { readonly organisationId: OrganisationId; readonly id: string }

/** Whether this person may approve it: above the unit's threshold, only somebody else than who prepared it. */
export const needsAnother = (
  { preparedBy, amount, threshold }: Pick<RefundRequest, 'preparedBy' | 'amount' | 'threshold'>,
  staffId: StaffId,
): boolean => preparedBy === staffId && amount > threshold

export type ApproveFailure =
  | 'unknown-request'
  | 'decided-before'
  | 'same-person'
  | 'account-changed'
  | Extract<Awaited<ReturnType<typeof requestRefund>>, { ok: false }>['failure']

/**
 * Approves a request, once: the refund is asked for by its own verb, with every one of its checks
 * made again, and what it refuses leaves the request waiting. One that goes to an account is checked
 * with it, and no bank is asked to give it back on the card. `seen` is the account shown to who approves.
 */
export async function approveRefund(
  tx: Tx,
  { organisationId, id }: Asked,
  by: Decider,
  now: Instant,
  seen?: string,
): Promise<Result<RefundRequest, ApproveFailure>> {
  const request = await lockRequest(tx, organisationId, id)
  if (!request) return fail('unknown-request')
  if (request.state !== 'waiting') return fail('decided-before')
  if (needsAnother(request, by.staffId)) return fail('same-person')
  const account = await findAccount(tx, organisationId, id)
  if (account && account.id !== seen) return fail('account-changed')
  if (account && !mayCheck(account, request, by.staffId)) return fail('same-person')
  const { captureId, amount, reason, invoiceId } = request
  const refund = await requestRefund(
    tx,
    {
      organisationId,
      captureId,
      requestKey: `demande ${id}`,
      amount,
      reason,
      ...(invoiceId === null ? {} : { invoiceId }),
    },
    now,
    by.name,
  )
  if (!refund.ok) return refund
  await keep(tx, { organisationId, id }, by, { refund_id: refund.value.refundId, reason: null }, now)
  if (!account) return ok(request)
  const { refundId } = refund.value
  await recordRefusal(tx, organisationId, refundId, { kind: 'transfer', code: '' }, now)
  const checked = await checkAccount(tx, { organisationId, requestId: id, seen: account.id }, by, now)
  assert(checked.ok || checked.failure === 'checked-before', `the account of ${id} cannot be checked`)
  return ok(request)
}

/** Refuses a request, once, with a reason: nothing was booked, nothing is. */
export async function refuseRequest(
  tx: Tx,
  { organisationId, id }: Asked,
  reason: string,
  by: Decider,
  now: Instant,
): Promise<Result<RefundRequest, 'unknown-request' | 'decided-before'>> {
  const request = await lockRequest(tx, organisationId, id)
  if (!request) return fail('unknown-request')
  if (request.state !== 'waiting') return fail('decided-before')
  await keep(tx, { organisationId, id }, by, { refund_id: null, reason }, now)
  return ok(request)
}

async function keep(
  tx: Tx,
  { organisationId, id }: Asked,
  by: Decider,
  decision: { readonly refund_id: string | null; readonly reason: string | null },
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('refund_decision')
    .values({
      organisation_id: organisationId,
      request_id: id,
      ...decision,
      decided_by: by.staffId,
      decided_name: by.name,
      decided_at: now,
    })
    .execute()
}
