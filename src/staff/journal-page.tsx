import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { Field, Select } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty, LinkButton } from '../web/ui.tsx'
import { ACT_KINDS } from './act.ts'
import type { JournalLine } from './journal-store.ts'
import { journalTexts as words } from './journal-texts.ts'

/** What was typed into the filters, by the names of the fields. */
export type Typed = { readonly [name in (typeof FILTER_NAMES)[number]]: string }
export const FILTER_NAMES = ['personne', 'famille', 'objet', 'action', 'du', 'au'] as const

/** The journal, a page at a time. */
export const JournalPage = (props: {
  view: View
  lines: readonly JournalLine[]
  typed: Typed
  problems: Problems
  staff: readonly { readonly id: string; readonly name: string }[]
  /** The page of older acts, and the first one; undefined when this is the last, or the first. */
  older: string | undefined
  newest: string | undefined
  csv: string | undefined
  showsAddresses: boolean
  isPart: boolean
}) => (
  <OfficePage
    view={props.view}
    title={words.title}
    lede={props.isPart ? words.ledePart : words.lede}
    current="journal"
    problems={props.problems}
    actions={
      props.csv !== undefined && (
        <LinkButton href={props.csv} look="secondary" small icon="download">
          {words.csv}
        </LinkButton>
      )
    }
  >
    <Filters {...props} />
    {props.lines.length === 0 ? (
      <div class="carte">
        <Empty title={words.empty}>
          <p>{words.emptyNext}</p>
        </Empty>
      </div>
    ) : (
      <Lines lines={props.lines} showsAddresses={props.showsAddresses} />
    )}
    <nav class="pages" aria-label={words.title}>
      {props.newest !== undefined && (
        <a class="b b-2 b-s" href={props.newest}>
          {words.newest}
        </a>
      )}
      {props.older !== undefined && (
        <a class="b b-2 b-s" rel="next" href={props.older}>
          {words.older}
        </a>
      )}
    </nav>
  </OfficePage>
)

const Filters = ({
  typed,
  problems,
  staff,
}: Pick<Parameters<typeof JournalPage>[0], 'typed' | 'problems' | 'staff'>) => (
  <section class="carte" aria-label={words.filters}>
    <form class="filtres" method="get" action={paths.office.journal} noValidate>
      <Select
        name="personne"
        label={words.person}
        value={typed.personne}
        options={[['', words.everybody], ...staff.map(({ id, name }) => [id, name] as const)]}
      />
      <Field name="famille" label={words.family} value={typed.famille} autocomplete="off" />
      <Field name="objet" label={words.object} value={typed.objet} autocomplete="off" />
      <Select
        name="action"
        label={words.kind}
        value={typed.action}
        options={[['', words.everything], ...ACT_KINDS.map((kind) => [kind, words.acts[kind]] as const)]}
      />
      <Field name="du" label={words.from} value={typed.du} size={12} problems={problems} />
      <Field name="au" label={words.to} value={typed.au} size={12} problems={problems} />
      <p class="actions">
        <Button look="secondary" small icon="search">
          {words.filter}
        </Button>
        {Object.values(typed).some((one) => one !== '') && <a href={paths.office.journal}>{words.reset}</a>}
      </p>
    </form>
  </section>
)

const Lines = ({ lines, showsAddresses }: { lines: readonly JournalLine[]; showsAddresses: boolean }) => (
  <div class="carte defile" role="region" aria-label={words.caption} tabIndex={0}>
    <table class="tab actes">
      <caption class="vh">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.what}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <td class="num" title={line.at.toISOString()}>
              {formatInstantDay(line.at)} <small>{formatTime(line.at)}</small>
            </td>
            <th scope="row">{line.staffName}</th>
            <td>
              <Sentence line={line} />
              <Technical line={line} showsAddresses={showsAddresses} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** « A donné un rôle à Nadia Lefèvre » : the act, then what it is about. */
const Sentence = ({ line }: { line: JournalLine }) => (
  <>
    {words.acts[line.kind] ?? line.kind}
    {line.familyName !== null && line.familyId !== null && (
      <>
        {' '}
        <a href={`${paths.office.journal}?famille=${encodeURIComponent(line.familyName)}`}>
          {line.familyName}
        </a>
      </>
    )}
    {line.object !== null && (
      <>
        {' '}
        <strong>{words.rights[line.object] ?? line.object}</strong>
      </>
    )}
    {line.reason !== null && <small>{words.reason(line.reason)}</small>}
    {changesOf(line).map((change) => (
      <small>{change}</small>
    ))}
  </>
)

const Technical = ({ line, showsAddresses }: { line: JournalLine; showsAddresses: boolean }) => (
  <details class="technique">
    <summary>{words.details}</summary>
    <small>
      {line.at.toISOString()} · {line.screen} · {showsAddresses ? line.clientAddress : words.masked}
    </small>
  </details>
)

/** Each change in words: « Rôle : – → Régie ». */
export const changesOf = ({ changes }: JournalLine): readonly string[] =>
  Object.entries(changes).map(([field, { before, after }]) =>
    words.changed(words.fields[field] ?? field, valueOf(before), valueOf(after)),
  )

const valueOf = (value: string | number | boolean | null | undefined): string =>
  value === undefined || value === null || value === ''
    ? '\u2013'
    : (words.values[String(value)] ?? String(value))
