// What is left of the bank's money: a capture less what was taken back, refunded, given back or disputed. Pure.
import type { BillingUnitId, EntryId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, subtract, sum } from '../kernel/money.ts'

export type Capture = {
  readonly organisationId: OrganisationId
  readonly id: string
  readonly billingUnitId: BillingUnitId
  /** Nobody's, when the order was not ours. */
  readonly familyId: FamilyId | null
  readonly bankTransaction: string
  readonly amount: Cents
  readonly entryId: EntryId
  /** What the bank took back before it collected. */
  readonly cancelled: Cents
  /** Of what is refunded, what the bank did so, by collecting less. */
  readonly uncollected: Cents
  /** Refunds asked for or paid; a refused one no longer counts. */
  readonly refunded: Cents
  /** Given back at the bank without having been asked for here. */
  readonly givenBack: Cents
  /** Disputes open or lost; a dispute won no longer counts. */
  readonly disputed: Cents
  /** Of those, what was lost and made due again. */
  readonly reopened: Cents
}

/** What may still be refunded or disputed: never more than was captured (L8, F61). */
export const leftOf = ({ amount, cancelled, refunded, givenBack, disputed }: Capture): Cents =>
  subtract(amount, sum([cancelled, refunded, givenBack, disputed]))
