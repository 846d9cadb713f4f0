// The history: every operation, filtered by a form whose address can be kept and shared.
import { type Day } from '../kernel/dates.ts'
import { formatDay, formatLongDay } from '../kernel/french.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import type { Problems } from '../web/form.ts'
import { Card, Empty, ErrorSummary, Pager } from '../web/ui.tsx'
import { type Choices, type Filters, isFiltering, writeFilters } from './filters.ts'
import { FiltersForm } from './filters-form.tsx'
import type { Operation } from './operation.ts'
import { OperationsTable } from './operations-table.tsx'
import type { Paged } from './paging.ts'
import { texts } from './texts.ts'

export type HistoryPageProps = {
  readonly view: View
  readonly filters: Filters
  readonly choices: Choices
  readonly problems: Problems
  readonly today: Day
  readonly count: number
  readonly shown: Paged<Operation>
  readonly statements: readonly { readonly unit: BillingUnit; readonly years: readonly number[] }[]
}

const { history: words } = texts

export const HistoryPage = (props: HistoryPageProps) => {
  const { view, problems, shown } = props
  const title = shown.pages > 1 ? words.page(words.title, shown.page, shown.pages) : words.title
  return (
    <Page view={view} current="history" title={title} heading={words.title} problems={problems}>
      <div class="pile">
        <ErrorSummary problems={problems} />
        <FiltersForm {...props} />
        {problems.length === 0 && <Results {...props} />}
        <p>
          <a href={paths.refunds}>{words.refunds}</a>
        </p>
        <Statements statements={props.statements} />
      </div>
    </Page>
  )
}

const Results = (props: HistoryPageProps) => {
  const { filters, choices, shown, count } = props
  const href = (page: number) => paths.history + writeFilters(filters, choices, { page })
  return (
    <section class="carte" aria-labelledby="operations">
      <div class="tete-carte">
        <h2 id="operations">{words.operations}</h2>
        <p role="status" class="etiq">
          {words.count(count)}
        </p>
      </div>
      {count === 0 ? (
        <NoResult {...props} />
      ) : (
        <>
          <OperationsTable
            lines={shown.items.map((operation) => ({ operation }))}
            labelledBy="operations"
            sort={filters.oldestFirst ? 'ascending' : 'descending'}
            dateHeader={<SortLink filters={filters} choices={choices} />}
          />
          <Pager page={shown.page} pages={shown.pages} href={href} />
          <p class="liens espace">
            <a href={paths.historyCsv + writeFilters(filters, choices)}>{words.csv}</a>
          </p>
        </>
      )}
    </section>
  )
}

const SortLink = ({ filters, choices }: { filters: Filters; choices: Choices }) => (
  <a
    href={paths.history + writeFilters({ ...filters, oldestFirst: !filters.oldestFirst }, choices)}
    aria-label={filters.oldestFirst ? words.sortNewest : words.sortOldest}
  >
    {texts.operations.date} {filters.oldestFirst ? '▲' : '▼'}
  </a>
)

const NoResult = ({ filters, today }: HistoryPageProps) => {
  if (!isFiltering(filters))
    return (
      <Empty title={words.noneAtAll}>
        <p>{words.appears}</p>
        <a href={paths.home}>{texts.home.title}</a>
      </Empty>
    )
  return (
    <Empty title={nothingFound(filters, today)}>
      <p>{words.noneReason}</p>
      <a href={paths.history}>{words.clear}</a>
    </Empty>
  )
}

function nothingFound({ from, to, period }: Filters, today: Day): string {
  if (from && (to || period !== 'dates'))
    return words.noneBetween(formatLongDay(from), formatLongDay(to ?? today))
  if (from) return words.noneFrom(formatLongDay(from))
  return to ? words.noneUntil(formatDay(to)) : words.noneFiltered
}

const Statements = ({ statements }: { statements: HistoryPageProps['statements'] }) => {
  const links = statements.flatMap(({ unit, years }) => years.map((year) => ({ unit, year })))
  return (
    <Card id="releves" title={words.statements} class="petite">
      {links.length === 0 ? (
        <p>{words.noStatement}</p>
      ) : (
        <p class="liens">
          {links.map(({ unit, year }) => (
            <a href={paths.statementPdf(unit.code, year)}>{words.statement(unit.name, year)}</a>
          ))}
        </p>
      )}
    </Card>
  )
}
