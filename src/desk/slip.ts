// What leaves for the bank together. Pure.
import type { DeskMethod } from './desk-payment.ts'

export const SLIP_KINDS = ['cheques', 'cash', 'vouchers', 'cesu'] as const
export type SlipKind = (typeof SLIP_KINDS)[number]

/** The means of payment that a slip of this kind takes: each goes to another counter. */
export const METHOD_OF: { readonly [Kind in SlipKind]: DeskMethod } = {
  cheques: 'cheque',
  cash: 'cash',
  vouchers: 'voucher',
  cesu: 'cesu',
}

/**
 * So many pieces on one slip, at most: those entered first. What was ticked stays among them, since nothing
 * is ever entered before it; the others come when these have left.
 */
export const SLIP_PIECES = 200
