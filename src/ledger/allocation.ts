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

/**
 * What a taking back undoes: the shares of an amount from the last to the first, after `skip` that was
 * taken back before. Of 4,50 € and 70,00 € then 5,50 € of credit, 10,00 € takes the credit whole and
 * 4,50 € of the 70,00 €.
 */
export function takeBack<Key>(shares: readonly Share<Key>[], skip: Cents, amount: Cents): Share<Key>[] {
  const lastFirst = shares.toReversed()
  const before = allocate(skip, lastFirst.map(asDebt))
  const gone = new Map(before.shares.map((share) => [share.key, share.cents]))
  const left = lastFirst.map(({ key, cents }) => ({ key, due: subtract(cents, gone.get(key) ?? ZERO) }))
  return [...allocate(amount, left).shares]
}

const asDebt = <Key>({ key, cents }: Share<Key>) => ({ key, due: cents })
