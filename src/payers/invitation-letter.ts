// The letter of an invitation, for who has no mail address; for a window envelope. Pure.
import type { Printable } from '../documents/printable.ts'
import type { FamilyHeader } from '../households/file-store.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import { formatInstantDay, formatLongDay } from '../kernel/french.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { type Invitation, nameOf } from './invitation.ts'
import { letterTexts } from './letter-texts.ts'

const words = letterTexts.letter

/** Addressed to the guest at the file's own address: staff hand it over, or forward it. */
export function invitationLetter(
  invitation: Invitation,
  family: FamilyHeader,
  organisation: Organisation,
  url: string,
  now: Instant,
): Printable {
  const name = nameOf(invitation)
  return {
    title: words.title(name),
    author: organisation.name,
    createdAt: now,
    letterhead: {
      name: organisation.name,
      lines: [organisation.address, words.phone(organisation.phone), organisation.email],
    },
    heading: { title: words.heading, lines: [formatLongDay(parisDay(now))] },
    addressee: [name, ...family.address.split('\n'), `${family.postalCode} ${family.city}`],
    blocks: [
      { kind: 'text', text: words.greeting },
      { kind: 'text', text: words.purpose(invitation.invitedBy, organisation.name) },
      { kind: 'text', text: words.role[invitation.role] },
      {
        kind: 'pay',
        title: words.linkTitle,
        lines: [words.link(url), words.until(formatInstantDay(invitation.expiresAt)), words.question],
        code: url,
        alt: words.linkAlt,
      },
      { kind: 'text', text: words.help(organisation.phone, organisation.email, organisation.openingHours) },
      { kind: 'text', text: words.secret, look: 'small' },
    ],
    footer: words.footer(organisation.name, organisation.siret),
    page: words.page,
  }
}
