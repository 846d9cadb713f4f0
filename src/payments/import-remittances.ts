// What the bank really credited, from its own reconciliation report, beside what the portal booked.
import { type Instant, type Period, parisDay } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, subtract, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { applyFact } from './apply-fact.ts'
import { type BankFileFailure, findReported, readBankFile } from './bank-file.ts'
import { findCaptureId, lockCapture } from './capture-store.ts'
import type { RemittanceLine } from './bank-reports.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import { adapters } from './gateways/registry.ts'
import { recogniseCapture } from './recognise-capture.ts'
import { findPaidBack } from './refunds/store.ts'
import { findNumberedCapture, isCreditedElsewhere, isPaidBack } from './remittance-store.ts'
import { setAside } from './set-aside.ts'
import type { Shops } from './shops.ts'
import { lockAttemptOfContract } from './store.ts'

/**
 * matched: booked with this amount · booked: the portal had missed it · set_aside: so, and it waits for
 * a person · differs: another amount, or credited twice · unknown: no payment that the portal knows.
 */
type LineOutcome = 'matched' | 'booked' | 'set_aside' | 'differs' | 'unknown'
export type RemittanceImport = {
  readonly organisationId: OrganisationId
  readonly contractId: ContractId
  /** Lines by what became of them; those read before, in whatever file, count as known. */
  readonly counts: Readonly<Record<LineOutcome | 'known', number>>
  /** The days of the payments that it tells of, in Paris. */
  readonly period: Period | undefined
}

/**
 * Reads a reconciliation report: every line is checked before the first is kept, and a file with one
 * unreadable line changes nothing. Each line is kept and compared in a transaction of its own. It never
 * takes money back: a difference is a task. Money that nobody knew of is booked as a notification's
 * would be. The same line, in whatever file, changes nothing.
 */
export async function importRemittances(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shops: Shops,
  name: string,
  content: Uint8Array,
): Promise<Result<RemittanceImport, BankFileFailure>> {
  const now = clock.now()
  const read = readBankFile(
    content,
    adapters.map(({ readRemittances }) => readRemittances),
  )
  if (!read.ok) return fail({ kind: 'unreadable', problems: read.failure })
  const { shopNumber, lines } = read.value
  const contract = await findReported(shops, read.value, now)
  if (!contract) return fail({ kind: 'unknown-shop', shopNumber })
  const counts = { matched: 0, booked: 0, set_aside: 0, differs: 0, unknown: 0, known: 0 }
  for (const line of lines) counts[await db.transaction((tx) => keepLine(tx, contract, name, line, now))] += 1
  const days = lines.map(({ happenedAt }) => parisDay(happenedAt)).toSorted()
  const [from, to] = [days[0], days.at(-1)]
  return ok({
    organisationId: contract.organisationId,
    contractId: contract.id,
    counts,
    period: from && to ? { from, to } : undefined,
  })
}

/** What a line says, whatever its file and the columns beside: what makes it the same line. */
const saidBy = (line: RemittanceLine): string =>
  JSON.stringify([
    line.bankTransaction ?? [line.happenedAt, line.reference, line.transactionNumber],
    line.operation,
    line.amount,
    line.isEuro,
    line.remittance,
    line.remittedOn,
  ])

async function keepLine(
  tx: Tx,
  contract: OpenContract,
  file: string,
  line: RemittanceLine,
  now: Instant,
): Promise<LineOutcome | 'known'> {
  const key = {
    organisation_id: contract.organisationId,
    contract_id: contract.id,
    sha256: sha256(saidBy(line)),
  }
  const kept = await tx
    .insertInto('remittance_line')
    .values({
      ...key,
      file,
      number: line.number,
      raw: line.raw,
      remittance: line.remittance,
      remitted_on: line.remittedOn,
      bank_transaction: line.bankTransaction,
      transaction_number: line.transactionNumber,
      reference: line.reference,
      happened_at: line.happenedAt,
      operation: line.operation,
      amount_cents: line.isEuro ? line.amount : null,
      capture_id: null,
      outcome: 'unknown',
      read_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst()
  if (!kept) return 'known'
  const { outcome, captureId = null } = await compare(tx, contract, line, now)
  await tx
    .updateTable('remittance_line')
    .set({ outcome, capture_id: captureId })
    .where('organisation_id', '=', key.organisation_id)
    .where('contract_id', '=', key.contract_id)
    .where('sha256', '=', key.sha256)
    .execute()
  return outcome
}

type Compared = { readonly outcome: LineOutcome; readonly captureId?: string | undefined }

function compare(tx: Tx, contract: OpenContract, line: RemittanceLine, now: Instant): Promise<Compared> {
  return line.operation === 'debit'
    ? compareDebit(tx, contract, line, now)
    : compareCredit(tx, contract, line, now)
}

/** Every line is money that moved: an accepted fact, under the bank's own name of it. */
const factOf = ({ mode }: OpenContract, line: RemittanceLine, bankTransaction: string): BankFact => ({
  mode,
  reference: line.reference,
  transactionNumber: line.transactionNumber,
  bankTransaction,
  operation: line.operation,
  verdict: 'accepted',
  amount: line.amount,
  isEuro: line.isEuro,
  happenedAt: line.happenedAt,
  cardBrand: line.cardBrand,
  cardMasked: '',
  authorisation: '',
  reason: '',
})

async function compareDebit(
  tx: Tx,
  contract: OpenContract,
  line: RemittanceLine,
  now: Instant,
): Promise<Compared> {
  const { organisationId, id: contractId } = contract
  const { bankTransaction, reference, amount } = line
  const attempt = await lockAttemptOfContract(tx, organisationId, contractId, reference)
  const fact = factOf(contract, line, bankTransaction ?? '')
  const booked = bankTransaction
    ? (await recogniseCapture(tx, contract, fact, attempt?.id))?.bankTransaction
    : await findNumberedCapture(tx, contract, line, attempt?.id)
  const captureId =
    booked === undefined ? undefined : await findCaptureId(tx, organisationId, contractId, booked)
  const capture = captureId === undefined ? undefined : await lockCapture(tx, organisationId, captureId)
  if (!capture) return bookMissed(tx, contract, line, now)
  const expected = subtract(capture.amount, sum([capture.cancelled, capture.uncollected]))
  const isTwice = await isCreditedElsewhere(tx, organisationId, capture.id, sha256(saidBy(line)))
  if (line.isEuro && amount === expected && !isTwice) return { outcome: 'matched', captureId: capture.id }
  await openDifference(tx, contract, line, expected, now)
  return { outcome: 'differs', captureId: capture.id }
}

/** Money that the portal knows nothing of is booked under the bank's name; without one, a person looks. */
async function bookMissed(
  tx: Tx,
  contract: OpenContract,
  line: RemittanceLine,
  now: Instant,
): Promise<Compared> {
  const { bankTransaction } = line
  if (bankTransaction === null) {
    await openDifference(tx, contract, line, null, now)
    return { outcome: 'unknown' }
  }
  const fact = factOf(contract, line, bankTransaction)
  if (!line.isEuro)
    return { outcome: await setAside(tx, contract, fact, 'foreign-currency', now), captureId: undefined }
  const applied = await applyFact(tx, contract, fact, now)
  const captureId = await findCaptureId(tx, contract.organisationId, contract.id, bankTransaction)
  if (applied === 'repeated') return { outcome: 'matched', captureId }
  return { outcome: applied === 'applied' ? 'booked' : 'set_aside', captureId }
}

/** Money given back: the refund booked under this name; without a name, one of this amount on this order. */
async function compareCredit(
  tx: Tx,
  contract: OpenContract,
  line: RemittanceLine,
  now: Instant,
): Promise<Compared> {
  const { organisationId, id: contractId } = contract
  const { bankTransaction, amount } = line
  if (bankTransaction === null) {
    if (line.isEuro && (await isPaidBack(tx, contract, line))) return { outcome: 'matched' }
    return bookMissed(tx, contract, line, now)
  }
  const known: Cents | undefined = await findPaidBack(tx, organisationId, contractId, bankTransaction)
  if (known === undefined) return bookMissed(tx, contract, line, now)
  if (line.isEuro && known === amount) return { outcome: 'matched' }
  await openDifference(tx, contract, line, known, now)
  return { outcome: 'differs' }
}

function openDifference(
  tx: Tx,
  { organisationId, id }: OpenContract,
  line: RemittanceLine,
  expectedCents: Cents | null,
  now: Instant,
): Promise<void> {
  const { amount: amountCents, reference, transactionNumber, bankTransaction, remittance } = line
  return openTask(
    tx,
    organisationId,
    { contractId: id },
    `remittance-difference ${id} ${sha256(saidBy(line)).toString('hex')}`,
    {
      kind: 'remittance-difference',
      amountCents,
      expectedCents,
      reference,
      bankTransaction: bankTransaction ?? transactionNumber,
      remittance: remittance ?? '',
    },
    now,
  )
}
