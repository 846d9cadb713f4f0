import type { Day, Instant } from '../kernel/dates.ts'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import type { Place } from '../invoicing/places.ts'
import { Select } from '../web/fields.tsx'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty, Notice } from '../web/ui.tsx'
import { BarChart } from './bar-chart.tsx'
import type { Chart } from './charts.ts'
import { texts } from './texts.ts'

export const PERIODS = ['3', '6', '12', '24', '36'] as const
export type Typed = { readonly unite: string; readonly etablissement: string; readonly periode: string }

type Props = {
  readonly view: View
  readonly typed: Typed
  readonly from: Day
  readonly to: Day
  readonly places: readonly Place[]
  readonly charts: readonly Chart[]
  /** When the oldest figure shown was drawn; undefined: none was. */
  readonly drawnAt: Instant | undefined
  readonly isStale: boolean
}

export const DashboardPage = (props: Props) => {
  const { charts, drawnAt, typed } = props
  return (
    <OfficePage
      view={props.view}
      title={texts.title}
      lede={texts.lede(props.from, props.to)}
      crumb={drawnAt && texts.drawn(formatInstantDay(drawnAt), formatTime(drawnAt))}
      current="dashboard"
    >
      {props.isStale && <Notice kind="warning" title={texts.stale} />}
      <Filters {...props} />
      {typed.etablissement !== '' && <p class="etiq">{texts.wholeUnit}</p>}
      {charts.length === 0 && (
        <Empty title={drawnAt ? texts.noneHere : texts.noData}>
          <p>{drawnAt ? <a href={paths.office.dashboard}>{texts.reset}</a> : texts.noDataNext}</p>
        </Empty>
      )}
      <div class="graphiques">
        {charts.map((chart) => (
          <ChartCard chart={chart} typed={typed} />
        ))}
      </div>
    </OfficePage>
  )
}

const Filters = ({ typed, places }: Props) => {
  const units = new Map(places.map(({ unit }) => [unit.id, unit.name]))
  return (
    <section class="carte" aria-label={texts.filters}>
      <form class="filtres" method="get" action={paths.office.dashboard} noValidate>
        <Select name="unite" label={texts.unit} value={typed.unite} options={[['', texts.all], ...units]} />
        <Select
          name="etablissement"
          label={texts.place}
          value={typed.etablissement}
          options={[['', texts.all], ...places.map(({ id, name }) => [id, name] as const)]}
        />
        <Select
          name="periode"
          label={texts.period}
          value={typed.periode}
          options={PERIODS.map((one) => [one, texts.periods[one]] as const)}
        />
        <p class="actions">
          <Button look="secondary" small icon="search">
            {texts.filter}
          </Button>
          {(typed.unite !== '' || typed.etablissement !== '') && (
            <a href={paths.office.dashboard}>{texts.reset}</a>
          )}
        </p>
      </form>
    </section>
  )
}

const ChartCard = ({ chart, typed }: { chart: Chart; typed: Typed }) => {
  const query = new URLSearchParams({ graphique: chart.name, ...typed }).toString()
  return (
    <section class="carte" aria-labelledby={`g-${chart.name}`}>
      <h2 id={`g-${chart.name}`}>{chart.title}</h2>
      {chart.note !== undefined && <p class="etiq">{chart.note}</p>}
      <BarChart chart={chart} />
      <details>
        <summary>
          {texts.table}
          <span class="vh"> : {chart.title}</span>
        </summary>
        <table class="tab">
          <caption class="vh">{chart.title}</caption>
          <thead>
            <tr>
              {chart.columns.map((column, at) => (
                <th scope="col" class={at > 0 ? 'd' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.rows.map(([first, ...rest]) => (
              <tr>
                <th scope="row">{first}</th>
                {rest.map((cell) => (
                  <td class="d num">{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          <a href={`${paths.office.dashboardCsv}?${query}`}>
            {texts.csv}
            <span class="vh"> {chart.title}</span>
          </a>
        </p>
      </details>
    </section>
  )
}
