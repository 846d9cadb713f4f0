import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { AttemptId, BillingUnitId, InvoiceId } from '../kernel/ids.ts'
import { type Cents, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { listUnsettled } from '../billing/store.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import type { Mode } from '../platform/config.ts'
import type { Tx } from '../platform/db.ts'
import { newId, newReference, sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { capabilitiesOf, withinBank } from './bank-limits.ts'
import { copyQueue, insertQueue } from './queue-store.ts'
import { listHeldElsewhere } from './store.ts'

export type PaymentRequest = {
  readonly billingUnitId: BillingUnitId
  /** Drawn with the page: the same choice sent twice from one page starts one attempt (F5). */
  readonly formKey: string
} & (
  | { readonly purpose: 'invoices'; readonly invoiceNumbers: readonly string[]; readonly queue?: Queuing }
  | { readonly purpose: 'top_up'; readonly amount: Cents }
)

/** At a bank that takes one invoice at a time: all that was ticked, or the queue of an earlier attempt. */
type Queuing = { readonly ticked: readonly string[] } | { readonly after: string }

export type StartFailure =
  | 'unknown-unit'
  | 'no-online-payment'
  | 'nothing-selected'
  | 'unknown-invoice'
  /** This bank takes one invoice at a time. */
  | 'one-at-a-time'
  | 'in-progress'
  | 'below-minimum'
  | 'above-maximum'

/** Whether a unit may take money online here: a TEST contract never does in production (issue 1). */
export const takesOnlinePayments = (unit: BillingUnit, mode: Mode): boolean =>
  unit.contractId !== undefined && (mode === 'demo' || unit.contractMode === 'PRODUCTION')

/**
 * Starts an attempt: what is due is read again under lock, never taken from the form. Gives the
 * attempt's permanent reference. Nothing is held until the family leaves for the bank.
 */
export function startPayment(
  { db, clock, config }: Services,
  actor: FamilyActor,
  request: PaymentRequest,
): Promise<Result<string, StartFailure>> {
  const now = clock.now()
  return db.transaction(async (tx) => {
    const again = await findByFormKey(tx, actor, formKeyOf(request))
    if (again !== undefined) return ok(again)
    const units = await listFamilyUnits(tx, actor.organisationId, actor.familyId)
    const found = units.find((one) => one.id === request.billingUnitId)
    const unit = found && withinBank(found)
    if (!unit || actor.role !== 'payer') return fail('unknown-unit')
    if (request.purpose === 'top_up' && unit.mode !== 'prepaid') return fail('unknown-unit')
    if (!takesOnlinePayments(unit, config.mode)) return fail('no-online-payment')
    const chosen =
      request.purpose === 'top_up'
        ? ok({ amount: request.amount, invoices: [] })
        : await choose(tx, actor, unit, request.invoiceNumbers, now)
    if (!chosen.ok) return chosen
    if (chosen.value.amount < unit.minPayment) return fail('below-minimum')
    if (chosen.value.amount > unit.maxPayment) return fail('above-maximum')
    return ok(await insertAttempt(tx, actor, unit, request, chosen.value, now))
  })
}

type Chosen = {
  readonly amount: Cents
  readonly invoices: readonly { readonly id: InvoiceId; readonly due: Cents }[]
}

async function choose(
  tx: Tx,
  actor: FamilyActor,
  unit: BillingUnit,
  numbers: readonly string[],
  now: Instant,
): Promise<Result<Chosen, StartFailure>> {
  if (numbers.length === 0) return fail('nothing-selected')
  if (numbers.length > 1 && capabilitiesOf(unit)?.severalInvoices === false) return fail('one-at-a-time')
  const { organisationId, familyId } = actor
  await applyCredit(tx, { organisationId, billingUnitId: unit.id, familyId }, now)
  const unsettled = await listUnsettled(tx, organisationId, familyId, now)
  const wanted = new Set(numbers)
  const invoices = unsettled.filter(
    (one) => one.billingUnitId === unit.id && !one.isOnlineOver && wanted.has(one.number),
  )
  if (invoices.length !== wanted.size) return fail('unknown-invoice')
  const ids = invoices.map((one) => one.id)
  if ((await listHeldElsewhere(tx, organisationId, ids, null)).length > 0) return fail('in-progress')
  return ok({ amount: sum(invoices.map((one) => one.due)), invoices })
}

/** The page's key and what was asked: back on the same page, another choice is another attempt (F4). */
function formKeyOf(request: PaymentRequest): string {
  const asked =
    request.purpose === 'top_up' ? [String(request.amount)] : [...new Set(request.invoiceNumbers)].toSorted()
  return sha256(JSON.stringify([request.formKey, request.billingUnitId, request.purpose, asked])).toString(
    'hex',
  )
}

async function findByFormKey(tx: Tx, actor: FamilyActor, formKey: string): Promise<string | undefined> {
  const found = await tx
    .selectFrom('payment_attempt')
    .select('reference')
    .where('organisation_id', '=', actor.organisationId)
    .where('family_id', '=', actor.familyId)
    .where('form_key', '=', formKey)
    .executeTakeFirst()
  return found?.reference
}

async function insertAttempt(
  tx: Tx,
  actor: FamilyActor,
  unit: BillingUnit,
  request: PaymentRequest,
  chosen: Chosen,
  now: Instant,
): Promise<string> {
  const attemptId = newId<'attempt'>(now) satisfies AttemptId
  const reference = newReference()
  const inserted = await tx
    .insertInto('payment_attempt')
    .values({
      organisation_id: actor.organisationId,
      id: attemptId,
      billing_unit_id: unit.id,
      family_id: actor.familyId,
      adult_id: actor.adultId,
      contract_id: present(unit.contractId, 'a unit without contract takes no payment'),
      reference,
      form_key: formKeyOf(request),
      purpose: request.purpose,
      amount_cents: chosen.amount,
      receipt_email: actor.email,
      state: 'created',
      created_at: now,
      state_at: now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'family_id', 'form_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return present(await findByFormKey(tx, actor, formKeyOf(request)), 'the form key vanished')
  await tx
    .insertInto('payment_reference')
    .values({ reference, organisation_id: actor.organisationId, attempt_id: attemptId })
    .execute()
  await insertSelection(tx, actor, attemptId, chosen)
  if (request.purpose === 'invoices' && request.queue)
    await keepQueue(tx, actor, unit, attemptId, request.queue)
  return reference
}

async function insertSelection(tx: Tx, actor: FamilyActor, attemptId: AttemptId, chosen: Chosen) {
  if (chosen.invoices.length === 0) return
  await tx
    .insertInto('attempt_invoice')
    .values(
      chosen.invoices.map(({ id, due }, index) => ({
        organisation_id: actor.organisationId,
        attempt_id: attemptId,
        position: index + 1,
        invoice_id: id,
        due_cents: due,
      })),
    )
    .execute()
}

function keepQueue(
  tx: Tx,
  { organisationId, familyId }: FamilyActor,
  unit: BillingUnit,
  attemptId: AttemptId,
  queue: Queuing,
): Promise<void> {
  const queuing = { organisationId, familyId, billingUnitId: unit.id, attemptId }
  return 'ticked' in queue ? insertQueue(tx, queuing, queue.ticked) : copyQueue(tx, queuing, queue.after)
}
