import type { Day, Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Closing, EntryContent } from './chain.ts'
import { GENESIS } from './chain.ts'

/** The columns of an entry's content, and what they are read from beside `entry e`. */
const MICROSECONDS = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
const CONTENT = sql`e.id as "entryId", e.billing_unit_id as "unitId", e.kind, e.source_key as "sourceKey",
    encode(e.content_sha256, 'hex') as "factSha256", e.accounting_on as "accountingOn", e.value_on as "valueOn",
    to_char(e.booked_at at time zone 'UTC', ${sql.lit(MICROSECONDS)}) as "bookedAt", e.actor, e.reverses, e.reason,
    d.hash as "documentSha256", coalesce(l.lines, '[]') as lines`
const DETAILS = sql`left join lateral (
      select json_agg(json_build_array(p.line, a.kind, a.family_id, a.invoice_id, p.cents) order by p.line) as lines
      from posting p join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      where p.organisation_id = e.organisation_id and p.entry_id = e.id) l on true
    left join lateral (
      select encode(sha256(convert_to(c.content, 'UTF8')), 'hex') as hash
      from invoice i join invoice_content c on c.organisation_id = i.organisation_id and c.invoice_id = i.id
      where e.kind in ('invoice', 'opening') and i.organisation_id = e.organisation_id
        and i.number = e.source_key) d on true`

export type Head = { readonly sequence: number; readonly sha256: string }

/** One seal at a time writes to an organisation's chain, and no payment waits for it. */
export async function lockChain(tx: Tx, organisationId: OrganisationId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`seal ${organisationId}`}, 0))`.execute(tx)
}

/** The last seal, or what stands before the first. */
export async function headOf(read: Read, organisationId: OrganisationId): Promise<Head> {
  const found = await row<Head>(
    read,
    sql`select sequence, encode(sha256, 'hex') as sha256 from seal
      where organisation_id = ${organisationId} order by sequence desc limit 1`,
  )
  return found ?? { sequence: 0, sha256: GENESIS }
}

/** Entries without a seal, in the order they were booked. They lie in the open days: closing asks for it. */
export const listUnsealed = (
  read: Read,
  organisationId: OrganisationId,
  limit: number,
): Promise<EntryContent[]> =>
  rows(
    read,
    sql<EntryContent>`select ${CONTENT} from (
        select e.* from entry e
        where e.organisation_id = ${organisationId}
          and e.accounting_on > coalesce(
            (select closed_through from books where organisation_id = ${organisationId}), '-infinity'::date)
          and not exists (select from seal s where s.organisation_id = e.organisation_id and s.entry_id = e.id)
        order by e.booked_at, e.id limit ${limit}) e
      ${DETAILS}
      order by e.booked_at, e.id`,
  )

export async function insertSeals(
  tx: Tx,
  organisationId: OrganisationId,
  seals: readonly { sequence: number; entryId: string; sha256: string }[],
  now: Instant,
): Promise<void> {
  await sql`insert into seal (organisation_id, sequence, entry_id, sha256, sealed_at)
    select ${organisationId}, sequence, entry_id, decode(hash, 'hex'), ${now}
    from unnest(${seals.map((one) => one.sequence)}::bigint[], ${seals.map((one) => one.entryId)}::uuid[],
      ${seals.map((one) => one.sha256)}::text[]) as one (sequence, entry_id, hash)
    order by sequence`.execute(tx)
}

/** The day up to which the books are closed, locked so that no entry enters meanwhile. */
export async function lockBooks(tx: Tx, organisationId: OrganisationId): Promise<Day | undefined> {
  const found = await row<{ closedThrough: Day | null }>(
    tx,
    sql`select closed_through as "closedThrough" from books
      where organisation_id = ${organisationId} for no key update`,
  )
  return found?.closedThrough ?? undefined
}

/** The day of the first entry, by accounting day: the first to be closed. */
export async function firstDay(read: Read, organisationId: OrganisationId): Promise<Day | undefined> {
  const found = await row<{ day: Day | null }>(
    read,
    sql`select min(accounting_on) as day from entry where organisation_id = ${organisationId}`,
  )
  return found?.day ?? undefined
}

/** Whether an entry of that accounting day has no seal yet. */
export async function hasUnsealed(read: Read, organisationId: OrganisationId, day: Day): Promise<boolean> {
  const found = await rows<{ id: string }>(
    read,
    sql`select e.id from entry e
      where e.organisation_id = ${organisationId} and e.accounting_on = ${day}
        and not exists (select from seal s where s.organisation_id = e.organisation_id and s.entry_id = e.id)
      limit 1`,
  )
  return found.length > 0
}

/** How many entries have no seal yet, whatever their day. */
export async function countUnsealed(read: Read, organisationId: OrganisationId): Promise<number> {
  const found = await row<{ count: number }>(
    read,
    sql`select count(*) as count from entry e where e.organisation_id = ${organisationId}
      and not exists (select from seal s where s.organisation_id = e.organisation_id and s.entry_id = e.id)`,
  )
  return found?.count ?? 0
}

/** What the entries of a day sum to, by kind of account, and how many they are. */
export async function sumDay(
  read: Read,
  organisationId: OrganisationId,
  day: string,
): Promise<{ entries: number; kinds: { kind: string; debit: number; credit: number }[] }> {
  const counted = await row<{ entries: number }>(
    read,
    sql`select count(*) as entries from entry
      where organisation_id = ${organisationId} and accounting_on = ${day}`,
  )
  const kinds = await rows<{ kind: string; debit: number; credit: number }>(
    read,
    sql`select a.kind, coalesce(sum(p.cents) filter (where p.cents > 0), 0)::bigint as debit,
        coalesce(-sum(p.cents) filter (where p.cents < 0), 0)::bigint as credit
      from entry e
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      where e.organisation_id = ${organisationId} and e.accounting_on = ${day}
      group by a.kind`,
  )
  return { entries: counted?.entries ?? 0, kinds }
}

/** The totals of the days closed of a period, as the canonical texts that were hashed. */
export async function listDayTotals(
  read: Read,
  organisationId: OrganisationId,
  from: string,
  to: string,
): Promise<string[]> {
  const found = await rows<{ totals: string }>(
    read,
    sql`select totals from closing where organisation_id = ${organisationId} and kind = 'day'
      and period between ${from} and ${to}`,
  )
  return found.map(({ totals }) => totals)
}

const CLOSING = sql`select number, kind, period, from_on as "fromOn", to_on as "toOn", totals, perpetual,
    head_sequence as "headSequence", encode(head_sha256, 'hex') as "headSha256",
    encode(previous_sha256, 'hex') as "previousSha256", encode(sha256, 'hex') as sha256,
    to_char(closed_at at time zone 'UTC', ${sql.lit(MICROSECONDS)}) as "closedAt"
  from closing`

/** Every closing, or those of a calendar year, in the order of their numbers. */
export const listClosings = (read: Read, organisationId: OrganisationId, year?: string): Promise<Closing[]> =>
  rows(
    read,
    sql<Closing>`${CLOSING} where organisation_id = ${organisationId}
      and (${year ?? null}::text is null or period like ${`${year ?? ''}%`}) order by number`,
  )

export const lastClosing = (read: Read, organisationId: OrganisationId): Promise<Closing | undefined> =>
  row(read, sql<Closing>`${CLOSING} where organisation_id = ${organisationId} order by number desc limit 1`)

export async function insertClosing(tx: Tx, organisationId: OrganisationId, closing: Closing): Promise<void> {
  await sql`insert into closing (organisation_id, number, kind, period, from_on, to_on, totals, perpetual,
      head_sequence, head_sha256, previous_sha256, sha256, closed_at)
    values (${organisationId}, ${closing.number}, ${closing.kind}, ${closing.period}, ${closing.fromOn},
      ${closing.toOn}, ${closing.totals}, ${closing.perpetual}, ${closing.headSequence},
      decode(${closing.headSha256}, 'hex'), decode(${closing.previousSha256}, 'hex'),
      decode(${closing.sha256}, 'hex'), ${closing.closedAt})`.execute(tx)
}

/** A seal, and what the entry says today; nothing when the entry is gone. */
export type SealedRow = { readonly sequence: number; readonly sealedId: string; readonly sha256: string } & (
  EntryContent | { readonly entryId: null }
)

/** Rows fetched at a time from a cursor. */
const BATCH = 2_000

/** Gives the seals from one sequence to another with their entries, in order, a batch at a time. */
export async function streamSeals(
  tx: Tx,
  organisationId: OrganisationId,
  from: number,
  to: number,
  take: (seals: readonly SealedRow[]) => void,
): Promise<void> {
  await sql`declare seals no scroll cursor for
    select s.sequence, s.entry_id as "sealedId", encode(s.sha256, 'hex') as sha256, ${CONTENT}
    from seal s left join entry e on e.organisation_id = s.organisation_id and e.id = s.entry_id ${DETAILS}
    where s.organisation_id = ${sql.lit(organisationId)} and s.sequence between ${sql.lit(from)} and ${sql.lit(to)}
    order by s.sequence`.execute(tx)
  for (;;) {
    const batch = await rows(tx, sql<SealedRow>`fetch ${sql.lit(BATCH)} from seals`)
    take(batch)
    if (batch.length < BATCH) break
  }
  await sql`close seals`.execute(tx)
}
