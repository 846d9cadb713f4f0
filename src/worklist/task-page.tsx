import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { describeTask } from '../tasks/describe-task.ts'
import type { OpenTask } from '../tasks/store.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import { PutOffForm } from './put-off-form.tsx'
import { texts } from './texts.ts'

/** One task: what is known of it, and two ways to be done with it. */
export const TaskPage = (props: { view: View; task: OpenTask; form: Form; problems?: Problems }) => {
  const { task, view, form, problems } = props
  const words = texts.task
  const [what = '', ...facts] = describeTask(task).split('\n')
  return (
    <OfficePage
      view={view}
      title={words.title}
      heading={what}
      crumb={<a href={paths.office.home}>{words.back}</a>}
      lede={words.opened(formatInstantDay(task.since), formatTime(task.since))}
      current="worklist"
      problems={problems}
    >
      <div class="pile-s">
        {facts.length > 0 && (
          <div class="carte">
            <ul class="sans-puces">
              {facts.map((fact) => (
                <li>{fact.trim()}</li>
              ))}
            </ul>
          </div>
        )}
        {task.notBefore && task.note !== null && (
          <Notice kind="pending" title={texts.postponedUntil(formatInstantDay(task.notBefore), task.note)} />
        )}
        <div class="blocs">
          <Card id="regle" title={words.doneTitle} class="petite">
            <form class="formulaire" method="post" action={paths.office.task(task.id)} noValidate>
              <FormToken view={view} />
              <input type="hidden" name="geste" value="terminer" />
              <Field
                name="fait"
                label={words.doneNote}
                hint={words.doneHint}
                value={field(form, 'fait')}
                maxlength={300}
                problems={problems}
              />
              <SubmitButton icon="check">{words.done}</SubmitButton>
            </form>
          </Card>
          <Card id="plus-tard" title={words.postponeTitle} class="petite">
            <PutOffForm
              view={view}
              action={paths.office.task(task.id)}
              hidden={[['geste', 'reporter']]}
              form={form}
              problems={problems}
            />
          </Card>
        </div>
      </div>
    </OfficePage>
  )
}
