// A slip's total against the one found on paper: what the difference may come from. Pure.
import { type Cents, cents, subtract, ZERO } from '../kernel/money.ts'

export type Ticked = { readonly id: string; readonly amount: Cents; readonly isTicked: boolean }

/**
 * unticked: the tape has it, the slip not · missing: the slip has it, the tape not · twice: the tape
 * has it two times · swapped: two neighbouring digits were exchanged on the tape, which gave `typed`.
 */
export type Culprit =
  | { readonly kind: 'unticked' | 'missing' | 'twice'; readonly id: string }
  | { readonly kind: 'swapped'; readonly id: string; readonly typed: Cents }

/** Every single slip that explains the whole difference, the likeliest first; none when the totals agree. */
export function findCulprits(payments: readonly Ticked[], total: Cents, control: Cents): readonly Culprit[] {
  const gap = subtract(control, total)
  if (gap === ZERO) return []
  const ticked = payments.filter(({ isTicked }) => isTicked)
  const of = (kind: 'unticked' | 'missing' | 'twice', among: readonly Ticked[], amount: number) =>
    among.filter((one) => one.amount === amount).map(({ id }): Culprit => ({ kind, id }))
  return [
    ...of(
      'unticked',
      payments.filter(({ isTicked }) => !isTicked),
      gap,
    ),
    ...of('missing', ticked, subtract(total, control)),
    ...ticked.flatMap(({ id, amount }): Culprit[] => {
      const typed = swaps(amount).find((one) => subtract(one, amount) === gap)
      return typed === undefined ? [] : [{ kind: 'swapped', id, typed }]
    }),
    ...of('twice', ticked, gap),
  ]
}

/** The amount with each pair of neighbouring digits exchanged: 45,30 € gives 54,30 €, 43,50 €, 45,03 €. */
function swaps(amount: Cents): Cents[] {
  const digits = String(amount)
  return Array.from({ length: digits.length - 1 }, (_, at) =>
    cents(Number(digits.slice(0, at) + digits.charAt(at + 1) + digits.charAt(at) + digits.slice(at + 2))),
  )
}
