import { assert } from './assert.ts'

/** An amount in whole euro cents, a safe integer. Never a float, never another currency. */
export type Cents = number & { readonly cents: unique symbol }

/** Brands an integer as cents. Throws when it is not a safe integer: a defect, never bad input. */
export function cents(value: number): Cents {
  assert(Number.isSafeInteger(value), `not a whole number of cents: ${value}`)
  return (value === 0 ? 0 : value) as Cents
}

export const ZERO = cents(0)

/** Exact sum, in cents. */
export function sum(amounts: Iterable<Cents>): Cents {
  let total = 0
  for (const amount of amounts) total += amount
  return cents(total)
}

export const add = (a: Cents, b: Cents): Cents => cents(a + b)
export const subtract = (a: Cents, b: Cents): Cents => cents(a - b)
export const negate = (a: Cents): Cents => cents(0 - a)
export const smaller = (a: Cents, b: Cents): Cents => (a < b ? a : b)
export const larger = (a: Cents, b: Cents): Cents => (a > b ? a : b)

/**
 * Reads an amount as French people type it: `50`, `50,5`, `50.50`, `1 234,50 €` (spaces of any kind).
 * Gives cents, or undefined when it is not a positive-or-zero amount with at most two decimals.
 * `1e9`, `-5`, `9 999,999` and `abc` are all undefined (issue 1, "Bad input gets").
 */
export function readAmount(text: string): Cents | undefined {
  const compact = text.replaceAll(/[\s\u00A0\u202F]/g, '').replace(/€$/, '')
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(compact)
  if (!match) return undefined
  return cents(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')))
}
