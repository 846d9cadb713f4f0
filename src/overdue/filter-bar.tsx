// What the list of overdue families is narrowed to: totals by age, which are links, and a form.
import { type Cents, sum } from '../kernel/money.ts'
import type { Place } from '../invoicing/places.ts'
import { Field, Select } from '../web/fields.tsx'
import { paths } from '../web/paths.ts'
import { Button, Money } from '../web/ui.tsx'
import { AGE_NAMES, MODES, SORTS } from './filter.ts'
import type { ReadFilter, TypedFilter } from './read-filter.ts'
import type { AgeTotal } from './store.ts'
import { texts } from './texts.ts'

/** A link that keeps the filters. */
export const link = (
  path: string,
  typed: TypedFilter,
  more: { readonly [name: string]: string } = {},
): string => {
  const all = Object.entries({ ...typed, ...more }).filter(([, value]) => value !== '')
  const query = new URLSearchParams(all).toString()
  return query === '' ? path : `${path}?${query}`
}

/** Each age with its count and sum: links that narrow the list, and totals of what it is narrowed to. */
export const Ages = ({ asked, totals }: { asked: ReadFilter; totals: readonly AgeTotal[] }) => (
  <nav class="anciennetes" aria-label={texts.agesTitle}>
    {AGE_NAMES.map((age) => {
      const found = totals.find((one) => one.age === age)
      return (
        <a
          href={link(paths.office.overdue, asked.typed, { age })}
          aria-current={asked.filter.age === age ? 'true' : undefined}
        >
          <span>{texts.ages[age]}</span>
          <b>
            <Money cents={found?.cents ?? (0 as Cents)} />
          </b>
          <span class="etiq">{texts.count(found?.invoices ?? 0)}</span>
        </a>
      )
    })}
    <a
      href={link(paths.office.overdue, asked.typed, { age: '' })}
      aria-current={asked.filter.age ? undefined : 'true'}
    >
      <span>{texts.everyAge}</span>
      <b>
        <Money cents={sum(totals.map(({ cents }) => cents))} />
      </b>
      <span class="etiq">{texts.count(totals.reduce((count, one) => count + one.invoices, 0))}</span>
    </a>
  </nav>
)

export const Filters = ({ asked, places }: { asked: ReadFilter; places: readonly Place[] }) => {
  const { typed, problems } = asked
  const units = new Map(places.map(({ unit }) => [unit.id, unit.name]))
  return (
    <section class="carte" aria-label={texts.filters}>
      <form class="filtres" method="get" action={paths.office.overdue} noValidate>
        <Select name="unite" label={texts.unit} value={typed.unite} options={[['', texts.all], ...units]} />
        <Select
          name="etablissement"
          label={texts.place}
          value={typed.etablissement}
          options={[['', texts.all], ...places.map(({ id, name }) => [id, name] as const)]}
        />
        <Select
          name="age"
          label={texts.age}
          value={typed.age}
          options={[['', texts.everyAge], ...AGE_NAMES.map((age) => [age, texts.ages[age]] as const)]}
        />
        <Field
          name="minimum"
          label={texts.atLeast}
          hint={texts.atLeastHint}
          value={typed.minimum}
          inputmode="decimal"
          size={10}
          problems={problems}
        />
        <Select
          name="mode"
          label={texts.mode}
          value={typed.mode}
          options={[['', texts.all], ...MODES.map((mode) => [mode, texts.modes[mode]] as const)]}
        />
        <Select
          name="tri"
          label={texts.sort}
          value={typed.tri}
          options={SORTS.map((sort) => [sort, texts.sorts[sort]] as const)}
        />
        <p class="actions">
          <Button look="secondary" small icon="search">
            {texts.filter}
          </Button>
          {Object.values(typed).some((one) => one !== '') && <a href={paths.office.overdue}>{texts.reset}</a>}
        </p>
      </form>
    </section>
  )
}
