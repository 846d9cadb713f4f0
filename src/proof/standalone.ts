// The verifier that leaves with an archive, as one file: node verify.mjs [--head EMPREINTE], inside the
// unzipped folder. It needs Node and nothing else.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type ArchiveTables, csv, jsonLines, type Manifest, TABLE_NAMES } from './archive.ts'
import { checkArchive } from './check-archive.ts'
import { sha256Hex } from './chain.ts'
import type { Finding } from './check.ts'
import { archiveTexts } from './archive-texts.ts'
import { tellVerdict } from './texts.ts'

const folder = import.meta.dirname
const read = (name: string): string | undefined => {
  try {
    return readFileSync(path.join(folder, name), 'utf8')
  } catch {
    return undefined
  }
}

function verify(recordedHead: string | undefined): number {
  const manifest = JSON.parse(read('manifest.json') ?? '{}') as Partial<Manifest>
  if (manifest.format !== 'preau-archive-1') {
    process.stdout.write(`${archiveTexts.noManifest}\n`)
    return 1
  }
  const { name, year, files } = { ...(manifest as Manifest), ...(manifest as Manifest).organisation }
  const findings: Finding[] = []
  for (const { name: file, sha256 } of files) {
    const text = read(file)
    if (text === undefined || sha256Hex(text) !== sha256) findings.push({ what: 'file-differs', file })
  }
  const tables = Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const lines = (read(`${table}.jsonl`) ?? '').split('\n').filter((line) => line !== '')
      const found = lines.map((line) => JSON.parse(line) as { readonly [column: string]: unknown })
      // Both forms of a table say the same.
      if (read(`${table}.csv`) !== csv(table, found) || read(`${table}.jsonl`) !== jsonLines(table, found))
        findings.push({ what: 'file-differs', file: `${table}.csv` })
      return [table, found]
    }),
  ) as unknown as ArchiveTables
  const verdict = checkArchive(manifest as Manifest, tables, recordedHead)
  const all = { ...verdict, findings: [...findings, ...verdict.findings] }
  process.stdout.write(`${tellVerdict(`${name} ${year}`, all)}\n`)
  return all.findings.length === 0 ? 0 : 1
}

const words = process.argv.slice(2)
const head = words[0] === '--head' ? words[1] : undefined
if (words.length > 0 && (words.length !== 2 || !/^[\da-f]{64}$/i.test(head ?? ''))) {
  process.stdout.write(`${archiveTexts.usage}\n`)
  process.exitCode = 2
} else process.exitCode = verify(head?.toLowerCase())
