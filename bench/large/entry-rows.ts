// Entries of the ledger as rows, sealed one after another as the sealing job would.
import type { Instant } from '../../src/kernel/dates.ts'
import { parisDay } from '../../src/kernel/dates.ts'
import type { EntryKind, InternalKind } from '../../src/ledger/ledger.ts'
import { sha256 } from '../../src/platform/secrets.ts'
import { sealOf } from '../../src/proof/chain.ts'
import type { Rows } from './copy-rows.ts'
import type { World } from './organisation.ts'
import { idOf, type Size } from './shape.ts'
import { beganAt } from './family-rows.ts'

/** What one chunk takes over from the one before. */
export type Chain = {
  sequence: number
  head: string
  /** The last receipt, by series and year. */
  readonly receipts: Record<string, number>
}

type Account = {
  readonly id: string
  readonly kind: InternalKind | 'receivable' | 'credit'
  readonly familyId: string | null
  readonly invoiceId: string | null
}

const INTERNAL = ['revenue', 'clearing', 'cheques', 'cash', 'bank', 'elsewhere'] as const

/** A unit's own account. */
export const internal = (size: Size, unit: number, kind: (typeof INTERNAL)[number]): Account => ({
  id: idOf('account', unit * INTERNAL.length + INTERNAL.indexOf(kind), beganAt(size)),
  kind,
  familyId: null,
  invoiceId: null,
})

export function addInternalAccounts(rows: Rows, { organisationId, units }: World, size: Size): void {
  for (const [number, unit] of units.entries())
    for (const kind of INTERNAL)
      rows.add('account', organisationId, internal(size, number, kind).id, unit.id, kind, null, null)
}

export type SeededEntry = {
  readonly unit: number
  readonly kind: EntryKind
  readonly sourceKey: string
  readonly fact: string
  readonly at: Instant
  readonly actor: string
  readonly lines: readonly (readonly [Account, number])[]
  readonly documentSha256?: Buffer
}

/** Adds an entry with its lines and its seal; gives its id. */
export function addEntry(rows: Rows, world: World, chain: Chain, entry: SeededEntry): string {
  const { organisationId } = world
  const unitId = world.units[entry.unit]?.id ?? ''
  const sequence = chain.sequence + 1
  const entryId = idOf<'entry'>('entry', sequence, entry.at)
  const day = parisDay(entry.at)
  const fact = sha256(entry.fact)
  const { kind, sourceKey, actor } = entry
  const head = sealOf(chain.head, organisationId, sequence, {
    entryId,
    unitId,
    kind,
    sourceKey,
    factSha256: fact.toString('hex'),
    accountingOn: day,
    valueOn: day,
    bookedAt: entry.at.toISOString().replace('Z', '000Z'),
    actor,
    reverses: null,
    reason: null,
    documentSha256: entry.documentSha256?.toString('hex') ?? null,
    lines: entry.lines.map(([one, cents], index) => [
      index + 1,
      one.kind,
      one.familyId,
      one.invoiceId,
      cents,
    ]),
  })
  rows.add('entry', organisationId, entryId, unitId, kind, sourceKey, fact, day, day, entry.at, actor)
  for (const [index, [account, cents]] of entry.lines.entries())
    rows.add('posting', organisationId, entryId, index + 1, account.id, cents)
  rows.add('seal', organisationId, sequence, entryId, Buffer.from(head, 'hex'), entry.at)
  chain.sequence = sequence
  chain.head = head
  return entryId
}
