// What the database says when all is over, read by SQL of the torture's own.
import type { TortureDatabase } from './database.ts'

type CaptureRow = {
  readonly transUuid: string
  readonly amount: number
  readonly reference: string | null
  readonly inSuspense: boolean
  /** Numbers of its receipts. */
  readonly receipts: readonly string[]
}
export type Evidence = {
  readonly captures: readonly CaptureRow[]
  /** Cents that the ledger says the bank owes. */
  readonly ledgerSum: number
  /** Planned mails of each receipt, and how many of them are marked as sent. */
  readonly mails: ReadonlyMap<string, { readonly planned: number; readonly sent: number }>
  /** Cents on each family's accounts: what it owes less what it is owed. */
  readonly families: ReadonlyMap<string, number>
  readonly drifted: number
  readonly overpaid: number
  /** State of each attempt, by reference. */
  readonly states: ReadonlyMap<string, string>
  /** `kind transaction` of every task about money. */
  readonly tasks: ReadonlySet<string>
  readonly messagesWaiting: number
  readonly unsealed: number
}

export async function gatherEvidence(database: TortureDatabase): Promise<Evidence> {
  const one = async (text: string): Promise<number> => {
    const [found] = await database.ask<{ value: string | null }>(text)
    return Number(found?.value ?? 0)
  }
  const captures = await database.ask<Omit<CaptureRow, 'amount'> & { amount: string }>(
    `select c.bank_transaction as "transUuid", c.amount_cents as amount, a.reference,
        exists (select from posting p join account k on k.organisation_id = p.organisation_id and k.id = p.account_id
          where p.organisation_id = c.organisation_id and p.entry_id = c.entry_id and k.kind = 'suspense') as "inSuspense",
        array(select r.number from receipt r
          where r.organisation_id = c.organisation_id and r.capture_id = c.id) as receipts
      from capture c
      left join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id`,
  )
  const mails = await database.ask<{ number: string; planned: string; sent: string }>(
    `select r.number, count(m.id) as planned, count(m.sent_at) as sent
      from receipt r left join mail m on m.organisation_id = r.organisation_id
        and m.kind = 'receipt' and m.details ->> 'receiptId' = r.id::text
      group by r.number`,
  )
  const families = await database.ask<{ key: string; cents: string }>(
    `select f.external_key as key, coalesce(sum(p.cents), 0) as cents
      from family f
      left join account a on a.organisation_id = f.organisation_id and a.family_id = f.id
      left join posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
      group by f.external_key`,
  )
  const states = await database.ask<{ reference: string; state: string }>(
    'select reference, state from payment_attempt',
  )
  const tasks = await database.ask<{ kind: string; uuid: string | null }>(
    `select kind, details ->> 'bankTransaction' as uuid from task`,
  )
  return {
    captures: captures.map((row) => ({ ...row, amount: Number(row.amount) })),
    ledgerSum: await one(
      `select sum(p.cents) as value from posting p
        join account a on a.organisation_id = p.organisation_id and a.id = p.account_id where a.kind = 'clearing'`,
    ),
    mails: new Map(
      mails.map((row) => [row.number, { planned: Number(row.planned), sent: Number(row.sent) }]),
    ),
    families: new Map(families.map((row) => [row.key, Number(row.cents)])),
    drifted: await one(
      `select count(*) as value from balance b where b.cents <> coalesce((select sum(p.cents) from posting p
        where p.organisation_id = b.organisation_id and p.account_id = b.account_id), 0)`,
    ),
    overpaid: await one(
      `select count(*) as value from (select p.account_id from posting p
        join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
        where a.kind = 'receivable' group by p.account_id having sum(p.cents) < 0) over`,
    ),
    states: new Map(states.map((row) => [row.reference, row.state])),
    tasks: new Set(tasks.map((row) => `${row.kind} ${row.uuid ?? ''}`)),
    messagesWaiting: await one(
      `select count(*) as value from bank_message where outcome in ('waiting', 'failed')`,
    ),
    unsealed: await one(
      `select count(*) as value from entry e where not exists (select from seal s
        where s.organisation_id = e.organisation_id and s.entry_id = e.id)`,
    ),
  }
}
