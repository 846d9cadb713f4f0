// After each step: every account, invoice and attempt of the organisation against the model, and the
// ledger's rules, in three questions to the database.
import { expect } from 'vitest'
import { rows, sql } from '../../src/platform/db.ts'
import type { Run } from './run.ts'
import type { Stage } from './stage.ts'

type Found = {
  kind: string
  unit: string
  family: string | null
  invoice: string | null
  cents: number
  kept: number | null
}

/** Throws at the first difference, L1 to L14. */
export async function checkStep(run: Run): Promise<void> {
  const { stage, money } = run
  const [accounts, attempts, [broken]] = await Promise.all([
    readAccounts(stage),
    readAttempts(stage),
    readBroken(stage),
  ])
  const told = [...money.attempts].map(([reference, { state }]) => `${reference} ${state}`).toSorted()
  expect(attempts).toEqual(told)
  expect(standingOf(stage, accounts)).toEqual(expected(run))
  // L1: debits and credits are one sum; L9: what is kept is what is summed; L6 and L8: nothing is overdrawn.
  expect(accounts.reduce((sum, one) => sum + one.cents, 0)).toBe(0)
  for (const { kind, cents, kept } of accounts) {
    if (kept !== null) expect(kept, kind).toBe(cents)
    if (kind === 'receivable') expect(cents).toBeGreaterThanOrEqual(0)
    if (kind === 'credit') expect(cents).toBeLessThanOrEqual(0)
  }
  for (const { due, total } of money.invoices.values()) expect(due).toBeLessThanOrEqual(total)
  expect(broken).toEqual({ ...broken, ...NONE_BROKEN })
}

/** What each account holds, by a name that the model knows; empty ones are left out. */
function standingOf({ units, families }: Stage, accounts: readonly Found[]): Record<string, number> {
  const standing: Record<string, number> = {}
  for (const { kind, unit, family, invoice, cents } of accounts) {
    const code = units.find((one) => one.unitId === unit)?.code ?? unit
    const book = `${code}/${families.findIndex((one) => one.familyId === family)}`
    if (cents !== 0)
      standing[invoice ?? (kind === 'credit' ? book : `${code} ${kind}`)] = kind === 'credit' ? -cents : cents
  }
  return standing
}

function expected({ money }: Run): Record<string, number> {
  const all: [string, number][] = [
    ...money.accounts,
    ...money.credits,
    ...[...money.invoices.values()].map(({ number, due }) => [number, due] as [string, number]),
  ]
  return Object.fromEntries(all.filter(([, cents]) => cents !== 0))
}

const readAccounts = ({ services: { db }, organisationId }: Stage): Promise<Found[]> =>
  rows<Found>(
    db,
    sql`select a.kind, a.billing_unit_id as unit, a.family_id as family, i.number as invoice,
        coalesce(s.cents, 0)::bigint as cents, b.cents as kept
      from account a
      left join (select account_id, sum(cents) as cents from posting where organisation_id = ${organisationId}
        group by account_id) s on s.account_id = a.id
      left join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      where a.organisation_id = ${organisationId}`,
  )

const STATES: { readonly [state: string]: string } = {
  redirected: 'running',
  awaited: 'running',
  refused: 'free',
  abandoned: 'free',
  expired: 'free',
}

async function readAttempts({ services: { db }, organisationId }: Stage): Promise<string[]> {
  const found = await rows<{ reference: string; state: string }>(
    db,
    sql`select reference, state from payment_attempt where organisation_id = ${organisationId}`,
  )
  return found.map(({ reference, state }) => `${reference} ${STATES[state] ?? state}`).toSorted()
}

const NONE_BROKEN = {
  unbalanced: 0,
  strangers: 0,
  twiceReversed: 0,
  overRefunded: 0,
  unbooked: 0,
  closed: 0,
  gaps: 0,
  receiptless: 0,
  unseen: 0,
}

/** How many break each rule: L1, L4, L8, L10, L7, L12, L11. */
const readBroken = ({ services: { db }, organisationId: organisation }: Stage) =>
  rows<typeof NONE_BROKEN>(
    db,
    sql`select
      (select count(*) from (select from posting p where p.organisation_id = ${organisation}
        group by p.entry_id having sum(p.cents) <> 0 or count(*) < 2) one) as unbalanced,
      (select count(*) from posting p
        join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
        join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
        where p.organisation_id = ${organisation} and a.billing_unit_id <> e.billing_unit_id) as strangers,
      (select count(*) - count(distinct reverses) from entry
        where organisation_id = ${organisation} and reverses is not null) as "twiceReversed",
      (select count(*) from capture c where c.organisation_id = ${organisation} and c.amount_cents <
        (select coalesce(sum(r.amount_cents), 0) from refund r
          where r.organisation_id = c.organisation_id and r.capture_id = c.id and r.state <> 'refused')) as "overRefunded",
      (select count(*) from entry e full join capture c on c.organisation_id = e.organisation_id and c.entry_id = e.id
        where coalesce(e.organisation_id, c.organisation_id) = ${organisation}
          and (e.kind = 'capture' or e.kind is null) and (e.id is null or c.id is null)) as unbooked,
      (select count(*) from entry e
        join books b on b.organisation_id = e.organisation_id and e.accounting_on <= b.closed_through
        where e.organisation_id = ${organisation} and not exists
          (select from seal s where s.organisation_id = e.organisation_id and s.entry_id = e.id)) as closed,
      (select coalesce(sum(abs(s.last - (select count(*) from receipt r where r.organisation_id = s.organisation_id
          and s.name = 'receipt ' || split_part(r.number, '-', 2) || ' ' || split_part(r.number, '-', 3)))), 0)
        from number_series s where s.organisation_id = ${organisation} and s.name like 'receipt %')::bigint as gaps,
      (select count(*) from capture c
        left join receipt r on r.organisation_id = c.organisation_id and r.capture_id = c.id
        where c.organisation_id = ${organisation} and (r.id is null) <> exists (select from posting p
          join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.kind = 'suspense'
          where p.organisation_id = c.organisation_id and p.entry_id = c.entry_id)) as receiptless,
      (select count(*) from capture c
        join posting p on p.organisation_id = c.organisation_id and p.entry_id = c.entry_id
        join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.kind = 'suspense'
        where c.organisation_id = ${organisation} and not exists (select from task t
          where t.organisation_id = c.organisation_id and t.details ->> 'bankTransaction' = c.bank_transaction)) as unseen`,
  )
