import { Field } from '../web/fields.tsx'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card } from '../web/ui.tsx'
import { type SectionName, sectionNames, sectionPath } from './frame.tsx'
import { type Column, SECTIONS, settingsOf, type SubjectKind } from './setting.ts'
import { texts } from './texts.ts'

type Found = { readonly section: SectionName; readonly label: string; readonly hint: string | undefined }

const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** Settings whose words have all those typed: accents and capitals do not count. */
export function search(typed: string): readonly Found[] {
  const wanted = plainWords(typed).split(/\s+/).filter(Boolean)
  const everything: Found[] = sectionNames.flatMap((section) => [
    { section, label: texts.sections[section], hint: texts.ledes[section] },
    ...columnsOf(section).map((column) => ({ section, ...texts.settings[column] })),
  ])
  return everything.filter(({ section, label, hint }) => {
    const said = plainWords(`${texts.sections[section]} ${label} ${hint ?? ''}`)
    return wanted.every((word) => said.includes(word))
  })
}

const KINDS: readonly SubjectKind[] = ['organisation', 'unit', 'establishment']
const columnsOf = (section: SectionName): readonly Column[] =>
  section === 'comptes' || !Object.hasOwn(SECTIONS, section)
    ? []
    : [...new Set(KINDS.flatMap((kind) => settingsOf(section, kind).map(({ column }) => column)))]

/** Every section with what it holds, and a search among all settings. */
export const HomePage = (props: {
  readonly view: View
  readonly typed: string
  readonly found: readonly Found[] | undefined
}) => (
  <OfficePage view={props.view} title={texts.title} lede={texts.lede} current="settings">
    <form
      class="cherche-page"
      method="get"
      action={paths.office.settings}
      role="search"
      aria-label={texts.search}
    >
      <Field
        name="q"
        label={texts.search}
        hint={texts.searchHint}
        value={props.typed}
        maxlength={100}
        autocomplete="off"
      />
      <Button look="secondary" icon="search">
        {texts.searchButton}
      </Button>
    </form>
    {props.found && (
      <Card id="trouves" title={texts.found(props.found.length, props.typed)}>
        {props.found.length === 0 ? (
          <p>{texts.foundNone}</p>
        ) : (
          <ul class="trouves">
            {props.found.map(({ section, label, hint }) => (
              <li>
                <a href={sectionPath(section)}>
                  {texts.sections[section] === label ? label : `${texts.sections[section]} › ${label}`}
                </a>
                {hint !== undefined && <span class="etiq"> {hint}</span>}
              </li>
            ))}
          </ul>
        )}
      </Card>
    )}
    <ul class="entrees">
      {sectionNames.map((section) => (
        <li>
          <a href={sectionPath(section)}>
            <b>{texts.sections[section]}</b>
            <span>{texts.ledes[section]}</span>
          </a>
        </li>
      ))}
    </ul>
  </OfficePage>
)
