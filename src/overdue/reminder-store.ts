// What may be reminded of, and what was, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'

type Whose = {
  readonly organisationId: OrganisationId
  readonly familyId: FamilyId
  readonly unitId: BillingUnitId
}

export type Reminded = {
  readonly number: string
  readonly dueOn: Day
  readonly due: Cents
  /** A payment of it is at the bank, or the one that paid it is disputed: nobody is pressed meanwhile. */
  readonly isHeld: boolean
}

/** The overdue invoices of a family at a unit, oldest first. */
export const listOverdueOf = (
  read: Read,
  { organisationId, familyId, unitId }: Whose,
  today: Day,
): Promise<Reminded[]> =>
  rows(
    read,
    sql<Reminded>`select i.number, d.due_on as "dueOn", d.cents as due, (
        exists (select from attempt_invoice s
          join payment_attempt a on a.organisation_id = s.organisation_id and a.id = s.attempt_id
          where s.organisation_id = d.organisation_id and s.invoice_id = d.invoice_id
            and a.state in ('redirected', 'review'))
        or exists (select from attempt_invoice s
          join capture c on c.organisation_id = s.organisation_id and c.attempt_id = s.attempt_id
          join chargeback b on b.organisation_id = c.organisation_id and b.capture_id = c.id
          where s.organisation_id = d.organisation_id and s.invoice_id = d.invoice_id
            and b.state = 'open')) as "isHeld"
      from debt d
      join invoice i on i.organisation_id = d.organisation_id and i.id = d.invoice_id
      where d.organisation_id = ${organisationId} and d.family_id = ${familyId}
        and d.billing_unit_id = ${unitId} and d.due_on < ${today}
      order by d.due_on, i.number`,
  )

/** Locks a family, so that two people never remind it at once; false when it is not there. */
export async function lockFamily(
  tx: Tx,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<boolean> {
  const found = await row(
    tx,
    sql`select id from family where organisation_id = ${organisationId} and id = ${familyId} for update`,
  )
  return found !== undefined
}

/** When a reminder was last planned for the family by the unit. */
export async function findLastReminder(
  read: Read,
  { organisationId, familyId, unitId }: Whose,
): Promise<Instant | undefined> {
  const found = await row<{ at: Instant }>(
    read,
    sql`select asked_at as at from reminder where organisation_id = ${organisationId}
        and family_id = ${familyId} and billing_unit_id = ${unitId} and outcome = 'planned'
      order by asked_at desc limit 1`,
  )
  return found?.at
}

export type Outcome = 'planned' | 'recent' | 'nothing-due' | 'under-way' | 'no-address'

/** Keeps what became of one; false when this round asked the same before. */
export async function insertReminder(
  tx: Tx,
  { organisationId, familyId, unitId }: Whose,
  one: {
    readonly roundId: string
    readonly outcome: Outcome
    readonly invoices: number
    readonly amount: Cents
    readonly by: string
  },
  now: Instant,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('reminder')
    .values({
      organisation_id: organisationId,
      id: newId<'reminder'>(now),
      round_id: one.roundId,
      billing_unit_id: unitId,
      family_id: familyId,
      outcome: one.outcome,
      invoices: one.invoices,
      amount_cents: one.amount,
      asked_by: one.by,
      asked_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'round_id', 'family_id', 'billing_unit_id']).doNothing(),
    )
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type RoundLine = {
  readonly familyId: FamilyId
  readonly familyName: string
  readonly unitId: BillingUnitId
  readonly unitName: string
  readonly outcome: Outcome
  readonly invoices: number
  readonly amount: Cents
  readonly by: string
  readonly at: Instant
}

/** What became of a round, by family. */
export const listRound = (
  read: Read,
  organisationId: OrganisationId,
  roundId: string,
): Promise<RoundLine[]> =>
  rows(
    read,
    sql<RoundLine>`select r.family_id as "familyId", f.name as "familyName", r.billing_unit_id as "unitId",
        u.name as "unitName", r.outcome, r.invoices, r.amount_cents as amount, r.asked_by as by, r.asked_at as at
      from reminder r
      join family f on f.organisation_id = r.organisation_id and f.id = r.family_id
      join billing_unit u on u.organisation_id = r.organisation_id and u.id = r.billing_unit_id
      where r.organisation_id = ${organisationId} and r.round_id = ${roundId}
      order by r.outcome <> 'planned' desc, f.name, f.id`,
  )
