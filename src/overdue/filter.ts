// What the list of overdue families is narrowed to, as its address says it. Pure.
import type { Day } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

/** Days since the deadline: from, to; the last has no end. */
export const AGES = {
  '0-30': [1, 30],
  '31-60': [31, 60],
  '61-90': [61, 90],
  '91': [91, undefined],
} as const satisfies { readonly [age: string]: readonly [number, number | undefined] }
export type Age = keyof typeof AGES
export const AGE_NAMES = Object.keys(AGES).toSorted((a, b) => AGES[a as Age][0] - AGES[b as Age][0]) as Age[]

export const SORTS = ['age', 'montant'] as const
export const MODES = ['per_invoice', 'prepaid'] as const

/** A family at a billing unit: what a line of the list is about. */
export type Debtor = { readonly familyId: string; readonly unitId: BillingUnitId }

/** Where the next page begins: after this line, sorted by its oldest day or by its amount. */
export type After = Debtor & { readonly by: string }

export type OverdueFilter = {
  readonly unitId: BillingUnitId | undefined
  readonly establishmentId: EstablishmentId | undefined
  readonly age: Age | undefined
  readonly atLeast: Cents | undefined
  readonly mode: (typeof MODES)[number] | undefined
  readonly sort: (typeof SORTS)[number]
}

/** The age of a debt on a day; undefined: it is not overdue yet. */
export function ageOf(dueOn: Day, today: Day): Age | undefined {
  const days = daysLate(dueOn, today)
  return AGE_NAMES.find((age) => days >= AGES[age][0] && days <= (AGES[age][1] ?? days))
}

/** Days gone by since the deadline; none on the day itself. */
export const daysLate = (dueOn: Day, today: Day): number =>
  Math.round((Date.parse(today) - Date.parse(dueOn)) / 86_400_000)
