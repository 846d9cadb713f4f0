// Value added tax: the categories a line may have, and what of an amount it is. Pure.
import { type Cents, cents, sum } from '../kernel/money.ts'

export const VATS = ['exempt', 'reduced', 'intermediate', 'standard'] as const
export type Vat = (typeof VATS)[number]

/** Thousandths of the amount before tax (CGI, art. 278, 278-0 bis, 279). */
const RATES = { exempt: 0, reduced: 55, intermediate: 100, standard: 200 } as const satisfies Record<
  Vat,
  number
>

/** The tax within an amount, all taxes included, to the nearest cent. 12,00 € at 20 % holds 2,00 €. */
const vatWithin = (amount: Cents, vat: Vat): Cents =>
  cents(Math.round((amount * RATES[vat]) / (1000 + RATES[vat])))

/** The tax of each category that has any, in the order of the rates, from the sum of its lines. */
export function vatTotals(
  lines: readonly { readonly amount: Cents; readonly vat?: Vat | undefined }[],
): { readonly vat: Vat; readonly tax: Cents }[] {
  return VATS.filter((vat) => vat !== 'exempt').flatMap((vat) => {
    const amounts = lines.filter((line) => line.vat === vat).map((line) => line.amount)
    return amounts.length === 0 ? [] : [{ vat, tax: vatWithin(sum(amounts), vat) }]
  })
}
