import { quotientOn } from '../families/record-store.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay, formatInstantDay } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, SubmitButton } from '../web/ui.tsx'
import type { FamilyHeader } from './file-store.ts'
import type { People } from './people-cards.tsx'
import { peopleTexts as words } from './people-texts.ts'

/** The quotient of today, those before and after with their days, and a form for another. */
export const QuotientCard = (props: {
  view: View
  family: FamilyHeader
  people: People
  form: Form
  problems?: Problems | undefined
}) => {
  const { people } = props
  const current = quotientOn(people.quotients, people.now)
  const today = parisDay(people.now)
  return (
    <Card id="quotient" title={words.quotient.title} class="petite">
      {people.quotients.length === 0 && <p>{words.quotient.none}</p>}
      <ul class="personnes">
        {people.quotients.map((one) => (
          <li>
            <p>
              {one === current ? <b class="num">{one.quotient}</b> : <span class="num">{one.quotient}</span>}{' '}
              {words.quotient.from(formatDay(one.from))}
            </p>
            <p class="etiq">{words.quotient.by(one.recordedBy, formatInstantDay(one.recordedAt))}</p>
          </li>
        ))}
      </ul>
      {people.mayEdit && (
        <details class="replie" open={props.problems !== undefined}>
          <summary>{words.quotient.add}</summary>
          <form class="formulaire" method="post" action={paths.office.quotients(props.family.id)} noValidate>
            <FormToken view={props.view} />
            <Field
              name="quotient"
              label={words.quotient.value}
              hint={words.quotient.valueHint}
              value={field(props.form, 'quotient')}
              inputmode="numeric"
              autocomplete="off"
              size={7}
              problems={props.problems}
            />
            <Field
              name="depuis"
              label={words.quotient.day}
              hint={words.leaving.dayHint}
              value={field(props.form, 'depuis') || formatDay(today)}
              inputmode="numeric"
              autocomplete="off"
              size={11}
              problems={props.problems}
            />
            <SubmitButton look="secondary" small>
              {words.quotient.submit}
            </SubmitButton>
          </form>
        </details>
      )}
    </Card>
  )
}
