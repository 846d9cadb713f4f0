import { assert } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { recordDeskPayment } from '../desk/record-desk-payment.ts'
import type { Tx } from '../platform/db.ts'
import type { TransferId, WaitingTransfer } from './store.ts'

/** Whose money it is, and what it settles, in order. */
export type Owner = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly familyName: string
  readonly invoices: readonly InvoiceId[]
}

/**
 * Books a waiting transfer as money received by the association, with its receipt: its invoices first,
 * what they do not take becomes credit, which settles the family's others (reliability.md 3.2). Once:
 * the transfer is the payment's own key.
 */
export async function recordTransfer(
  tx: Tx,
  owner: Owner,
  transfer: Pick<WaitingTransfer, 'id' | 'amount' | 'bookedOn' | 'payerName' | 'words'>,
  now: Instant,
  actor: string,
): Promise<void> {
  const { organisationId, billingUnitId, familyId, familyName, invoices } = owner
  const { id, amount, bookedOn, payerName, words } = transfer
  const recorded = await recordDeskPayment(
    tx,
    {
      organisationId,
      billingUnitId,
      familyId,
      requestKey: `transfer ${id}`,
      method: 'transfer',
      amount,
      receivedOn: bookedOn,
      payerName: payerName === '' ? familyName : payerName,
      mark: words,
      invoices,
    },
    now,
    actor,
  )
  assert(recorded.ok && recorded.value.recorded, `transfer ${id} cannot be recorded`)
  await settle(tx, organisationId, id, {
    state: 'recorded',
    state_at: now,
    state_by: actor,
    desk_payment_id: recorded.value.paymentId,
  })
}

/** Says of a transfer that it is none of the families': it leaves the list, and nothing is booked. */
export async function dismissTransfer(
  tx: Tx,
  organisationId: OrganisationId,
  id: TransferId,
  reason: string,
  now: Instant,
  actor: string,
): Promise<void> {
  await settle(tx, organisationId, id, { state: 'dismissed', state_at: now, state_by: actor, reason })
}

async function settle(
  tx: Tx,
  organisationId: OrganisationId,
  id: TransferId,
  values: {
    state: string
    state_at: Instant
    state_by: string
    desk_payment_id?: string
    reason?: string
  },
): Promise<void> {
  await tx
    .updateTable('transfer')
    .set(values)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
}
