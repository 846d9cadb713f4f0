// Lines of an invoice, gathered by child: as the document and the page both show them.
import { type Cents, sum } from '../kernel/money.ts'

export type LineGroup<Line> = {
  readonly child: string
  readonly lines: readonly Line[]
  readonly subtotal: Cents
}

/** Gathers lines by child, in the order in which children first appear. */
export function groupByChild<Line>(
  lines: readonly Line[],
  childOf: (line: Line) => string,
  amountOf: (line: Line) => Cents,
): LineGroup<Line>[] {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    const child = childOf(line)
    const known = groups.get(child)
    if (known) known.push(line)
    else groups.set(child, [line])
  }
  return [...groups].map(([child, own]) => ({ child, lines: own, subtotal: sum(own.map(amountOf)) }))
}

const quantities = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 })

/** `2500` thousandths → « 2,5 ». */
export const formatQuantity = (thousandths: number): string =>
  quantities
    .format(thousandths / 1_000)
    .replaceAll('\u202F', '\u00A0')
    .replace('-', '\u2212')
