// The proof of an archive, from its files alone.
import { type ArchiveTables, linesByEntry, type Manifest } from './archive.ts'
import { sha256Hex } from './chain.ts'
import { type Finding, openCheck } from './check.ts'
import type { Verdict } from './verdict.ts'

/** Checks the chain, the closings, the balances and the documents of an archive. */
export function checkArchive(
  manifest: Manifest,
  tables: ArchiveTables,
  recordedHead: string | undefined,
): Verdict {
  const documents = new Map<string, string>()
  const findings: Finding[] = []
  for (const { entryId, number, content, sha256 } of tables.invoices) {
    const hash = sha256Hex(content)
    documents.set(entryId, hash)
    if (hash !== sha256)
      findings.push({ what: 'rule-broken', rule: 'content-differs-from-hash', subject: number })
  }
  const lines = linesByEntry(tables.postings)
  const entries = new Map(tables.entries.map((entry) => [entry.entryId, entry]))
  const check = openCheck(manifest.organisation.id, tables.closings, recordedHead, manifest.start)
  for (const { sequence, sha256, entryId } of tables.seals) {
    const entry = entries.get(entryId)
    const documentSha256 = documents.get(entryId) ?? null
    check.seal(sequence, sha256, entry && { ...entry, documentSha256, lines: lines.get(entryId) ?? [] })
  }
  const checked = check.finish()
  if (checked.head.sequence !== manifest.head.sequence || checked.head.sha256 !== manifest.head.sha256)
    findings.push({ what: 'recorded-head-absent', head: manifest.head.sha256 })
  return {
    seals: checked.seals,
    head: checked.head,
    unsealed: undefined,
    closings: tables.closings.length,
    closedThrough: tables.closings.at(-1)?.toOn,
    findings: [...checked.findings, ...findings, ...wrongBalances(tables), ...wrongReceipts(tables)],
  }
}

function wrongBalances({ accounts, postings, invoices }: ArchiveTables): Finding[] {
  const moved = new Map<string, number>()
  for (const { accountId, cents } of postings) moved.set(accountId, (moved.get(accountId) ?? 0) + cents)
  const numbers = new Map(invoices.map(({ entryId, number }) => [entryId, number]))
  const issued = new Map(
    postings
      .filter(({ entryId, accountId, invoiceId }) => accountId === invoiceId && numbers.has(entryId))
      .map(({ accountId, entryId }) => [accountId, numbers.get(entryId)]),
  )
  return accounts.flatMap(({ accountId, kind, beforeCents, afterCents, balanceCents }): Finding[] => {
    const due = beforeCents + (moved.get(accountId) ?? 0) + afterCents
    if (balanceCents === null || balanceCents === due) return []
    const account = `${kind} ${issued.get(accountId) ?? accountId}`
    return [{ what: 'balance-differs', account, kept: balanceCents, due }]
  })
}

/** A receipt says what its entry took. */
function wrongReceipts({ receipts, postings }: ArchiveTables): Finding[] {
  const taken = new Map<string, number>()
  for (const { entryId, kind, cents } of postings)
    if (kind === 'clearing') taken.set(entryId, (taken.get(entryId) ?? 0) + cents)
  return receipts
    .filter(({ entryId, amountCents, content, sha256 }) => {
      return taken.get(entryId) !== amountCents || sha256Hex(content) !== sha256
    })
    .map(({ number }) => ({ what: 'rule-broken', rule: 'capture-differs-from-entry', subject: number }))
}
