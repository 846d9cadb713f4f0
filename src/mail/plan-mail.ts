import type { Instant } from '../kernel/dates.ts'
import type { MailId, OrganisationId } from '../kernel/ids.ts'
import { planJob } from '../jobs/plan-job.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { MailPlan } from './mail.ts'

/**
 * Plans a mail once: a second plan under the same key changes nothing and gives false. The mail
 * leaves after the transaction commits, not before `notBefore`.
 */
export async function planMail(
  tx: Tx,
  organisationId: OrganisationId,
  mail: { key: string; recipient: string; plan: MailPlan; notBefore?: Instant },
  now: Instant,
): Promise<boolean> {
  const { kind, ...details } = mail.plan
  const mailId = newId<'mail'>(now) satisfies MailId
  const inserted = await tx
    .insertInto('mail')
    .values({
      organisation_id: organisationId,
      id: mailId,
      plan_key: mail.key,
      kind,
      recipient: mail.recipient,
      details: JSON.stringify(details),
      planned_at: now,
      not_before: mail.notBefore ?? now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'plan_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return false
  await planJob(
    tx,
    { name: 'send-mail', organisationId, mailId },
    { key: mailId, ...(mail.notBefore ? { runAt: mail.notBefore } : {}) },
  )
  return true
}
