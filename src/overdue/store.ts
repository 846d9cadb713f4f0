// Overdue debts, in SQL: always a page, always from an index of `debt` or `family_debt`.
import { addDays, type Day, type Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type RawBuilder, type Read, rows, sql } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'
import { type After, type Age, AGES, type Debtor, type OverdueFilter } from './filter.ts'

export type Asked = {
  readonly organisationId: OrganisationId
  readonly reach: Reach
  readonly filter: OverdueFilter
  readonly today: Day
}

/** The debts of this filter, under the name that the query gives them. */
function wanted({ organisationId, reach, filter, today }: Asked, of: 'd' | 'o'): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${of}.${name}`)
  const [from, to] = filter.age ? AGES[filter.age] : [1, undefined]
  return sql.join(
    [
      sql`${column('organisation_id')} = ${organisationId}`,
      sql`${column('due_on')} <= ${addDays(today, -from)}`,
      ...(to === undefined ? [] : [sql`${column('due_on')} >= ${addDays(today, -to)}`]),
      ...(reach === 'all'
        ? []
        : [
            sql`(${column('billing_unit_id')} = any(${[...reach.unitIds]}::uuid[])
              or ${column('establishment_id')} = any(${[...reach.establishmentIds]}::uuid[]))`,
          ]),
      ...(filter.unitId === undefined ? [] : [sql`${column('billing_unit_id')} = ${filter.unitId}`]),
      ...(filter.establishmentId === undefined
        ? []
        : [sql`${column('establishment_id')} = ${filter.establishmentId}`]),
      ...(filter.mode === undefined
        ? []
        : [
            sql`${column('billing_unit_id')} = any(array(select u.id from billing_unit u
              where u.organisation_id = ${organisationId} and u.mode = ${filter.mode}))`,
          ]),
    ],
    sql` and `,
  )
}

const heavy = ({ organisationId, filter }: Asked) =>
  filter.atLeast === undefined
    ? sql`true`
    : sql`exists (select from family_debt h where h.organisation_id = ${organisationId}
        and h.family_id = d.family_id and h.billing_unit_id = d.billing_unit_id
        and h.cents >= ${filter.atLeast})`

/** The families of a page, one more than asked for when there are others; each with its place in the order. */
export function listDebtors(
  read: Read,
  asked: Asked,
  page: { readonly after: After | undefined; readonly limit: number },
): Promise<After[]> {
  return asked.filter.sort === 'montant' ? byAmount(read, asked, page) : byAge(read, asked, page)
}

type Page = { readonly after: After | undefined; readonly limit: number }

const byAge = (read: Read, asked: Asked, { after, limit }: Page): Promise<After[]> =>
  rows(
    read,
    sql<After>`select d.family_id as "familyId", d.billing_unit_id as "unitId", d.due_on::text as by from debt d
      where ${wanted(asked, 'd')} and ${heavy(asked)}
        and ${
          after
            ? sql`(d.due_on, d.family_id, d.billing_unit_id) >
                (${after.by}::date, ${after.familyId}::uuid, ${after.unitId}::uuid)`
            : sql`true`
        }
        and not exists (select from debt o where ${wanted(asked, 'o')} and o.family_id = d.family_id
          and o.billing_unit_id = d.billing_unit_id
          and (o.due_on, o.invoice_id) < (d.due_on, d.invoice_id))
      order by d.due_on, d.family_id, d.billing_unit_id limit ${limit}`,
  )

const byAmount = (read: Read, asked: Asked, { after, limit }: Page): Promise<After[]> =>
  rows(
    read,
    sql<After>`select f.family_id as "familyId", f.billing_unit_id as "unitId", f.cents::text as by
      from family_debt f
      where f.organisation_id = ${asked.organisationId} and f.cents > 0
        and f.cents >= ${asked.filter.atLeast ?? 0}
        and ${
          after
            ? sql`(f.cents, f.family_id, f.billing_unit_id) <
                (${after.by}::bigint, ${after.familyId}::uuid, ${after.unitId}::uuid)`
            : sql`true`
        }
        and exists (select from debt d where ${wanted(asked, 'd')} and d.family_id = f.family_id
          and d.billing_unit_id = f.billing_unit_id)
      order by f.cents desc, f.family_id desc, f.billing_unit_id desc limit ${limit}`,
  )

type OverdueInvoice = {
  readonly number: string
  readonly dueOn: Day
  readonly due: Cents
  readonly establishment: string
}
export type OverdueLine = {
  readonly familyId: FamilyId
  readonly familyName: string
  readonly unitId: BillingUnitId
  readonly unitName: string
  /** All that the family owes this unit, overdue or not. */
  readonly owed: Cents
  readonly overdue: Cents
  readonly oldest: Day
  readonly invoices: readonly OverdueInvoice[]
  readonly remindedAt: Instant | null
}

/** These families with their overdue invoices of the filter, in the order given. */
export const listLines = (read: Read, asked: Asked, debtors: readonly Debtor[]): Promise<OverdueLine[]> =>
  rows(
    read,
    sql<OverdueLine>`select f.id as "familyId", f.name as "familyName", u.id as "unitId", u.name as "unitName",
        t.cents as owed, o.cents as overdue, o.oldest, o.invoices,
        (select max(r.asked_at) from reminder r where r.organisation_id = f.organisation_id
          and r.family_id = f.id and r.billing_unit_id = u.id and r.outcome = 'planned') as "remindedAt"
      from unnest(${debtors.map((one) => one.familyId)}::uuid[], ${debtors.map((one) => one.unitId)}::uuid[])
        with ordinality as asked (family_id, unit_id, place)
      join family f on f.organisation_id = ${asked.organisationId} and f.id = asked.family_id
      join billing_unit u on u.organisation_id = f.organisation_id and u.id = asked.unit_id
      join family_debt t on t.organisation_id = f.organisation_id and t.family_id = f.id
        and t.billing_unit_id = u.id
      cross join lateral (select sum(d.cents)::bigint as cents, min(d.due_on) as oldest,
          jsonb_agg(jsonb_build_object('number', i.number, 'dueOn', d.due_on, 'due', d.cents,
            'establishment', e.name) order by d.due_on, i.number) as invoices
        from debt d
        join invoice i on i.organisation_id = d.organisation_id and i.id = d.invoice_id
        join establishment e on e.organisation_id = d.organisation_id and e.id = d.establishment_id
        where ${wanted(asked, 'd')} and d.family_id = f.id and d.billing_unit_id = u.id) o
      where o.cents is not null
      order by asked.place`,
  )

export type AgeTotal = { readonly age: Age; readonly invoices: number; readonly cents: Cents }

/** How many invoices are overdue and their sum, by age, whatever the age of the filter. */
export const sumByAge = (read: Read, asked: Asked): Promise<AgeTotal[]> => {
  const all = { ...asked, filter: { ...asked.filter, age: undefined } }
  const { today } = asked
  return rows(
    read,
    sql<AgeTotal>`select case when d.due_on >= ${addDays(today, -30)} then '0-30'
          when d.due_on >= ${addDays(today, -60)} then '31-60'
          when d.due_on >= ${addDays(today, -90)} then '61-90' else '91' end as age,
        count(*)::integer as invoices, sum(d.cents)::bigint as cents
      from debt d where ${wanted(all, 'd')} and ${heavy(asked)} group by 1`,
  )
}

export type DebtRow = OverdueInvoice & {
  readonly invoiceId: string
  readonly familyName: string
  readonly familyId: string
  readonly unitId: BillingUnitId
  readonly unitName: string
  readonly issuedOn: Day
  readonly total: Cents
}

/** Overdue invoices one by one, oldest deadline first, after this one: for a file of them all. */
export const listDebts = (
  read: Read,
  asked: Asked,
  page: { readonly after: DebtRow | undefined; readonly limit: number },
): Promise<DebtRow[]> => {
  const { after } = page
  return rows(
    read,
    sql<DebtRow>`select d.invoice_id as "invoiceId", i.number, d.due_on as "dueOn", d.cents as due,
        e.name as establishment, f.name as "familyName", d.family_id as "familyId",
        d.billing_unit_id as "unitId", u.name as "unitName", i.issued_on as "issuedOn", i.total_cents as total
      from debt d
      join invoice i on i.organisation_id = d.organisation_id and i.id = d.invoice_id
      join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
      join billing_unit u on u.organisation_id = d.organisation_id and u.id = d.billing_unit_id
      join establishment e on e.organisation_id = d.organisation_id and e.id = d.establishment_id
      where ${wanted(asked, 'd')} and ${heavy(asked)}
        and ${
          after
            ? sql`(d.due_on, d.family_id, d.billing_unit_id, d.invoice_id) >
                (${after.dueOn}::date, ${after.familyId}::uuid, ${after.unitId}::uuid, ${after.invoiceId}::uuid)`
            : sql`true`
        }
      order by d.due_on, d.family_id, d.billing_unit_id, d.invoice_id limit ${page.limit}`,
  )
}
