import { writeOff } from '../billing/write-off.ts'
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { type DueInvoice, lockWriteOff, type WriteOffRequest } from './write-off-store.ts'

type Person = { readonly staffId: StaffId; readonly name: string }
type Asked = { readonly organisationId: OrganisationId; readonly id: string }

/**
 * Keeps a debt that somebody proposes to give up: nothing is booked. The same form sent twice is one
 * proposal; an invoice has one that waits at most.
 */
export async function proposeWriteOff(
  tx: Tx,
  organisationId: OrganisationId,
  invoice: DueInvoice,
  said: { readonly requestKey: string; readonly amount: Cents; readonly reason: string },
  by: Person,
  now: Instant,
): Promise<Result<null, 'above-due' | 'waiting-already'>> {
  if (said.amount <= ZERO || said.amount > invoice.due) return fail('above-due')
  const inserted = await tx
    .insertInto('write_off_request')
    .values({
      organisation_id: organisationId,
      id: newId<'writeOffRequest'>(now),
      request_key: said.requestKey,
      invoice_id: invoice.id,
      billing_unit_id: invoice.unitId,
      amount_cents: said.amount,
      reason: said.reason,
      prepared_by: by.staffId,
      prepared_name: by.name,
      prepared_at: now,
      state: 'waiting',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return ok(null)
  const known = tx
    .selectFrom('write_off_request')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('request_key', '=', said.requestKey)
  return (await known.executeTakeFirst()) ? ok(null) : fail('waiting-already')
}

export type DecideFailure = 'unknown-request' | 'decided-before' | 'same-person' | 'above-due' | 'failed'

/** Accepts a proposal, once and by another person: the debt is given up by its own verb. */
export async function acceptWriteOff(
  tx: Tx,
  { organisationId, id }: Asked,
  by: Person,
  now: Instant,
): Promise<Result<WriteOffRequest, DecideFailure>> {
  const request = await lockWriteOff(tx, organisationId, id)
  if (!request) return fail('unknown-request')
  if (request.state !== 'waiting') return fail('decided-before')
  if (request.preparedBy === by.staffId) return fail('same-person')
  const { invoiceId, amount, reason, preparedName } = request
  const decision = { decision: `proposition ${id}`, decidedBy: preparedName, approvedBy: by.name }
  const written = await writeOff(tx, { organisationId, invoiceId, amount, reason, ...decision }, now)
  if (!written.ok)
    return fail(
      written.failure === 'above-due' || written.failure === 'same-person' ? written.failure : 'failed',
    )
  await decide(tx, { organisationId, id }, by, { state: 'written', refusal: null }, now)
  return ok(request)
}

/** Refuses a proposal, once, with a reason: nothing was booked, nothing is. */
export async function refuseWriteOff(
  tx: Tx,
  { organisationId, id }: Asked,
  refusal: string,
  by: Person,
  now: Instant,
): Promise<Result<WriteOffRequest, DecideFailure>> {
  const request = await lockWriteOff(tx, organisationId, id)
  if (!request) return fail('unknown-request')
  if (request.state !== 'waiting') return fail('decided-before')
  await decide(tx, { organisationId, id }, by, { state: 'refused', refusal }, now)
  return ok(request)
}

async function decide(
  tx: Tx,
  { organisationId, id }: Asked,
  by: Person,
  decision: { readonly state: 'written' | 'refused'; readonly refusal: string | null },
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('write_off_request')
    .set({ ...decision, decided_by: by.staffId, decided_name: by.name, decided_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
}
