// The bank's daily statement: what families transferred is booked, the rest waits for a person.
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { readCamt053 } from './camt053.ts'
import { recordTransfer, type Owner } from './record-transfer.ts'
import { findHolders, listPayable, type TransferId } from './store.ts'
import { type IncomingLine, invoicesNamed, lineText, type StatementProblem } from './transfer.ts'

export type StatementReport = {
  /** recorded: on its invoice · waiting: a person looks · known: read before, in whatever file. */
  readonly counts: Readonly<Record<'recorded' | 'waiting' | 'known' | 'pending', number>>
}
export type StatementFailure = StatementProblem | { readonly kind: 'unknown-account'; readonly iban: string }

/** Who books when a statement was read: kept in the ledger as it is. */
const ACTOR = 'camt.053'
export const taskKey = (id: TransferId): string => `transfer-waiting ${id}`

/**
 * Reads a statement whole, then takes its incoming lines one by one, each in a transaction of its own
 * with its mark: the same line, in this file or another, counts once, and a reading cut short goes on
 * where it stopped. An unreadable file, or one of an account that no unit has, changes nothing.
 */
export async function importStatement(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  content: Uint8Array,
): Promise<Result<StatementReport, StatementFailure>> {
  const read = readCamt053(content)
  if (!read.ok) return read
  const holders = new Map<string, OrganisationId>()
  for (const { iban } of read.value) {
    const [holder, ...others] = await findHolders(db, iban)
    // Two organisations with one account: whose money it is cannot be told.
    if (holder === undefined || others.length > 0) return fail({ kind: 'unknown-account', iban })
    holders.set(iban, holder)
  }
  const counts = { recorded: 0, waiting: 0, known: 0, pending: 0 }
  for (const { iban, lines, pending } of read.value) {
    counts.pending += pending
    const organisationId = holders.get(iban)
    if (organisationId === undefined) continue
    const seen = new Map<string, number>()
    for (const line of lines) {
      const text = lineText(iban, line, 0)
      const twin = seen.get(text) ?? 0
      seen.set(text, twin + 1)
      const account = { organisationId, iban, mark: sha256(lineText(iban, line, twin)) }
      counts[await db.transaction((tx) => takeLine(tx, account, line, clock.now()))] += 1
    }
  }
  return ok({ counts })
}

type Account = { readonly organisationId: OrganisationId; readonly iban: string; readonly mark: Buffer }

async function takeLine(
  tx: Tx,
  { organisationId, iban, mark }: Account,
  line: IncomingLine,
  now: Instant,
): Promise<'recorded' | 'waiting' | 'known'> {
  const id: TransferId = newId<'transfer'>(now)
  const { bookedOn, amount, payerName } = line
  const words = [line.reference, line.words].filter((one) => one !== '').join(' ')
  const kept = await tx
    .insertInto('transfer')
    .values({
      organisation_id: organisationId,
      id,
      sha256: mark,
      iban,
      booked_on: bookedOn,
      amount_cents: amount,
      payer_name: payerName,
      words,
      read_at: now,
      state: 'waiting',
      state_at: now,
      state_by: ACTOR,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'sha256']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!kept) return 'known'
  const owner = await ownerOf(tx, organisationId, iban, line)
  if (owner) {
    await recordTransfer(tx, owner, { id, bookedOn, amount, payerName, words }, now, ACTOR)
    return 'recorded'
  }
  await openTask(
    tx,
    organisationId,
    { iban },
    taskKey(id),
    { kind: 'transfer-waiting', amountCents: amount, payerName, words, transfer: id },
    now,
  )
  return 'waiting'
}

/** The one family whose invoices the line names, all of one unit of this account; else nobody. */
async function ownerOf(
  tx: Tx,
  organisationId: OrganisationId,
  iban: string,
  line: IncomingLine,
): Promise<Owner | undefined> {
  const numbers = line.isReturn ? [] : invoicesNamed(line)
  const found = await listPayable(tx, organisationId, numbers)
  const [first] = found
  if (!first) return undefined
  const { familyId, familyName, billingUnitId } = first
  const agree = found.every(
    (one) => one.familyId === familyId && one.billingUnitId === billingUnitId && one.iban === iban,
  )
  if (!agree) return undefined
  return { organisationId, billingUnitId, familyId, familyName, invoices: found.map(({ id }) => id) }
}
