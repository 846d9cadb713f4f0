// The two sides of a day, in SQL: the lines of the bank's journal, and what the portal booked.
import { addDays, type Day, type Instant, parisInstant } from '../kernel/dates.ts'
import type { BillingUnitId, ContractId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, add, negate, subtract } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { BankOperation, PortalOperation, Remitted } from './comparison.ts'

export type CheckedContract = {
  readonly id: ContractId
  readonly bankName: string
  readonly shopNumber: string
  readonly units: readonly { readonly id: BillingUnitId; readonly name: string }[]
}

/** The organisation's contracts that serve a unit, by the code of their first one. */
export const listCheckedContracts = (
  read: Read,
  organisationId: OrganisationId,
): Promise<CheckedContract[]> =>
  rows(
    read,
    sql<CheckedContract>`select c.id, c.bank_name as "bankName", c.shop_number as "shopNumber",
        jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.code) as units
      from bank_contract c
      join billing_unit u on u.organisation_id = c.organisation_id and u.contract_id = c.id
      where c.organisation_id = ${organisationId}
      group by c.organisation_id, c.id, c.bank_name, c.shop_number order by min(u.code)`,
  )

export type CheckedDay = {
  readonly organisationId: OrganisationId
  readonly contractId: ContractId
  readonly day: Day
}

const inDay = (column: string, day: Day) =>
  sql`${sql.ref(column)} >= ${parisInstant(day)} and ${sql.ref(column)} < ${parisInstant(addDays(day, 1))}`

/** The bank's last word on each transaction of the day. */
export const listBankOperations = (
  read: Read,
  { organisationId, contractId, day }: CheckedDay,
): Promise<BankOperation[]> =>
  rows(
    read,
    sql<BankOperation>`select distinct on (l.bank_transaction) l.bank_transaction as key, l.reference,
        l.happened_at as at, l.moved_cents as amount, l.card_masked as card, l.authorisation
      from journal_line l
      join journal_file f on f.organisation_id = l.organisation_id and f.id = l.file_id
      where l.organisation_id = ${organisationId} and l.contract_id = ${contractId}
        and ${inDay('l.happened_at', day)} and l.moved_cents is not null and l.outcome <> 'refused_test'
      order by l.bank_transaction, f.read_at desc, l.number desc`,
  )

/** When the last journal that tells of the day was read; undefined: none was. */
export async function findLastReading(
  read: Read,
  { organisationId, contractId, day }: CheckedDay,
): Promise<Instant | undefined> {
  const found = await row<{ at: Instant | null }>(
    read,
    sql`select max(f.read_at) as at from journal_line l
      join journal_file f on f.organisation_id = l.organisation_id and f.id = l.file_id
      where l.organisation_id = ${organisationId} and l.contract_id = ${contractId}
        and ${inDay('l.happened_at', day)}`,
  )
  return found?.at ?? undefined
}

/** Whether the bank dates one of these transactions, joined as `l`, on another day: it is then that day's. */
const elsewhere = (day: Day) => sql`l.moved_cents is not null and not (${inDay('l.happened_at', day)})`

type CaptureRow = Omit<PortalOperation, 'amount' | 'standing'> & {
  readonly booked: Cents
  readonly hasAttempt: boolean
  readonly expected: Cents | null
  readonly suspense: Cents
  readonly isSecond: boolean
  readonly takenBack: Cents
}

/**
 * What the portal counts on the day: its captures, less what was cancelled, and the money given back.
 * What waits for a person (an open task, or suspense) counts as it did before.
 */
export async function listPortalOperations(
  read: Read,
  checked: CheckedDay,
  keys: readonly string[],
): Promise<PortalOperation[]> {
  const captures = await listCaptures(read, checked, keys)
  return [...captures.map(asOperation), ...(await listGivenBack(read, checked, keys))]
}

const listCaptures = (
  read: Read,
  { organisationId, contractId, day }: CheckedDay,
  keys: readonly string[],
): Promise<CaptureRow[]> =>
  rows(
    read,
    sql<CaptureRow>`with key as materialized (select unnest(${[...keys]}::text[]) as name),
      named as materialized (
        select c.id from key join capture c on c.organisation_id = ${organisationId}
          and c.contract_id = ${contractId} and c.bank_transaction = key.name
        union select k.capture_id from key join capture_alias k on k.organisation_id = ${organisationId}
          and k.contract_id = ${contractId} and k.bank_transaction = key.name
        union select c.id from capture c where c.organisation_id = ${organisationId}
          and c.contract_id = ${contractId} and ${inDay('c.captured_at', day)}
          and c.bank_transaction not in (select name from key)
          and not exists (select from journal_line l where l.organisation_id = c.organisation_id
            and l.contract_id = c.contract_id and l.bank_transaction = c.bank_transaction
            and ${elsewhere(day)})
          and not exists (select from capture_alias k
            join journal_line l on l.organisation_id = k.organisation_id
              and l.contract_id = k.contract_id and l.bank_transaction = k.bank_transaction
            where k.organisation_id = c.organisation_id and k.capture_id = c.id and ${elsewhere(day)})
      ), open_task as materialized (
        select kind, details ->> 'bankTransaction' as about, (details ->> 'amountCents')::bigint as cents
        from task where organisation_id = ${organisationId} and done_at is null
          and kind in ('second-capture', 'taken-back')
      )
      select case when k.bank_transaction in (select name from key) then k.bank_transaction
          else c.bank_transaction end as key,
        coalesce(a.reference, '') as reference, c.captured_at as at, c.id as "captureId",
        c.billing_unit_id as "unitId", f.id as "familyId", f.name as "familyName",
        a.id is not null as "hasAttempt",
        array(select i.number from attempt_invoice x
          join invoice i on i.organisation_id = x.organisation_id and i.id = x.invoice_id
          where x.organisation_id = c.organisation_id and x.attempt_id = c.attempt_id
          order by x.position) as invoices,
        c.amount_cents - (select coalesce(sum(n.amount_cents), 0)::bigint from capture_cancellation n
          where n.organisation_id = c.organisation_id and n.capture_id = c.id) as booked,
        coalesce((select s.amount_cents from attempt_sending s
          where s.organisation_id = c.organisation_id and s.attempt_id = c.attempt_id
            and s.transaction_number = c.transaction_number
          order by s.number desc limit 1), a.amount_cents) as expected,
        (select coalesce(-sum(p.cents), 0)::bigint from posting p
          join account t on t.organisation_id = p.organisation_id and t.id = p.account_id
          where p.organisation_id = c.organisation_id and p.entry_id = c.entry_id and t.kind = 'suspense')
        - (select coalesce(sum(s.amount_cents), 0)::bigint from suspense_resolution s
          where s.organisation_id = c.organisation_id and s.capture_id = c.id)
        - (select coalesce(sum(g.amount_cents), 0)::bigint from bank_refund g
          where g.organisation_id = c.organisation_id and g.capture_id = c.id) as suspense,
        exists (select from open_task t where t.kind = 'second-capture' and t.about = c.bank_transaction)
          as "isSecond",
        (select coalesce(sum(t.cents), 0)::bigint from open_task t
          where t.kind = 'taken-back' and t.about = c.bank_transaction) as "takenBack"
      from capture c
      join named on named.id = c.id
      left join capture_alias k on k.organisation_id = c.organisation_id and k.capture_id = c.id
      left join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
      left join family f on f.organisation_id = c.organisation_id and f.id = c.family_id
      where c.organisation_id = ${organisationId}`,
  )

function asOperation(capture: CaptureRow): PortalOperation {
  const { booked, hasAttempt, expected, suspense, isSecond, takenBack, ...one } = capture
  if (takenBack > ZERO) return { ...one, amount: add(booked, takenBack), standing: 'taken-back' }
  if (suspense > ZERO && booked > ZERO) {
    const placed = subtract(booked, suspense)
    const amount = placed > ZERO ? placed : hasAttempt ? (expected ?? ZERO) : ZERO
    return { ...one, amount, standing: 'suspense' }
  }
  return isSecond
    ? { ...one, amount: ZERO, standing: 'second' }
    : { ...one, amount: booked, standing: 'settled' }
}

type GivenBackRow = Omit<PortalOperation, 'standing' | 'invoices'> & { readonly isFound: boolean }

/** Money that the bank gave back: asked for here, or found, which waits while its task is open. */
async function listGivenBack(
  read: Read,
  { organisationId, contractId, day }: CheckedDay,
  keys: readonly string[],
): Promise<PortalOperation[]> {
  const found = await rows<GivenBackRow>(
    read,
    sql`select g.key, g.at, g.amount, g."isFound", g.capture_id as "captureId",
        coalesce(a.reference, '') as reference, g.unit_id as "unitId", f.id as "familyId", f.name as "familyName"
      from (
        select c.organisation_id, c.bank_transaction as key, c.paid_at as at, c.amount_cents as amount,
          c.capture_id, e.billing_unit_id as unit_id, exists (select from task t
            where t.organisation_id = c.organisation_id and t.done_at is null and t.kind = 'refund-found'
              and t.details ->> 'bankTransaction' = c.bank_transaction) as "isFound"
        from bank_refund c
        join entry e on e.organisation_id = c.organisation_id and e.id = c.entry_id
        where c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
          and (c.bank_transaction = any(${[...keys]}::text[])
            or ${inDay('c.paid_at', day)} and not exists (select from journal_line l
              where l.organisation_id = c.organisation_id and l.contract_id = c.contract_id
                and l.bank_transaction = c.bank_transaction and ${elsewhere(day)}))
        union all
        select r.organisation_id, substr(r.settlement_key, 6), r.state_at, r.amount_cents, r.capture_id,
          r.billing_unit_id, false
        from refund r
        join capture p on p.organisation_id = r.organisation_id and p.id = r.capture_id
        where r.organisation_id = ${organisationId} and p.contract_id = ${contractId} and r.state = 'paid'
          and r.settlement_key = any(${keys.map((key) => `bank ${key}`)}::text[])
      ) g
      left join capture c on c.organisation_id = g.organisation_id and c.id = g.capture_id
      left join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
      left join family f on f.organisation_id = c.organisation_id and f.id = c.family_id`,
  )
  return found.map(({ isFound, amount, ...one }) => ({
    ...one,
    amount: isFound ? ZERO : negate(amount),
    standing: isFound ? 'found' : 'settled',
    invoices: [],
  }))
}

/** What reached the account for the day; undefined: nothing was read of it yet. */
export async function findRemitted(
  read: Read,
  { organisationId, contractId, day }: CheckedDay,
): Promise<Remitted | undefined> {
  const found = await row<{ net: Cents; fees: Cents; at: Instant | null; words: string | null }>(
    read,
    sql`select coalesce(sum(m.net_cents), 0)::bigint as net, coalesce(sum(m.fee_cents), 0)::bigint as fees,
        max(t.booked_on)::timestamptz as at, string_agg(t.words, ' · ' order by t.booked_on) as words
      from remittance m
      join transfer t on t.organisation_id = m.organisation_id and t.id = m.transfer_id
      where m.organisation_id = ${organisationId} and m.contract_id = ${contractId} and m.day_on = ${day}`,
  )
  if (!found?.at) return undefined
  const accepted = await rows<{ kind: 'short-remittance' | 'fees'; cents: Cents }>(
    read,
    sql`select kind, sum(cents)::bigint as cents from remittance_acceptance
      where organisation_id = ${organisationId} and contract_id = ${contractId} and day_on = ${day}
      group by kind`,
  )
  const of = (kind: string) => accepted.find((one) => one.kind === kind)?.cents ?? ZERO
  return {
    day,
    net: found.net,
    fees: found.fees,
    at: found.at,
    words: found.words ?? '',
    accepted: { 'short-remittance': of('short-remittance'), fees: of('fees') },
  }
}
