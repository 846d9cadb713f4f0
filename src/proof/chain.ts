// What is hashed, and in which words: the canonical content of an entry and of a closing. Pure, and
// the same in the portal and in the verifier that leaves with an archive.
import { hash } from 'node:crypto'

/** A line: its number, the account by its natural key within the unit, and signed cents. */
export type SealedLine = readonly [
  line: number,
  kind: string,
  familyId: string | null,
  invoiceId: string | null,
  cents: number,
]

/** An entry as it is sealed. Days are `YYYY-MM-DD`, `bookedAt` is UTC to the microsecond, hashes are hex. */
export type EntryContent = {
  readonly entryId: string
  readonly unitId: string
  readonly kind: string
  readonly sourceKey: string
  readonly factSha256: string
  readonly accountingOn: string
  readonly valueOn: string
  readonly bookedAt: string
  readonly actor: string
  readonly reverses: string | null
  /** Why a person undid or corrected; null elsewhere. */
  readonly reason: string | null
  /** The SHA-256 of the frozen content of the invoice that the entry issues. */
  readonly documentSha256: string | null
  readonly lines: readonly SealedLine[]
}

/** Debits and credits of one kind of account, both positive, in cents. */
type Total = readonly [kind: string, debit: number, credit: number]
/** How many entries, and the totals of each kind of account, by name of kind. */
type Totals = { readonly entries: number; readonly kinds: readonly Total[] }

export type Closing = {
  readonly number: number
  readonly kind: 'day' | 'month' | 'year'
  /** `2026-11-23`, `2026-11` or `2026`. */
  readonly period: string
  readonly fromOn: string
  readonly toOn: string
  /** Canonical texts of `Totals`: of the period, and of everything up to its end. */
  readonly totals: string
  readonly perpetual: string
  readonly headSequence: number
  readonly headSha256: string
  readonly previousSha256: string
  readonly sha256: string
  readonly closedAt: string
}

/** What comes before the first seal and the first closing. */
export const GENESIS = '0'.repeat(64)

export const sha256Hex = (text: string | Uint8Array): string => hash('sha256', text)

/** The canonical text of an entry: one JSON array, without spaces, in this order. */
const entryText = (organisationId: string, sequence: number, entry: EntryContent): string =>
  JSON.stringify([
    'preau-entry-1',
    organisationId,
    sequence,
    entry.entryId,
    entry.unitId,
    entry.kind,
    entry.sourceKey,
    entry.factSha256,
    entry.accountingOn,
    entry.valueOn,
    entry.bookedAt,
    entry.actor,
    entry.reverses,
    entry.reason,
    entry.documentSha256,
    entry.lines,
  ])

/** The seal of an entry: SHA-256 of the seal before it, a line break, and the canonical text. */
export const sealOf = (
  previous: string,
  organisationId: string,
  sequence: number,
  entry: EntryContent,
): string => sha256Hex(`${previous}\n${entryText(organisationId, sequence, entry)}`)

/** The hash of a closing: SHA-256 of the closing before it, a line break, and the canonical text. */
export const closingHash = (organisationId: string, closing: Omit<Closing, 'sha256'>): string =>
  sha256Hex(
    `${closing.previousSha256}\n${JSON.stringify([
      'preau-closing-1',
      organisationId,
      closing.number,
      closing.kind,
      closing.period,
      closing.fromOn,
      closing.toOn,
      closing.totals,
      closing.perpetual,
      closing.headSequence,
      closing.headSha256,
      closing.closedAt,
    ])}`,
  )

/** Sums of entries, added up as they come. */
export type Sums = { entries: number; readonly kinds: Map<string, { debit: number; credit: number }> }
export const noSums = (): Sums => ({ entries: 0, kinds: new Map() })

export function addLine(sums: Sums, kind: string, cents: number): void {
  let one = sums.kinds.get(kind)
  if (!one) sums.kinds.set(kind, (one = { debit: 0, credit: 0 }))
  if (cents > 0) one.debit += cents
  else one.credit -= cents
}

export function addSums(sums: Sums, other: Sums): void {
  sums.entries += other.entries
  for (const [kind, { debit, credit }] of other.kinds) {
    addLine(sums, kind, debit)
    addLine(sums, kind, -credit)
  }
}

/** The canonical text of sums: kinds in the order of their names. */
export function totalsText(sums: Sums): string {
  const kinds = [...sums.kinds].map(([kind, { debit, credit }]): Total => [kind, debit, credit])
  kinds.sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ entries: sums.entries, kinds } satisfies Totals)
}

/** The sums that a canonical text tells; undefined when it is none. */
export function readTotals(text: string): Sums | undefined {
  try {
    const { entries, kinds } = JSON.parse(text) as Totals
    return { entries, kinds: new Map(kinds.map(([kind, debit, credit]) => [kind, { debit, credit }])) }
  } catch {
    return undefined
  }
}
