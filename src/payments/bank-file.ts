// Files that a person exports from the bank's space: whose they are, whatever they tell.
import type { Instant } from '../kernel/dates.ts'
import { type Result, fail } from '../kernel/result.ts'
import type { Journal, JournalProblem } from './bank-reports.ts'
import type { OpenContract } from './gateway.ts'
import type { Shops } from './shops.ts'

export type BankFileFailure =
  | { readonly kind: 'unreadable'; readonly problems: readonly JournalProblem[] }
  | { readonly kind: 'unknown-shop'; readonly shopNumber: string }

type Read<Report> = Result<Report, readonly JournalProblem[]>

/** The file is whose report it reads as; the first gateway that has such reports says what is wrong with it. */
export function readBankFile<Report>(
  content: Uint8Array,
  readers: readonly (((text: string) => Read<Report>) | null)[],
): Read<Report> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    const reads = readers.flatMap((read) => (read ? [read(text)] : []))
    return reads.find((read) => read.ok) ?? reads[0] ?? fail([{ line: 1, kind: 'title', column: '' }])
  } catch {
    return fail([{ line: 1, kind: 'encoding', column: '' }])
  }
}

/** The one contract whose shop and mode the file names: of two platforms' shops, which wrote it cannot be told. */
export async function findReported(
  shops: Shops,
  { gateway, shopNumber, mode }: Omit<Journal, 'lines'>,
  now: Instant,
  accepts: (contract: OpenContract) => boolean = () => true,
): Promise<OpenContract | undefined> {
  const found = (await shops.byNumber(gateway, shopNumber, now)).filter(
    (contract) => contract.mode === mode && accepts(contract),
  )
  return found.length === 1 ? found[0] : undefined
}
