// The mail that tells a payer of new invoices: how many and which, never how much.
import { composeMail } from '../documents/mail-page.tsx'
import type { OrganisationId } from '../kernel/ids.ts'
import type { MailPlanOf, WrittenMail } from '../mail/mail.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { findUnitTexts, type UnitTexts } from '../organisations/setting-store.ts'
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
  const announced = await listAnnounced(db, organisationId, plan.familyId, plan.day)
  const payer = await findPayer(db, organisationId, plan.adultId)
  const organisation = await findOrganisation(db, organisationId)
  if (announced.length === 0 || !payer || !organisation) return undefined
  const [unitId, ...others] = new Set(announced.map((one) => one.unitId))
  // The words of a unit are for its own invoices.
  const words =
    unitId !== undefined && others.length === 0
      ? await findUnitTexts(db, organisationId, unitId, plan.day)
      : {}
  const numbers = announced.map(({ number }) => number)
  return newInvoicesMail({ numbers, payer, organisation, words, publicUrl: config.publicUrl })
}

/** The mail of these invoices, with the unit's words where it has its own. */
export function newInvoicesMail(about: {
  readonly numbers: readonly string[]
  readonly payer: { readonly firstName: string; readonly lastName: string }
  readonly organisation: Pick<Organisation, 'name' | 'phone' | 'email'>
  readonly words: UnitTexts
  readonly publicUrl: string
}): WrittenMail {
  const { numbers, payer, organisation, words, publicUrl } = about
  const { mail } = texts
  const count = numbers.length
  const [first = ''] = numbers
  return composeMail({
    subject: mail.subject(count),
    parts: [
      { kind: 'text', text: mail.greeting(payer.firstName, payer.lastName) },
      { kind: 'text', text: words.mail_intro ?? mail.intro(count) },
      { kind: 'list', items: numbers.map(mail.item) },
      { kind: 'text', text: mail.after },
    ],
    action: mail.action(count),
    url: publicUrl + (count === 1 ? paths.invoice(first) : paths.invoices),
    closing: [
      mail.contact(organisation.phone, organisation.email),
      words.mail_signature ?? mail.signature(organisation.name),
    ],
  })
}
