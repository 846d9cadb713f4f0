// What the desk must know before it takes a payment, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import type { FamilyAccounts } from '../ledger/store.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { DeskMethod } from './desk-payment.ts'
import type { CaredLine } from './eligible.ts'

export type OpenInvoice = {
  readonly id: InvoiceId
  readonly number: string
  readonly activity: string
  readonly beneficiary: string
  readonly issuedOn: Day
  readonly dueOn: Day | null
  readonly due: Cents
  readonly visibleAt: Instant
}

/** The family's invoices of a unit that are not settled, the oldest debt first, visible yet or not. */
export const listOpenInvoices = (
  read: Read,
  { organisationId, billingUnitId, familyId }: FamilyAccounts,
): Promise<OpenInvoice[]> =>
  rows(
    read,
    sql<OpenInvoice>`select i.id, i.number, i.activity, i.beneficiary, i.issued_on as "issuedOn",
        i.due_on as "dueOn", b.cents as due, i.visible_at as "visibleAt"
      from invoice i
      join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
      where i.organisation_id = ${organisationId} and i.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and i.billing_unit_id = ${billingUnitId} and b.cents > 0
      order by coalesce(i.due_on, i.issued_on), i.issued_on, i.number`,
  )

/** The lines of these invoices, with the birth date of the child of each. */
export const listCaredLines = (
  read: Read,
  organisationId: OrganisationId,
  invoices: readonly InvoiceId[],
): Promise<CaredLine[]> =>
  rows(
    read,
    sql<CaredLine>`select l.invoice_id as "invoiceId", l.amount_cents as amount,
        coalesce(l.happened_on, i.period_from, i.issued_on) as "on", c.born_on as "bornOn"
      from invoice_line l
      join invoice i on i.organisation_id = l.organisation_id and i.id = l.invoice_id
      left join child c on c.organisation_id = l.organisation_id and c.id = l.child_id
      where l.organisation_id = ${organisationId} and l.invoice_id = any(${[...invoices]}::uuid[])`,
  )

/** The means this family used last at the desk. */
export async function findLastMethod(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<DeskMethod | undefined> {
  const found = await row<{ method: DeskMethod }>(
    read,
    sql`select method from desk_payment where organisation_id = ${organisationId} and family_id = any(dossiers_of(${organisationId}, ${familyId}))
      order by recorded_at desc, id desc limit 1`,
  )
  return found?.method
}

export type Payer = { readonly name: string; readonly email: string | null }

/** The family's adults, those who pay first. */
export const listPayers = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<Payer[]> =>
  rows(
    read,
    sql<Payer>`select trim(a.last_name || ' ' || a.first_name) as name, coalesce(a.email, l.email) as email
      from adult a left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId}
      order by a.left_on is not null, a.role = 'payer' desc, a.created_at, a.id`,
  )

export type Twin = {
  readonly id: string
  readonly receivedOn: Day
  readonly mark: string
  readonly recordedBy: string
}

/** A payment of the family that stands, of the same means, amount and number; without number, of the same day. */
export const findTwin = (
  read: Read,
  payment: {
    readonly organisationId: OrganisationId
    readonly familyId: FamilyId
    readonly method: DeskMethod
    readonly amount: Cents
    readonly mark: string
    readonly receivedOn: Day
  },
): Promise<Twin | undefined> =>
  row(
    read,
    sql<Twin>`select d.id, d.received_on as "receivedOn", d.mark, d.recorded_by as "recordedBy"
      from desk_payment d
      where d.organisation_id = ${payment.organisationId} and d.family_id = any(dossiers_of(${payment.organisationId}, ${payment.familyId}))
        and d.method = ${payment.method} and d.amount_cents = ${payment.amount} and d.mark = ${payment.mark}
        and (d.mark <> '' or d.received_on = ${payment.receivedOn})
        and not exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id)
      order by d.recorded_at desc, d.id desc limit 1`,
  )

export type Queued = {
  readonly id: string
  readonly familyId: FamilyId
  readonly familyName: string
  readonly method: DeskMethod
  readonly amount: Cents
  readonly mark: string
  readonly recordedAt: Instant
  readonly undone: boolean
}

/** What this person recorded since a moment, the newest first, at these units (undefined: all). */
export const listQueue = (
  read: Read,
  organisationId: OrganisationId,
  who: {
    readonly name: string
    readonly since: Instant
    readonly units: readonly BillingUnitId[] | undefined
  },
): Promise<Queued[]> =>
  rows(
    read,
    sql<Queued>`select d.id, d.family_id as "familyId", f.name as "familyName", d.method,
        d.amount_cents as amount, d.mark, d.recorded_at as "recordedAt",
        exists (select from entry e
          where e.organisation_id = d.organisation_id and e.reverses = d.entry_id) as undone
      from desk_payment d
      join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
      where d.organisation_id = ${organisationId} and d.recorded_by = ${who.name}
        and d.recorded_at >= ${who.since}
        ${who.units === undefined ? sql`` : sql`and d.billing_unit_id = any(${[...who.units]}::uuid[])`}
      order by d.recorded_at desc, d.id desc`,
  )
