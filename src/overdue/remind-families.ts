import { DAY_MS, type Instant, later, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, sum, ZERO } from '../kernel/money.ts'
import { planMail } from '../mail/plan-mail.ts'
import { listPayerAddresses } from '../billing/store.ts'
import type { Read, Tx } from '../platform/db.ts'
import {
  findLastReminder,
  insertReminder,
  listOverdueOf,
  lockFamily,
  type Outcome,
  type Reminded,
} from './reminder-store.ts'

/** A family is reminded by a unit once in so many days: courteous, and never by two people at once. */
const REMINDER_DAYS = 14

type Whose = {
  readonly organisationId: OrganisationId
  readonly familyId: FamilyId
  readonly unitId: BillingUnitId
}
export type Prospect = {
  readonly outcome: Outcome
  /** What the mail would list. */
  readonly invoices: readonly Reminded[]
  readonly amount: Cents
}

/** What a reminder would do now: for the preview, and again under lock when it is sent. */
export async function readProspect(read: Read, whose: Whose, now: Instant): Promise<Prospect> {
  const all = await listOverdueOf(read, whose, parisDay(now))
  const invoices = all.filter(({ isHeld }) => !isHeld)
  const amount = sum(invoices.map(({ due }) => due))
  const nobody = { invoices: [], amount: ZERO }
  if (invoices.length === 0) return { outcome: all.length === 0 ? 'nothing-due' : 'under-way', ...nobody }
  const last = await findLastReminder(read, whose)
  if (last && last > later(now, -REMINDER_DAYS * DAY_MS)) return { outcome: 'recent', ...nobody }
  const addresses = await listPayerAddresses(read, whose.organisationId, whose.familyId)
  return { outcome: addresses.length === 0 ? 'no-address' : 'planned', invoices, amount }
}

/**
 * Plans a courteous mail to each payer of a family about what is overdue at a unit, and keeps what
 * became of it. Nothing is said of an invoice whose payment is under way or disputed; a family
 * reminded lately is left alone; the same round never reminds twice. Unknown families are skipped.
 */
export async function remindFamily(
  tx: Tx,
  whose: Whose,
  round: { readonly roundId: string; readonly by: string },
  now: Instant,
): Promise<Outcome | undefined> {
  const { organisationId, familyId, unitId } = whose
  if (!(await lockFamily(tx, organisationId, familyId))) return undefined
  const { outcome, invoices, amount } = await readProspect(tx, whose, now)
  const kept = { ...round, outcome, invoices: invoices.length, amount }
  if (!(await insertReminder(tx, whose, kept, now)) || outcome !== 'planned') return outcome
  const day = parisDay(now)
  for (const { id: adultId, email: recipient } of await listPayerAddresses(tx, organisationId, familyId))
    await planMail(
      tx,
      organisationId,
      {
        key: `reminder ${adultId} ${unitId} ${day}`,
        recipient,
        plan: { kind: 'reminder', adultId, familyId, billingUnitId: unitId },
      },
      now,
    )
  return outcome
}
