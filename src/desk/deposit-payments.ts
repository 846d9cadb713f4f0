import { assert } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { negate, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { postEntry } from '../ledger/post-entry.ts'
import type { Tx } from '../platform/db.ts'
import { accountOf } from './desk-payment.ts'
import { lockDeskPayments } from './store.ts'

type Slip = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  /** The slip's own number: a slip is deposited once. */
  readonly slip: string
  readonly depositedOn: Day
  readonly paymentIds: readonly string[]
}

type Failure =
  | 'unknown-payment'
  | 'not-depositable'
  | 'already-deposited'
  | 'already-reversed'
  | 'exists-with-other-content'

/**
 * Takes cheques and vouchers, or cash, of one unit to the bank, on one slip; once per slip, each payment
 * once. What lies in the bank already, or another account's, is `not-depositable`.
 */
export async function depositPayments(
  tx: Tx,
  slip: Slip,
  now: Instant,
  actor: string,
): Promise<Result<{ deposited: boolean }, Failure>> {
  const { organisationId, billingUnitId } = slip
  const ids = [...new Set(slip.paymentIds)].toSorted()
  const payments = await lockDeskPayments(tx, organisationId, ids)
  if (ids.length === 0 || payments.length !== ids.length) return fail('unknown-payment')
  const account = accountOf(payments[0]?.method ?? 'transfer')
  if (
    account === 'bank' ||
    payments.some((one) => accountOf(one.method) !== account || one.billingUnitId !== billingUnitId)
  )
    return fail('not-depositable')
  const amount = sum(payments.map((one) => one.amount))
  const fact = [slip.slip, slip.depositedOn, amount, ...ids].join(' ')
  const known = await knownSlip(tx, slip)
  if (!known) {
    if (payments.some((one) => one.deposited)) return fail('already-deposited')
    if (payments.some((one) => one.undone)) return fail('already-reversed')
  }
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'deposit',
    sourceKey: slip.slip,
    fact,
    accountingOn: parisDay(now),
    valueOn: slip.depositedOn,
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: 'bank' }, cents: amount },
      { account: { kind: account }, cents: negate(amount) },
    ],
  })
  if (!booked.ok) return booked
  const { entryId } = booked.value
  if (!booked.value.booked) return ok({ deposited: false })
  assert(!known, `slip ${slip.slip} is known and was not booked`)
  await tx
    .insertInto('deposited_payment')
    .values(
      ids.map((id) => ({
        organisation_id: organisationId,
        desk_payment_id: id,
        slip: slip.slip,
        entry_id: entryId,
      })),
    )
    .execute()
  return ok({ deposited: true })
}

async function knownSlip(tx: Tx, { organisationId, billingUnitId, slip }: Slip): Promise<boolean> {
  const found = await tx
    .selectFrom('entry')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('billing_unit_id', '=', billingUnitId)
    .where('kind', '=', 'deposit')
    .where('source_key', '=', slip)
    .executeTakeFirst()
  return found !== undefined
}
