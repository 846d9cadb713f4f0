import type { AttemptId, BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import { RUNNING } from './payment.ts'
import type { Queued } from './queue.ts'

/** Whose attempt is queued, and at which unit. */
type Queuing = {
  readonly organisationId: OrganisationId
  readonly familyId: FamilyId
  readonly billingUnitId: BillingUnitId
  readonly attemptId: AttemptId
}

/** Keeps the invoices ticked with an attempt, in order; other families' numbers are passed over. */
export async function insertQueue(tx: Tx, queuing: Queuing, numbers: readonly string[]): Promise<void> {
  const { organisationId, familyId, billingUnitId, attemptId } = queuing
  await sql`insert into attempt_queue (organisation_id, attempt_id, position, invoice_id)
    select i.organisation_id, ${attemptId}, row_number() over (order by n.place), i.id
    from unnest(${[...new Set(numbers)]}::text[]) with ordinality n (number, place)
    join invoice i on i.organisation_id = ${organisationId} and i.number = n.number
      and i.family_id = any(dossiers_of(${organisationId}, ${familyId})) and i.billing_unit_id = ${billingUnitId}`.execute(
    tx,
  )
}

/** Hands the queue of the family's earlier attempt on to this one. */
export async function copyQueue(tx: Tx, queuing: Queuing, reference: string): Promise<void> {
  const { organisationId, familyId, billingUnitId, attemptId } = queuing
  await sql`insert into attempt_queue (organisation_id, attempt_id, position, invoice_id)
    select q.organisation_id, ${attemptId}, q.position, q.invoice_id
    from attempt_queue q join payment_attempt a on a.organisation_id = q.organisation_id and a.id = q.attempt_id
    where a.organisation_id = ${organisationId} and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
      and a.billing_unit_id = ${billingUnitId} and a.reference = ${reference}`.execute(tx)
}

/** The invoices queued with an attempt, in order, with what is due on each now. */
export function listQueue(
  read: Read,
  organisationId: OrganisationId,
  attemptId: AttemptId,
): Promise<Queued[]> {
  return rows<Queued>(
    read,
    sql`select q.position, i.number, b.cents as due,
        exists (select from attempt_invoice s where s.organisation_id = q.organisation_id
          and s.attempt_id = q.attempt_id and s.invoice_id = q.invoice_id) as "isCurrent",
        exists (select from attempt_invoice s join payment_attempt a
            on a.organisation_id = s.organisation_id and a.id = s.attempt_id
          where s.organisation_id = q.organisation_id and s.invoice_id = q.invoice_id
            and a.state = any(${[...RUNNING]}) and a.id <> q.attempt_id) as "isHeld"
      from attempt_queue q
      join invoice i on i.organisation_id = q.organisation_id and i.id = q.invoice_id
      join balance b on b.organisation_id = q.organisation_id and b.account_id = q.invoice_id
      where q.organisation_id = ${organisationId} and q.attempt_id = ${attemptId}
      order by q.position`,
  )
}
