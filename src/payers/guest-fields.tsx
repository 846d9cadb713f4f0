import { Choices, Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { texts } from './texts.ts'

/** Who is invited: here and on the family's own page. */
export const GuestFields = (props: {
  form: Form
  problems: Problems | undefined
  emailHint?: string
  isOptional?: boolean
}) => {
  const { form, problems } = props
  const common = { problems, autocomplete: 'off', maxlength: 100 }
  return (
    <>
      <Field name="prenom" label={texts.fields.firstName} value={field(form, 'prenom')} {...common} />
      <Field name="nom" label={texts.fields.lastName} value={field(form, 'nom')} {...common} />
      <Field
        name="courriel"
        label={texts.fields.email}
        hint={props.emailHint}
        value={field(form, 'courriel')}
        inputmode="email"
        {...common}
        optional={props.isOptional ?? false}
        maxlength={254}
      />
      <Choices
        name="droits"
        label={texts.fields.role}
        value={field(form, 'droits')}
        choices={(['payer', 'reader'] as const).map((value) => ({
          value,
          label: texts.roles[value],
          hint: texts.roleHints[value],
        }))}
        problems={problems}
      />
    </>
  )
}
