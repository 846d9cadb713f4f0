// Settings as they stand, and what a change of them would touch. Every count is bounded.
import type { BillingUnitId, ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type RawBuilder, type Read, row, rows, sql } from '../platform/db.ts'
import type { SubjectKind, Values } from './setting.ts'

const TABLES = { organisation: 'organisation', unit: 'billing_unit', establishment: 'establishment' } as const

/** A thing's settings, a unit's texts among them under `text.` and their names. */
export async function findValues(
  read: Read,
  organisationId: OrganisationId,
  subject: { readonly kind: SubjectKind; readonly id: string },
): Promise<Values | undefined> {
  const table = sql.table(TABLES[subject.kind])
  const own = subject.kind === 'organisation' ? sql`t.id` : sql`t.organisation_id`
  const found = await row<{ values: Values; texts: { [name: string]: string } | null }>(
    read,
    sql`select to_jsonb(t) as values, (select jsonb_object_agg('text.' || x.name, x.words) from unit_text x
        where x.organisation_id = ${organisationId} and x.billing_unit_id = ${subject.id}) as texts
      from ${table} t where ${own} = ${organisationId} and t.id = ${subject.id}`,
  )
  return found && { ...found.values, ...found.texts }
}

/** Beyond it, « plus de 999 ». */
export const MOST_COUNTED = 1_000
/** The latest invoices that are looked at. */
export const LATEST_INVOICES = 5_000

const count = async (read: Read, from: RawBuilder<unknown>): Promise<number> =>
  (
    await row<{ count: number }>(
      read,
      sql`select count(*)::integer as count from (select 1 ${from} limit ${MOST_COUNTED}) counted`,
    )
  )?.count ?? 0

type UnitOf = { readonly organisationId: OrganisationId; readonly id: BillingUnitId }

/** Invoices issued and not yet shown to their families. */
export const countUnpublished = (read: Read, { organisationId, id }: UnitOf): Promise<number> =>
  count(
    read,
    sql`from invoice_publication p
      join invoice i on i.organisation_id = p.organisation_id and i.id = p.invoice_id
      where p.published_at is null and p.organisation_id = ${organisationId} and i.billing_unit_id = ${id}`,
  )

/** Invoices being typed. */
export const countDrafts = (read: Read, { organisationId, id }: UnitOf): Promise<number> =>
  count(
    read,
    sql`from invoice_draft where organisation_id = ${organisationId} and billing_unit_id = ${id}
      and state in ('draft', 'checked')`,
  )

const DUE = (organisationId: OrganisationId, id: BillingUnitId, which: RawBuilder<unknown>) =>
  sql`from (select id from invoice where organisation_id = ${organisationId} and billing_unit_id = ${id}
        order by issued_on desc, number desc limit ${LATEST_INVOICES}) i
      join balance b on b.organisation_id = ${organisationId} and b.account_id = i.id where ${which}`

/** Of the latest invoices, those of which more is due than so much. */
export const countDueAbove = (read: Read, { organisationId, id }: UnitOf, amount: Cents): Promise<number> =>
  count(read, DUE(organisationId, id, sql`b.cents > ${amount}`))

/** Of the latest invoices, those of which something is due, but less than so much. */
export const countDueBelow = (read: Read, { organisationId, id }: UnitOf, amount: Cents): Promise<number> =>
  count(read, DUE(organisationId, id, sql`b.cents > 0 and b.cents < ${amount}`))

/** Payments whose family is on its way to the bank, or at it: of a unit, or of a contract. */
export const countUnderWay = (
  read: Read,
  organisationId: OrganisationId,
  of: { readonly unitId: BillingUnitId } | { readonly contractId: ContractId },
): Promise<number> =>
  count(
    read,
    sql`from payment_attempt where organisation_id = ${organisationId}
      and ${'unitId' in of ? sql`billing_unit_id = ${of.unitId}` : sql`contract_id = ${of.contractId}`}
      and state in ('created', 'redirected')`,
  )

/** Whether families owe or own something there, or ever did: its way of being paid is then settled. */
export async function hasAccounts(read: Read, { organisationId, id }: UnitOf): Promise<boolean> {
  const found = await row<{ used: boolean }>(
    read,
    sql`select exists (select 1 from account where organisation_id = ${organisationId}
        and billing_unit_id = ${id} and kind in ('receivable', 'credit'))
      or exists (select 1 from invoice where organisation_id = ${organisationId}
        and billing_unit_id = ${id}) as used`,
  )
  return found?.used ?? false
}

/** Whether the series is, or ever was, that of a unit: a series that was left is not taken again. */
export async function isSeriesUsed(
  read: Read,
  organisationId: OrganisationId,
  series: string,
): Promise<boolean> {
  const found = await row<{ used: boolean }>(
    read,
    sql`select exists (select 1 from billing_unit
          where organisation_id = ${organisationId} and series = ${series})
        or exists (select 1 from number_series
          where organisation_id = ${organisationId} and name in (${`invoice ${series}`}, ${`credit note ${series}`}))
        or exists (select 1 from setting_change where organisation_id = ${organisationId}
          and field = 'series' and ${series} in (before, after)) as used`,
  )
  return found?.used ?? false
}

/** The number that the unit's next invoice takes when it is numbered here, and who numbers it. */
export async function findNumbering(
  read: Read,
  { organisationId, id }: UnitOf,
): Promise<{ readonly source: 'preau' | 'import' | null; readonly last: number | undefined }> {
  const found = await row<{ source: 'preau' | 'import' | null; last: number | null }>(
    read,
    sql`select u.series_source as source, s.last from billing_unit u
      left join number_series s on s.organisation_id = u.organisation_id and s.name = 'invoice ' || u.series
      where u.organisation_id = ${organisationId} and u.id = ${id}`,
  )
  return { source: found?.source ?? null, last: found?.last ?? undefined }
}

export type ContractLine = {
  readonly id: ContractId
  readonly gateway: 'systempay' | 'payfip' | 'stripe'
  readonly mode: 'TEST' | 'PRODUCTION'
  readonly bankName: string
  readonly shopNumber: string
  readonly units: readonly { readonly id: BillingUnitId; readonly name: string }[]
}

/** The organisation's contracts, with the units that each serves. */
export const listContracts = (read: Read, organisationId: OrganisationId): Promise<ContractLine[]> =>
  rows(
    read,
    sql<ContractLine>`select c.id, c.gateway, c.mode, c.bank_name as "bankName",
        c.shop_number as "shopNumber",
        coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.code)
          from billing_unit u where u.organisation_id = c.organisation_id and u.contract_id = c.id), '[]') as units
      from bank_contract c where c.organisation_id = ${organisationId}
      order by c.created_at, c.id limit 100`,
  )
