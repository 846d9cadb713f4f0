// Figures of a month: drawn from the ledger and its facts, kept, and read again.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, EstablishmentId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'

type Month = { readonly organisationId: OrganisationId; readonly month: Day }

/**
 * Months to draw again: those never drawn, the last two every `often`, older ones every day. The
 * latest come first. An organisation's months begin with its first entry, or with an invoice that was
 * issued before it was booked here.
 */
export const listStaleMonths = (
  read: Read,
  asked: { readonly now: Instant; readonly often: Instant; readonly daily: Instant; readonly limit: number },
): Promise<Month[]> =>
  rows(
    read,
    sql<Month>`with span as (
        select o.id, least(
          (select min(e.accounting_on) from entry e where e.organisation_id = o.id),
          (select min(i.issued_on) from invoice i where i.organisation_id = o.id)) as first_on
        from organisation o),
      month as (
        select span.id as organisation_id, m::date as month_on from span
        cross join lateral generate_series(
          greatest(date_trunc('month', span.first_on), date_trunc('month', ${asked.now}::timestamptz) - interval '35 months'),
          date_trunc('month', ${asked.now}::timestamptz at time zone 'Europe/Paris'), interval '1 month') m
        where span.first_on is not null)
      select m.organisation_id as "organisationId", m.month_on as month from month m
      left join figure_month f on f.organisation_id = m.organisation_id and f.month_on = m.month_on
      where f.refreshed_at is null or f.refreshed_at <= ${asked.daily}
        or (f.refreshed_at <= ${asked.often} and m.month_on >= (${asked.now}::timestamptz - interval '2 months')::date)
      order by f.refreshed_at nulls first, m.month_on desc limit ${asked.limit}`,
  )

/** Draws the figures of a month anew, in place of those before. */
export async function drawMonth(tx: Tx, { organisationId, month }: Month, now: Instant): Promise<void> {
  // A month of a large organisation is longer than a page may be.
  await sql`set local statement_timeout = '60s'`.execute(tx)
  const next = sql`(${month}::date + interval '1 month')::date`
  const from = sql`(${month}::date::timestamp at time zone 'Europe/Paris')`
  const to = sql`(${next}::timestamp at time zone 'Europe/Paris')`
  await sql`insert into figure_month (organisation_id, month_on, refreshed_at)
    values (${organisationId}, ${month}, ${now})
    on conflict (organisation_id, month_on) do update set refreshed_at = excluded.refreshed_at`.execute(tx)
  await sql`delete from figure where organisation_id = ${organisationId} and month_on = ${month}`.execute(tx)
  const into = sql`insert into figure (organisation_id, month_on, name, billing_unit_id, establishment_id,
    label, items, cents, lasted) select ${organisationId}, ${month}`
  // Money as it entered the accounts that hold it, less what was undone; refunds are not taken off.
  await sql`${into}, 'received', e.billing_unit_id, null,
      case when coalesce(o.kind, e.kind) in ('capture', 'cancellation') then 'online'
        when coalesce(o.kind, e.kind) = 'elsewhere' then 'elsewhere' else k.method end,
      sum(case when e.kind in ('capture', 'desk', 'elsewhere') then 1 when e.kind = 'cancellation' then 0 else -1 end),
      sum(p.cents), 0
    from entry e
    join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
    join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      and a.kind in ('clearing', 'elsewhere', 'cash', 'cheques', 'bank')
    left join entry o on o.organisation_id = e.organisation_id and o.id = e.reverses
    left join desk_payment k on k.organisation_id = e.organisation_id and k.entry_id = coalesce(e.reverses, e.id)
    where e.organisation_id = ${organisationId} and e.accounting_on >= ${month} and e.accounting_on < ${next}
      and coalesce(o.kind, e.kind) in ('capture', 'desk', 'elsewhere', 'cancellation')
    group by 4, 6`.execute(tx)
  await sql`${into}, 'invoiced', i.billing_unit_id, i.establishment_id,
      case when b.cents = 0 then 'settled' else 'due' end, count(*), sum(i.total_cents),
      coalesce(sum(case when b.cents = 0 then greatest(0, s.settled_on - i.issued_on) end), 0)
    from invoice i
    join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
    left join lateral (select max(e.value_on) as settled_on from posting p
      join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
      where p.organisation_id = i.organisation_id and p.account_id = i.id and p.cents < 0) s on b.cents = 0
    where i.organisation_id = ${organisationId} and i.issued_on >= ${month} and i.issued_on < ${next}
      and i.purpose = 'sale' and i.visible_at <> 'infinity'
    group by 4, 5, 6`.execute(tx)
  await sql`${into}, 'attempts', a.billing_unit_id, null,
      case when a.state = 'refused' then 'refused ' || coalesce(a.reason, '') else a.state end, count(*), 0, 0
    from payment_attempt a
    where a.organisation_id = ${organisationId} and a.created_at >= ${from} and a.created_at < ${to}
      and a.state in ('captured', 'refused', 'abandoned', 'expired')
    group by 4, 6`.execute(tx)
  await sql`${into}, 'differences', w.unit_id, null, '', count(*), 0,
      coalesce(sum(extract(epoch from t.done_at - t.created_at) / 60), 0)::bigint
    from task t
    cross join lateral (select u.billing_unit_id as unit_id from task_unit u
      where u.organisation_id = t.organisation_id and u.task_id = t.id order by u.billing_unit_id limit 1) w
    where t.organisation_id = ${organisationId} and t.done_at >= ${from} and t.done_at < ${to}
      and t.kind in ('bank-difference', 'unknown-order', 'amount-mismatch', 'second-capture', 'taken-back',
        'refund-found', 'foreign-currency')
    group by 4`.execute(tx)
}

export type Figure = {
  readonly month: Day
  readonly name: 'received' | 'invoiced' | 'attempts' | 'differences'
  readonly label: string
  readonly items: number
  readonly cents: Cents
  readonly lasted: number
}

export type AskedFigures = {
  readonly organisationId: OrganisationId
  readonly reach: Reach
  readonly unitId: BillingUnitId | undefined
  readonly establishmentId: EstablishmentId | undefined
  readonly from: Day
  readonly to: Day
}

/** The figures of these months where the person reads them, summed over units and establishments. */
export const listFigures = (read: Read, asked: AskedFigures): Promise<Figure[]> => {
  const { organisationId, reach, unitId, establishmentId } = asked
  return rows(
    read,
    sql<Figure>`select month_on as month, name, label, sum(items)::bigint as items,
        sum(cents)::bigint as cents, sum(lasted)::bigint as lasted
      from figure
      where organisation_id = ${organisationId} and month_on between ${asked.from} and ${asked.to}
        and ${
          reach === 'all'
            ? sql`true`
            : sql`(billing_unit_id = any(${[...reach.unitIds]}::uuid[])
          or establishment_id = any(${[...reach.establishmentIds]}::uuid[]))`
        }
        and ${unitId === undefined ? sql`true` : sql`billing_unit_id = ${unitId}`}
        and ${
          establishmentId === undefined
            ? sql`true`
            : sql`(establishment_id = ${establishmentId} or establishment_id is null and billing_unit_id =
                (select e.billing_unit_id from establishment e
                  where e.organisation_id = ${organisationId} and e.id = ${establishmentId}))`
        }
      group by month_on, name, label order by month_on, name, label`,
  )
}

/** When the oldest of these months was drawn; undefined: one of them never was, or there is none. */
export async function findDrawnAt(
  read: Read,
  { organisationId, from, to }: Pick<AskedFigures, 'organisationId' | 'from' | 'to'>,
): Promise<Instant | undefined> {
  const found = await row<{ at: Instant | null }>(
    read,
    sql`select min(refreshed_at) as at from figure_month
      where organisation_id = ${organisationId} and month_on between ${from} and ${to}`,
  )
  return found?.at ?? undefined
}

export type OwedByAge = { readonly age: string; readonly invoices: number; readonly cents: Cents }

/** All that families owe, by the age of the delay, at this moment. */
export const listOwedByAge = (
  read: Read,
  { organisationId, reach, unitId, establishmentId }: AskedFigures,
  today: Day,
): Promise<OwedByAge[]> =>
  rows(
    read,
    sql<OwedByAge>`select case when due_on >= ${today}::date then 'later' when due_on >= ${today}::date - 30 then '0-30'
          when due_on >= ${today}::date - 60 then '31-60' when due_on >= ${today}::date - 90 then '61-90'
          else '91' end as age, count(*)::integer as invoices, sum(cents)::bigint as cents
      from debt
      where organisation_id = ${organisationId}
        and ${
          reach === 'all'
            ? sql`true`
            : sql`(billing_unit_id = any(${[...reach.unitIds]}::uuid[])
          or establishment_id = any(${[...reach.establishmentIds]}::uuid[]))`
        }
        and ${unitId === undefined ? sql`true` : sql`billing_unit_id = ${unitId}`}
        and ${establishmentId === undefined ? sql`true` : sql`establishment_id = ${establishmentId}`}
      group by 1`,
  )
