import type { Day } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, SubmitButton } from '../web/ui.tsx'
import { peopleTexts } from './people-texts.ts'

const words = peopleTexts.leaving

/** An adult or a child leaves, from a day on; or, once that is noted, stays after all. */
export const LeavingForm = (props: {
  view: View
  kind: 'adult' | 'child'
  action: string
  leftOn: Day | null
  today: Day
  problems?: Problems | undefined
}) => (
  <Card id="partir" title={words.title[props.kind]} class="petite">
    {props.leftOn !== null && <p>{words.left(formatDay(props.leftOn))}</p>}
    {props.leftOn === null && <p class="etiq">{words.lede[props.kind]}</p>}
    <form class="formulaire" method="post" action={props.action} noValidate>
      <FormToken view={props.view} />
      {props.leftOn === null ? (
        <>
          <Field
            name="depart"
            label={words.day}
            hint={words.dayHint}
            value={formatDay(props.today)}
            inputmode="numeric"
            autocomplete="off"
            size={11}
            problems={props.problems}
          />
          <SubmitButton look="secondary" small>
            {words.submit}
          </SubmitButton>
        </>
      ) : (
        <SubmitButton look="secondary" small icon="undo" name="geste" value="retour">
          {words.undo}
        </SubmitButton>
      )}
    </form>
  </Card>
)
