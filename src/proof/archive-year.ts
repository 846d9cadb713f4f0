import { type Instant, parisDay } from '../kernel/dates.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { Db, Tx } from '../platform/db.ts'
import { projectFile } from '../platform/files.ts'
import { type ArchivedEntry, type ArchivedSeal, type ArchiveTables, csv, jsonLines } from './archive.ts'
import { type Manifest, TABLE_NAMES } from './archive.ts'
import {
  listAccounts,
  listInvoices,
  listPostings,
  listReceipts,
  sealAt,
  yearStretch,
} from './archive-store.ts'
import { archiveTexts } from './archive-texts.ts'
import { type Closing, GENESIS, sha256Hex } from './chain.ts'
import { sealEntries } from './seal-entries.ts'
import { listClosings, streamSeals } from './store.ts'
import { readSnapshot } from './verify-ledger.ts'
import { zip, type ZippedFile } from './zip.ts'

export type Archive = {
  readonly zip: Buffer
  readonly entries: number
  readonly isClosed: boolean
}

/**
 * The archive of a year: every entry of its accounting days with its seal, the closings, the documents
 * issued, a manifest and the verifier. What is not sealed yet is sealed first.
 */
export async function archiveYear(
  db: Db,
  organisation: Organisation,
  year: string,
  now: Instant,
): Promise<Archive> {
  await sealEntries(db, organisation.id, now)
  const read = await readSnapshot(db, (tx) => readYear(tx, organisation, year))
  const { tables, start, head } = read
  const isClosed = tables.closings.some(({ kind }) => kind === 'year')
  const { id, name, siret } = organisation
  const readMe = archiveTexts.readMe({ name, siret }, year, parisDay(now), isClosed)
  const files: ZippedFile[] = [
    { name: 'LISEZ-MOI.txt', bytes: Buffer.from(readMe) },
    { name: 'verify.mjs', bytes: await bundleVerifier() },
    ...TABLE_NAMES.flatMap((table) => [
      { name: `${table}.jsonl`, bytes: Buffer.from(jsonLines(table, tables[table])) },
      { name: `${table}.csv`, bytes: Buffer.from(csv(table, tables[table])) },
    ]),
  ]
  const manifest: Manifest = {
    format: 'preau-archive-1',
    organisation: { id, name, siret },
    year,
    madeAt: now.toISOString(),
    isClosed,
    start,
    head,
    files: files.map(({ name: file, bytes }) => ({
      name: file,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
    })),
  }
  files.splice(1, 0, {
    name: 'manifest.json',
    bytes: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`),
  })
  const folder = `preau-${organisation.slug}-${year}`
  const placed = files.map((file) => ({ name: `${folder}/${file.name}`, bytes: file.bytes }))
  return { zip: zip(placed, now), entries: tables.entries.length, isClosed }
}

type YearRead = Pick<Manifest, 'start' | 'head'> & { readonly tables: ArchiveTables }

async function readYear(tx: Tx, { id }: Organisation, year: string): Promise<YearRead> {
  const closings = await listClosings(tx, id, year)
  const closedHead = closings.reduce((last, one) => Math.max(last, one.headSequence), 0)
  const found = await yearStretch(tx, id, year)
  // A year without entries stands where its closings say.
  const stretch = found
    ? { from: found.from, to: Math.max(found.to, closedHead) }
    : { from: closedHead + 1, to: closedHead }
  const entries: ArchivedEntry[] = []
  const seals: ArchivedSeal[] = []
  await streamSeals(tx, id, stretch.from, stretch.to, (batch) => {
    for (const { sequence, sealedId, sha256, ...entry } of batch) {
      seals.push({ sequence, entryId: sealedId, sha256 })
      if (entry.entryId !== null) entries.push(entry)
    }
  })
  const previous = (await sealAt(tx, id, stretch.from - 1)) ?? GENESIS
  const last = seals.at(-1)
  const tables = {
    entries,
    postings: await listPostings(tx, id, stretch),
    accounts: await listAccounts(tx, id, stretch),
    seals,
    closings: closings satisfies Closing[],
    invoices: await listInvoices(tx, id, stretch),
    receipts: await listReceipts(tx, id, stretch),
  }
  const start = { sequence: stretch.from, previous }
  return {
    tables,
    start,
    head: last
      ? { sequence: last.sequence, sha256: last.sha256 }
      : { sequence: stretch.from - 1, sha256: previous },
  }
}

/** The verifier as one file that needs Node only, from the same source as the portal's own. */
async function bundleVerifier(): Promise<Buffer> {
  const { build } = await import('esbuild')
  const bundled = await build({
    entryPoints: [projectFile('src/proof/standalone.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    logLevel: 'error',
  })
  return Buffer.from(bundled.outputFiles[0]?.contents ?? [])
}
