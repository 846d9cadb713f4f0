// What is asked of the service, one form each; what may be changed alone is in profile-forms.tsx.
import { Field } from '../web/fields.tsx'
import { field } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { type FormPage, Shell } from './profile-forms.tsx'
import { profileTexts as texts } from './profile-texts.ts'

const words = texts.requests

export const PhoneForm = (props: FormPage) => (
  <Shell {...props} title={texts.phone} note={words.note} action={paths.profilePhone} submit={words.send}>
    <Field
      name="telephone"
      label={texts.phone}
      hint={words.phoneHint}
      value={field(props.form, 'telephone')}
      autocomplete="tel"
      inputmode="tel"
      optional
      problems={props.problems}
    />
  </Shell>
)

const Names = (props: FormPage) => (
  <>
    <Field
      name="prenom"
      label={words.firstName}
      value={field(props.form, 'prenom')}
      maxlength={100}
      problems={props.problems}
    />
    <Field
      name="nom"
      label={words.lastName}
      value={field(props.form, 'nom')}
      maxlength={100}
      problems={props.problems}
    />
  </>
)

export const NameForm = (props: FormPage) => (
  <Shell {...props} title={texts.name} note={words.note} action={paths.profileName} submit={words.send}>
    <Names {...props} />
  </Shell>
)

export const ChildForm = (props: FormPage & { childId: string; name: string }) => (
  <Shell
    {...props}
    title={props.name}
    note={words.note}
    action={paths.profileChild(props.childId)}
    submit={words.send}
  >
    <Names {...props} />
    <Field
      name="naissance"
      label={words.bornOn}
      hint={words.dayHint}
      value={field(props.form, 'naissance')}
      inputmode="numeric"
      size={11}
      problems={props.problems}
    />
  </Shell>
)
