// The mail that tells a payer of new invoices: how many and which, never how much.
import { composeMail } from '../documents/mail-page.tsx'
import type { OrganisationId } from '../kernel/ids.ts'
import type { MailPlanOf, WrittenMail } from '../mail/mail.ts'
import { findOrganisation } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { findPayer, listAnnounced } from './store.ts'
import { texts } from './texts.ts'

/** The mail, or nothing when what it would tell was settled meanwhile, or the adult is no payer any more. */
export async function writeNewInvoicesMail(
  { db, config }: Services,
  organisationId: OrganisationId,
  plan: MailPlanOf<'new-invoices'>,
): Promise<WrittenMail | undefined> {
  const numbers = await listAnnounced(db, organisationId, plan.familyId, plan.day)
  const payer = await findPayer(db, organisationId, plan.adultId)
  const organisation = await findOrganisation(db, organisationId)
  if (numbers.length === 0 || !payer || !organisation) return undefined
  const { mail } = texts
  const count = numbers.length
  const [first = ''] = numbers
  return composeMail({
    subject: mail.subject(count),
    parts: [
      { kind: 'text', text: mail.greeting(payer.firstName, payer.lastName) },
      { kind: 'text', text: mail.intro(count) },
      { kind: 'list', items: numbers.map(mail.item) },
      { kind: 'text', text: mail.after },
    ],
    action: mail.action(count),
    url: config.publicUrl + (count === 1 ? paths.invoice(first) : paths.invoices),
    closing: [mail.contact(organisation.phone, organisation.email), mail.signature(organisation.name)],
  })
}
