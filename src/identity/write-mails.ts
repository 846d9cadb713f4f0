// The mails about access, written when they leave. A link's token is made here and nowhere kept.
import type { LoginId, OrganisationId } from '../kernel/ids.ts'
import type { WrittenMail } from '../mail/mail.ts'
import { type AccessMail, composeMail } from './access-mail.tsx'
import type { MailWriters } from '../mail/send-mail.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { insertLink } from './link-store.ts'
import type { LinkPurpose } from './links.ts'
import type { Login } from './login.ts'
import { findLogin } from './login-store.ts'
import { mailTexts } from './mail-texts.ts'

type AccessMailKind =
  | 'activation'
  | 'reset'
  | 'sign-in-failures'
  | 'password-changed'
  | 'email-confirmation'
  | 'email-changed'
  | 'email-change-asked'
  | 'request-decided'

/** The writers of this slice, for the total record of writers. */
export const accessMailWriters: Pick<MailWriters, AccessMailKind> = {
  activation: (services, organisationId, { loginId }) =>
    // Someone who chose a password meanwhile needs no activation any more.
    write(services, organisationId, loginId, mailTexts.activation, async (login) =>
      login.passwordHash === undefined && !login.closed
        ? paths.activation(await link(services, loginId, 'activation'))
        : undefined,
    ),
  reset: (services, organisationId, { loginId }) =>
    write(services, organisationId, loginId, mailTexts.reset, async (login) =>
      login.closed ? undefined : paths.reset(await link(services, loginId, 'reset')),
    ),
  'sign-in-failures': (services, organisationId, { loginId }) =>
    write(services, organisationId, loginId, mailTexts.failures, () => paths.forgotten),
  'password-changed': (services, organisationId, { loginId }) =>
    write(services, organisationId, loginId, mailTexts.passwordChanged, () => paths.home),
  'email-confirmation': (services, organisationId, { loginId, newEmail }) =>
    write(services, organisationId, loginId, mailTexts.emailConfirmation, async (login) =>
      login.closed ? undefined : paths.profileEmailConfirm(await link(services, loginId, 'email', newEmail)),
    ),
  'email-change-asked': (services, organisationId, { loginId }) =>
    write(services, organisationId, loginId, mailTexts.emailChangeAsked, () => paths.help),
  'request-decided': (services, organisationId, { loginId }) =>
    write(services, organisationId, loginId, mailTexts.requestDecided, () => paths.profile),
  'email-changed': (services, organisationId, { loginId }) =>
    write(services, organisationId, loginId, mailTexts.emailChanged, () => paths.home),
}

const link = (
  { db, clock }: Services,
  loginId: LoginId,
  purpose: LinkPurpose,
  newEmail?: string,
): Promise<string> =>
  db.transaction((tx) =>
    insertLink(tx, { loginId, purpose, ...(newEmail === undefined ? {} : { newEmail }) }, clock.now()),
  )

/** `pathFor` gives the page the mail leads to, or undefined when there is nothing left to say. */
async function write(
  services: Services,
  organisationId: OrganisationId,
  loginId: LoginId,
  mail: AccessMail,
  pathFor: (login: Login) => string | undefined | Promise<string | undefined>,
): Promise<WrittenMail | undefined> {
  const { db, config } = services
  const login = await findLogin(db, loginId)
  const organisation = await db
    .selectFrom('organisation')
    .select(['name', 'phone', 'email'])
    .where('id', '=', organisationId)
    .executeTakeFirst()
  if (!login || !organisation) return undefined
  const path = await pathFor(login)
  // The address comes from the settings, never from what a browser asked for (ASVS 6.4).
  return path === undefined ? undefined : composeMail(mail, login, organisation, config.publicUrl + path)
}
