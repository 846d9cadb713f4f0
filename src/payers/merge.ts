// Two files of one family, and what becomes of the people when one of them is closed. Pure.
import type { AdultId, BillingUnitId, ChildId, FamilyId, LoginId } from '../kernel/ids.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'

export type FileUnit = {
  readonly unitId: BillingUnitId
  readonly name: string
  readonly invoices: number
  readonly unsettled: number
  /** What is due on its invoices, visible to the family yet or not. */
  readonly due: Cents
  readonly credit: Cents
}
export type FileAdult = {
  readonly id: AdultId
  readonly name: string
  readonly plain: string
  readonly role: 'payer' | 'reader'
  readonly email: string | null
  readonly loginId: LoginId | null
  readonly identifier: string | null
}
export type FileChild = {
  readonly id: ChildId
  readonly name: string
  readonly plain: string
  readonly bornOn: Day | null
}

/** One of the two files, as it is compared with the other. */
export type File = {
  readonly id: FamilyId
  readonly name: string
  readonly key: string | null
  readonly address: readonly string[]
  readonly since: Instant
  readonly mergedInto: FamilyId | null
  /** How many files were closed into it. */
  readonly absorbed: number
  /** Payments at the bank now. */
  readonly underWay: number
  readonly drafts: number
  readonly units: readonly FileUnit[]
  readonly adults: readonly FileAdult[]
  readonly children: readonly FileChild[]
}

/** Who goes over to the file kept; who stays is there already, under another row. */
export type People = {
  readonly adults: readonly { readonly adult: FileAdult; readonly moves: boolean }[]
  readonly children: readonly { readonly child: FileChild; readonly moves: boolean }[]
}

/** An adult with a login always goes over: nobody loses a way in. */
export function peopleOf(closed: File, kept: File): People {
  const known = new Set(kept.adults.map(({ plain }) => plain))
  return {
    adults: closed.adults.map((adult) => ({
      adult,
      moves: adult.loginId !== null || !known.has(adult.plain),
    })),
    children: closed.children.map((child) => ({
      child,
      moves: !kept.children.some((one) => isSameChild(one, child)),
    })),
  }
}

const isSameChild = (one: FileChild, other: FileChild): boolean =>
  one.plain === other.plain && (one.bornOn === null || other.bornOn === null || one.bornOn === other.bornOn)

export type MergeFailure =
  | 'same-file'
  | 'already-merged'
  /** Other files were closed into the one that would be closed. */
  | 'has-absorbed'
  | 'payment-under-way'
  /** Money moved since the page was shown. */
  | 'changed-meanwhile'

/** Why these two cannot be merged, or undefined. */
export function mergeProblem(closed: File, kept: File): MergeFailure | undefined {
  if (closed.id === kept.id) return 'same-file'
  if (closed.mergedInto !== null || kept.mergedInto !== null) return 'already-merged'
  if (closed.absorbed > 0) return 'has-absorbed'
  return closed.underWay + kept.underWay > 0 ? 'payment-under-way' : undefined
}

/** What was seen of the money of both, in one line: a merge confirms this and nothing else. */
export const seenOf = (...files: readonly File[]): string =>
  files
    .map(({ id, units }) =>
      [
        id,
        ...units.map(({ unitId, invoices, due, credit }) => `${unitId} ${invoices} ${due} ${credit}`),
      ].join(','),
    )
    .join(';')
