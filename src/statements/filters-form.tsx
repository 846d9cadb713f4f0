// The form of the history's filters: a GET form, folded away on narrow screens by <details>.
import type { Day } from '../kernel/dates.ts'
import { Field, Select } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { Button } from '../web/ui.tsx'
import {
  type Choices,
  type Filters,
  isFiltering,
  type PeriodChoice,
  PERIODS,
  schoolYear,
  STATES,
  TYPES,
} from './filters.ts'
import { texts } from './texts.ts'

const { history: words } = texts

export const FiltersForm = (props: {
  filters: Filters
  choices: Choices
  problems: Problems
  today: Day
}) => {
  const { filters, choices, problems, today } = props
  const establishment = choices.establishments.find((one) => one.id === filters.establishmentId)
  return (
    <section class="carte" aria-labelledby="filtres">
      <details class="replier" open={isFiltering(filters) || problems.length > 0}>
        <summary>
          <h2 id="filtres">{words.filters}</h2>
          <span class="si-ouvert">{texts.account.hide}</span>
          <span class="si-ferme">{texts.account.show}</span>
        </summary>
        <form class="filtres" method="get" action={paths.history} noValidate>
          <Select
            name="periode"
            label={words.period}
            value={filters.period}
            options={PERIODS.filter((one) => one !== 'dates' || filters.period === 'dates').map((one) => [
              one,
              periodName(one, today),
            ])}
          />
          <Field
            name="du"
            label={words.from}
            hint={words.dayHint}
            value={filters.fromText}
            problems={problems}
            size={12}
            optional
          />
          <Field
            name="au"
            label={words.to}
            hint={words.dayHint}
            value={filters.toText}
            problems={problems}
            size={12}
            optional
          />
          <Select
            name="type"
            label={words.type}
            value={filters.type ?? ''}
            options={[['', words.anyType], ...TYPES.map((one) => [one, words.types[one]] as const)]}
          />
          {choices.establishments.length > 1 && (
            <Select
              name="etablissement"
              label={words.establishment}
              value={establishment?.code ?? ''}
              options={[
                ['', words.anyEstablishment],
                ...choices.establishments.map((one) => [one.code, one.name] as const),
              ]}
            />
          )}
          {choices.children.length > 1 && (
            <Select
              name="enfant"
              label={words.child}
              value={filters.childId ?? ''}
              options={[['', words.anyChild], ...choices.children.map((one) => [one.id, one.name] as const)]}
            />
          )}
          <Select
            name="etat"
            label={words.state}
            value={filters.state ?? ''}
            options={[['', words.anyState], ...STATES.map((one) => [one, words.statesChosen[one]] as const)]}
          />
          {filters.oldestFirst && <input type="hidden" name="tri" value="ancien" />}
          <p class="actions">
            <Button look="secondary">{words.apply}</Button>
            {(isFiltering(filters) || problems.length > 0) && <a href={paths.history}>{words.clear}</a>}
          </p>
        </form>
      </details>
    </section>
  )
}

function periodName(period: PeriodChoice, today: Day): string {
  if (period === 'scolaire') return words.periods.scolaire(schoolYear(today))
  if (period === 'annee') return words.periods.annee(Number(today.slice(0, 4)))
  return words.periods[period]
}
