import { composeMail } from '../identity/access-mail.tsx'
import type { MailWriters } from '../mail/send-mail.ts'
import { findOrganisation } from '../organisations/store.ts'
import { paths } from '../web/paths.ts'
import { findMember, insertStaffLink } from './member-store.ts'
import { texts } from './texts.ts'

/** The writer of this slice, for the total record of writers. The link is made as the mail leaves. */
export const staffMailWriters: Pick<MailWriters, 'staff-invitation'> = {
  'staff-invitation': async ({ db, clock, config }, organisationId, { staffId }) => {
    const member = await findMember(db, staffId)
    const organisation = await findOrganisation(db, organisationId)
    if (!member || !organisation || member.suspendedAt) return undefined
    const token = await db.transaction((tx) => insertStaffLink(tx, staffId, clock.now()))
    const mail = member.passwordHash === null ? texts.mail.invitation : texts.mail.reset
    return composeMail(mail, member, organisation, config.publicUrl + paths.office.invitation(token))
  },
}
