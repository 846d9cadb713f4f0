import { assert } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, ZERO, negate, smaller, subtract } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { lockInvoice } from '../billing/correction-store.ts'
import type { Posting } from '../ledger/ledger.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockAccounts } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { finishTasksAbout } from '../tasks/finish-tasks.ts'
import type { Capture } from './capture.ts'
import { lockCapture } from './capture-store.ts'
import { nextState } from './payment.ts'
import { lockAttemptOfCapture, saveState } from './store.ts'
import { dealsWith, findResolution, suspenseLeft } from './suspense-store.ts'

/** To a family's credit; to an invoice, the rest to its family's credit; or back by a transfer already made. */
export type Destination =
  | { readonly kind: 'credit'; readonly familyId: FamilyId }
  | { readonly kind: 'invoice'; readonly invoiceId: InvoiceId }
  | { readonly kind: 'given_back'; readonly transfer: string }

export type Resolution = {
  readonly organisationId: OrganisationId
  /** The payment that was set aside: an unknown order, or another amount than was sent. */
  readonly captureId: string
  /** The caller's own key: the same form sent twice is one resolution. */
  readonly requestKey: string
  readonly amount: Cents
  readonly destination: Destination
  readonly reason: string
}

type ResolveFailure =
  | 'unknown-capture'
  | 'unknown-family'
  | 'unknown-invoice'
  | 'no-amount'
  | 'above-suspense'
  | 'exists-with-other-content'

/**
 * Gives money that stands in suspense its place, in whole or in part, never more than what stands there,
 * under the capture's lock. When nothing is left its tasks are done, and an attempt of that very family
 * that waited for a person is captured.
 * Example: 29,00 € came for an order of 31,00 €; to the invoice, 2,00 € stay due.
 */
export async function resolveSuspense(
  tx: Tx,
  resolution: Resolution,
  now: Instant,
  actor: string,
): Promise<Result<{ resolved: boolean; left: Cents }, ResolveFailure>> {
  const { organisationId, captureId, requestKey, amount, destination } = resolution
  const attempt = await lockAttemptOfCapture(tx, organisationId, captureId)
  const capture = await lockCapture(tx, organisationId, captureId)
  if (!capture) return fail('unknown-capture')
  const left = await suspenseLeft(tx, capture)
  const known = await findResolution(tx, organisationId, requestKey)
  if (known)
    return factOf(known) === factOf(resolution)
      ? ok({ resolved: false, left })
      : fail('exists-with-other-content')
  if (amount <= ZERO) return fail('no-amount')
  if (amount > left) return fail('above-suspense')
  const place = await placeOf(tx, capture, destination, amount)
  if (!place.ok) return place
  const { familyId, postings } = place.value
  const { billingUnitId } = capture
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'suspense_resolved',
    sourceKey: requestKey,
    fact: factOf(resolution),
    accountingOn: parisDay(now),
    valueOn: parisDay(now),
    bookedAt: now,
    actor,
    postings: [{ account: { kind: 'suspense' }, cents: amount }, ...postings],
  })
  assert(booked.ok && booked.value.booked, `resolution ${requestKey} was booked before`)
  await tx
    .insertInto('suspense_resolution')
    .values({
      organisation_id: organisationId,
      id: newId<'resolution'>(now),
      request_key: requestKey,
      capture_id: captureId,
      destination: destination.kind,
      family_id: familyId ?? null,
      invoice_id: destination.kind === 'invoice' ? destination.invoiceId : null,
      transfer: destination.kind === 'given_back' ? destination.transfer : null,
      amount_cents: amount,
      reason: resolution.reason,
      resolved_by: actor,
      resolved_at: now,
      entry_id: booked.value.entryId,
    })
    .execute()
  if (familyId !== undefined) await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  if (amount === left) {
    await finishTasksAbout(
      tx,
      organisationId,
      ['unknown-order', 'amount-mismatch'],
      capture.bankTransaction,
      now,
    )
    const state = attempt && nextState(attempt.state, 'captured')
    if (state && familyId === attempt.familyId) await saveState(tx, attempt, state, now)
  }
  return ok({ resolved: true, left: subtract(left, amount) })
}

const factOf = ({
  captureId,
  amount,
  destination,
  reason,
}: Pick<Resolution, 'captureId' | 'amount' | 'destination' | 'reason'>): string =>
  JSON.stringify([captureId, amount, ...Object.values(destination), reason])

type Place = { readonly familyId: FamilyId | undefined; readonly postings: readonly Posting[] }

/** Where the money goes: only to a family that deals with the unit that holds it. */
async function placeOf(
  tx: Tx,
  capture: Capture,
  destination: Destination,
  amount: Cents,
): Promise<Result<Place, 'unknown-family' | 'unknown-invoice'>> {
  const { organisationId, billingUnitId } = capture
  if (destination.kind === 'given_back')
    return ok({ familyId: undefined, postings: [{ account: { kind: 'bank' }, cents: negate(amount) }] })
  if (destination.kind === 'credit') {
    const { familyId } = destination
    if (!(await dealsWith(tx, organisationId, billingUnitId, familyId))) return fail('unknown-family')
    return ok({ familyId, postings: [{ account: { kind: 'credit', familyId }, cents: negate(amount) }] })
  }
  const { invoiceId } = destination
  const invoice = await lockInvoice(tx, organisationId, invoiceId)
  if (invoice?.billingUnitId !== billingUnitId) return fail('unknown-invoice')
  const { familyId } = invoice
  const { dues } = await lockAccounts(tx, { organisationId, billingUnitId, familyId })
  const settled = smaller(dues.get(invoiceId) ?? ZERO, amount)
  const rest = subtract(amount, settled)
  const postings: Posting[] = []
  if (settled > ZERO)
    postings.push({ account: { kind: 'receivable', familyId, invoiceId }, cents: negate(settled) })
  if (rest > ZERO) postings.push({ account: { kind: 'credit', familyId }, cents: negate(rest) })
  return ok({ familyId, postings })
}
