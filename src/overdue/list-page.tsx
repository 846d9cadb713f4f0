import { type Day, parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { Place } from '../invoicing/places.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty, LinkButton, Money, StateTag } from '../web/ui.tsx'
import { ageOf, daysLate } from './filter.ts'
import { Ages, Filters, link } from './filter-bar.tsx'
import type { ReadFilter } from './read-filter.ts'
import type { AgeTotal, OverdueLine } from './store.ts'
import { texts } from './texts.ts'

/** An invoice list is cut here in its line; the family's page and the file have them all. */
const SHOWN_INVOICES = 4

type Props = {
  readonly view: View
  readonly asked: ReadFilter
  readonly today: Day
  readonly places: readonly Place[]
  readonly totals: readonly AgeTotal[]
  readonly lines: readonly OverdueLine[]
  /** The place of the next page in the order. */
  readonly next: string | undefined
  readonly isPrint: boolean
  readonly mayExport: boolean
  readonly mayRemind: boolean
  readonly mayWriteOff: boolean
  readonly limits: { readonly print: number; readonly remind: number }
}

export const OverduePage = (props: Props) => {
  const { asked, lines, today, isPrint } = props
  const { columns } = texts
  return (
    <OfficePage
      view={props.view}
      title={texts.title}
      lede={texts.lede(today)}
      current="overdue"
      problems={asked.problems}
      actions={
        props.mayWriteOff && (
          <LinkButton href={paths.office.writeOffs} look="secondary" small>
            {texts.writeOffs.title}
          </LinkButton>
        )
      }
    >
      <Ages {...props} />
      {!isPrint && <Filters {...props} />}
      {isPrint && <p class="etiq">{texts.printed(props.limits.print)}</p>}
      {lines.length === 0 ? (
        <Empty title={texts.empty}>
          <p>{texts.emptyNext}</p>
          <p>
            <a href={paths.office.overdue}>{texts.reset}</a>
          </p>
        </Empty>
      ) : (
        <form method="get" action={paths.office.reminders}>
          {Object.entries(asked.typed).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <section class="carte" aria-label={texts.caption}>
            <p class="etiq" role="status">
              {texts.shown(lines.length)}
            </p>
            <table class="tab souple impayes" role="table">
              <caption class="vh">{texts.caption}</caption>
              <thead role="rowgroup">
                <tr role="row">
                  {props.mayRemind && !isPrint && (
                    <th role="columnheader" scope="col">
                      <span class="vh">{columns.choose}</span>
                    </th>
                  )}
                  <th role="columnheader" scope="col">
                    {columns.family}
                  </th>
                  <th
                    role="columnheader"
                    scope="col"
                    aria-sort={asked.filter.sort === 'age' ? 'ascending' : undefined}
                  >
                    {columns.oldest}
                  </th>
                  <th role="columnheader" scope="col">
                    {columns.invoices}
                  </th>
                  <th role="columnheader" scope="col" class="d">
                    {columns.overdue}
                  </th>
                  <th
                    role="columnheader"
                    scope="col"
                    class="d"
                    aria-sort={asked.filter.sort === 'montant' ? 'descending' : undefined}
                  >
                    {columns.owed}
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {lines.map((line) => (
                  <Line {...props} line={line} />
                ))}
              </tbody>
            </table>
          </section>
          {props.mayRemind && !isPrint && (
            <p class="gestes">
              <Button icon="send" small name="choix" value="coches">
                {texts.remind}
              </Button>
              <Button look="secondary" small name="choix" value="tous">
                {texts.remindAll(props.limits.remind)}
              </Button>
            </p>
          )}
        </form>
      )}
      {!isPrint && <Pages {...props} />}
    </OfficePage>
  )
}

const Line = (props: Props & { line: OverdueLine }) => {
  const { line, today } = props
  const { columns } = texts
  const age = ageOf(line.oldest, today)
  const more = line.invoices.length - SHOWN_INVOICES
  return (
    <tr role="row">
      {props.mayRemind && !props.isPrint && (
        <td role="cell">
          <label class="case">
            <input type="checkbox" name="f" value={`${line.familyId}.${line.unitId}`} />
            <span class="vh">{texts.chooseFamily(line.familyName, line.unitName)}</span>
          </label>
        </td>
      )}
      <th role="rowheader" scope="row">
        <a href={paths.office.family(line.familyId)}>{line.familyName}</a>
        <small>
          {line.unitName}
          {line.remindedAt && ` · ${texts.reminded(formatDay(parisDay(line.remindedAt)))}`}
        </small>
      </th>
      <td role="cell" data-l={columns.oldest}>
        <StateTag kind={age === '91' ? 'danger' : 'due'}>{texts.days(daysLate(line.oldest, today))}</StateTag>
      </td>
      <td role="cell" data-l={columns.invoices}>
        {(props.isPrint ? line.invoices : line.invoices.slice(0, SHOWN_INVOICES)).map((invoice) => (
          <small>
            <a class="num" href={paths.office.invoice(invoice.number)}>
              {invoice.number}
            </a>{' '}
            {texts.since(invoice.dueOn)}, <Money cents={invoice.due} />
            {props.mayWriteOff && !props.isPrint && (
              <>
                {' '}
                <a href={`${paths.office.writeOffs}?facture=${invoice.number}`}>
                  {texts.writeOff}
                  <span class="vh"> {invoice.number}</span>
                </a>
              </>
            )}
          </small>
        ))}
        {more > 0 && !props.isPrint && <small>{texts.more(more)}</small>}
      </td>
      <td role="cell" class="d" data-l={columns.overdue}>
        <Money cents={line.overdue} />
      </td>
      <td role="cell" class="d" data-l={columns.owed}>
        <Money cents={line.owed} />
      </td>
    </tr>
  )
}

const Pages = ({ asked, next, mayExport }: Props) => (
  <nav class="pages" aria-label={texts.caption}>
    {asked.after && (
      <a class="b b-2 b-s" href={link(paths.office.overdue, asked.typed)}>
        {texts.first}
      </a>
    )}
    {next !== undefined && (
      <a class="b b-2 b-s" rel="next" href={link(paths.office.overdue, asked.typed, { apres: next })}>
        {texts.next}
      </a>
    )}
    <a href={link(paths.office.overdue, asked.typed, { imprimer: 'oui' })}>{texts.print}</a>
    {mayExport && (
      <span>
        <a href={link(paths.office.overdueCsv, asked.typed)}>{texts.csv}</a>{' '}
        <small class="etiq">{texts.csvNote}</small>
      </span>
    )}
  </nav>
)
