// What an import says of itself on a terminal. Pure.
import type { Remark } from './format.ts'
import type { Plan, Sorted } from './plan.ts'
import { texts } from './texts.ts'

/** Beyond these, a list helps nobody: the first ones are corrected first. */
const MOST_REMARKS = 500
const MOST_SIGNS = 48

/** Problems, notes and what becomes of each kind of row, as lines of text. */
export function reportOf(plan: Plan): string {
  const { header, noteHeader } = texts.report
  return [table(header, plan.problems), table(noteHeader, plan.notes), summary(plan)]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** Whether applying the plan would write nothing. */
export const isEmpty = (plan: Plan): boolean =>
  plan.pdfs.length === 0 &&
  sortedKinds(plan).every(([, { created, changed }]) => created.length + changed.length === 0)

function table(header: readonly string[], remarks: readonly Remark[]): string {
  if (remarks.length === 0) return ''
  const rows = [
    header,
    ...remarks
      .slice(0, MOST_REMARKS)
      .map((one) => [String(one.line), one.column, short(one.value), one.reason]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  '),
  )
  if (remarks.length > MOST_REMARKS) lines.push(texts.report.more(remarks.length - MOST_REMARKS))
  return lines.join('\n')
}

/** One line, and no control sign that would move the terminal's cursor. */
function short(value: string): string {
  const line = value.replaceAll(/\p{Cc}+/gu, ' ')
  return line.length > MOST_SIGNS ? `${line.slice(0, MOST_SIGNS - 1)}…` : line
}

type AnySorted = Sorted<unknown, string>

const sortedKinds = (plan: Plan): (readonly [keyof typeof texts.report.kinds, AnySorted])[] => [
  ['families', plan.families],
  ['adults', plan.adults],
  ['children', plan.children],
  ['invoices', plan.invoices],
  ['payments', plan.payments],
  ['openings', plan.openings],
]

function summary(plan: Plan): string {
  const lines = sortedKinds(plan).flatMap(([kind, { created, changed, unchanged }]) => {
    const total = created.length + changed.length + unchanged
    if (total === 0) return []
    const [one, many, toCreate, toChange, same] = texts.report.kinds[kind]
    const parts = [
      `${created.length} ${toCreate}`,
      ...(toChange === '' ? [] : [`${changed.length} ${toChange}`]),
      `${unchanged} ${same}`,
    ]
    return [`${total} ${total < 2 ? one : many}\u00A0: ${parts.join(', ')}`]
  })
  if (plan.pdfs.length > 0) lines.push(texts.report.pdfs(plan.pdfs.length))
  return lines.join('\n')
}
