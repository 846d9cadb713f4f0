import { formatCents, formatInstantDay, formatTime } from '../kernel/french.ts'
import { Field, Select } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, Empty, FormToken, LinkButton, Money, StateTag, SubmitButton } from '../web/ui.tsx'
import type { Batch } from './batch-store.ts'
import type { Control, Exception } from './control-store.ts'
import { isBlocking } from './control.ts'
import { batchTexts as words } from './invoice-texts.ts'
import { prepareTexts } from './prepare-texts.ts'

export type TypedBatch = { readonly lieu: string; readonly du: string; readonly au: string }

type Props = {
  readonly view: View
  readonly typed: TypedBatch
  readonly options: readonly (readonly [string, string])[]
  /** Undefined: nothing was chosen yet. */
  readonly control: Control | undefined
  /** Drafts whose doubts were accepted. */
  readonly accepted: readonly string[]
  readonly batchId: string
  readonly batches: readonly Batch[]
  readonly problems: Problems
}

export const BATCH_TAGS = {
  running: 'pending',
  stopped: 'due',
  done: 'ok',
  cancelling: 'pending',
  cancelled: 'neutral',
} as const

/** Choose, and see what is wrong before anything is issued; below, the batches there were. */
export const BatchListPage = (props: Props) => {
  const { view, typed, control, problems } = props
  return (
    <OfficePage
      view={view}
      title={words.title}
      lede={words.lede}
      current="batches"
      problems={problems}
      actions={
        <LinkButton href={paths.office.prepareMonth} look="secondary" small>
          {prepareTexts.title}
        </LinkButton>
      }
    >
      <section class="carte" aria-label={words.choose}>
        <form class="filtres" method="get" action={paths.office.batches} noValidate>
          <Select
            name="lieu"
            label={words.place}
            value={typed.lieu}
            options={props.options}
            problems={problems}
          />
          <Field name="du" label={words.from} value={typed.du} size={12} problems={problems} />
          <Field name="au" label={words.to} value={typed.au} size={12} problems={problems} />
          <p class="actions">
            <Button look={control ? 'secondary' : 'primary'} small icon="search">
              {words.control}
            </Button>
          </p>
        </form>
      </section>
      {control && <ControlCard {...props} control={control} />}
      <Card id="lots" title={words.list}>
        {props.batches.length === 0 ? (
          <p class="etiq">{words.noBatch}</p>
        ) : (
          <ul class="taches">
            {props.batches.map((batch) => (
              <li>
                <div>
                  <a href={paths.office.batch(batch.id)}>{batch.said}</a>
                  <p class="etiq">
                    {words.by(
                      batch.startedBy,
                      formatInstantDay(batch.startedAt),
                      formatTime(batch.startedAt),
                    )}
                  </p>
                </div>
                <span class="num">{batch.rowCount}</span>
                <StateTag kind={BATCH_TAGS[batch.state]}>{words.states[batch.state]}</StateTag>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </OfficePage>
  )
}

const ControlCard = ({ view, typed, control, accepted, batchId }: Props & { control: Control }) => {
  const { exceptions, exceptionCount, ready } = control
  const hidden = exceptionCount - exceptions.length
  if (exceptionCount + ready === 0)
    return (
      <Empty title={words.none}>
        <p>{words.noneNext}</p>
      </Empty>
    )
  return (
    <form method="post" action={paths.office.batches}>
      <FormToken view={view} />
      <input type="hidden" name="lot" value={batchId} />
      <input type="hidden" name="lieu" value={typed.lieu} />
      <input type="hidden" name="du" value={typed.du} />
      <input type="hidden" name="au" value={typed.au} />
      <section class="carte" aria-labelledby="controle">
        <h2 id="controle">{words.controlTitle}</h2>
        {exceptionCount === 0 ? (
          <p>{words.noException}</p>
        ) : (
          <>
            <h3>{words.exceptionsTitle(exceptionCount)}</h3>
            <p class="etiq">{words.exceptionsNote}</p>
            <Exceptions exceptions={exceptions} accepted={accepted} />
            {hidden > 0 && <p class="etiq">{words.moreExceptions(hidden)}</p>}
          </>
        )}
        <div class="pied-grille">
          <p class="grand">{words.ready(ready, formatCents(control.readyTotal))}</p>
          <SubmitButton icon="send">{words.start}</SubmitButton>
        </div>
      </section>
    </form>
  )
}

const Exceptions = (props: { exceptions: readonly Exception[]; accepted: readonly string[] }) => {
  const { columns } = words
  return (
    <table class="tab souple" role="table">
      <caption class="vh">{words.controlTitle}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(['family', 'total', 'why', 'accept'] as const).map((name) => (
            <th role="columnheader" scope="col" class={name === 'total' ? 'd' : undefined}>
              {columns[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.exceptions.map(({ id, familyName, total, reasons }) => (
          <tr role="row">
            <th role="rowheader" scope="row">
              <a href={paths.office.draft(id)}>
                {familyName}
                <span class="vh"> {words.fix}</span>
              </a>
            </th>
            <td role="cell" class="d" data-l={columns.total}>
              <Money cents={total} />
            </td>
            <td role="cell" data-l={columns.why}>
              {reasons.map(words.reason).join(', ')}
            </td>
            <td role="cell" data-l={columns.accept}>
              {reasons.some(isBlocking) ? (
                <a href={paths.office.draft(id)}>{words.fix}</a>
              ) : (
                <label class="coche">
                  <input type="checkbox" name="malgre" value={id} checked={props.accepted.includes(id)} />
                  <span class="vh">{words.accept(familyName)}</span>
                </label>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
