// What would leave by mail: plans written and handed to the recording mailer, without the queue.
import type { MailWriters } from '../../src/mail/send-mail.ts'
import { sendMail } from '../../src/mail/send-mail.ts'
import type { MailId, OrganisationId } from '../../src/kernel/ids.ts'
import type { MailMessage } from '../../src/platform/mailer.ts'
import type { TestServices } from './services.ts'

/** Sends every mail that waits and is due, and gives them in the order of their plans. */
export async function sendDueMails(
  services: TestServices,
  writers: Partial<MailWriters>,
): Promise<readonly MailMessage[]> {
  const before = services.sent.length
  const waiting = await services.db
    .selectFrom('mail')
    .select(['organisation_id', 'id'])
    .where('sent_at', 'is', null)
    .where('not_before', '<=', services.clock.now())
    .orderBy('planned_at')
    .orderBy('id')
    .execute()
  for (const mail of waiting)
    await sendMail(
      services,
      writers as MailWriters,
      mail.organisation_id as OrganisationId,
      mail.id as MailId,
    )
  return services.sent.slice(before)
}

/** The path of the first link of the portal in a mail. */
export function linkIn(mail: MailMessage | undefined, publicUrl: string): string {
  const url = (mail?.text ?? '').split(/\s+/).find((word) => word.startsWith(`${publicUrl}/`))
  if (url === undefined) throw new Error('no link in this mail')
  return url.slice(publicUrl.length)
}
