import { type Instant, MINUTE_MS } from '../kernel/dates.ts'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Details, FormToken, LinkButton, Money, StateTag } from '../web/ui.tsx'
import { BATCH_TAGS } from './batch-list-page.tsx'
import type { Batch, ReportRow, RowState } from './batch-store.ts'
import { announcedPercent } from './control.ts'
import { batchTexts as words } from './invoice-texts.ts'

const grouped = new Intl.NumberFormat('fr-FR')
const said = (count: number) => grouped.format(count).replaceAll('\u202F', '\u00A0')

type Props = {
  readonly view: View
  readonly batch: Batch
  readonly counts: Readonly<Record<RowState, number>>
  readonly rows: readonly ReportRow[]
  readonly shown: number
  /** Until when the whole batch can be cancelled; undefined: no longer. */
  readonly cancelUntil: Instant | undefined
  readonly now: Instant
  readonly problems: Problems
}

/** How far a batch is, what may be done with it, and how each row came out. */
export const BatchPage = (props: Props) => {
  const { view, batch, problems } = props
  const isMoving = batch.state === 'running' || batch.state === 'cancelling'
  return (
    <OfficePage
      view={view}
      title={batch.said}
      crumb={<a href={paths.office.batches}>{words.title}</a>}
      lede={
        <>
          <StateTag kind={BATCH_TAGS[batch.state]}>{words.states[batch.state]}</StateTag>{' '}
          {words.by(batch.startedBy, formatInstantDay(batch.startedAt), formatTime(batch.startedAt))}
        </>
      }
      current="batches"
      problems={problems}
      actions={
        <LinkButton href={paths.office.batchCsv(batch.id)} look="secondary" small icon="download">
          {words.csv}
        </LinkButton>
      }
    >
      <Progress {...props} isMoving={isMoving} />
      <Report {...props} />
    </OfficePage>
  )
}

const Progress = ({ view, batch, counts, cancelUntil, now, isMoving }: Props & { isMoving: boolean }) => {
  const done = batch.state === 'cancelling' ? counts.cancelled + counts.kept : counts.issued + counts.failed
  const total = batch.state === 'cancelling' ? done + counts.issued : batch.rowCount
  const elapsed = now.getTime() - batch.startedAt.getTime()
  const left = done === 0 ? undefined : Math.round((elapsed * (total - done)) / done / MINUTE_MS)
  const shown = (Object.keys(words.counts) as RowState[]).filter((state) => counts[state] > 0)
  return (
    <section class="carte" aria-labelledby="avancement" data-refresh={isMoving ? 'true' : undefined}>
      <h2 id="avancement">{words.states[batch.state]}</h2>
      {isMoving && (
        <>
          <progress class="avancement" aria-labelledby="avancement" max={total} value={done} />
          <p>
            {words.progress(said(done), said(total))}
            {left !== undefined && `, ${words.minutes(left)}`}
          </p>
          <p class="vh" role="status" data-announce>
            {words.announced(announcedPercent(done, total))}
          </p>
          <p class="etiq">{words.leave}</p>
        </>
      )}
      <Details items={shown.map((state) => [words.counts[state], said(counts[state])] as const)} />
      <form class="gestes" method="post" action={paths.office.batch(batch.id)}>
        <FormToken view={view} />
        {isMoving && (
          <a class="b b-2 b-s" href={paths.office.batch(batch.id)}>
            {words.refresh}
          </a>
        )}
        {batch.state === 'running' && (
          <>
            <Button name="geste" value="arreter" look="secondary" small>
              {words.stop}
            </Button>
            <span class="etiq">{words.stopNote}</span>
          </>
        )}
        {batch.state === 'stopped' && (
          <Button name="geste" value="reprendre" small>
            {words.resume}
          </Button>
        )}
        {cancelUntil && batch.state !== 'cancelling' && batch.state !== 'cancelled' && (
          <>
            <Button name="geste" value="annuler" look="secondary" small>
              {words.cancel}
            </Button>
            <span class="etiq">
              {words.cancelNote(formatInstantDay(cancelUntil), formatTime(cancelUntil))}
            </span>
          </>
        )}
      </form>
    </section>
  )
}

const Report = ({ rows, shown }: Props) => {
  const { columns } = words
  return (
    <section class="carte" aria-labelledby="compte-rendu">
      <h2 id="compte-rendu">{words.report}</h2>
      {rows.length === shown && <p class="etiq">{words.shown(shown)}</p>}
      <table class="tab souple" role="table">
        <caption class="vh">{words.report}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['family', 'number', 'total', 'state', 'why'] as const).map((name) => (
              <th role="columnheader" scope="col" class={name === 'total' ? 'd' : undefined}>
                {columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((one) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                {one.familyName}
              </th>
              <td role="cell" class="num" data-l={columns.number}>
                {one.number === null ? (
                  <a href={paths.office.draft(one.draftId)}>{words.fix}</a>
                ) : (
                  <a href={paths.office.invoice(one.number)}>{one.number}</a>
                )}
              </td>
              <td role="cell" class="d" data-l={columns.total}>
                <Money cents={one.total} />
              </td>
              <td role="cell" data-l={columns.state}>
                {words.rows[one.state]}
              </td>
              <td role="cell" data-l={columns.why}>
                {one.reasons.map(words.reason).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
