// What becomes of money taken: refunds and disputes.
import type { Clock } from '../clock.ts'
import { describeCharge, describeDispute, describeRefund } from './describe.ts'
import { newId } from './new-id.ts'
import type { Charge, Dispute, Intent, Metadata, Refund, Session, StripeStore } from './store.ts'

/** A refund that fails, or that starts pending, ends three minutes later. */
const REFUND_TAKES = 3 * 60_000

type Needs = {
  readonly clock: Clock
  readonly store: StripeStore
  readonly tell: (session: Session, ...happened: { type: string; object: object }[]) => Promise<void>
}

export type AfterPayment = {
  refund: (
    intent: Intent,
    charge: Charge,
    amount: number,
    reason: string | null,
    metadata: Metadata,
  ) => Promise<Refund>
  dispute: (intent: Intent, charge: Charge) => Promise<Dispute>
  closeDispute: (dispute: Dispute, status: 'won' | 'lost') => Promise<void>
}

/** Opens what follows a payment. */
export function followPayments({ clock, store, tell }: Needs): AfterPayment {
  const endRefund = async (refund: Refund, status: 'succeeded' | 'failed') => {
    refund.status = status
    if (status === 'failed') refund.failureReason = 'expired_or_canceled_card'
    await tell(
      refund.intent.session,
      ...(status === 'failed' ? [{ type: 'refund.failed', object: describeRefund(refund) }] : []),
      { type: 'refund.updated', object: describeRefund(refund) },
    )
  }
  return {
    refund: async (intent, charge, amount, reason, metadata) => {
      const { later } = charge.method
      const refund: Refund = {
        id: newId('re'),
        createdAt: clock.now(),
        intent,
        charge,
        amount,
        reason,
        metadata,
        status: later === 'refund-pending' ? 'pending' : 'succeeded',
        failureReason: undefined,
      }
      store.refunds.set(refund.id, refund)
      if (later === 'refund-pending')
        clock.at(clock.now() + REFUND_TAKES, () => endRefund(refund, 'succeeded'))
      if (later === 'refund-fails') clock.at(clock.now() + REFUND_TAKES, () => endRefund(refund, 'failed'))
      void tell(
        intent.session,
        { type: 'refund.created', object: describeRefund(refund) },
        { type: 'charge.refunded', object: describeCharge(store, intent, charge) },
      )
      return refund
    },
    dispute: async (intent, charge) => {
      const dispute: Dispute = {
        id: newId('du'),
        createdAt: clock.now(),
        intent,
        charge,
        amount: charge.amount,
        reason: 'fraudulent',
        status: 'needs_response',
      }
      charge.disputed = true
      store.disputes.set(dispute.id, dispute)
      await tell(
        intent.session,
        { type: 'charge.dispute.created', object: describeDispute(dispute) },
        { type: 'charge.dispute.funds_withdrawn', object: describeDispute(dispute) },
      )
      return dispute
    },
    closeDispute: async (dispute, status) => {
      dispute.status = status
      const won = { type: 'charge.dispute.funds_reinstated', object: describeDispute(dispute) }
      const closed = { type: 'charge.dispute.closed', object: describeDispute(dispute) }
      await tell(dispute.intent.session, ...(status === 'won' ? [won] : []), closed)
    },
  }
}
