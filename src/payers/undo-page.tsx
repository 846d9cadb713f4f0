import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import type { Merge } from './merge-store.ts'
import { mergeTexts as words } from './merge-texts.ts'
import { texts } from './texts.ts'

/** A merge that was done: undone while nothing depends on it, or why it cannot be any more. */
export const UndoPage = (props: {
  view: View
  merge: Merge
  isFinal: boolean
  isDone: boolean
  reason: string
  problems: Problems
}) => {
  const { view, merge, problems } = props
  return (
    <OfficePage
      view={view}
      title={words.undoTitle(merge.closedName, merge.keptName)}
      crumb={<a href={paths.office.payers(merge.keptId)}>{words.crumb}</a>}
      lede={words.undoLede(formatDay(parisDay(merge.mergedAt)), merge.mergedBy)}
      current="search"
      problems={problems}
      actions={
        <LinkButton href={paths.office.family(merge.keptId)} small>
          {texts.family(merge.keptName)}
        </LinkButton>
      }
    >
      <div class="etroit pile">
        {props.isDone && <Notice kind="success" title={words.done(merge.closedName)} live />}
        {merge.undoneAt !== null && (
          <Notice
            kind="info"
            title={words.undone(formatDay(parisDay(merge.undoneAt)), merge.undoneBy ?? '')}
          />
        )}
        {merge.undoneAt === null && props.isFinal && (
          <Notice kind="info" title={words.undoFailures['depended-on']} />
        )}
        {merge.undoneAt === null && !props.isFinal && (
          <Card id="annuler" title={words.undo}>
            <p>{words.undoText}</p>
            <form
              class="formulaire espace"
              method="post"
              action={paths.office.undoMerge(merge.id)}
              noValidate
            >
              <FormToken view={view} />
              <Field
                name="motif"
                label={words.undoReason}
                hint={words.undoReasonHint}
                value={props.reason}
                maxlength={200}
                autocomplete="off"
                problems={problems}
              />
              <SubmitButton look="secondary">{words.undo}</SubmitButton>
            </form>
          </Card>
        )}
      </div>
    </OfficePage>
  )
}
