import { formatInstantDay } from '../kernel/french.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { Choices, Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, SubmitButton } from '../web/ui.tsx'
import { NOTE_KINDS, type FileNote } from './note-store.ts'
import { texts } from './texts.ts'

const words = texts.notes

/** Writes a note, for the team or for the family; and what the family sees now. */
export const NoteForm = (props: {
  view: View
  familyId: FamilyId
  notes: readonly FileNote[]
  form: Form
  problems?: Problems | undefined
}) => {
  const shown = props.notes.filter(({ kind, withdrawnAt }) => kind === 'visible' && withdrawnAt === null)
  return (
    <Card id="noter" title={words.title} class="petite">
      <form class="formulaire" method="post" action={paths.office.familyNotes(props.familyId)} noValidate>
        <FormToken view={props.view} />
        <Field
          name="note"
          label={words.label}
          value={field(props.form, 'note')}
          maxlength={500}
          autocomplete="off"
          problems={props.problems}
        />
        <Choices
          name="pour"
          label={words.forWhom}
          value={field(props.form, 'pour') || NOTE_KINDS[0]}
          choices={NOTE_KINDS.map((kind) => ({
            value: kind,
            label: words.kinds[kind],
            hint: words.kindHints[kind],
          }))}
        />
        <SubmitButton look="secondary" small>
          {words.submit}
        </SubmitButton>
      </form>
      {shown.length > 0 && (
        <>
          <h3 class="etiq">{words.shown}</h3>
          <ul class="personnes">
            {shown.map((note) => (
              <li>
                <p>{note.said}</p>
                <p class="etiq">
                  {words.by(note.writtenBy)}, {formatInstantDay(note.writtenAt)}
                </p>
                <form method="post" action={paths.office.withdrawNote(props.familyId, note.id)}>
                  <FormToken view={props.view} />
                  <SubmitButton look="secondary" small>
                    {words.withdraw}
                  </SubmitButton>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
