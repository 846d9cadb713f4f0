// What stands beside the chain, compared with the postings by the database itself. Each question gives
// the rows that break its rule, so that a right ledger answers with none.
import type { OrganisationId } from '../kernel/ids.ts'
import { OPENING_SERIES } from '../organisations/description.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { Finding, Rule } from './check.ts'

type Question = ReturnType<typeof sql>

/**
 * So many examples of one broken rule are told. What is broken is found first (`materialized`), then cut: a plan
 * for the first few would search for them one by one, where a right ledger has none.
 */
const SHOWN = 20

/** L9: the balances kept are what the postings sum to. */
export async function findWrongBalances(read: Read, organisationId: OrganisationId): Promise<Finding[]> {
  const wrong = await rows<{ account: string; kept: number; due: number }>(
    read,
    sql`with wrong as materialized (select a.kind || ' ' || coalesce(i.number, a.id::text) as account,
        coalesce(b.cents, 0) as kept, coalesce(s.due, 0)::bigint as due
      from account a
      left join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      left join (select account_id, sum(cents) as due from posting
        where organisation_id = ${organisationId} group by account_id) s on s.account_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id is not null
        and b.cents is distinct from coalesce(s.due, 0))
      select account, kept, due from wrong order by 1 limit ${SHOWN}`,
  )
  return wrong.map((one) => ({ what: 'balance-differs', ...one }))
}

/** Every other rule, by name. */
export async function findBrokenRules(read: Read, organisationId: OrganisationId): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [rule, question] of Object.entries(questions(organisationId)) as [Rule, Question][]) {
    const found = await rows<{ subject: string }>(
      read,
      sql`with broken (subject) as materialized (${question})
        select subject from broken order by 1 limit ${SHOWN}`,
    )
    findings.push(...found.map(({ subject }) => ({ what: 'rule-broken' as const, rule, subject })))
  }
  return findings
}

const questions = (organisation: OrganisationId): { readonly [Name in Rule]: Question } => ({
  'books-differ': sql`select coalesce(closed_through::text, '–') from books
    where organisation_id = ${organisation} and closed_through is distinct from
      (select max(to_on) from closing where organisation_id = ${organisation} and kind = 'day')`,
  'unsealed-in-closed-period': sql`select e.kind || ' ' || e.source_key from entry e
    join books b on b.organisation_id = e.organisation_id and e.accounting_on <= b.closed_through
    where e.organisation_id = ${organisation} and not exists
      (select from seal s where s.organisation_id = e.organisation_id and s.entry_id = e.id)`,
  'line-in-other-unit': sql`select e.kind || ' ' || e.source_key from posting p
    join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
    join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
    where p.organisation_id = ${organisation} and a.billing_unit_id <> e.billing_unit_id`,
  'invoice-differs-from-entry': sql`select i.number from invoice i
    left join entry e on e.organisation_id = i.organisation_id and e.billing_unit_id = i.billing_unit_id
      and e.kind in ('invoice', 'opening') and e.source_key = i.number
    left join posting p on p.organisation_id = i.organisation_id and p.entry_id = e.id and p.account_id = i.id
    where i.organisation_id = ${organisation} and p.cents is distinct from i.total_cents`,
  'invoice-overpaid': sql`select i.number from invoice i
    join (select account_id, sum(cents) as due from posting where organisation_id = ${organisation}
      group by account_id) s on s.account_id = i.id
    where i.organisation_id = ${organisation} and (s.due < 0 or s.due > i.total_cents)`,
  'receivables-differ-from-invoices': sql`select u.code from billing_unit u
    where u.organisation_id = ${organisation} and
      (select coalesce(sum(b.cents), 0) from balance b
        join account a on a.organisation_id = b.organisation_id and a.id = b.account_id
        where a.organisation_id = u.organisation_id and a.billing_unit_id = u.id and a.kind = 'receivable')
      <> (select coalesce(sum(i.total_cents), 0) from invoice i
        where i.organisation_id = u.organisation_id and i.billing_unit_id = u.id)
      + (select coalesce(sum(p.cents), 0) from posting p
        join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.kind = 'receivable'
        join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
        where p.organisation_id = u.organisation_id and a.billing_unit_id = u.id
          and e.kind not in ('invoice', 'opening'))`,
  'content-differs-from-hash': sql`select i.number from invoice_content c
    join invoice i on i.organisation_id = c.organisation_id and i.id = c.invoice_id
    where c.organisation_id = ${organisation} and (sha256(convert_to(c.content, 'UTF8')) <> c.sha256
      or (c.content::jsonb ->> 'totalCents')::bigint <> i.total_cents)`,
  'capture-differs-from-entry': sql`select c.bank_transaction from capture c
    left join (select p.entry_id, sum(p.cents) as taken from posting p
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.kind = 'clearing'
      where p.organisation_id = ${organisation} group by p.entry_id) s on s.entry_id = c.entry_id
    where c.organisation_id = ${organisation} and s.taken is distinct from c.amount_cents`,
  'clearing-differs-from-captures': sql`select e.source_key from entry e
    where e.organisation_id = ${organisation} and e.kind = 'capture' and not exists
      (select from capture c where c.organisation_id = e.organisation_id and c.entry_id = e.id)`,
  'receipt-numbers-with-a-gap': sql`select s.name from number_series s
    left join receipt r on r.organisation_id = s.organisation_id
      and r.number like 'R-' || replace(substring(s.name from 9), ' ', '-') || '-%'
    where s.organisation_id = ${organisation} and s.name like 'receipt %'
    group by s.name, s.last
    having count(r.id) <> s.last or coalesce(max(right(r.number, 6)::integer), 0) <> s.last`,
  'opening-numbers-with-a-gap': sql`select s.name from number_series s
    left join invoice i on i.organisation_id = s.organisation_id and i.number ~ ('^' || s.name || '[0-9]+$')
    where s.organisation_id = ${organisation} and s.name = ${OPENING_SERIES}
    group by s.name, s.last
    having count(i.id) <> s.last or coalesce(max(substring(i.number from '[0-9]+$')::integer), 0) <> s.last`,
  'closed-file-holds-credit': sql`select f.name from family f
    join account a on a.organisation_id = f.organisation_id and a.family_id = f.id and a.kind = 'credit'
    join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id and b.cents <> 0
    where f.organisation_id = ${organisation} and f.merged_into is not null`,
  'row-without-organisation': sql`select o.id::text from (
      select organisation_id as id from entry union select organisation_id from posting
      union select organisation_id from account union select organisation_id from seal
      union select organisation_id from invoice union select organisation_id from capture
      union select organisation_id from receipt) o
    where not exists (select from organisation known where known.id = o.id)`,
})
