import { unreachable } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { lockCapture } from '../payments/capture-store.ts'
import { resolveSuspense } from '../payments/resolve-suspense.ts'
import { suspenseLeft } from '../payments/suspense-store.ts'
import type { Tx } from '../platform/db.ts'
import { openTask } from '../tasks/open-task.ts'
import { finishTask, listOpenTasks, postponeTask } from '../tasks/store.ts'
import { type Difference, keyOf } from './comparison.ts'
import { findOnlyInvoice } from './place-store.ts'
import type { CheckedDay } from './store.ts'

/** place: set-aside money to a family · accept: the surprise stands · report: a task · wait: put off until then. */
export type Treatment =
  | { readonly kind: 'place'; readonly familyId: FamilyId }
  | { readonly kind: 'accept' }
  | { readonly kind: 'report' }
  | { readonly kind: 'wait'; readonly until: Instant }

/** Tasks that say that the bank surprised the portal, and that accepting settles. */
const SURPRISES: readonly string[] = ['second-capture', 'taken-back', 'refund-found']

/**
 * Treats one difference by the verb that its kind has. Done twice it fails as `settled-before`; money
 * is placed on the one invoice that its order was for, else on the family's credit.
 */
export async function treatDifference(
  tx: Tx,
  { organisationId, contractId }: CheckedDay,
  difference: Difference,
  treatment: Treatment,
  by: { readonly name: string; readonly reason: string },
  now: Instant,
): Promise<Result<null, 'settled-before' | 'unknown-family'>> {
  const key = keyOf(difference)
  const about = async (kinds: readonly string[]) =>
    (await listOpenTasks(tx, organisationId)).filter(
      ({ kind, details }) =>
        kinds.includes(kind) &&
        [key, difference.portal?.key].some((one) => one === details['bankTransaction']),
    )
  switch (treatment.kind) {
    case 'place':
      return place(tx, organisationId, difference, treatment.familyId, by, now)
    case 'accept': {
      const open = await about(SURPRISES)
      for (const { id } of open)
        await finishTask(tx, organisationId, id, { by: by.name, note: by.reason }, now)
      return open.length === 0 ? fail('settled-before') : ok(null)
    }
    case 'report':
    case 'wait': {
      const { cents: amountCents, bank, portal } = difference
      const reference = bank?.reference ?? portal?.reference ?? ''
      const plan = { kind: 'bank-difference', amountCents, reference, bankTransaction: key } as const
      await openTask(tx, organisationId, { contractId }, `bank-difference ${contractId} ${key}`, plan, now)
      if (treatment.kind === 'wait')
        for (const { id } of await about(['bank-difference']))
          await postponeTask(tx, organisationId, id, treatment.until, by.reason)
      return ok(null)
    }
    default:
      return unreachable(treatment)
  }
}

async function place(
  tx: Tx,
  organisationId: CheckedDay['organisationId'],
  { portal }: Difference,
  familyId: FamilyId,
  by: { readonly name: string; readonly reason: string },
  now: Instant,
): Promise<Result<null, 'settled-before' | 'unknown-family'>> {
  const captureId = portal?.captureId
  const capture = captureId && (await lockCapture(tx, organisationId, captureId))
  if (!capture) return fail('settled-before')
  const left = await suspenseLeft(tx, capture)
  const invoiceId =
    portal.familyId === familyId ? await findOnlyInvoice(tx, organisationId, capture.id) : undefined
  const resolved = await resolveSuspense(
    tx,
    {
      organisationId,
      captureId: capture.id,
      requestKey: `rapprochement ${capture.id} ${left}`,
      amount: left,
      destination: invoiceId ? { kind: 'invoice', invoiceId } : { kind: 'credit', familyId },
      reason: by.reason,
    },
    now,
    by.name,
  )
  if (resolved.ok) return ok(null)
  return fail(resolved.failure === 'unknown-family' ? 'unknown-family' : 'settled-before')
}
