// What waits for somebody, counted: each from an index that holds little else, however many invoices.
import type { Day, Instant } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'
import { type RawBuilder, type Read, row, rows, sql } from '../platform/db.ts'
import { OPEN_TASK, type OpenTask } from '../tasks/store.ts'
import { counted, countedAt, countedContract, type Scope } from './scope.ts'

/** How many there are, their sum in cents, and since when the oldest waits. */
export type Pile = {
  readonly count: number
  readonly cents: Cents | null
  readonly oldest: Instant | null
}

const NONE: Pile = { count: 0, cents: null, oldest: null }
const pileOf = async (read: Read, query: RawBuilder<Pile>): Promise<Pile> =>
  (await row<Pile>(read, query)) ?? NONE

/** Whether a task is seen: at one of its units, or by those who reach all. */
const seenTask = ({ organisationId, reach }: Scope) =>
  reach === 'all'
    ? sql`true`
    : sql`exists (select from task_unit w where w.organisation_id = ${organisationId} and w.task_id = t.id
        and w.billing_unit_id = any(${[...reach.unitIds]}::uuid[]))`

export type TaskPile = Pile & { readonly kind: string; readonly postponed: number }

/** Open tasks by kind; those put off count apart. */
export const listTaskPiles = (read: Read, scope: Scope): Promise<TaskPile[]> =>
  rows(
    read,
    sql<TaskPile>`select kind, count(*) filter (where is_due)::integer as count,
        count(*) filter (where not is_due)::integer as postponed,
        sum((details ->> 'amountCents')::bigint) filter (where is_due)::bigint as cents,
        min(created_at) filter (where is_due) as oldest
      from (select t.kind, t.details, t.created_at,
          coalesce(t.not_before <= ${scope.now}, true) as is_due from task t
        where t.organisation_id = ${scope.organisationId} and t.done_at is null and ${seenTask(scope)}) open
      group by kind`,
  )

/** The oldest open tasks of these kinds, not put off. */
export const listDueTasks = (
  read: Read,
  scope: Scope,
  kinds: readonly string[],
  limit: number,
): Promise<OpenTask[]> =>
  rows(
    read,
    sql<OpenTask>`select ${OPEN_TASK} from task t
      where t.organisation_id = ${scope.organisationId} and t.done_at is null
        and t.kind = any(${[...kinds]}::text[]) and coalesce(t.not_before <= ${scope.now}, true)
        and ${seenTask(scope)}
      order by t.created_at, t.id limit ${limit}`,
  )

/** Messages of the bank to apply, and those refused since then as not of this contract's mode. */
export const pileOfMessages = (read: Read, scope: Scope, refusedSince: Instant): Promise<Pile> =>
  pileOf(
    read,
    sql`select count(*)::integer as count, null as cents, min(m.received_at) as oldest from bank_message m
      where m.organisation_id = ${scope.organisationId}
        and m.outcome in ('waiting', 'failed', 'refused_test')
        and (m.outcome <> 'refused_test' or m.received_at > ${refusedSince})
        and ${countedContract(scope, sql`m.contract_id`)}`,
  )

export type GapPile = Pile & {
  readonly oldestDay: Day | null
  readonly contractId: string | null
  readonly comparedAt: Instant | null
}

/** Differences of open days that no task tells of; `cents` is the sum of these days' gaps. */
export async function pileOfDifferences(read: Read, scope: Scope): Promise<GapPile> {
  const found = await row<GapPile>(
    read,
    sql`select coalesce(sum(g.differences), 0)::integer as count, sum(g.gap_cents)::bigint as cents,
        min(g.day_on::timestamp at time zone 'Europe/Paris') as oldest, min(g.day_on) as "oldestDay",
        (array_agg(g.contract_id order by g.day_on))[1] as "contractId", min(g.compared_at) as "comparedAt"
      from reconciliation_gap g
      where g.organisation_id = ${scope.organisationId} and g.differences > 0
        and not exists (select from reconciliation_closing c where c.organisation_id = g.organisation_id
          and c.contract_id = g.contract_id and c.day_on = g.day_on)
        and ${countedContract(scope, sql`g.contract_id`)}`,
  )
  return found ?? { ...NONE, oldestDay: null, contractId: null, comparedAt: null }
}

/** Refunds that somebody prepared, and nobody decided. */
export const pileOfApprovals = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql`select count(*)::integer as count, sum(q.amount_cents)::bigint as cents, min(q.prepared_at) as oldest
      from refund_request q
      where q.organisation_id = ${scope.organisationId} and ${counted(scope, sql`q.billing_unit_id`)}
        and not exists (select from refund_decision d
          where d.organisation_id = q.organisation_id and d.request_id = q.id)`,
  )

/** Debts proposed to be given up, which a second person decides. */
export const pileOfWriteOffs = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql`select count(*)::integer as count, sum(q.amount_cents)::bigint as cents, min(q.prepared_at) as oldest
      from write_off_request q
      where q.organisation_id = ${scope.organisationId} and q.state = 'waiting'
        and ${counted(scope, sql`q.billing_unit_id`)}`,
  )

/** Refunds asked for and not yet paid. */
export const pileOfUnpaidRefunds = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql`select count(*)::integer as count, sum(r.amount_cents)::bigint as cents, min(r.requested_at) as oldest
      from refund r
      where r.organisation_id = ${scope.organisationId} and r.state = 'requested'
        and ${counted(scope, sql`r.billing_unit_id`)}`,
  )

/** Invoices being written, or checked and not issued. */
export const pileOfDrafts = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql`select count(*)::integer as count, sum(d.total_cents)::bigint as cents, min(d.saved_at) as oldest
      from invoice_draft d
      where d.organisation_id = ${scope.organisationId} and d.state in ('draft', 'checked')
        and ${countedAt(scope, sql`d.billing_unit_id`, sql`d.establishment_id`)}`,
  )

/** Cheques and vouchers that lie at the desk. */
export const pileOfDeposits = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql`select count(*)::integer as count, sum(d.amount_cents)::bigint as cents, min(d.recorded_at) as oldest
      from undeposited d
      where d.organisation_id = ${scope.organisationId} and ${counted(scope, sql`d.billing_unit_id`)}`,
  )

/** Families that owe a unit more than its threshold of alert. */
export const pileOfHeavyDebts = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql`select coalesce(sum(f.count), 0)::integer as count, sum(f.cents)::bigint as cents, null as oldest
      from billing_unit u
      cross join lateral (select count(*) as count, sum(d.cents) as cents from family_debt d
        where d.organisation_id = u.organisation_id and d.billing_unit_id = u.id
          and d.cents > greatest(u.alert_threshold_cents, 0)) f
      where u.organisation_id = ${scope.organisationId} and ${counted(scope, sql`u.id`)}`,
  )

/** What families asked to have changed and nobody answered; a family of no unit yet is everybody's. */
export const pileOfRequests = (read: Read, scope: Scope): Promise<Pile> =>
  pileOf(
    read,
    sql<Pile>`select count(*)::integer as count, null::bigint as cents, min(r.asked_at) as oldest
      from change_request r
      where r.organisation_id = ${scope.organisationId} and r.decided_at is null
        and (exists (select from family_unit w where w.organisation_id = r.organisation_id
            and w.family_id = r.family_id and ${counted(scope, sql`w.billing_unit_id`)})
          or (not exists (select from family_unit w where w.organisation_id = r.organisation_id
            and w.family_id = r.family_id) and ${counted({ ...scope, reach: 'all' }, sql`null::uuid`)}))`,
  )
