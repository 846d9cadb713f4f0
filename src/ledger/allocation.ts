// How an amount falls on what is due. Pure: the caller locks, then books what comes out.
import { type Cents, ZERO, smaller, subtract } from '../kernel/money.ts'

export type Share<Key> = { readonly key: Key; readonly cents: Cents }

/**
 * Spreads an amount over debts in the order given, each at most what is due; the rest is credit.
 * 80,00 € over 4,50 € and 70,00 € gives 4,50 € and 70,00 €, and 5,50 € of credit.
 */
export function allocate<Key>(
  amount: Cents,
  debts: readonly { readonly key: Key; readonly due: Cents }[],
): { readonly shares: readonly Share<Key>[]; readonly rest: Cents } {
  const shares: Share<Key>[] = []
  let rest = amount
  for (const { key, due } of debts) {
    const part = smaller(rest, due)
    if (part <= ZERO) continue
    shares.push({ key, cents: part })
    rest = subtract(rest, part)
  }
  return { shares, rest }
}
