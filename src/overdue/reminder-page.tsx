import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { WrittenMail } from '../mail/mail.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Empty, FormToken, LinkButton, Money, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import type { TypedFilter } from './read-filter.ts'
import type { Prospect } from './remind-families.ts'
import type { Outcome, RoundLine } from './reminder-store.ts'
import { reminderTexts as words } from './reminder-texts.ts'
import type { OverdueLine } from './store.ts'

export type Previewed = Prospect & { readonly line: OverdueLine }

const Back = ({ typed }: { typed?: TypedFilter }) => {
  const query = new URLSearchParams(Object.entries(typed ?? {}).filter(([, value]) => value !== ''))
  return <a href={`${paths.office.overdue}?${query.toString()}`}>{words.back}</a>
}

/** Whom the reminder would reach and whom not, the mail itself, and one button. */
export const PreviewPage = (props: {
  view: View
  roundId: string
  previewed: readonly Previewed[]
  example: WrittenMail | undefined
  typed: TypedFilter
  isCapped: number | undefined
}) => {
  const { previewed, example } = props
  const planned = previewed.filter(({ outcome }) => outcome === 'planned')
  const others = previewed.length - planned.length
  return (
    <OfficePage
      view={props.view}
      title={words.title}
      crumb={<Back typed={props.typed} />}
      lede={words.lede}
      current="overdue"
    >
      {props.isCapped !== undefined && <Notice kind="info" title={words.capped(props.isCapped)} />}
      {planned.length === 0 && (
        <Empty title={words.nobody}>
          <p>{previewed.length === 0 ? words.choose : words.nobodyNext}</p>
          <p>
            <Back typed={props.typed} />
          </p>
        </Empty>
      )}
      {previewed.length > 0 && (
        <Families
          title={[words.will(planned.length), others > 0 ? words.willNot(others) : '']
            .filter(Boolean)
            .join(', ')}
          said={words.prospects}
          lines={previewed.map(({ line, outcome, invoices, amount }) => ({
            ...line,
            outcome,
            invoices: invoices.length,
            amount,
          }))}
        />
      )}
      {example && (
        <Card id="exemple" title={words.example}>
          <p>
            <strong>
              {words.subject} {example.subject}
            </strong>
          </p>
          <pre class="courriel">{example.text}</pre>
        </Card>
      )}
      {planned.length > 0 && (
        <form method="post" action={paths.office.reminders} class="gestes">
          <FormToken view={props.view} />
          <input type="hidden" name="tour" value={props.roundId} />
          {previewed.map(({ line }) => (
            <input type="hidden" name="f" value={`${line.familyId}.${line.unitId}`} />
          ))}
          <Back typed={props.typed} />
          <SubmitButton icon="send">{words.send(planned.length)}</SubmitButton>
        </form>
      )}
    </OfficePage>
  )
}

/** What became of a round: reloaded, it says the same. */
export const ReportPage = ({ view, lines }: { view: View; lines: readonly RoundLine[] }) => {
  const planned = lines.filter(({ outcome }) => outcome === 'planned').length
  const [first] = lines
  return (
    <OfficePage view={view} title={words.reportTitle} crumb={<Back />} current="overdue">
      {first && (
        <Notice
          kind="success"
          title={words.done(planned, lines.length - planned, first.by, formatDay(parisDay(first.at)))}
          live
        />
      )}
      <Families title={words.caption} said={words.outcomes} lines={lines} />
      <p>
        <LinkButton href={paths.office.overdue} look="secondary">
          {words.back}
        </LinkButton>
      </p>
    </OfficePage>
  )
}

const Families = (props: {
  title: string
  said: { readonly [outcome in Outcome]: string }
  lines: readonly {
    readonly familyId: string
    readonly familyName: string
    readonly unitName: string
    readonly outcome: Outcome
    readonly invoices: number
    readonly amount: Cents
  }[]
}) => {
  const { columns } = words
  return (
    <Card id="familles" title={props.title}>
      <table class="tab souple" role="table">
        <caption class="vh">{words.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['family', 'unit', 'invoices', 'amount', 'outcome'] as const).map((name) => (
              <th role="columnheader" scope="col" class={name === 'amount' ? 'd' : undefined}>
                {columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.lines.map((one) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                <a href={paths.office.family(one.familyId)}>{one.familyName}</a>
              </th>
              <td role="cell" data-l={columns.unit}>
                {one.unitName}
              </td>
              <td role="cell" class="num" data-l={columns.invoices}>
                {one.invoices}
              </td>
              <td role="cell" class="d" data-l={columns.amount}>
                <Money cents={one.amount} />
              </td>
              <td role="cell" data-l={columns.outcome}>
                <StateTag kind={one.outcome === 'planned' ? 'ok' : 'neutral'}>
                  {props.said[one.outcome]}
                </StateTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
