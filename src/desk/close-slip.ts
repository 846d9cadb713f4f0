import { present } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay } from '../kernel/dates.ts'
import { formatCents } from '../kernel/french.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Cents, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { depositPayments } from './deposit-payments.ts'
import { METHOD_OF, type SlipKind } from './slip.ts'
import { lockDeskPayments } from './store.ts'

type NewSlip = {
  readonly organisationId: OrganisationId
  readonly unit: Pick<BillingUnit, 'id' | 'series'>
  readonly kind: SlipKind
  readonly paymentIds: readonly string[]
  /** The total found on paper. */
  readonly control: Cents
  readonly depositedOn: Day
}

type Failure =
  | 'nothing-ticked'
  | 'control-differs'
  | 'unknown-payment'
  | 'not-depositable'
  | 'already-deposited'
  | 'already-reversed'

/**
 * Closes a slip for good: numbers it without a gap, books the deposit, and tells the journal. The
 * control total must equal the sum of what is on it (`control-differs`); every payment leaves once.
 */
export async function closeSlip(
  tx: Tx,
  { organisationId, unit, kind, paymentIds, control, depositedOn }: NewSlip,
  author: Author,
  now: Instant,
): Promise<Result<{ slipId: string; number: string }, Failure>> {
  if (paymentIds.length === 0) return fail('nothing-ticked')
  const payments = await lockDeskPayments(tx, organisationId, paymentIds)
  if (payments.some(({ method }) => method !== METHOD_OF[kind])) return fail('not-depositable')
  if (payments.some(({ deposited }) => deposited)) return fail('already-deposited')
  const amount = sum(payments.map((one) => one.amount))
  if (amount !== control) return fail('control-differs')
  const number = await nextNumber(tx, organisationId, unit.series, now)
  const slip = { organisationId, billingUnitId: unit.id, slip: number, depositedOn, paymentIds }
  const deposited = await depositPayments(tx, slip, now, author.name)
  if (!deposited.ok) {
    const { failure } = deposited
    // The number was drawn a moment ago.
    return failure === 'exists-with-other-content' ? fail('already-deposited') : fail(failure)
  }
  const entry = await tx
    .selectFrom('deposited_payment')
    .select('entry_id')
    .where('organisation_id', '=', organisationId)
    .where('slip', '=', number)
    .executeTakeFirstOrThrow()
  const slipId: string = newId<'slip'>(now)
  await tx
    .insertInto('deposit_slip')
    .values({
      organisation_id: organisationId,
      id: slipId,
      billing_unit_id: unit.id,
      number,
      kind,
      payments: payments.length,
      amount_cents: amount,
      control_cents: control,
      deposited_on: depositedOn,
      entry_id: entry.entry_id,
      closed_by: author.name,
      closed_at: now,
    })
    .execute()
  const changes = { payments: { after: payments.length }, amount: { after: formatCents(amount) } }
  await recordAct(tx, author, { kind: 'deposit.closed', object: number, changes }, now)
  return ok({ slipId, number })
}

/** « B-TH-2012-0014 »: without a gap per series and year. */
async function nextNumber(
  tx: Tx,
  organisationId: OrganisationId,
  series: string,
  now: Instant,
): Promise<string> {
  const year = parisDay(now).slice(0, 4)
  const next = await row<{ last: number }>(
    tx,
    sql`insert into number_series (organisation_id, name, last)
      values (${organisationId}, ${`slip ${series} ${year}`}, 1)
      on conflict (organisation_id, name) do update set last = number_series.last + 1
      returning last`,
  )
  return `B-${series}-${year}-${String(present(next, 'no slip number').last).padStart(4, '0')}`
}
