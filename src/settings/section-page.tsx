// A section of settings: its form, or its values for who may only read; then what a change would do.
import { unreachable } from '../kernel/assert.ts'
import { Choices, Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { WordsField } from './words-field.tsx'
import type { View } from '../web/request.ts'
import { Button, Card, Details, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import { type SectionName, sectionPath } from './frame.tsx'
import { type Change, type Names, type Setting, showValue, typedOf, type Values } from './setting.ts'
import type { Preview } from './consequences.ts'
import type { Subject } from './subjects.ts'
import { texts } from './texts.ts'

export type FormProps = {
  readonly view: View
  readonly section: SectionName
  readonly subject: Subject
  readonly settings: readonly Setting[]
  readonly form: Form
  readonly seen: string
  readonly names: Names
  readonly problems?: Problems | undefined
}

/** The values, plain. */
export const Standing = (props: {
  readonly settings: readonly Setting[]
  readonly values: Values
  readonly names: Names
  readonly mayEdit: boolean
}) => (
  <Card id="valeurs">
    {!props.mayEdit && <p class="etiq">{texts.form.readOnly}</p>}
    <Details
      items={props.settings.map((one) => [
        texts.settings[one.column].label,
        <span class="tel-quel">{showValue(one, props.values[one.column], props.names)}</span>,
      ])}
    />
  </Card>
)

export const SettingsForm = (props: FormProps) => (
  <Card id="reglages">
    <form class="formulaire" method="post" action={sectionPath(props.section, props.subject.id)} noValidate>
      <FormToken view={props.view} />
      <input type="hidden" name="objet" value={props.subject.id} />
      <input type="hidden" name="vu" value={props.seen} />
      {props.settings.map((setting) => (
        <Input {...props} setting={setting} />
      ))}
      <SubmitButton>{texts.form.check}</SubmitButton>
    </form>
  </Card>
)

const Input = ({ setting, form, problems, names }: FormProps & { setting: Setting }) => {
  const { column, kind, max } = setting
  const { label, hint } = texts.settings[column]
  const common = { name: column, label, hint, problems, value: field(form, column) }
  switch (kind) {
    case 'words':
      return (
        <>
          <WordsField {...common} maxlength={max} />
          {column.startsWith('text.') && field(form, column) !== '' && (
            <p class="actions">
              <Button look="link" small name="geste" value={`defaut ${column}`}>
                {texts.form.default}
                <span class="vh">{` (${label})`}</span>
              </Button>
            </p>
          )}
        </>
      )
    case 'choice':
      return column === 'mode' ? (
        <Choices
          {...common}
          choices={Object.entries(texts.choices).map(([value, label]) => ({
            value,
            label,
            hint: texts.modeHelp[value],
          }))}
        />
      ) : (
        <Select {...common} options={[['', texts.nothing], ...names]} />
      )
    case 'amount':
    case 'positive':
      return <Field {...common} size={12} inputmode="decimal" autocomplete="off" />
    case 'count':
    case 'day':
    case 'series':
    case 'bic':
    case 'siret':
      return (
        <Field {...common} size={18} inputmode={kind === 'count' ? 'numeric' : 'text'} autocomplete="off" />
      )
    case 'line':
    case 'email':
    case 'iban':
      return (
        <Field
          {...common}
          inputmode={kind === 'email' ? 'email' : 'text'}
          maxlength={kind === 'line' ? max : 60}
          autocomplete="off"
        />
      )
    default:
      return unreachable(kind)
  }
}

/** What changes, what it does, and the button that does it. */
export const PreviewCard = (
  props: Omit<FormProps, 'form'> & {
    readonly form: Form
    readonly changes: readonly Change[]
    readonly preview: Preview
  },
) => {
  const { changes, preview, names, problems, view, form, subject } = props
  return (
    <Card id="apercu" title={texts.preview.title}>
      <table class="tab souple" role="table">
        <caption class="vh">{texts.preview.changes}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {[texts.preview.setting, texts.preview.from, texts.preview.to].map((column) => (
              <th role="columnheader" scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {changes.map(({ setting, standing, after }) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                {texts.settings[setting.column].label}
              </th>
              <td role="cell" class="libre tel-quel" data-l={texts.preview.from}>
                {showValue(setting, standing, names)}
              </td>
              <td role="cell" class="libre tel-quel" data-l={texts.preview.to}>
                <b>{showValue(setting, after, names)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 class="espace">{texts.preview.consequences}</h3>
      <ul class="consequences">
        {preview.consequences.map((sentence) => (
          <li>{sentence}</li>
        ))}
        <li>{texts.preview.effect}</li>
      </ul>
      <form
        class="formulaire espace"
        method="post"
        action={sectionPath(props.section, subject.id)}
        noValidate
      >
        <FormToken view={view} />
        <input type="hidden" name="objet" value={subject.id} />
        <input type="hidden" name="vu" value={props.seen} />
        {props.settings.map(({ column }) => (
          <input type="hidden" name={column} value={field(form, column)} />
        ))}
        {preview.word !== undefined && (
          <Field
            name="mot"
            label={texts.preview.word(preview.word)}
            value={field(form, 'mot')}
            size={20}
            autocomplete="off"
            spellcheck={false}
            problems={problems}
          />
        )}
        <p class="gestes">
          <SubmitButton name="geste" value="confirmer" icon="check">
            {texts.preview.confirm}
          </SubmitButton>
          <Button look="secondary" name="geste" value="corriger">
            {texts.preview.back}
          </Button>
          <LinkButton look="link" href={sectionPath(props.section, subject.id)}>
            {texts.preview.drop}
          </LinkButton>
        </p>
      </form>
    </Card>
  )
}

/** What stands now, where what was typed differs from it. */
export const Conflict = (props: {
  readonly settings: readonly Setting[]
  readonly standing: Values
  readonly form: Form
  readonly names: Names
}) => (
  <Notice kind="warning" title={texts.conflict.title} live>
    <p>{texts.conflict.text}</p>
    <dl class="fiche">
      {props.settings
        .filter((one) => typedOf(one, props.standing[one.column]) !== field(props.form, one.column).trim())
        .map((one) => (
          <>
            <dt>{texts.settings[one.column].label}</dt>
            <dd>
              {texts.conflict.standing}&nbsp;: {showValue(one, props.standing[one.column], props.names)}
            </dd>
          </>
        ))}
    </dl>
  </Notice>
)
