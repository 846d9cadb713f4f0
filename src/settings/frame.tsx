// Around every page of settings: the list of sections, whose settings they are, and who changed them.
import type { ComponentChildren } from 'preact'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import type { KeptChange } from '../organisations/setting-change.ts'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Icon, Notice } from '../web/ui.tsx'
import { type Column } from './setting.ts'
import type { Subject } from './subjects.ts'
import { texts } from './texts.ts'

export type SectionName = keyof typeof texts.sections
export const sectionNames = Object.keys(texts.sections) as readonly SectionName[]

export const sectionPath = (section: SectionName, subjectId?: string): string =>
  paths.office.settingsSection(section) + (subjectId === undefined ? '' : `?objet=${subjectId}`)

type FrameProps = {
  readonly view: View
  readonly section: SectionName
  readonly subjects: readonly Subject[]
  readonly subject?: Subject | undefined
  readonly heading?: string
  readonly saved?: string | undefined
  readonly problems?: Problems | undefined
  readonly children?: ComponentChildren
}

export const SettingsFrame = (props: FrameProps) => {
  const { section, subject, subjects } = props
  const title = props.heading ?? texts.sections[section]
  return (
    <OfficePage
      view={props.view}
      current="settings"
      title={subject ? `${title} – ${subject.name}` : title}
      heading={title}
      crumb={<a href={paths.office.settings}>{texts.all}</a>}
      lede={texts.ledes[section]}
      problems={props.problems}
    >
      {props.saved !== undefined && <Notice kind="success" title={props.saved} live />}
      <div class="reglages">
        <Sections current={section} subject={subject} />
        <div class="pile">
          {subjects.length > 1 && <Subjects section={section} subjects={subjects} subject={subject} />}
          {props.children}
        </div>
      </div>
    </OfficePage>
  )
}

const Sections = ({ current, subject }: { current: SectionName; subject: Subject | undefined }) => (
  <nav class="rubriques" aria-label={texts.nav}>
    <ul>
      {sectionNames.map((name) => (
        <li>
          <a
            href={sectionPath(name, subject?.kind === 'unit' ? subject.id : undefined)}
            aria-current={name === current ? 'page' : undefined}
          >
            {texts.sections[name]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** A few links; every one says what kind of thing it is, since a unit and an establishment share names. */
const Subjects = (props: {
  section: SectionName
  subjects: readonly Subject[]
  subject: Subject | undefined
}) => {
  const isMixed = new Set(props.subjects.map(({ kind }) => kind)).size > 1
  return (
    <nav class="objets" aria-label={texts.subjects}>
      <ul>
        {props.subjects.map((one) => (
          <li>
            <a
              href={sectionPath(props.section, one.id)}
              aria-current={one.id === props.subject?.id ? 'true' : undefined}
            >
              {isMixed && <small>{texts.subjectKinds[one.kind]}</small>}
              {one.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export const HISTORY = 20

const labelOf = (field: string): string =>
  Object.hasOwn(texts.settings, field) ? texts.settings[field as Column].label : field

/** Who changed what, latest first. */
export const History = (props: {
  readonly changes: readonly KeptChange[]
  readonly label?: (field: string) => string
}) => (
  <Card id="historique" title={texts.history.title}>
    {props.changes.length === 0 ? (
      <p class="etiq">{texts.history.empty}</p>
    ) : (
      <ul class="changements">
        {props.changes.map((one) => (
          <li>
            <p>
              <b>{(props.label ?? labelOf)(one.field)}</b>
            </p>
            <p class="avant-apres">
              <del>{one.before}</del> <Icon name="next" />
              <span class="vh"> {texts.preview.arrow} </span>
              <ins>{one.after}</ins>
            </p>
            <p class="etiq">
              {texts.history.by(one.by, formatInstantDay(one.at), formatTime(one.at))}
              {one.source === 'file' && ` (${texts.history.byFile})`}
            </p>
          </li>
        ))}
      </ul>
    )}
    {props.changes.length >= HISTORY && <p class="etiq">{texts.history.more(HISTORY)}</p>}
  </Card>
)
