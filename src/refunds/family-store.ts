// A family's refunds, as it may know them, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql } from '../platform/db.ts'

export type FamilyRefund = {
  readonly amount: Cents
  /** What was written for the family and the approver to read. */
  readonly reason: string
  readonly askedAt: Instant
  readonly decidedAt: Instant | null
  readonly isRefused: boolean
  /** Why it was refused; null when it was not. */
  readonly refusal: string | null
  /** By transfer: where to; null on the card. */
  readonly masked: string | null
  readonly sentAt: Instant | null
  /** On the account or the card. */
  readonly paidOn: Day | null
  readonly isByTransfer: boolean
  /** A transfer that the bank refused, or that came back. */
  readonly failedOn: Day | null
  readonly isGivenUp: boolean
}

const SHOWN = 50

/** Its refunds, prepared or done, the latest first. */
export const listFamilyRefunds = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<FamilyRefund[]> =>
  rows(
    read,
    sql<FamilyRefund>`select q.amount_cents as amount, q.reason, q.prepared_at as "askedAt",
        d.decided_at as "decidedAt", d.request_id is not null and d.refund_id is null as "isRefused",
        d.reason as refusal, a.iban_masked as masked, t.made_at as "sentAt",
        (select e.value_on from entry e where e.organisation_id = r.organisation_id
          and e.billing_unit_id = r.billing_unit_id and e.kind = 'refund_paid'
          and e.source_key = r.settlement_key) as "paidOn",
        x.refund_id is not null or coalesce(r.settlement_key like 'transfer %', false) as "isByTransfer",
        o.happened_on as "failedOn", coalesce(r.state = 'refused', false) as "isGivenUp"
      from refund_request q
      left join refund_decision d on d.organisation_id = q.organisation_id and d.request_id = q.id
      left join refund r on r.organisation_id = d.organisation_id and r.id = d.refund_id
      left join refund_refusal x on x.organisation_id = r.organisation_id and x.refund_id = r.id
      left join transfer_file_line l on l.organisation_id = r.organisation_id and l.refund_id = r.id
      left join transfer_file t on t.organisation_id = l.organisation_id and t.id = l.file_id
      left join payout_account a on a.organisation_id = l.organisation_id and a.id = l.account_id
      left join transfer_outcome o on o.organisation_id = l.organisation_id and o.refund_id = l.refund_id
        and o.outcome in ('rejected', 'returned')
      where q.organisation_id = ${organisationId} and q.family_id = ${familyId}
      order by q.prepared_at desc, q.id desc limit ${SHOWN}`,
  )
