import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type {
  AttemptId,
  BillingUnitId,
  FamilyId,
  InvoiceId,
  OrganisationId,
  ReceiptId,
} from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { RUNNING, type Attempt, type AttemptState } from './payment.ts'

const ATTEMPT = sql`select a.organisation_id as "organisationId", a.id, a.reference,
    a.billing_unit_id as "billingUnitId", a.family_id as "familyId", a.adult_id as "adultId",
    a.contract_id as "contractId", a.purpose, a.amount_cents as amount,
    a.receipt_email as "receiptEmail", a.state, a.reason, a.created_at as "createdAt",
    a.state_at as "stateAt", a.sent_at as "sentAt"
  from payment_attempt a`

/** An attempt by its permanent reference, whoever asks: the door decides what to show. */
export async function findAttempt(read: Read, reference: string): Promise<Attempt | undefined> {
  return row<Attempt>(
    read,
    sql`${ATTEMPT} join payment_reference r on r.organisation_id = a.organisation_id and r.attempt_id = a.id
      where r.reference = ${reference}`,
  )
}

/** The family's attempt by reference, locked; another family's is not found. */
export async function lockAttemptOf(
  tx: Tx,
  organisationId: OrganisationId,
  familyId: FamilyId,
  reference: string,
): Promise<Attempt | undefined> {
  return row<Attempt>(
    tx,
    sql`${ATTEMPT} where a.organisation_id = ${organisationId} and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
      and a.id = (select attempt_id from payment_reference where reference = ${reference}) for update of a`,
  )
}

/** The attempt a bank's message is about, locked; it must be of the message's own contract. */
export async function lockAttemptOfContract(
  tx: Tx,
  organisationId: OrganisationId,
  contractId: string,
  reference: string,
): Promise<Attempt | undefined> {
  return row<Attempt>(
    tx,
    sql`${ATTEMPT} where a.organisation_id = ${organisationId} and a.contract_id = ${contractId}
      and a.id = (select attempt_id from payment_reference where reference = ${reference}) for update of a`,
  )
}

/** The attempt that a capture came from, locked; undefined when its order was not ours. */
export async function lockAttemptOfCapture(
  tx: Tx,
  organisationId: OrganisationId,
  captureId: string,
): Promise<Attempt | undefined> {
  return row<Attempt>(
    tx,
    sql`${ATTEMPT} where a.organisation_id = ${organisationId} and a.id = (select attempt_id from capture
      where organisation_id = ${organisationId} and id = ${captureId}) for update of a`,
  )
}

export type SelectedInvoice = {
  readonly invoiceId: InvoiceId
  readonly number: string
  readonly establishment: string
  readonly activity: string
  /** What was due when the family last saw the amount. */
  readonly shownDue: Cents
  readonly due: Cents
}

/** The invoices of an attempt in the order ticked, with what is due on each now. */
export async function listSelected(
  read: Read,
  organisationId: OrganisationId,
  attemptId: AttemptId,
): Promise<SelectedInvoice[]> {
  return rows<SelectedInvoice>(
    read,
    sql`select s.invoice_id as "invoiceId", i.number, e.name as establishment, i.activity,
        s.due_cents as "shownDue", b.cents as due
      from attempt_invoice s
      join invoice i on i.organisation_id = s.organisation_id and i.id = s.invoice_id
      join establishment e on e.organisation_id = i.organisation_id and e.id = i.establishment_id
      join balance b on b.organisation_id = s.organisation_id and b.account_id = s.invoice_id
      where s.organisation_id = ${organisationId} and s.attempt_id = ${attemptId}
      order by s.position`,
  )
}

export type RunningAttempt = {
  readonly reference: string
  readonly purpose: 'invoices' | 'top_up'
  readonly billingUnitId: BillingUnitId
  readonly amount: Cents
  readonly sentAt: Instant
  /** The bank has it: it is neither resumed nor dropped. */
  readonly isAwaited: boolean
  readonly invoiceIds: readonly InvoiceId[]
}

/** The family's attempts that are, or may be, at the bank, newest first. */
export async function listRunning(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<RunningAttempt[]> {
  return rows<RunningAttempt>(
    read,
    sql`select a.reference, a.purpose, a.billing_unit_id as "billingUnitId", a.amount_cents as amount,
        a.sent_at as "sentAt", a.state = 'awaited' as "isAwaited",
        array(select s.invoice_id from attempt_invoice s
          where s.organisation_id = a.organisation_id and s.attempt_id = a.id
          order by s.position)::text[] as "invoiceIds"
      from payment_attempt a
      where a.organisation_id = ${organisationId} and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and a.state = any(${[...RUNNING]})
      order by a.sent_at desc`,
  )
}

/** Of these invoices, those that another attempt holds at the bank. */
export async function listHeldElsewhere(
  read: Read,
  organisationId: OrganisationId,
  invoiceIds: readonly InvoiceId[],
  exceptAttempt: AttemptId | null,
): Promise<{ invoiceId: InvoiceId; reference: string }[]> {
  return rows<{ invoiceId: InvoiceId; reference: string }>(
    read,
    sql`select s.invoice_id as "invoiceId", a.reference
      from attempt_invoice s
      join payment_attempt a on a.organisation_id = s.organisation_id and a.id = s.attempt_id
      where s.organisation_id = ${organisationId} and s.invoice_id = any(${[...invoiceIds]}::uuid[])
        and a.state = any(${[...RUNNING]}) and a.id is distinct from ${exceptAttempt}::uuid`,
  )
}

/** Moves an attempt to a state. The caller holds its lock and got the state from the table. */
export async function saveState(
  tx: Tx,
  attempt: Pick<Attempt, 'organisationId' | 'id'>,
  state: AttemptState,
  now: Instant,
  reason: string | null = null,
): Promise<void> {
  await tx
    .updateTable('payment_attempt')
    .set({ state, state_at: now, reason })
    .where('organisation_id', '=', attempt.organisationId)
    .where('id', '=', attempt.id)
    .execute()
}

export type CaptureOfAttempt = {
  readonly amount: Cents
  /** Of it, what the bank took back: cancelled, or disputed and lost. */
  readonly takenBack: Cents
  readonly capturedAt: Instant
  readonly receiptId: ReceiptId | null
  readonly receiptNumber: string | null
}

/** The money an attempt brought, oldest first: usually one row. */
export async function listCaptures(
  read: Read,
  organisationId: OrganisationId,
  attemptId: AttemptId,
): Promise<CaptureOfAttempt[]> {
  return rows<CaptureOfAttempt>(
    read,
    sql`select c.amount_cents as amount,
        least(c.amount_cents, (select coalesce(sum(k.amount_cents), 0) from capture_cancellation k
            where k.organisation_id = c.organisation_id and k.capture_id = c.id)
          + (select coalesce(sum(d.amount_cents), 0) from chargeback d
            where d.organisation_id = c.organisation_id and d.capture_id = c.id
              and d.state = 'reopened'))::bigint as "takenBack",
        c.captured_at as "capturedAt", r.id as "receiptId", r.number as "receiptNumber"
      from capture c
      left join receipt r on r.organisation_id = c.organisation_id and r.capture_id = c.id
      where c.organisation_id = ${organisationId} and c.attempt_id = ${attemptId}
      order by c.booked_at`,
  )
}

export type ReceiptRow = {
  readonly id: ReceiptId
  readonly number: string
  readonly issuedAt: Instant
  readonly reference: string | null
  readonly content: string
}

/** A receipt of the family; another family's is not found. */
export async function findReceipt(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  receiptId: ReceiptId,
): Promise<ReceiptRow | undefined> {
  return row<ReceiptRow>(
    read,
    sql`select r.id, r.number, r.issued_at as "issuedAt", r.content,
        (select a.reference from capture c join payment_attempt a
           on a.organisation_id = c.organisation_id and a.id = c.attempt_id
         where c.organisation_id = r.organisation_id and c.id = r.capture_id) as reference
      from receipt r
      where r.organisation_id = ${organisationId} and r.family_id = any(dossiers_of(${organisationId}, ${familyId})) and r.id = ${receiptId}`,
  )
}

/** A receipt's frozen content, for the mail that carries it. */
export async function getReceiptContent(
  read: Read,
  organisationId: OrganisationId,
  receiptId: ReceiptId,
): Promise<string> {
  const found = await row<{ content: string }>(
    read,
    sql`select content from receipt where organisation_id = ${organisationId} and id = ${receiptId}`,
  )
  return present(found, `no receipt ${receiptId}`).content
}

/** Whether the mail of a receipt has left; undefined when none was planned. */
export async function isReceiptMailed(
  read: Read,
  organisationId: OrganisationId,
  receiptId: ReceiptId,
): Promise<boolean | undefined> {
  const found = await row<{ sent: boolean }>(
    read,
    sql`select sent_at is not null as sent from mail
      where organisation_id = ${organisationId} and plan_key = ${`receipt ${receiptId}`}`,
  )
  return found?.sent
}
