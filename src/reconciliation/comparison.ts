// The bank's statement of a day beside the portal's payments: what agrees, and each difference. Pure.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId } from '../kernel/ids.ts'
import { type Cents, ZERO, subtract, sum } from '../kernel/money.ts'

/** An operation of the bank's statement; `amount` is negative when money was given back, zero when none moved. */
export type BankOperation = {
  /** The bank's own name of the transaction: both sides are paired by it. */
  readonly key: string
  readonly reference: string
  readonly at: Instant
  readonly amount: Cents
  readonly card: string
  readonly authorisation: string
}

/**
 * settled: counted and in its place · suspense: money set aside · second: a second payment of one
 * order · taken-back, found: the bank took back or gave back by itself; the last four wait for a person.
 */
type Standing = 'settled' | 'suspense' | 'second' | 'taken-back' | 'found'

/** What the portal counts of a transaction. What waits for a person counts as before the surprise. */
export type PortalOperation = {
  readonly key: string
  readonly reference: string
  readonly at: Instant
  readonly amount: Cents
  readonly standing: Standing
  readonly captureId: string | null
  readonly unitId: BillingUnitId
  readonly familyId: FamilyId | null
  readonly familyName: string | null
  /** Numbers of the invoices it settles, in order; none for a top-up. */
  readonly invoices: readonly string[]
}

/** In the order shown: what harms families first. */
export const DIFFERENCE_KINDS = [
  'absent-from-portal',
  'taken-back',
  'duplicate',
  'different',
  'absent-from-bank',
  'short-remittance',
  'fees',
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** One difference; `cents` is its share of the gap, bank less portal. */
export type Difference = {
  readonly kind: DifferenceKind
  readonly cents: Cents
  readonly bank: BankOperation | undefined
  readonly portal: PortalOperation | undefined
}

/** What reached the account for the day, and what of its differences somebody found right. */
export type Remitted = {
  readonly day: Day
  readonly net: Cents
  readonly fees: Cents
  readonly at: Instant
  readonly words: string
  readonly accepted: { readonly [kind in 'short-remittance' | 'fees']: Cents }
}

export type Comparison = {
  readonly bank: Cents
  readonly bankCount: number
  readonly portal: Cents
  readonly portalCount: number
  /** bank − portal. */
  readonly gap: Cents
  readonly differences: readonly Difference[]
  readonly matched: { readonly count: number; readonly cents: Cents }
  /** What of the gap no difference explains: zero, or the page says it in red. */
  readonly unexplained: Cents
}

/**
 * Pairs the two sides by the bank's own transaction. Each operation of either side is in one pair or
 * in one difference, so that the differences add up to the gap; a transaction that comes twice on one
 * side is paired once. Example: the bank took 34,00 € where the portal sent 31,00 €: +3,00 €, `different`.
 */
export function compare(bank: readonly BankOperation[], portal: readonly PortalOperation[]): Comparison {
  const waiting = new Map<string, PortalOperation[]>()
  for (const one of portal) waiting.set(one.key, [...(waiting.get(one.key) ?? []), one])
  const pairs = bank.map((one) => ({ bank: one, portal: waiting.get(one.key)?.shift() }))
  const paid = new Set(
    pairs.flatMap(({ bank: one, portal: other }) =>
      other && other.amount > ZERO && one.amount > ZERO ? [orderOf(one)] : [],
    ),
  )
  const differences: Difference[] = []
  const matched: Cents[] = []
  for (const pair of pairs) {
    const cents = subtract(pair.bank.amount, pair.portal?.amount ?? ZERO)
    if (cents !== ZERO) differences.push({ kind: kindOf(pair.bank, pair.portal, paid), cents, ...pair })
    else if (pair.bank.amount !== ZERO) matched.push(pair.bank.amount)
  }
  for (const one of [...waiting.values()].flat())
    if (one.amount !== ZERO)
      differences.push({
        kind: 'absent-from-bank',
        cents: subtract(ZERO, one.amount),
        bank: undefined,
        portal: one,
      })
  const totals = { bank: sum(bank.map(amountOf)), portal: sum(portal.map(amountOf)) }
  const gap = subtract(totals.bank, totals.portal)
  return {
    ...totals,
    bankCount: bank.filter(moves).length,
    portalCount: portal.filter(moves).length,
    gap,
    differences: differences.toSorted(
      (a, b) => rankOf(a) - rankOf(b) || timeOf(a) - timeOf(b) || (keyOf(a) < keyOf(b) ? -1 : 1),
    ),
    matched: { count: matched.length, cents: sum(matched) },
    unexplained: subtract(gap, sum(differences.map((one) => one.cents))),
  }
}

const amountOf = ({ amount }: { readonly amount: Cents }): Cents => amount
const moves = ({ amount }: { readonly amount: Cents }): boolean => amount !== ZERO
const orderOf = ({ reference, amount }: BankOperation): string => `${reference} ${amount}`

function kindOf(
  bank: BankOperation,
  portal: PortalOperation | undefined,
  paid: ReadonlySet<string>,
): DifferenceKind {
  if (bank.amount < ZERO || portal?.standing === 'found' || portal?.standing === 'taken-back')
    return 'taken-back'
  if (portal && portal.amount !== ZERO) return bank.amount === ZERO ? 'taken-back' : 'different'
  if (portal?.standing === 'second' || (bank.reference !== '' && paid.has(orderOf(bank)))) return 'duplicate'
  return 'absent-from-portal'
}

const rankOf = ({ kind }: Difference): number => DIFFERENCE_KINDS.indexOf(kind)
const timeOf = ({ bank, portal }: Difference): number => (bank ?? portal)?.at.getTime() ?? 0

/** The bank's name of a difference's transaction, which finds it again when somebody acts on it. */
export const keyOf = ({ bank, portal }: Pick<Difference, 'bank' | 'portal'>): string =>
  bank?.key ?? portal?.key ?? ''

/** Whether the day may be closed without a reserve: nothing left to treat. */
export const isClear = ({ differences, gap }: Comparison): boolean => differences.length === 0 && gap === ZERO

/**
 * The same day with the account beside the journal: what the bank did not remit, or kept, is taken from
 * what it says that it took, each as a difference until somebody finds it right. Example: of 100,00 €
 * taken, 87,50 € came and 0,50 € of fees: −12,00 € remitted short, −0,50 € of fees.
 */
export function withRemittance(day: Comparison, remitted: Remitted | undefined): Comparison {
  if (!remitted) return day
  const { net, fees, at, words, accepted } = remitted
  const found = {
    'short-remittance': subtract(sum([net, fees]), day.bank),
    fees: subtract(ZERO, fees),
  } as const
  const open = (['short-remittance', 'fees'] as const).flatMap((kind): Difference[] => {
    const cents = subtract(found[kind], accepted[kind])
    const bank = {
      key: `${kind} ${remitted.day}`,
      reference: words,
      at,
      amount: kind === 'fees' ? fees : net,
      card: '',
      authorisation: '',
    }
    return cents === ZERO ? [] : [{ kind, cents, bank, portal: undefined }]
  })
  const change = sum(open.map((one) => one.cents))
  return {
    ...day,
    bank: sum([day.bank, change]),
    gap: sum([day.gap, change]),
    differences: [...day.differences, ...open],
  }
}
