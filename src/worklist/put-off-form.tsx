// Until when, and why: the same form for a task and for a block.
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import type { View } from '../web/request.ts'
import { FormToken, SubmitButton } from '../web/ui.tsx'
import { texts } from './texts.ts'

const words = texts.task

export const PutOffForm = (props: {
  view: View
  action: string
  hidden: readonly (readonly [name: string, value: string])[]
  form: Form
  problems?: Problems | undefined
}) => (
  <form class="formulaire" method="post" action={props.action} noValidate>
    <FormToken view={props.view} />
    {props.hidden.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Field
      name="jusqu-au"
      label={words.until}
      hint={words.untilHint}
      value={field(props.form, 'jusqu-au')}
      size={12}
      problems={props.problems}
    />
    <Field
      name="motif"
      label={words.reason}
      value={field(props.form, 'motif')}
      maxlength={300}
      problems={props.problems}
    />
    <SubmitButton look="secondary" icon="later">
      {words.postpone}
    </SubmitButton>
  </form>
)
