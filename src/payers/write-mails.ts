// The mails of this slice, written when they leave: an invitation's link is signed here and nowhere kept.
import { composeMail } from '../identity/access-mail.tsx'
import { formatInstantDay } from '../kernel/french.ts'
import type { MailWriters } from '../mail/send-mail.ts'
import { findOrganisation } from '../organisations/store.ts'
import { row, sql } from '../platform/db.ts'
import { paths } from '../web/paths.ts'
import { invitationState } from './invitation.ts'
import { findInvitation, invitationToken } from './invitation-store.ts'
import { letterTexts } from './letter-texts.ts'

const words = letterTexts.mail

export const payerMailWriters: Pick<MailWriters, 'adult-invitation' | 'dossier-news'> = {
  'adult-invitation': async ({ db, clock, keys, config }, organisationId, { invitationId }) => {
    const invitation = await findInvitation(db, organisationId, invitationId)
    const organisation = await findOrganisation(db, organisationId)
    if (!invitation || !organisation || invitationState(invitation, clock.now()) !== 'open') return undefined
    const mail = words.invitation(
      invitation.invitedBy,
      organisation.name,
      invitation.role,
      formatInstantDay(invitation.expiresAt),
    )
    const url = config.publicUrl + paths.joinFamily(invitationToken(keys, invitation))
    return composeMail(mail, { ...invitation, identifier: undefined }, organisation, url)
  },
  'dossier-news': async ({ db, config }, organisationId, { familyId, adultId, news, about }) => {
    const organisation = await findOrganisation(db, organisationId)
    // Who left the file meanwhile needs not hear of it.
    const told = await row<{ firstName: string; lastName: string; family: string }>(
      db,
      sql`select a.first_name as "firstName", a.last_name as "lastName", f.name as family
        from adult a join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
        where a.organisation_id = ${organisationId} and a.id = ${adultId} and a.family_id = ${familyId}`,
    )
    if (!told || !organisation) return undefined
    const mail = words.news[news](about, told.family)
    return composeMail(
      mail,
      { ...told, identifier: undefined },
      organisation,
      config.publicUrl + paths.profile,
    )
  },
}
