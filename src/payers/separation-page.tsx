import type { FamilyHeader } from '../households/file-store.ts'
import { Choices, Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import { nameOf } from './invitation.ts'
import type { Member, SharedChild } from './people-store.ts'
import { texts } from './texts.ts'

const words = texts.separation

type Props = {
  readonly view: View
  readonly family: FamilyHeader
  readonly members: readonly Member[]
  readonly kids: readonly SharedChild[]
  readonly form: Form
  readonly problems: Problems
}

/** What opening a second file changes, then who pays it, where they live, and the children shared. */
export const SeparationPage = (props: Props) => {
  const { view, family, form, problems, members } = props
  const text = (name: string, label: string, more: object = {}) => (
    <Field
      name={name}
      label={label}
      value={field(form, name)}
      autocomplete="off"
      maxlength={200}
      problems={problems}
      {...more}
    />
  )
  return (
    <OfficePage
      view={view}
      title={words.title(family.name)}
      crumb={<a href={paths.office.payers(family.id)}>{words.crumb}</a>}
      current="search"
      problems={problems}
    >
      <div class="etroit pile">
        <Notice kind="info" title={words.consequences}>
          <ul>
            {words.list.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Notice>
        <Card>
          <form class="formulaire" method="post" action={paths.office.separate(family.id)} noValidate>
            <FormToken view={view} />
            <Choices
              name="payeur"
              label={words.who}
              value={field(form, 'payeur')}
              choices={[
                ...members.map((member) => ({
                  value: member.id,
                  label: nameOf(member),
                  hint: `${texts.roles[member.role]} · ${words.leaves}`,
                })),
                { value: 'autre', label: words.someone, hint: words.someoneHint },
              ]}
              problems={problems}
            />
            <fieldset class="champ">
              <legend>{words.someone}</legend>
              <div class="champs">
                {text('prenom', texts.fields.firstName, { optional: true })}
                {text('nom', texts.fields.lastName, { optional: true })}
              </div>
              {text('courriel', texts.fields.email, {
                optional: true,
                inputmode: 'email',
                hint: texts.office.emailHint,
              })}
            </fieldset>
            {text('nom-dossier', words.name)}
            {text('rue', words.street)}
            <div class="champs">
              {text('code-postal', words.postalCode, { size: 7, inputmode: 'numeric' })}
              {text('ville', words.city)}
            </div>
            {props.kids.length > 0 && <Kids {...props} />}
            {text('depuis', words.since, {
              size: 11,
              maxlength: 10,
              inputmode: 'numeric',
              hint: texts.fields.dayHint,
            })}
            <SubmitButton>{words.submit}</SubmitButton>
          </form>
        </Card>
      </div>
    </OfficePage>
  )
}

const Kids = ({ kids, form }: Props) => (
  <fieldset class="champ">
    <legend>{words.children}</legend>
    <div class="tuiles">
      {kids.map((child) => (
        <label class="tuile">
          <input
            type="checkbox"
            name="enfants"
            value={child.id}
            checked={(form.get('enfants') ?? []).includes(child.id)}
          />
          <span>{child.name}</span>
        </label>
      ))}
    </div>
  </fieldset>
)
