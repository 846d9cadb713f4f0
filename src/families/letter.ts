// The letter that opens the portal to an adult without a mail address, for a window envelope. Pure.
import type { Printable } from '../documents/printable.ts'
import { formatInstantDay, formatLongDay } from '../kernel/french.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { AccessHolder } from './store.ts'
import { texts } from './texts.ts'

const { letter: words } = texts

/** The letter of one adult; `url` is the one-time link, which works until `until`. */
export function activationLetter(
  holder: AccessHolder,
  organisation: Organisation,
  portal: string,
  url: string,
  dates: { readonly now: Instant; readonly until: Instant },
): Printable {
  return {
    title: words.title(holder.name),
    author: organisation.name,
    createdAt: dates.now,
    letterhead: {
      name: organisation.name,
      lines: [organisation.address, words.phone(organisation.phone), organisation.email],
    },
    heading: { title: words.heading, lines: [formatLongDay(parisDay(dates.now))] },
    addressee: [holder.name, holder.address, `${holder.postalCode} ${holder.city}`],
    blocks: [
      { kind: 'text', text: words.greeting },
      { kind: 'text', text: words.purpose(organisation.name, portal) },
      { kind: 'facts', facts: [{ label: words.identifier, value: holder.identifier, strong: true }] },
      {
        kind: 'pay',
        title: words.linkTitle,
        lines: [words.link(url), words.until(formatInstantDay(dates.until)), words.question],
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
