// Refunds that were prepared, and what was decided of them, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type {
  BillingUnitId,
  EstablishmentId,
  FamilyId,
  InvoiceId,
  OrganisationId,
  StaffId,
} from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Role } from '../staff/rights.ts'

export const REFUND_STATES = ['waiting', 'approved', 'sent', 'paid', 'refused'] as const
export type RefundState = (typeof REFUND_STATES)[number]

export type RefundRequest = {
  readonly id: string
  readonly unitId: BillingUnitId
  readonly unitName: string
  readonly threshold: Cents
  readonly familyId: FamilyId
  readonly familyName: string
  readonly captureId: string
  readonly reference: string
  readonly cardMasked: string
  readonly capturedAt: Instant
  readonly captured: Cents
  readonly invoiceId: InvoiceId | null
  readonly invoiceNumber: string | null
  readonly amount: Cents
  /** What could be refunded when it was prepared. */
  readonly refundable: Cents
  readonly reason: string
  readonly preparedBy: StaffId
  readonly preparedName: string
  readonly preparedAt: Instant
  readonly state: RefundState
  readonly refundId: string | null
  readonly decidedName: string | null
  readonly decidedAt: Instant | null
  readonly refusal: string | null
  readonly settlement: string | null
  /** The file that carries it to the bank. */
  readonly fileId: string | null
}

const REQUEST = sql`select q.id, q.billing_unit_id as "unitId", u.name as "unitName",
    u.refund_threshold_cents as threshold, q.family_id as "familyId", f.name as "familyName",
    q.capture_id as "captureId", coalesce(a.reference, '') as reference, c.card_masked as "cardMasked",
    c.captured_at as "capturedAt", c.amount_cents as captured, q.invoice_id as "invoiceId",
    i.number as "invoiceNumber", q.amount_cents as amount, q.refundable_cents as refundable, q.reason,
    q.prepared_by as "preparedBy", q.prepared_name as "preparedName", q.prepared_at as "preparedAt",
    case when d.request_id is null then 'waiting' when d.refund_id is null or r.state = 'refused' then 'refused'
      when r.state = 'paid' then 'paid' when l.refund_id is not null then 'sent' else 'approved' end as state,
    d.refund_id as "refundId", d.decided_name as "decidedName", d.decided_at as "decidedAt",
    d.reason as refusal, r.settlement_key as settlement, l.file_id as "fileId"
  from refund_request q
  join billing_unit u on u.organisation_id = q.organisation_id and u.id = q.billing_unit_id
  join family f on f.organisation_id = q.organisation_id and f.id = q.family_id
  join capture c on c.organisation_id = q.organisation_id and c.id = q.capture_id
  left join payment_attempt a on a.organisation_id = c.organisation_id and a.id = c.attempt_id
  left join invoice i on i.organisation_id = q.organisation_id and i.id = q.invoice_id
  left join refund_decision d on d.organisation_id = q.organisation_id and d.request_id = q.id
  left join refund r on r.organisation_id = d.organisation_id and r.id = d.refund_id
  left join transfer_file_line l on l.organisation_id = r.organisation_id and l.refund_id = r.id`

/** Every request, those that wait first, then the latest; 200 at most. */
export const listRequests = (
  read: Read,
  organisationId: OrganisationId,
  familyId?: FamilyId,
): Promise<RefundRequest[]> =>
  rows(
    read,
    sql<RefundRequest>`${REQUEST} where q.organisation_id = ${organisationId}
      and (${familyId ?? null}::uuid is null or q.family_id = ${familyId ?? null})
      order by d.request_id is not null, q.prepared_at desc limit 200`,
  )

export const findRequest = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<RefundRequest | undefined> =>
  row(read, sql<RefundRequest>`${REQUEST} where q.organisation_id = ${organisationId} and q.id = ${id}`)

/** As `findRequest`, locked until the transaction ends. */
export const lockRequest = (
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
): Promise<RefundRequest | undefined> =>
  row(
    tx,
    sql<RefundRequest>`${REQUEST} where q.organisation_id = ${organisationId} and q.id = ${id} for update of q`,
  )

/** What was asked for under the form's own key. */
export async function findRequestId(
  read: Read,
  organisationId: OrganisationId,
  requestKey: string,
): Promise<string | undefined> {
  const found = await row<{ id: string }>(
    read,
    sql`select id from refund_request where organisation_id = ${organisationId} and request_key = ${requestKey}`,
  )
  return found?.id
}

/** What waits for a decision on a payment, in cents. */
export async function sumWaiting(
  read: Read,
  organisationId: OrganisationId,
  captureId: string,
  except: string | null,
): Promise<Cents> {
  const found = await row<{ cents: Cents }>(
    read,
    sql`select coalesce(sum(q.amount_cents), 0)::bigint as cents from refund_request q
      where q.organisation_id = ${organisationId} and q.capture_id = ${captureId}
        and q.id is distinct from ${except}::uuid
        and not exists (select from refund_decision d
          where d.organisation_id = q.organisation_id and d.request_id = q.id)`,
  )
  return found?.cents ?? (0 as Cents)
}

export type RefundablePayment = {
  readonly captureId: string
  readonly familyName: string
  readonly capturedAt: Instant
  readonly cardMasked: string
  readonly invoices: readonly { readonly id: InvoiceId; readonly number: string }[]
}

/** The latest payment of an order, by its whole reference or the eight signs that people quote. */
export const findPaymentCalled = (
  read: Read,
  organisationId: OrganisationId,
  typed: string,
): Promise<RefundablePayment | undefined> =>
  row(
    read,
    sql<RefundablePayment>`select c.id as "captureId", f.name as "familyName", c.captured_at as "capturedAt",
        c.card_masked as "cardMasked", coalesce((
          select jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number) order by x.position)
          from attempt_invoice x
          join invoice i on i.organisation_id = x.organisation_id and i.id = x.invoice_id
          where x.organisation_id = a.organisation_id and x.attempt_id = a.id), '[]') as invoices
      from payment_reference n
      join payment_attempt a on a.organisation_id = n.organisation_id and a.id = n.attempt_id
      join capture c on c.organisation_id = a.organisation_id and c.attempt_id = a.id
      join family f on f.organisation_id = c.organisation_id and f.id = c.family_id
      where n.organisation_id = ${organisationId}
        and right(n.reference, 8) = right(${typed}, 8) and n.reference like '%' || ${typed}::text
      order by c.booked_at desc, c.id desc limit 1`,
  )

export type HeldRole = {
  readonly staffId: StaffId
  readonly role: Role
  readonly unitId: BillingUnitId | undefined
  readonly establishmentId: EstablishmentId | undefined
}

/** The roles of everybody who can sign in. */
export async function listHeldRoles(read: Read, organisationId: OrganisationId): Promise<HeldRole[]> {
  const found = await rows<{
    staffId: StaffId
    role: Role
    unitId: BillingUnitId | null
    establishmentId: EstablishmentId | null
  }>(
    read,
    sql`select r.staff_id as "staffId", r.role, r.billing_unit_id as "unitId",
        r.establishment_id as "establishmentId"
      from staff_role r
      join staff_member m on m.organisation_id = r.organisation_id and m.id = r.staff_id
      where r.organisation_id = ${organisationId} and m.activated_at is not null and m.suspended_at is null`,
  )
  return found.map((one) => ({
    ...one,
    unitId: one.unitId ?? undefined,
    establishmentId: one.establishmentId ?? undefined,
  }))
}
