// What CESU may pay of an invoice, as far as its lines and the children's birth dates tell. Pure.
import type { Day } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { add, type Cents, smaller, sum, ZERO } from '../kernel/money.ts'

export type CaredLine = {
  readonly invoiceId: InvoiceId
  readonly amount: Cents
  /** The day of the care, else the invoice's. */
  readonly on: Day
  /** Null: the line names no child, or a child without a birth date. */
  readonly bornOn: Day | null
}

/** CESU pays the care of a child until the day of its sixth birthday (domain 2.5, AMF 9782). */
const YEARS = 6

/** Whether the child is not yet six that day. */
export function isUnderSix(bornOn: Day, on: Day): boolean {
  const sixth = `${String(Number(bornOn.slice(0, 4)) + YEARS).padStart(4, '0')}${bornOn.slice(4)}`
  return on < sixth
}

export type Eligible = {
  /** What CESU may pay in all, never more than what is due. */
  readonly amount: Cents
  /** Lines of which nobody can tell, counted as not eligible. */
  readonly unknown: number
}

/**
 * The part of these debts that is care of children under six. A part paid already is assumed to have
 * paid the rest first: 40,00 € of which 30,00 € eligible, 25,00 € still due, gives 25,00 €.
 */
export function eligibleOf(
  debts: readonly { readonly id: InvoiceId; readonly due: Cents }[],
  lines: readonly CaredLine[],
): Eligible {
  let amount = ZERO
  let unknown = 0
  for (const { id, due } of debts) {
    const own = lines.filter(({ invoiceId }) => invoiceId === id)
    unknown += own.filter(({ bornOn }) => bornOn === null).length
    const cared = sum(
      own.filter(({ bornOn, on }) => bornOn !== null && isUnderSix(bornOn, on)).map((line) => line.amount),
    )
    if (cared > ZERO) amount = add(amount, smaller(cared, due))
  }
  return { amount, unknown }
}
