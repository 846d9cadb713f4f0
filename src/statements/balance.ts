// Running balances: what the account was worth after each operation. Pure.
import type { Day } from '../kernel/dates.ts'
import { type Cents, ZERO, add, negate, subtract, sum } from '../kernel/money.ts'
import { chargedBy, type Operation, paidBy } from './operation.ts'

export type BalanceLine = { readonly operation: Operation; readonly balance: Cents }

/**
 * Each operation with the balance after it, in the order given: newest first. A balance is what the
 * family has, negative when it owes: +50,00 € then −18,00 € gives 50,00 € and 32,00 €.
 */
export function runningBalances(newestFirst: readonly Operation[]): BalanceLine[] {
  let balance = sum(newestFirst.map((operation) => operation.amount))
  return newestFirst.map((operation) => {
    const line = { operation, balance }
    balance = subtract(balance, operation.amount)
    return line
  })
}

/** What the box « Comment se calcule mon solde ? » tells: from the last payment on. */
export type Explanation = {
  /** The day of the last payment; undefined when there never was one. */
  readonly since: Day | undefined
  readonly start: Cents
  readonly invoiced: Cents
  readonly received: Cents
  readonly now: Cents
}

/** The last payment, what the account was worth after it, and what came since. */
export function explainBalance(newestFirst: readonly BalanceLine[]): Explanation {
  const last = newestFirst.findIndex(({ operation }) => paidBy(operation) !== undefined)
  const recent = last < 0 ? newestFirst : newestFirst.slice(0, last)
  const operations = recent.map(({ operation }) => operation)
  const start = last < 0 ? ZERO : (newestFirst[last]?.balance ?? ZERO)
  const invoiced = sum(operations.map((operation) => chargedBy(operation) ?? ZERO))
  const received = sum(operations.map((operation) => paidBy(operation) ?? ZERO))
  return {
    since: newestFirst[last]?.operation.on,
    start,
    invoiced: negate(invoiced),
    received,
    now: add(subtract(start, invoiced), received),
  }
}

/** The lines of a period, oldest first, and the balance before them. */
export function linesBetween(
  newestFirst: readonly BalanceLine[],
  from: Day,
  to: Day,
): { readonly opening: Cents; readonly lines: readonly BalanceLine[] } {
  const lines = newestFirst.filter(({ operation: { on } }) => on >= from && on <= to).toReversed()
  const before = newestFirst.find(({ operation: { on } }) => on < from)
  return { opening: before?.balance ?? ZERO, lines }
}

/** The years in which something happened, newest first. */
export const yearsOf = (operations: readonly Operation[]): number[] =>
  [...new Set(operations.map(({ on }) => Number(on.slice(0, 4))))].toSorted((a, b) => b - a)
