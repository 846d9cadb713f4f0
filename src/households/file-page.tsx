import { formatMobile } from '../identity/names.ts'
import { type Day, parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { isBeyondThreshold, type BillingUnit } from '../organisations/organisation.ts'
import { subtract, ZERO } from '../kernel/money.ts'
import type { Standing } from '../statements/store.ts'
import type { Form, Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import type { FamilyHeader, FileAdult } from './file-store.ts'
import { NoteForm } from './note-form.tsx'
import type { FileNote } from './note-store.ts'
import { AddPerson, AdultLine, Checklist, ChildrenCard, FamilyCard, type People } from './people-cards.tsx'
import { QuotientCard } from './quotient-card.tsx'
import { Timeline } from './timeline-list.tsx'
import type { EventKind, TimelineEvent } from './timeline.ts'
import { texts } from './texts.ts'

const words = texts.file

export type FamilyFile = {
  readonly family: FamilyHeader
  readonly adults: readonly FileAdult[]
  readonly standings: readonly { readonly unit: BillingUnit; readonly standing: Standing }[]
  readonly pending: number
}

/** « Famille 360° »: how it stands, one line of time, and at the side who they are. */
export const FilePage = (props: {
  view: View
  file: FamilyFile
  events: readonly TimelineEvent[]
  page: number
  pages: number
  kind: EventKind | undefined
  today: Day
  people: People
  notes: readonly FileNote[]
  /** What was typed into a form of this page. */
  form: Form
  mayViewAs: boolean
  mayReadJournal: boolean
  mayTakeMoney: boolean
  saved: string | undefined
  /** A gesture just made that can be taken back. */
  undo: { readonly action: string; readonly label: string } | undefined
  problems?: Problems
}) => {
  const { file, view } = props
  const { family } = file
  return (
    <OfficePage
      view={view}
      title={words.heading(family.name)}
      crumb={
        <>
          <a href={paths.office.search}>{words.crumb}</a>
          {family.key !== null && ` · ${words.key(family.key)}`}
        </>
      }
      lede={<Flags file={file} />}
      current="search"
      problems={props.problems}
      actions={
        <>
          {props.mayTakeMoney && (
            <LinkButton href={paths.office.entry(family.id)} small icon="coins">
              {words.takeMoney}
            </LinkButton>
          )}
          {props.mayReadJournal && (
            <LinkButton
              href={`${paths.office.journal}?dossier=${family.id}`}
              look="secondary"
              small
              icon="journal"
            >
              {words.journal}
            </LinkButton>
          )}
        </>
      }
    >
      <div class="pile">
        {props.saved !== undefined && (
          <Notice kind="success" title={props.saved} live>
            {props.undo && (
              <form method="post" action={props.undo.action}>
                <FormToken view={view} />
                <Button look="secondary" small icon="undo" name="geste" value="retour">
                  {props.undo.label}
                </Button>
              </form>
            )}
          </Notice>
        )}
        <Checklist family={family} people={props.people} />
        <Standings file={file} />
        <div class="dossier">
          <Timeline {...props} familyId={family.id} />
          <div class="pile-s">
            <Adults file={file} view={view} people={props.people} mayViewAs={props.mayViewAs} />
            <ChildrenCard family={family} people={props.people} />
            <FamilyCard family={family} people={props.people} />
            <QuotientCard
              view={view}
              family={family}
              people={props.people}
              form={props.form}
              problems={props.problems}
            />
            {props.people.mayEdit && <NoteForm {...props} familyId={family.id} />}
          </div>
        </div>
      </div>
    </OfficePage>
  )
}

const Flags = ({ file }: { file: FamilyFile }) => {
  const beyond = file.standings.some(({ unit, standing }) =>
    isBeyondThreshold(subtract(standing.credit, standing.due), unit.alertThreshold),
  )
  return (
    <span class="drapeaux">
      {beyond && <StateTag kind="danger">{words.flags.beyond}</StateTag>}
      {file.pending > 0 && <StateTag kind="pending">{words.flags.pending(file.pending)}</StateTag>}
      {file.family.requests > 0 && (
        <a href={paths.office.requests}>
          <StateTag kind="due">{words.flags.requests(file.family.requests)}</StateTag>
        </a>
      )}
      {file.adults.every(({ activatedAt }) => activatedAt === null) && (
        <StateTag kind="neutral">{words.flags.noAccess}</StateTag>
      )}
    </span>
  )
}

const Standings = ({ file }: { file: FamilyFile }) =>
  file.standings.length === 0 ? (
    <p class="etiq">{words.noUnit}</p>
  ) : (
    <div class="positions">
      {file.standings.map(({ unit, standing }) => (
        <section class="carte" aria-label={unit.name}>
          <p class="etiq">{unit.name}</p>
          {standing.due > ZERO && (
            <p>
              <span class="etiq">{words.due}</span>
              <strong class="grand debit">
                <Money cents={standing.due} />
              </strong>
              <span class="etiq">{words.unsettled(standing.unsettled)}</span>
            </p>
          )}
          {standing.credit > ZERO && (
            <p>
              <span class="etiq">{words.credit}</span>
              <strong class="grand">
                <Money cents={standing.credit} />
              </strong>
            </p>
          )}
          {standing.due === ZERO && standing.credit === ZERO && <p>{words.nothingDue}</p>}
        </section>
      ))}
    </div>
  )

const Adults = (props: { file: FamilyFile; view: View; people: People; mayViewAs: boolean }) => (
  <Card id="responsables" title={words.adults} class="petite">
    <ul class="personnes">
      {props.file.adults.map((adult) => (
        <li>
          <p>
            <b>{adult.name}</b> · {words.role[adult.role]}
          </p>
          {adult.email !== null && <p>{adult.email}</p>}
          {adult.mobile !== null && <p class="num">{formatMobile(adult.mobile)}</p>}
          <p class="etiq">
            {[
              adult.identifier === null ? '' : words.identifier(adult.identifier),
              adult.lastSeenAt === null ? '' : words.lastSeen(formatDay(parisDay(adult.lastSeenAt))),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <AdultLine familyId={props.file.family.id} adultId={adult.id} people={props.people} />
          {props.mayViewAs && adult.loginId !== null && (
            <form method="post" action={paths.office.viewAs(props.file.family.id)}>
              <FormToken view={props.view} />
              <input type="hidden" name="responsable" value={adult.id} />
              <Button look="secondary" small icon="eye">
                {words.viewAs}
                <span class="vh">{words.viewAsWho(adult.name)}</span>
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
    <AddPerson familyId={props.file.family.id} kind="adult" people={props.people} />
  </Card>
)
