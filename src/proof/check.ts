// The proof itself: what is wrong with a chain of seals and its closings. Pure: rows go in, in order,
// and findings come out; where they come from is the caller's business.
import {
  addLine,
  addSums,
  type Closing,
  closingHash,
  type EntryContent,
  GENESIS,
  noSums,
  readTotals,
  sealOf,
  type Sums,
  totalsText,
} from './chain.ts'
import { periodsEnding, nextDay, type PeriodKind } from './period.ts'

/** Something that is not as it was sealed, or does not add up. */
export type Finding =
  | { readonly what: 'seals-missing'; readonly from: number; readonly to: number }
  | { readonly what: 'entry-missing'; readonly sequence: number }
  | { readonly what: 'seal-differs'; readonly sequence: number; readonly entry: string }
  | { readonly what: 'entry-unbalanced'; readonly sequence: number; readonly cents: number }
  | { readonly what: 'head-differs'; readonly kind: PeriodKind; readonly period: string }
  | { readonly what: 'head-missing'; readonly kind: PeriodKind; readonly period: string }
  | { readonly what: 'closing-missing'; readonly kind: PeriodKind; readonly period: string }
  | { readonly what: 'closing-differs'; readonly kind: PeriodKind; readonly period: string }
  | { readonly what: 'totals-differ'; readonly kind: PeriodKind; readonly period: string }
  | { readonly what: 'recorded-head-absent'; readonly head: string }
  | {
      readonly what: 'balance-differs'
      readonly account: string
      readonly kept: number
      readonly due: number
    }
  | { readonly what: 'file-differs'; readonly file: string }
  | { readonly what: 'rule-broken'; readonly rule: Rule; readonly subject: string }

/** What is compared beside the chain, by the number it has in docs/invariants.md. */
export type Rule =
  | 'books-differ'
  | 'unsealed-in-closed-period'
  | 'line-in-other-unit'
  | 'invoice-differs-from-entry'
  | 'invoice-overpaid'
  | 'receivables-differ-from-invoices'
  | 'content-differs-from-hash'
  | 'capture-differs-from-entry'
  | 'clearing-differs-from-captures'
  | 'receipt-numbers-with-a-gap'
  | 'opening-numbers-with-a-gap'
  | 'closed-file-holds-credit'
  | 'row-without-organisation'

/** Where a check begins: the first sequence, and the seal before it. */
type Start = { readonly sequence: number; readonly previous: string }
const FROM_GENESIS: Start = { sequence: 1, previous: GENESIS }

type Checked = {
  readonly findings: readonly Finding[]
  readonly seals: number
  readonly head: { readonly sequence: number; readonly sha256: string }
}

export type Check = {
  /** The next seal, and its entry when there is one. */
  readonly seal: (sequence: number, sha256: string, entry: EntryContent | undefined) => void
  /** The verdict, once every seal was given. */
  readonly finish: () => Checked
}

/** Opens the check of one organisation's chain against its closings, in the order of their numbers. */
export function openCheck(
  organisationId: string,
  closings: readonly Closing[],
  recordedHead: string | undefined,
  start: Start = FROM_GENESIS,
): Check {
  const findings: Finding[] = []
  const days = new Map<string, Sums>()
  const heads = new Map<number, Closing[]>()
  for (const closing of closings)
    heads.set(closing.headSequence, [...(heads.get(closing.headSequence) ?? []), closing])
  let isHeadSeen = recordedHead === undefined || closings.some((one) => one.sha256 === recordedHead)
  let head = { sequence: start.sequence - 1, sha256: start.previous }
  let seals = 0

  const compareHeads = (sequence: number, sha256: string) => {
    for (const { kind, period, headSha256 } of heads.get(sequence) ?? [])
      if (headSha256 !== sha256) findings.push({ what: 'head-differs', kind, period })
    heads.delete(sequence)
    if (sha256 === recordedHead) isHeadSeen = true
  }
  compareHeads(head.sequence, head.sha256)

  return {
    seal: (sequence, sha256, entry) => {
      seals += 1
      if (sequence !== head.sequence + 1)
        findings.push({ what: 'seals-missing', from: head.sequence + 1, to: sequence - 1 })
      if (!entry) findings.push({ what: 'entry-missing', sequence })
      else {
        if (sealOf(head.sha256, organisationId, sequence, entry) !== sha256)
          findings.push({ what: 'seal-differs', sequence, entry: `${entry.kind} ${entry.sourceKey}` })
        const cents = addEntry(days, entry)
        if (cents !== 0 || entry.lines.length < 2)
          findings.push({ what: 'entry-unbalanced', sequence, cents })
      }
      head = { sequence, sha256 }
      compareHeads(sequence, sha256)
    },
    finish: () => {
      // Heads before the start belong to an earlier archive; those never met were cut off.
      for (const [sequence, cut] of heads)
        if (sequence >= start.sequence)
          for (const { kind, period } of cut) findings.push({ what: 'head-missing', kind, period })
      findings.push(...checkClosings(organisationId, closings, days))
      if (!isHeadSeen) findings.push({ what: 'recorded-head-absent', head: recordedHead ?? '' })
      return { findings, seals, head }
    },
  }
}

/** Adds an entry to the sums of its day; gives what its lines sum to. */
function addEntry(days: Map<string, Sums>, entry: EntryContent): number {
  let sums = days.get(entry.accountingOn)
  if (!sums) days.set(entry.accountingOn, (sums = noSums()))
  sums.entries += 1
  let total = 0
  for (const [, kind, , , cents] of entry.lines) {
    addLine(sums, kind, cents)
    total += cents
  }
  return total
}

/** Each closing follows the one before it, says what its entries sum to, and none is missing. */
function checkClosings(
  organisationId: string,
  closings: readonly Closing[],
  days: ReadonlyMap<string, Sums>,
): Finding[] {
  const findings: Finding[] = []
  const [first] = closings
  if (!first) return findings
  const perpetual = sumsBefore(first)
  let previous = first.number === 1 ? GENESIS : first.previousSha256
  let expected = periodsEnding(first.toOn)
  let number = first.number
  for (const closing of closings) {
    const { kind, period, toOn } = closing
    if (expected.length === 0) expected = periodsEnding(nextDay(previousDay(closings, closing)))
    const [due, ...rest] = expected
    if (due?.kind !== kind || due.period !== period || closing.number !== number) {
      findings.push({ what: 'closing-missing', kind: due?.kind ?? kind, period: due?.period ?? period })
      const all = periodsEnding(toOn)
      expected = all.slice(all.findIndex((one) => one.kind === kind) + 1)
    } else expected = rest
    number = closing.number + 1
    if (closing.previousSha256 !== previous || closingHash(organisationId, closing) !== closing.sha256)
      findings.push({ what: 'closing-differs', kind, period })
    previous = closing.sha256
    const sums = sumsOf(days, closing)
    if (kind === 'day') addSums(perpetual, sums)
    if (totalsText(sums) !== closing.totals || totalsText(perpetual) !== closing.perpetual)
      findings.push({ what: 'totals-differ', kind, period })
  }
  for (const due of expected) findings.push({ what: 'closing-missing', kind: due.kind, period: due.period })
  return findings
}

const previousDay = (closings: readonly Closing[], closing: Closing): string =>
  closings[closings.indexOf(closing) - 1]?.toOn ?? closing.toOn

/** What all periods before the first closing given sum to: nothing, or what that closing takes over. */
function sumsBefore(first: Closing): Sums {
  const sums = noSums()
  if (first.number === 1) return sums
  const [perpetual, own] = [readTotals(first.perpetual), readTotals(first.totals)]
  if (!perpetual || !own) return sums
  addSums(sums, perpetual)
  sums.entries -= own.entries
  for (const [kind, { debit, credit }] of own.kinds) {
    const one = sums.kinds.get(kind)
    if (one) sums.kinds.set(kind, { debit: one.debit - debit, credit: one.credit - credit })
  }
  for (const [kind, { debit, credit }] of sums.kinds) if (debit === 0 && credit === 0) sums.kinds.delete(kind)
  return sums
}

function sumsOf(days: ReadonlyMap<string, Sums>, { fromOn, toOn }: Closing): Sums {
  const sums = noSums()
  for (let day = fromOn; day <= toOn; day = nextDay(day)) {
    const one = days.get(day)
    if (one) addSums(sums, one)
  }
  return sums
}
