import type { Organisation } from '../organisations/organisation.ts'
import { Page } from '../web/layout.tsx'
import type { View } from '../web/request.ts'
import { Card } from '../web/ui.tsx'
import type { Contact } from './contact.ts'
import { ContactCard } from './help-pages.tsx'
import { legalTexts, type Part } from './legal-texts.ts'

const Parts = ({ parts }: { parts: readonly Part[] }) => (
  <>
    {parts.map((part) => (
      <>
        <h2>{part.heading}</h2>
        {part.paragraphs?.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        {part.list && <List lines={part.list} />}
      </>
    ))}
  </>
)

const List = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

const External = ({ href, text }: { href: string; text: string }) => (
  <a href={href} rel="external noreferrer">
    {text} {legalTexts.external}
  </a>
)

/** The notice of article 13 of the GDPR, in layers: five lines, then question by question. */
export const PrivacyPage = ({ view, contact }: { view: View; contact: Contact | undefined }) => {
  const { privacy } = legalTexts
  return (
    <Page view={view} title={privacy.title}>
      <div class="lecture">
        <Card id="t-resume" title={privacy.summaryTitle}>
          <List lines={privacy.summary} />
        </Card>
        <h2>{privacy.who}</h2>
        {contact ? <Responsible organisation={contact.organisation} /> : <p>{privacy.whoSeveral}</p>}
        <Parts parts={privacy.parts} />
        <h2>{privacy.retention}</h2>
        <RetentionTable />
        <Parts parts={privacy.after} />
        <h2>{privacy.complaint}</h2>
        <p>
          {privacy.complaintText}{' '}
          <External href="https://www.cnil.fr/fr/plaintes" text={privacy.complaintLink} />.
        </p>
      </div>
    </Page>
  )
}

const Responsible = ({ organisation }: { organisation: Organisation }) => (
  <>
    <p>{legalTexts.privacy.whoText}</p>
    <p>
      <strong>{organisation.name}</strong>, {organisation.address}
      <br />
      <span class="longue">{organisation.dataContact}</span>
    </p>
  </>
)

const RetentionTable = () => {
  const { retentionCaption, retentionColumns, retentionRows } = legalTexts.privacy
  return (
    <div class="carte">
      <table class="tab souple" role="table">
        <caption>{retentionCaption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {retentionColumns.map((column) => (
              <th role="columnheader" scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {retentionRows.map(([data, duration]) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                {data}
              </th>
              <td role="cell" class="libre">
                {duration}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The RGAA statement, honest about what was not measured. */
export const AccessibilityPage = ({ view, contact }: { view: View; contact: Contact | undefined }) => {
  const { accessibility } = legalTexts
  return (
    <Page view={view} title={accessibility.title} heading={accessibility.heading}>
      <div class="lecture">
        <Parts parts={accessibility.parts} />
        <h2>{accessibility.feedback}</h2>
        <p>{accessibility.feedbackText}</p>
        <ContactCard contact={contact} />
        <h2>{accessibility.remedy}</h2>
        <p>
          {accessibility.remedyText}{' '}
          <External href="https://formulaire.defenseurdesdroits.fr/" text={accessibility.remedyLink} />.
        </p>
      </div>
    </Page>
  )
}

/** Who publishes the portal: every organisation it serves. */
export const LegalPage = (props: { view: View; organisations: readonly Organisation[] }) => {
  const { legal } = legalTexts
  return (
    <Page view={props.view} title={legal.title}>
      <div class="lecture">
        <h2>{legal.publisher}</h2>
        {props.organisations.map((organisation) => (
          <p>
            <strong>{organisation.name}</strong>
            <br />
            {organisation.address}
            <br />
            <span class="num">{legal.siret(organisation.siret)}</span>
            <br />
            {organisation.phone}, <span class="longue">{organisation.email}</span>
          </p>
        ))}
        <p>{legal.director}</p>
        <h2>{legal.hosting}</h2>
        <p>{legal.hostingText}</p>
        <h2>{legal.payment}</h2>
        <p>{legal.paymentText}</p>
        <h2>{legal.credits}</h2>
        <p>{legal.creditsText}</p>
      </div>
    </Page>
  )
}
