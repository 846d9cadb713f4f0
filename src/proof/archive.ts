// What an archive is made of: its tables, the words of its files, its manifest. Pure, and shared with
// the verifier that the archive carries.
import type { Closing, EntryContent, SealedLine } from './chain.ts'

export type ArchivedEntry = Omit<EntryContent, 'lines'>
export type ArchivedPosting = {
  readonly entryId: string
  readonly line: number
  readonly accountId: string
  readonly kind: string
  readonly familyId: string | null
  readonly invoiceId: string | null
  readonly cents: number
}
/** An account with what it held before and after the archived entries, and the balance kept for it. */
export type ArchivedAccount = {
  readonly accountId: string
  readonly unitId: string
  readonly unit: string
  readonly kind: string
  readonly familyId: string | null
  readonly invoiceId: string | null
  readonly beforeCents: number
  readonly afterCents: number
  readonly balanceCents: number | null
}
export type ArchivedSeal = { readonly sequence: number; readonly entryId: string; readonly sha256: string }
/** A document as it was frozen; the hash is that of `content`. */
export type ArchivedInvoice = {
  readonly number: string
  readonly entryId: string
  readonly issuedOn: string
  readonly familyId: string
  readonly totalCents: number
  readonly sha256: string
  readonly content: string
}
export type ArchivedReceipt = {
  readonly number: string
  readonly entryId: string
  readonly issuedAt: string
  readonly familyId: string
  readonly amountCents: number
  readonly bankTransaction: string
  readonly sha256: string
  readonly content: string
}

export type ArchiveTables = {
  readonly entries: readonly ArchivedEntry[]
  readonly postings: readonly ArchivedPosting[]
  readonly accounts: readonly ArchivedAccount[]
  readonly seals: readonly ArchivedSeal[]
  readonly closings: readonly Closing[]
  readonly invoices: readonly ArchivedInvoice[]
  readonly receipts: readonly ArchivedReceipt[]
}
export type TableName = keyof ArchiveTables

/** The columns of each table, in the order of its CSV. */
const COLUMNS: { readonly [Name in TableName]: readonly (keyof ArchiveTables[Name][number])[] } = {
  entries: [
    'entryId',
    'unitId',
    'kind',
    'sourceKey',
    'factSha256',
    'accountingOn',
    'valueOn',
    'bookedAt',
    'actor',
    'reverses',
    'reason',
    'documentSha256',
  ],
  postings: ['entryId', 'line', 'accountId', 'kind', 'familyId', 'invoiceId', 'cents'],
  accounts: [
    'accountId',
    'unitId',
    'unit',
    'kind',
    'familyId',
    'invoiceId',
    'beforeCents',
    'afterCents',
    'balanceCents',
  ],
  seals: ['sequence', 'entryId', 'sha256'],
  closings: [
    'number',
    'kind',
    'period',
    'fromOn',
    'toOn',
    'totals',
    'perpetual',
    'headSequence',
    'headSha256',
    'previousSha256',
    'sha256',
    'closedAt',
  ],
  invoices: ['number', 'entryId', 'issuedOn', 'familyId', 'totalCents', 'sha256', 'content'],
  receipts: [
    'number',
    'entryId',
    'issuedAt',
    'familyId',
    'amountCents',
    'bankTransaction',
    'sha256',
    'content',
  ],
}
export const TABLE_NAMES = Object.keys(COLUMNS) as TableName[]

export type Manifest = {
  readonly format: 'preau-archive-1'
  readonly organisation: { readonly id: string; readonly name: string; readonly siret: string }
  readonly year: string
  readonly madeAt: string
  /** Whether the year was closed when the archive was made. */
  readonly isClosed: boolean
  /** The first seal of the archive, and the hash of the seal before it. */
  readonly start: { readonly sequence: number; readonly previous: string }
  /** The last seal of the archive. */
  readonly head: { readonly sequence: number; readonly sha256: string }
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

type Row = { readonly [column: string]: unknown }

/** One JSON object a line, its columns in the order of the table. */
export function jsonLines(name: TableName, table: readonly Row[]): string {
  const columns: readonly string[] = COLUMNS[name]
  return table
    .map((one) => `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, one[column]])))}\n`)
    .join('')
}

/** The same as CSV for a spreadsheet: semicolons, quotes where needed, nothing for null. */
export function csv(name: TableName, table: readonly Row[]): string {
  const columns: readonly string[] = COLUMNS[name]
  const lines = table.map((one) => columns.map((column) => cell(one[column])))
  return [columns, ...lines].map((line) => `${line.join(';')}\r\n`).join('')
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A sign that a spreadsheet would take for a formula is kept from it.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The lines of each entry, as they were sealed. */
export function linesByEntry(postings: readonly ArchivedPosting[]): ReadonlyMap<string, SealedLine[]> {
  const lines = new Map<string, SealedLine[]>()
  for (const { entryId, line, kind, familyId, invoiceId, cents } of postings) {
    const known = lines.get(entryId)
    if (known) known.push([line, kind, familyId, invoiceId, cents])
    else lines.set(entryId, [[line, kind, familyId, invoiceId, cents]])
  }
  return lines
}
