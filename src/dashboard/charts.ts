// From figures to charts: each has a title that states its figure, bars, and the very table they draw.
import type { Day } from '../kernel/dates.ts'
import { csvCents, formatCents } from '../kernel/french.ts'
import { cents, type Cents, sum, ZERO } from '../kernel/money.ts'
import type { Figure, OwedByAge } from './figure-store.ts'
import { texts } from './texts.ts'

export type ChartName = keyof typeof texts.charts
export const CHART_NAMES = Object.keys(texts.charts) as readonly ChartName[]

export type Bar = {
  readonly label: string
  /** What stands at the end of the bar. */
  readonly said: string
  /** One value per series, in whatever is drawn: only their lengths count. */
  readonly values: readonly number[]
}
export type Chart = {
  readonly name: ChartName
  readonly title: string
  readonly note?: string
  /** Several: a legend is drawn. */
  readonly series: readonly string[]
  readonly bars: readonly Bar[]
  readonly columns: readonly string[]
  /** As read on screen. */
  readonly rows: readonly (readonly string[])[]
  /** The same cells for a spreadsheet. */
  readonly csv: readonly (readonly string[])[]
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole))
const count = (figures: readonly { readonly items: number }[]): number =>
  figures.reduce((all, one) => all + one.items, 0)
const lasted = (figures: readonly Figure[]): number => figures.reduce((all, one) => all + one.lasted, 0)
const total = (figures: readonly Figure[]): Cents => sum(figures.map((one) => one.cents))
const monthsOf = (figures: readonly Figure[]): Day[] => [...new Set(figures.map(({ month }) => month))]
const byMonth = (figures: readonly Figure[]) =>
  monthsOf(figures).map((month) => ({ month, of: figures.filter((one) => one.month === month) }))
const mean = (all: number, of: number): number => (of === 0 ? 0 : Math.round(all / of))

/** The charts that have something to draw. */
export function drawCharts(figures: readonly Figure[], owed: readonly OwedByAge[]): Chart[] {
  const named = (name: Figure['name']) => figures.filter((one) => one.name === name)
  return [
    paidShare(named('invoiced')),
    received(named('received')),
    delay(named('invoiced').filter(({ label }) => label === 'settled')),
    owedByAge(owed),
    failures(named('attempts')),
    onlineShare(named('received')),
    differences(named('differences')),
  ].flatMap((chart) => chart ?? [])
}

function paidShare(figures: readonly Figure[]): Chart | undefined {
  const lines = byMonth(figures).map(({ month, of }) => {
    const paid = count(of.filter(({ label }) => label === 'settled'))
    return { month, all: count(of), paid, share: percent(paid, count(of)) }
  })
  // The latest month is hardly billed: what is told is the last one that is over.
  const told = lines.at(-2) ?? lines.at(-1)
  if (!told) return undefined
  const { title, columns } = texts.charts.payees
  const cells = lines.map((one) => [texts.months(one.month), String(one.all), String(one.paid)])
  return {
    name: 'payees',
    title: title(told.share, told.month),
    series: [''],
    bars: lines.map((one) => ({
      label: texts.months(one.month),
      said: texts.percent(one.share),
      values: [one.share],
    })),
    columns,
    rows: lines.map((one, at) => [...(cells[at] ?? []), texts.percent(one.share)]),
    csv: lines.map((one, at) => [...(cells[at] ?? []), String(one.share)]),
  }
}

function received(figures: readonly Figure[]): Chart | undefined {
  if (figures.length === 0) return undefined
  const methods = Object.keys(texts.methods).filter((one) => figures.some(({ label }) => label === one))
  const lines = byMonth(figures)
  const { title, note, columns } = texts.charts.encaissements
  const nameOf = (label: string) => texts.methods[label] ?? label
  return {
    name: 'encaissements',
    title: title(total(figures), lines.length),
    note,
    series: methods.map(nameOf),
    bars: lines.map(({ month, of }) => ({
      label: texts.months(month),
      said: formatCents(total(of)),
      values: methods.map((method) => Math.max(0, total(of.filter(({ label }) => label === method)))),
    })),
    columns,
    rows: figures.map((one) => [
      texts.months(one.month),
      nameOf(one.label),
      String(one.items),
      formatCents(one.cents),
    ]),
    csv: figures.map((one) => [
      one.month.slice(0, 7),
      nameOf(one.label),
      String(one.items),
      csvCents(one.cents),
    ]),
  }
}

function delay(figures: readonly Figure[]): Chart | undefined {
  if (count(figures) === 0) return undefined
  const { title, note, columns } = texts.charts.delai
  const lines = byMonth(figures).map(({ month, of }) => ({
    month,
    all: count(of),
    days: mean(lasted(of), count(of)),
  }))
  return {
    name: 'delai',
    title: title(mean(lasted(figures), count(figures))),
    note,
    series: [''],
    bars: lines.map((one) => ({
      label: texts.months(one.month),
      said: texts.days(one.days),
      values: [one.days],
    })),
    columns,
    rows: lines.map((one) => [texts.months(one.month), String(one.all), String(one.days)]),
    csv: lines.map((one) => [one.month.slice(0, 7), String(one.all), String(one.days)]),
  }
}

function owedByAge(owed: readonly OwedByAge[]): Chart | undefined {
  if (owed.length === 0) return undefined
  const { title, columns } = texts.charts.dette
  const at = (age: string) => owed.find((one) => one.age === age) ?? { invoices: 0, cents: ZERO }
  const lines = (Object.keys(texts.ages) as (keyof typeof texts.ages)[])
    .toSorted((a, b) => rank(a) - rank(b))
    .map((age) => ({ name: texts.ages[age], ...at(age) }))
  const late = cents(owed.filter(({ age }) => age !== 'later').reduce((all, one) => all + one.cents, 0))
  return {
    name: 'dette',
    title: title(late, at('91').cents),
    note: texts.now,
    series: [''],
    bars: lines.map((one) => ({ label: one.name, said: formatCents(one.cents), values: [one.cents] })),
    columns,
    rows: lines.map((one) => [one.name, String(one.invoices), formatCents(one.cents)]),
    csv: lines.map((one) => [one.name, String(one.invoices), csvCents(one.cents)]),
  }
}
/** Names that look like numbers come first in an object, whatever was written. */
const rank = (age: keyof typeof texts.ages): number => ['later', '0-30', '31-60', '61-90', '91'].indexOf(age)

function failures(figures: readonly Figure[]): Chart | undefined {
  const all = count(figures)
  if (all === 0) return undefined
  const { title, columns, outcome } = texts.charts.echecs
  const labels = [...new Set(figures.map(({ label }) => label))]
  const lines = labels
    .map((label) => ({ label, items: count(figures.filter((one) => one.label === label)) }))
    .toSorted((a, b) => b.items - a.items)
  const failed = all - count(lines.filter(({ label }) => label === 'captured'))
  const share = (items: number) => texts.percent(percent(items, all))
  return {
    name: 'echecs',
    title: title(percent(failed, all)),
    series: [''],
    bars: lines
      .filter(({ label }) => label !== 'captured')
      .map(({ label, items }) => ({ label: outcome(label), said: share(items), values: [items] })),
    columns,
    rows: lines.map(({ label, items }) => [outcome(label), String(items), share(items)]),
    csv: lines.map(({ label, items }) => [outcome(label), String(items), String(percent(items, all))]),
  }
}

function onlineShare(figures: readonly Figure[]): Chart | undefined {
  if (total(figures) <= 0) return undefined
  const { title, columns } = texts.charts.enligne
  const onlineOf = (of: readonly Figure[]) => total(of.filter(({ label }) => label === 'online'))
  const lines = byMonth(figures).map(({ month, of }) => ({
    month,
    all: total(of),
    online: onlineOf(of),
    share: percent(onlineOf(of), total(of)),
  }))
  return {
    name: 'enligne',
    title: title(percent(onlineOf(figures), total(figures))),
    series: [''],
    bars: lines.map((one) => ({
      label: texts.months(one.month),
      said: texts.percent(one.share),
      values: [one.share],
    })),
    columns,
    rows: lines.map((one) => [
      texts.months(one.month),
      formatCents(one.all),
      formatCents(one.online),
      texts.percent(one.share),
    ]),
    csv: lines.map((one) => [
      one.month.slice(0, 7),
      csvCents(one.all),
      csvCents(one.online),
      String(one.share),
    ]),
  }
}

function differences(figures: readonly Figure[]): Chart | undefined {
  if (count(figures) === 0) return undefined
  const { title, columns } = texts.charts.ecarts
  const hours = (of: readonly Figure[]) => Math.round(mean(lasted(of), count(of)) / 60)
  const lines = byMonth(figures).map(({ month, of }) => ({ month, all: count(of), hours: hours(of) }))
  return {
    name: 'ecarts',
    title: title(hours(figures)),
    series: [''],
    bars: lines.map((one) => ({
      label: texts.months(one.month),
      said: texts.hours(one.hours),
      values: [one.hours],
    })),
    columns,
    rows: lines.map((one) => [texts.months(one.month), String(one.all), String(one.hours)]),
    csv: lines.map((one) => [one.month.slice(0, 7), String(one.all), String(one.hours)]),
  }
}
