// The yearly statement of a family's account with one billing unit.
import type { Day, Instant } from '../kernel/dates.ts'
import { formatCents, formatDay } from '../kernel/french.ts'
import { type Cents, ZERO, sum } from '../kernel/money.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { Block, Printable } from './printable.ts'
import { texts } from './texts.ts'

export type Statement = {
  readonly organisation: Organisation
  readonly unit: string
  readonly addressee: readonly string[]
  readonly year: number
  /** First and last day told; the last is today for the running year. */
  readonly from: Day
  readonly to: Day
  readonly printedAt: Instant
  /** The balance before `from`: negative when the family owes. */
  readonly opening: Cents
  /** Oldest first, each with the balance after it. */
  readonly lines: readonly {
    readonly on: Day
    readonly title: string
    readonly note: string
    readonly charged: Cents | undefined
    readonly paid: Cents | undefined
    readonly balance: Cents
  }[]
}

const { statement: words } = texts

export function statementDocument(statement: Statement): Printable {
  const { organisation, unit, year, from, to } = statement
  return {
    title: words.title(unit, year),
    author: organisation.name,
    createdAt: statement.printedAt,
    letterhead: {
      name: organisation.name,
      lines: [
        ...organisation.address.split('\n'),
        texts.siret(organisation.siret),
        [texts.phone(organisation.phone), organisation.email].join(' · '),
      ],
    },
    heading: { title: words.heading(year), lines: [unit, words.upTo(formatDay(to))] },
    addressee: statement.addressee,
    blocks: [
      { kind: 'facts', facts: totals(statement), note: words.sign },
      { kind: 'heading', text: words.lines },
      statement.lines.length === 0 ? { kind: 'text', text: words.none } : operationTable(statement, from, to),
      { kind: 'text', text: words.notAnInvoice, look: 'small' },
    ],
    footer: texts.footer(organisation.name, organisation.siret),
    page: texts.page,
  }
}

const charged = (statement: Statement): Cents => sum(statement.lines.map((line) => line.charged ?? ZERO))
const paid = (statement: Statement): Cents => sum(statement.lines.map((line) => line.paid ?? ZERO))
const closing = (statement: Statement): Cents => statement.lines.at(-1)?.balance ?? statement.opening

const totals = (statement: Statement) => [
  { label: words.opening(formatDay(statement.from)), value: formatCents(statement.opening) },
  { label: words.invoiced, value: formatCents(charged(statement)) },
  { label: words.received, value: formatCents(paid(statement)) },
  { label: words.closing(formatDay(statement.to)), value: formatCents(closing(statement)), strong: true },
]

function operationTable(statement: Statement, from: Day, to: Day): Block {
  const amount = (cents: Cents | undefined): string => (cents === undefined ? '' : formatCents(cents))
  return {
    kind: 'table',
    summary: words.lines,
    columns: [
      { title: words.columns.date, width: 62 },
      { title: words.columns.detail, width: 'wide' },
      { title: words.columns.charged, width: 82, amount: true },
      { title: words.columns.paid, width: 82, amount: true },
      { title: words.columns.balance, width: 84, amount: true },
    ],
    rows: [
      { kind: 'line', cells: ['', words.opening(formatDay(from)), '', '', formatCents(statement.opening)] },
      ...statement.lines.map((line) => ({
        kind: 'line' as const,
        cells: [
          formatDay(line.on),
          line.title,
          amount(line.charged),
          amount(line.paid),
          formatCents(line.balance),
        ],
        note: line.note,
      })),
      {
        kind: 'total',
        cells: [
          '',
          words.closing(formatDay(to)),
          formatCents(charged(statement)),
          formatCents(paid(statement)),
          formatCents(closing(statement)),
        ],
      },
    ],
  }
}
