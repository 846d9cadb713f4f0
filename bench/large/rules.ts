// The rules that triggers and references keep, asked of everything at once after a load that went past them.
import type { OrganisationId } from '../../src/kernel/ids.ts'
import type { Db } from '../../src/platform/db.ts'
import { findBrokenRules, findWrongBalances } from '../../src/proof/rules-store.ts'
import { readSnapshot } from '../../src/proof/verify-ledger.ts'

/** Rows that break each rule, by name: none, where all is right. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'entry-unbalanced': `select entry_id from posting group by organisation_id, entry_id
    having sum(cents) <> 0 or count(*) < 2`,
  'entry-without-lines': `select id from entry e where not exists
    (select from posting p where p.organisation_id = e.organisation_id and p.entry_id = e.id)`,
  'credit-overdrawn': `select account_id from balance where kind = 'credit' and cents > 0`,
  'invoice-numbers-with-a-gap': `select u.series from billing_unit u
    left join number_series s on s.organisation_id = u.organisation_id and s.name = 'invoice ' || u.series
    left join invoice i on i.organisation_id = u.organisation_id and i.billing_unit_id = u.id
    group by u.series, s.last having count(i.id) <> coalesce(s.last, 0)
      or count(distinct i.number) <> count(i.id)
      or coalesce(max(substr(i.number, length(u.series) + 1)::integer), 0) <> coalesce(s.last, 0)`,
  'lines-differ-from-total': `select i.id from invoice i left join (select invoice_id, sum(amount_cents) as lines
      from invoice_line group by invoice_id) l on l.invoice_id = i.id
    where l.lines is distinct from i.total_cents`,
  'seals-with-a-gap': `select count(*) from seal having count(*) <> coalesce(max(sequence), 0)`,
  'refund-above-capture': `select c.id from capture c join refund r on r.capture_id = c.id and r.state <> 'refused'
    group by c.id, c.amount_cents having sum(r.amount_cents) > c.amount_cents`,
  'slip-differs-from-payments': `select s.number from deposit_slip s
    join deposited_payment x on x.organisation_id = s.organisation_id and x.slip = s.number
    join desk_payment p on p.organisation_id = x.organisation_id and p.id = x.desk_payment_id
    group by s.number, s.amount_cents, s.payments having sum(p.amount_cents) <> s.amount_cents or count(*) <> s.payments`,
}

/** Every broken rule, in words, with examples; an organisation's whole ledger, and every reference. */
export async function checkRules(db: Db): Promise<string[]> {
  const { rows: organisations } = await db.pool.query<{ id: OrganisationId }>('select id from organisation')
  const broken: string[] = []
  for (const { id } of organisations)
    await readSnapshot(db, async (tx) => {
      for (const one of [...(await findWrongBalances(tx, id)), ...(await findBrokenRules(tx, id))])
        broken.push(JSON.stringify(one))
    })
  const client = await db.pool.connect()
  try {
    await client.query("set statement_timeout = 0; set work_mem = '128MB'")
    for (const [rule, question] of Object.entries({ ...QUESTIONS, ...(await references(client)) })) {
      const { rows } = await client.query({ text: `${question} limit 5`, rowMode: 'array' })
      if (rows.length > 0) broken.push(`${rule}: ${rows.map(String).join(', ')}`)
    }
  } finally {
    client.release(true)
  }
  return broken
}

/** Every foreign key of the schema as a question: which rows name what is not there? */
async function references(client: { query: (text: string) => Promise<{ rows: unknown[] }> }) {
  const { rows } = await client.query(`select c.conname as name, c.conrelid::regclass::text as child,
      c.confrelid::regclass::text as parent,
      (select array_agg(a.attname::text order by k.place) from unnest(c.conkey) with ordinality k (n, place)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n) as columns,
      (select array_agg(a.attname::text order by k.place) from unnest(c.confkey) with ordinality k (n, place)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n) as keys
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`)
  type Key = { name: string; child: string; parent: string; columns: string[]; keys: string[] }
  return Object.fromEntries(
    (rows as Key[]).map(({ name, child, parent, columns, keys }) => [
      `${child}.${name}`,
      `select ${columns.map((one) => `c.${one}`).join(', ')} from ${child} c where ${columns.map((one) => `c.${one} is not null`).join(' and ')}
        and not exists (select from ${parent} p where ${keys.map((key, place) => `p.${key} = c.${columns[place]}`).join(' and ')})`,
    ]),
  )
}
