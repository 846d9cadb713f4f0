import { composeMail } from '../documents/mail-page.tsx'
import { findPayer } from '../billing/store.ts'
import { parisDay } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { MailPlanOf, WrittenMail } from '../mail/mail.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { listOverdueOf } from './reminder-store.ts'
import { reminderTexts } from './reminder-texts.ts'

/** The reminder as it leaves: what is overdue and not under way at that moment; nothing when all was paid. */
export async function writeReminderMail(
  { db, config, clock }: Pick<Services, 'db' | 'config' | 'clock'>,
  organisationId: OrganisationId,
  { adultId, familyId, billingUnitId: unitId }: MailPlanOf<'reminder'>,
): Promise<WrittenMail | undefined> {
  const overdue = await listOverdueOf(db, { organisationId, familyId, unitId }, parisDay(clock.now()))
  const invoices = overdue.filter(({ isHeld }) => !isHeld)
  const payer = await findPayer(db, organisationId, adultId)
  const organisation = await findOrganisation(db, organisationId)
  const unit = await findUnit(db, organisationId, unitId)
  const [first] = invoices
  if (!first || !payer || !organisation || !unit) return undefined
  const { mail } = reminderTexts
  const count = invoices.length
  return composeMail({
    subject: mail.subject(count),
    parts: [
      { kind: 'text', text: mail.greeting(payer.firstName, payer.lastName) },
      { kind: 'text', text: mail.intro(count, unit.name) },
      { kind: 'list', items: invoices.map(({ number, dueOn }) => mail.item(number, dueOn)) },
      { kind: 'text', text: mail.help },
      { kind: 'text', text: mail.crossed },
    ],
    action: mail.action(count),
    url: config.publicUrl + (count === 1 ? paths.invoice(first.number) : paths.invoices),
    closing: [mail.contact(unit.contact), mail.signature(organisation.name)],
  })
}
