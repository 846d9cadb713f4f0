// How an issued invoice stands for staff: as for the family, or brought to nothing by credit notes. Pure.
import { type InvoiceState, stateOf } from '../billing/invoice.ts'
import type { Cents } from '../kernel/money.ts'

export const stateTag = (one: { total: Cents; due: Cents; credited: Cents }): InvoiceState | 'cancelled' =>
  one.credited === one.total ? 'cancelled' : stateOf(one.total, one.due)

/** The look of its tag. */
export const TAG_KINDS = {
  settled: 'ok',
  'partly-settled': 'due',
  unsettled: 'due',
  cancelled: 'neutral',
} as const
