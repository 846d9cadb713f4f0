import { present } from '../kernel/assert.ts'
import type { MailId, OrganisationId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { MailKind, MailPlan, MailPlanOf, WrittenMail } from './mail.ts'

/** One writer per kind: it reads what it needs and writes the mail, or finds nothing left to say. */
export type MailWriters = {
  readonly [Kind in MailKind]: (
    services: Services,
    organisationId: OrganisationId,
    plan: MailPlanOf<Kind>,
  ) => Promise<WrittenMail | undefined>
}

/**
 * Sends one planned mail and marks it sent. A crash between the two may send it again, under the
 * same Message-ID. Throws when the mail server does not take it: the job is tried again later.
 */
export async function sendMail(
  services: Services,
  writers: MailWriters,
  organisationId: OrganisationId,
  mailId: MailId,
): Promise<void> {
  const { db, clock, mailer, config } = services
  const mail = present(
    await db
      .selectFrom('mail')
      .selectAll()
      .where('organisation_id', '=', organisationId)
      .where('id', '=', mailId)
      .executeTakeFirst(),
    `no mail ${mailId}`,
  )
  if (mail.sent_at !== null) return
  const mark = (change: { sent_at: Date } | { last_error: string }) =>
    db.transaction((tx) =>
      tx
        .updateTable('mail')
        .set({ attempts: mail.attempts + 1, ...change })
        .where('organisation_id', '=', organisationId)
        .where('id', '=', mailId)
        .execute(),
    )
  try {
    const plan = { kind: mail.kind, ...(mail.details as object) } as MailPlan
    const write = writers[plan.kind] as (
      services: Services,
      organisationId: OrganisationId,
      plan: MailPlan,
    ) => Promise<WrittenMail | undefined>
    const written = await write(services, organisationId, plan)
    if (written) {
      const messageId = `<${mailId}@${new URL(config.publicUrl).hostname}>`
      await mailer.send({ to: mail.recipient, messageId, ...written })
    }
    await mark({ sent_at: clock.now() })
  } catch (error) {
    await mark({ last_error: error instanceof Error ? error.message : String(error) })
    throw error
  }
}
