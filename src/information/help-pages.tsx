import { paths } from '../web/paths.ts'
import { Page } from '../web/layout.tsx'
import type { View } from '../web/request.ts'
import { Card, Icon } from '../web/ui.tsx'
import type { Contact } from './contact.ts'
import { type Question, texts } from './texts.ts'

/** « Aide et contact ». */
export const HelpPage = ({ view, contact }: { view: View; contact: Contact | undefined }) => (
  <Page view={view} title={texts.help.title} lede={texts.help.lede} current="help">
    <div class="deux">
      <section aria-labelledby="t-questions" class="pile-s">
        <h2 id="t-questions">{texts.help.questions}</h2>
        <div class="questions">
          {texts.help.list.map((question) => (
            <Answer {...question} />
          ))}
        </div>
      </section>
      <ContactCard contact={contact} />
    </div>
  </Page>
)

const Answer = ({ question, answer, link }: Question) => (
  <details>
    <summary>{question}</summary>
    {answer.map((paragraph) => (
      <p>{paragraph}</p>
    ))}
    {link && (
      <p>
        <a href={link.href}>{link.text}</a>
      </p>
    )}
  </details>
)

/** Phone, e-mail, address and hours of the organisation; whom to ask about each unit's invoices. */
export const ContactCard = ({ contact }: { contact: Contact | undefined }) => (
  <section class="carte petite" id="contact" aria-labelledby="t-contact">
    <h2 id="t-contact">{texts.contact.title}</h2>
    {contact ? <ContactLines contact={contact} /> : <p>{texts.contact.several}</p>}
    <p class="etiq espace">{texts.contact.stuck}</p>
  </section>
)

const ContactLines = ({ contact: { organisation, units } }: { contact: Contact }) => (
  <>
    <p>
      <strong>{organisation.name}</strong>
    </p>
    <ul class="liste espace">
      <li>
        <Icon name="phone" />
        <span>
          <a href={`tel:${organisation.phone.replaceAll(/[^+\d]/g, '')}`}>{organisation.phone}</a>
        </span>
      </li>
      <li>
        <Icon name="mail" />
        <span class="longue">
          <a href={`mailto:${organisation.email}`}>{organisation.email}</a>
        </span>
      </li>
      <li>
        <Icon name="clock" />
        <span>{organisation.openingHours}</span>
      </li>
      <li>
        <Icon name="place" />
        <span>{organisation.address}</span>
      </li>
    </ul>
    {units.map((unit) => (
      <div class="espace petit">
        <h3 class="etiq">{texts.contact.units(unit.name)}</h3>
        {unit.help !== undefined && <p class="tel-quel">{unit.help}</p>}
        <p>{unit.contact}</p>
        <p class="etiq">{texts.contact.otherMeans(unit.otherMeans)}</p>
      </div>
    ))}
  </>
)

const GROUPS = [
  {
    title: texts.siteMap.family,
    links: [
      [paths.home, texts.siteMap.pages.home],
      [paths.invoices, texts.siteMap.pages.invoices],
      [paths.account, texts.siteMap.pages.account],
      [paths.history, texts.siteMap.pages.history],
      [paths.profile, texts.siteMap.pages.profile],
    ],
  },
  {
    title: texts.siteMap.access,
    links: [
      [paths.signIn, texts.siteMap.pages.signIn],
      [paths.forgotten, texts.siteMap.pages.forgotten],
      [paths.activationRequest, texts.siteMap.pages.activation],
    ],
  },
  {
    title: texts.siteMap.information,
    links: [
      [paths.help, texts.siteMap.pages.help],
      [paths.accessibility, texts.siteMap.pages.accessibility],
      [paths.privacy, texts.siteMap.pages.privacy],
      [paths.legal, texts.siteMap.pages.legal],
    ],
  },
] as const

/** The second way to every page (RGAA 12.1). */
export const SiteMapPage = ({ view }: { view: View }) => (
  <Page view={view} title={texts.siteMap.title} lede={texts.siteMap.lede}>
    <div class="blocs">
      {GROUPS.map((group) => (
        <Card title={group.title} class="petite">
          <ul class="sans-puces">
            {group.links.map(([href, text]) => (
              <li>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  </Page>
)
