// A plain list of a contract's operations: compared with the portal, day by day, and nothing is booked
// from it, since it does not say what a bank's own journal says.
import { type Day, type Instant, parisInstant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Result, ok } from '../kernel/result.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { type PlainLine, type PlainProblem, readPlainList } from './plain-list.ts'

type Place = { readonly organisationId: OrganisationId; readonly contractId: ContractId }
type FirstRead = { readonly name: string; readonly at: Instant }

/** So many lines are written at once. */
const BATCH = 1_000
/** A list without hours stands at noon of its day. */
const NOON = 12

/**
 * Keeps the lines of a list for the comparison of their days, all or none. A line is paired with the
 * payment that its reference names: the portal's, whole or its last eight signs, or the bank's own.
 * The same file twice changes nothing, and `firstRead` says when it was read.
 */
export async function importPlainList(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  place: Place,
  name: string,
  content: Uint8Array,
): Promise<
  Result<{ readonly firstRead: FirstRead | undefined; readonly lastDay: Day | undefined }, PlainProblem>
> {
  const read = readPlainList(content)
  if (!read.ok) return read
  const now = clock.now()
  const hash = sha256(content)
  const lastDay = read.value
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  const { organisationId, contractId } = place
  const firstRead = await db.transaction(async (tx) => {
    const id = newId<'journalFile'>(now)
    const added = await tx
      .insertInto('journal_file')
      .values({
        organisation_id: organisationId,
        id,
        contract_id: contractId,
        name,
        sha256: hash,
        read_at: now,
        finished_at: now,
      })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'contract_id', 'sha256']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return findFirstRead(tx, place, hash)
    await keepLines(tx, place, id, read.value)
    return undefined
  })
  return ok({ firstRead, lastDay })
}

const findFirstRead = (
  read: Read,
  { organisationId, contractId }: Place,
  hash: Buffer,
): Promise<FirstRead | undefined> =>
  row(
    read,
    sql<FirstRead>`select name, read_at as at from journal_file
      where organisation_id = ${organisationId} and contract_id = ${contractId} and sha256 = ${hash}`,
  )

async function keepLines(tx: Tx, place: Place, fileId: string, lines: readonly PlainLine[]): Promise<void> {
  const known = await listNamedCaptures(tx, place, [...new Set(lines.map(({ reference }) => reference))])
  const used = new Map<string, number>()
  const values = lines.map((line) => {
    const key = keyOf(line, known.get(line.reference) ?? [], used)
    return {
      organisation_id: place.organisationId,
      contract_id: place.contractId,
      // Of this file: the same line in another list is the same key, of which the last read counts.
      sha256: sha256(`list ${fileId} ${line.number}`),
      file_id: fileId,
      number: line.number,
      raw: line.raw,
      outcome: 'compared',
      bank_transaction: key,
      reference: line.reference,
      happened_at: parisInstant(line.on, NOON),
      moved_cents: line.amount,
      card_masked: '',
      authorisation: '',
    }
  })
  for (let from = 0; from < values.length; from += BATCH)
    await tx
      .insertInto('journal_line')
      .values(values.slice(from, from + BATCH))
      .execute()
}

type Named = { readonly typed: string; readonly key: string; readonly amount: Cents }

/**
 * The bank's own name of what a line tells: of the payment it names, the one of its amount first, each
 * once; a line more than there are payments keeps its reference, and a number.
 */
function keyOf({ reference, amount }: PlainLine, named: readonly Named[], used: Map<string, number>): string {
  const free = named.filter(({ key }) => !used.has(key))
  const key = (free.find((one) => one.amount === amount) ?? free[0])?.key ?? reference
  const before = used.get(key) ?? 0
  used.set(key, before + 1)
  return before === 0 ? key : `${key} (${before + 1})`
}

/** What the contract took or gave back under each reference as typed. */
async function listNamedCaptures(
  read: Read,
  { organisationId, contractId }: Place,
  typed: readonly string[],
): Promise<Map<string, Named[]>> {
  const found = await rows<Named>(
    read,
    sql`with typed as (select unnest(${[...typed]}::text[]) as typed)
      select t.typed, c.bank_transaction as key, c.amount_cents as amount from typed t
      join capture c on c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
        and c.bank_transaction = t.typed
      union
      select t.typed, c.bank_transaction, c.amount_cents from typed t
      join payment_reference n on n.organisation_id = ${organisationId}
        and right(n.reference, 8) = right(upper(replace(t.typed, '-', '')), 8)
        and n.reference like '%' || upper(replace(t.typed, '-', ''))
      join capture c on c.organisation_id = n.organisation_id and c.attempt_id = n.attempt_id
        and c.contract_id = ${contractId}
      where length(replace(t.typed, '-', '')) between 8 and 26
      union
      select t.typed, substring(r.settlement_key from 6), -r.amount_cents from typed t
      join refund r on r.organisation_id = ${organisationId} and r.settlement_key = 'bank ' || t.typed
      union
      select t.typed, g.bank_transaction, -g.amount_cents from typed t
      join bank_refund g on g.organisation_id = ${organisationId} and g.contract_id = ${contractId}
        and g.bank_transaction = t.typed
      order by 2`,
  )
  const named = new Map<string, Named[]>()
  for (const one of found) named.set(one.typed, [...(named.get(one.typed) ?? []), one])
  return named
}
