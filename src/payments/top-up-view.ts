// What a family may put on a rechargeable account, and how its form is read. Pure.
import { csvCents } from '../kernel/french.ts'
import { type Cents, ZERO, add, cents, negate, readAmount } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'

const PRESETS = [cents(5_000), cents(10_000)]
/** « 42,50 » reads as an amount at any limits that allow it. */
const EXAMPLE = cents(4_250)

export type TopUpForm = { readonly choice: string; readonly other: string }

export type TopUpView = {
  readonly unit: BillingUnit
  readonly balance: Cents
  /** What is owed; zero when nothing is. */
  readonly debt: Cents
  /** The amounts to choose from; the first is the debt itself when `isDebt`. */
  readonly choices: readonly { readonly value: string; readonly amount: Cents; readonly isDebt: boolean }[]
  readonly example: string
  readonly form: TopUpForm
}

const isWithin = (amount: Cents, { minPayment, maxPayment }: BillingUnit): boolean =>
  amount >= minPayment && amount <= maxPayment

/** What the page offers at this balance; `form` keeps what was chosen. */
export function topUpView(unit: BillingUnit, balance: Cents, form?: TopUpForm): TopUpView {
  const debt = balance < ZERO ? negate(balance) : ZERO
  const amounts = [
    { value: 'zero', amount: debt, isDebt: true },
    ...PRESETS.map((amount) => ({ value: String(amount), amount, isDebt: false })),
  ]
  const choices = amounts.filter(({ amount }) => amount > ZERO && isWithin(amount, unit))
  return {
    unit,
    balance,
    debt,
    choices,
    example: csvCents(isWithin(EXAMPLE, unit) ? EXAMPLE : unit.minPayment),
    form: form ?? { choice: choices[0]?.value ?? 'autre', other: '' },
  }
}

/** The amount chosen, or undefined when it is none that may be paid here. */
export function readTopUp({ unit, choices, form }: TopUpView): Cents | undefined {
  if (form.choice !== 'autre') return choices.find((choice) => choice.value === form.choice)?.amount
  const amount = readAmount(form.other)
  return amount !== undefined && isWithin(amount, unit) ? amount : undefined
}

/** The balance once this amount is paid. */
export const balanceAfter = (balance: Cents, amount: Cents): Cents => add(balance, amount)
