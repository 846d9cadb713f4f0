import type { OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { ArchivedAccount, ArchivedInvoice, ArchivedPosting, ArchivedReceipt } from './archive.ts'

/** A stretch of the chain, both ends included. */
export type Stretch = { readonly from: number; readonly to: number }

/** From the first to the last seal of a year's entries; undefined when it has none. */
export async function yearStretch(
  read: Read,
  organisationId: OrganisationId,
  year: string,
): Promise<Stretch | undefined> {
  const found = await row<{ from: number | null; to: number | null }>(
    read,
    sql`select min(s.sequence) as "from", max(s.sequence) as "to" from entry e
      join seal s on s.organisation_id = e.organisation_id and s.entry_id = e.id
      where e.organisation_id = ${organisationId}
        and e.accounting_on between ${`${year}-01-01`} and ${`${year}-12-31`}`,
  )
  return found?.from && found.to ? { from: found.from, to: found.to } : undefined
}

/** The hash of one seal. */
export async function sealAt(
  read: Read,
  organisationId: OrganisationId,
  sequence: number,
): Promise<string | undefined> {
  const found = await row<{ sha256: string }>(
    read,
    sql`select encode(sha256, 'hex') as sha256 from seal
      where organisation_id = ${organisationId} and sequence = ${sequence}`,
  )
  return found?.sha256
}

const SEALED = (organisationId: OrganisationId, { from, to }: Stretch) =>
  sql`s.organisation_id = ${organisationId} and s.sequence between ${from} and ${to}`

export const listPostings = (
  read: Read,
  organisationId: OrganisationId,
  stretch: Stretch,
): Promise<ArchivedPosting[]> =>
  rows(
    read,
    sql<ArchivedPosting>`select p.entry_id as "entryId", p.line, p.account_id as "accountId", a.kind,
        a.family_id as "familyId", a.invoice_id as "invoiceId", p.cents
      from seal s
      join posting p on p.organisation_id = s.organisation_id and p.entry_id = s.entry_id
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      where ${SEALED(organisationId, stretch)} order by s.sequence, p.line`,
  )

/** Every account, with what it held before and after a stretch of the chain. */
export const listAccounts = (
  read: Read,
  organisationId: OrganisationId,
  { from, to }: Stretch,
): Promise<ArchivedAccount[]> =>
  rows(
    read,
    sql<ArchivedAccount>`select a.id as "accountId", a.billing_unit_id as "unitId", u.code as unit, a.kind,
        a.family_id as "familyId", a.invoice_id as "invoiceId",
        coalesce(sum(p.cents) filter (where s.sequence < ${from}), 0)::bigint as "beforeCents",
        coalesce(sum(p.cents) filter (where p.cents is not null and coalesce(s.sequence, ${to} + 1) > ${to}),
          0)::bigint as "afterCents",
        b.cents as "balanceCents"
      from account a
      join billing_unit u on u.organisation_id = a.organisation_id and u.id = a.billing_unit_id
      left join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      left join posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
      left join seal s on s.organisation_id = p.organisation_id and s.entry_id = p.entry_id
      where a.organisation_id = ${organisationId}
      group by a.id, a.billing_unit_id, u.code, a.kind, a.family_id, a.invoice_id, b.cents
      order by u.code, a.kind, a.id`,
  )

export const listInvoices = (
  read: Read,
  organisationId: OrganisationId,
  stretch: Stretch,
): Promise<ArchivedInvoice[]> =>
  rows(
    read,
    sql<ArchivedInvoice>`select i.number, e.id as "entryId", i.issued_on as "issuedOn", i.family_id as "familyId",
        i.total_cents as "totalCents", encode(c.sha256, 'hex') as sha256, c.content
      from seal s
      join entry e on e.organisation_id = s.organisation_id and e.id = s.entry_id
        and e.kind in ('invoice', 'opening')
      join invoice i on i.organisation_id = e.organisation_id and i.number = e.source_key
      join invoice_content c on c.organisation_id = i.organisation_id and c.invoice_id = i.id
      where ${SEALED(organisationId, stretch)} order by s.sequence`,
  )

export const listReceipts = (
  read: Read,
  organisationId: OrganisationId,
  stretch: Stretch,
): Promise<ArchivedReceipt[]> =>
  rows(
    read,
    sql<ArchivedReceipt>`select r.number, c.entry_id as "entryId",
        to_char(r.issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "issuedAt",
        r.family_id as "familyId", c.amount_cents as "amountCents", c.bank_transaction as "bankTransaction",
        encode(sha256(convert_to(r.content, 'UTF8')), 'hex') as sha256, r.content
      from seal s
      join capture c on c.organisation_id = s.organisation_id and c.entry_id = s.entry_id
      join receipt r on r.organisation_id = c.organisation_id and r.capture_id = c.id
      where ${SEALED(organisationId, stretch)} order by s.sequence, r.number`,
  )
