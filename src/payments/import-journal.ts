// What notifications and questions both missed, the bank's own journal has (F37, F49).
import { assert } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import type { ContractId, Id, OrganisationId } from '../kernel/ids.ts'
import { ZERO, negate } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { isCaptured } from './bank-store.ts'
import { applyFact } from './apply-fact.ts'
import type { Journal, JournalLine, JournalProblem } from './bank-reports.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import { adapters } from './gateways/registry.ts'
import type { Shops } from './shops.ts'

/** booked: the portal had missed it · matched: known with the same amount · no_money: refused at the bank. */
type LineOutcome = 'booked' | 'matched' | 'set_aside' | 'refused_test' | 'no_money'
export type JournalReport = {
  readonly organisationId: OrganisationId
  /** Lines by what became of them; those read before, in whatever file, count as known. */
  readonly counts: Readonly<Record<LineOutcome | 'known', number>>
  /** When this very file had been read before, whatever its name: how it was called then. */
  readonly firstRead: { readonly name: string; readonly at: Instant } | undefined
  readonly contractId: ContractId
  /** The latest day it tells of, in Paris. */
  readonly lastDay: Day | undefined
}
export type JournalFailure =
  | { readonly kind: 'unreadable'; readonly problems: readonly JournalProblem[] }
  | { readonly kind: 'unknown-shop'; readonly shopNumber: string }

/**
 * Reads a journal of the bank: every line is checked before the first is applied, and a file with
 * one unreadable line changes nothing. Each line goes through `applyFact`, as a notification would,
 * in a transaction of its own with its mark, so that locks are short and a reading cut short goes on
 * where it stopped. The same file, or the same line in another, changes nothing.
 */
export async function importJournal(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shops: Shops,
  name: string,
  content: Uint8Array,
  accepts: (contract: OpenContract) => boolean = () => true,
): Promise<Result<JournalReport, JournalFailure>> {
  const now = clock.now()
  const read = readText(content)
  if (!read.ok) return fail({ kind: 'unreadable', problems: read.failure })
  const { gateway, shopNumber, mode, lines } = read.value
  const found = (await shops.byNumber(gateway, shopNumber, now)).filter(
    (contract) => contract.mode === mode && accepts(contract),
  )
  const [contract] = found
  // Two platforms may each have a shop of this number: which one wrote the file cannot be told.
  if (!contract || found.length > 1) return fail({ kind: 'unknown-shop', shopNumber })
  const counts = { booked: 0, matched: 0, set_aside: 0, refused_test: 0, no_money: 0, known: 0 }
  const file = await db.transaction((tx) => openFile(tx, contract, name, sha256(content), now))
  if (file.isFinished) counts.known = lines.length
  else {
    for (const line of lines)
      counts[await db.transaction((tx) => applyLine(tx, contract, file.id, line, now))] += 1
    await db.transaction((tx) => finishFile(tx, contract, file.id, now))
  }
  const days = lines.map(({ fact }) => parisDay(fact.happenedAt)).toSorted()
  return ok({
    organisationId: contract.organisationId,
    counts,
    firstRead: file.isFinished ? { name: file.name, at: file.readAt } : undefined,
    contractId: contract.id,
    lastDay: days.at(-1),
  })
}

function readText(content: Uint8Array): Result<Journal, readonly JournalProblem[]> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    return readAny(text)
  } catch {
    return fail([{ line: 1, kind: 'encoding', column: '' }])
  }
}

/** The file is whose journal it reads as; the first gateway that has journals says what is wrong with it. */
function readAny(text: string): Result<Journal, readonly JournalProblem[]> {
  const reads = adapters.flatMap(({ readJournal }) => (readJournal ? [readJournal(text)] : []))
  return reads.find((read) => read.ok) ?? reads[0] ?? fail([{ line: 1, kind: 'title', column: '' }])
}

type FileId = Id<'journalFile'>
type File = {
  readonly id: FileId
  readonly name: string
  readonly readAt: Instant
  readonly isFinished: boolean
}

/** The file's row, new or known; the same content under another name is the same file. */
async function openFile(
  tx: Tx,
  { organisationId, id: contractId }: OpenContract,
  name: string,
  hash: Buffer,
  now: Instant,
): Promise<File> {
  const id = newId<'journalFile'>(now)
  await sql`insert into journal_file (organisation_id, id, contract_id, name, sha256, read_at)
    values (${organisationId}, ${id}, ${contractId}, ${name}, ${hash}, ${now})
    on conflict (organisation_id, contract_id, sha256) do nothing`.execute(tx)
  const kept = await row<File>(
    tx,
    sql`select id, name, read_at as "readAt", finished_at is not null as "isFinished" from journal_file
      where organisation_id = ${organisationId} and contract_id = ${contractId} and sha256 = ${hash}`,
  )
  return kept ?? { id, name, readAt: now, isFinished: false }
}

async function finishFile(tx: Tx, { organisationId }: OpenContract, id: FileId, now: Instant): Promise<void> {
  await tx
    .updateTable('journal_file')
    .set({ finished_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
}

async function applyLine(
  tx: Tx,
  contract: OpenContract,
  fileId: FileId,
  { number, raw, fact }: JournalLine,
  now: Instant,
): Promise<LineOutcome | 'known'> {
  const { organisationId, id: contractId } = contract
  const hash = sha256(raw)
  const marked = await tx
    .insertInto('journal_line')
    .values({
      organisation_id: organisationId,
      contract_id: contractId,
      sha256: hash,
      file_id: fileId,
      number,
      raw,
      outcome: 'no_money',
      ...columnsOf(fact),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst()
  if (!marked) return 'known'
  const outcome = await outcomeOf(tx, contract, fact, now)
  await tx
    .updateTable('journal_line')
    .set({ outcome })
    .where('organisation_id', '=', organisationId)
    .where('contract_id', '=', contractId)
    .where('sha256', '=', hash)
    .execute()
  return outcome
}

/** What the line says, kept so that a day can be compared without reading files again. */
const columnsOf = (fact: BankFact) => ({
  bank_transaction: fact.bankTransaction,
  reference: fact.reference,
  happened_at: fact.happenedAt,
  moved_cents: fact.isEuro ? movedBy(fact) : null,
  card_masked: fact.cardMasked,
  authorisation: fact.authorisation,
})

const movedBy = ({ verdict, operation, amount }: BankFact) =>
  verdict !== 'accepted' ? ZERO : operation === 'credit' ? negate(amount) : amount

/** Every line is the bank's word; what was refused, left or still waits is no money. */
async function outcomeOf(tx: Tx, contract: OpenContract, fact: BankFact, now: Instant): Promise<LineOutcome> {
  const outcome = await applyFact(tx, contract, fact, now)
  assert(outcome !== 'doubted', 'a journal is the bank’s own word')
  if (outcome !== 'applied' && outcome !== 'repeated') return outcome
  // Refused money is none; booked money that the bank took back is news like any other.
  const { organisationId, id } = contract
  if (fact.verdict !== 'accepted' && !(await isCaptured(tx, organisationId, id, fact.bankTransaction)))
    return 'no_money'
  return outcome === 'applied' ? 'booked' : 'matched'
}
