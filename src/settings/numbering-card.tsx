import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, SubmitButton } from '../web/ui.tsx'
import { sectionPath } from './frame.tsx'
import type { Subject } from './subjects.ts'
import { texts } from './texts.ts'

const { numbering: words } = texts
const DIGITS = 6

/** The next number of the series, who gives it, and the way to give it here. */
export const NumberingCard = (props: {
  readonly view: View
  readonly subject: Subject
  readonly series: string
  readonly numbering: { readonly source: 'preau' | 'import' | null; readonly last: number | undefined }
  readonly mayEdit: boolean
  readonly problems?: Problems | undefined
}) => {
  const { series, numbering, subject } = props
  const numberOf = (last: number) => series + String(last).padStart(DIGITS, '0')
  return (
    <Card id="numeros">
      <Details
        items={[
          [words.source, words.sources[numbering.source ?? 'undecided']],
          [words.last, numbering.last === undefined ? words.none : numberOf(numbering.last)],
          ...(numbering.source === 'import'
            ? []
            : [
                [
                  words.next,
                  numbering.last === undefined ? (
                    words.afterHighest
                  ) : (
                    <b class="num">{numberOf(numbering.last + 1)}</b>
                  ),
                ] as const,
              ]),
        ]}
      />
      {numbering.source === 'import' && props.mayEdit && (
        <form
          class="formulaire espace"
          method="post"
          action={sectionPath('numerotation', subject.id)}
          noValidate
        >
          <FormToken view={props.view} />
          <input type="hidden" name="objet" value={subject.id} />
          <p>{words.takeOverText(series)}</p>
          <Field
            name="mot"
            label={texts.preview.word(series)}
            value=""
            size={12}
            autocomplete="off"
            problems={props.problems}
          />
          <SubmitButton look="secondary" name="geste" value="reprendre">
            {words.takeOver}
          </SubmitButton>
        </form>
      )}
    </Card>
  )
}
