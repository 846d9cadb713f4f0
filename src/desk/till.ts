// The till: what is in it, what should be, and the difference. Pure.
import { add, type Cents, cents, subtract } from '../kernel/money.ts'

/** Notes and coins in euro, by face value in cents, the largest first. */
export const DENOMINATIONS = [
  50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
] as const

/** How many of each face value. */
export type Counts = { readonly [cents: string]: number }

export const countedOf = (counts: Counts): Cents =>
  cents(DENOMINATIONS.reduce((total, value) => total + value * (counts[value] ?? 0), 0))

/** What moved in a unit's cash since ever, as the ledger has it. */
export type CashMoves = {
  readonly received: Cents
  /** Undone, or given back. */
  readonly takenBack: Cents
  readonly deposited: Cents
}

/** What the ledger says is in the till, besides the coins kept for change. */
export const heldBy = ({ received, takenBack, deposited }: CashMoves): Cents =>
  subtract(subtract(received, takenBack), deposited)

/** What moved from one count to the next. */
export const movesBetween = (before: CashMoves, after: CashMoves): CashMoves => ({
  received: subtract(after.received, before.received),
  takenBack: subtract(after.takenBack, before.takenBack),
  deposited: subtract(after.deposited, before.deposited),
})

/** Counted minus expected: negative when money is missing. */
export const differenceOf = (counted: Cents, moves: CashMoves, float: Cents): Cents =>
  subtract(counted, add(heldBy(moves), float))
