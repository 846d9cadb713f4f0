// A draft: an invoice as it is being typed, and what can be read of it. Pure.
import type { InvoiceLine } from '../billing/invoice.ts'
import type { Vat } from '../billing/vat.ts'
import { type Day, type Period, readFrenchDay } from '../kernel/dates.ts'
import type { ChildId } from '../kernel/ids.ts'
import { type Cents, cents, sum, ZERO } from '../kernel/money.ts'
import { type ChargeItem, MAX_AMOUNT, MAX_LABEL, plainLabel, readPrice } from './charge-item.ts'

export const MAX_LINES = 300

/** A line of the grid, as typed; `child` is an id, or empty for the whole family. */
export type TypedLine = {
  readonly child: string
  readonly day: string
  readonly label: string
  readonly quantity: string
  readonly price: string
  /** What a past invoice said of it, for a label that the catalogue no longer holds. */
  readonly known?: { readonly vat: Vat; readonly accountCode: string | undefined }
}

/** The editor's fields, as typed. Days are French: 16/03/2012. */
export type TypedDraft = {
  readonly establishment: string
  readonly activity: string
  readonly beneficiary: string
  readonly referent: string
  readonly periodFrom: string
  readonly periodTo: string
  readonly dueOn: string
  readonly onlineUntil: string
  readonly deskUntil: string
  readonly lines: readonly TypedLine[]
}

export type FaultCode =
  | 'bad-day'
  | 'half-period'
  | 'period-backwards'
  | 'deadline-order'
  | 'no-lines'
  | 'too-many-lines'
  | 'no-label'
  | 'bad-quantity'
  | 'no-price'
  | 'bad-price'
  | 'line-too-large'
  | 'total-too-large'
  | 'total-not-positive'
  | 'unknown-child'

/** What keeps a draft from being issued: where, and why; `line` counts from 1. */
export type Fault = { readonly field: string; readonly code: FaultCode; readonly line?: number }

/** What a draft is read against: the family's children and its establishment's catalogue. */
export type DraftContext = {
  readonly children: readonly { readonly id: ChildId; readonly name: string }[]
  readonly items: readonly ChargeItem[]
}

export type ReadDraft = {
  readonly lines: readonly InvoiceLine[]
  readonly total: Cents
  readonly period: Period | undefined
  readonly dueOn: Day | undefined
  readonly onlineUntil: Day | undefined
  readonly deskUntil: Day | undefined
  readonly faults: readonly Fault[]
  /** Lines that say the same of the same child on the same day. */
  readonly doubles: readonly number[]
}

const isBlank = (line: TypedLine): boolean =>
  line.label.trim() === '' && line.price.trim() === '' && line.day.trim() === ''

/** Reads what can be read; every fault is told, and the rest still counts in the total. */
export function readDraft(typed: TypedDraft, context: DraftContext): ReadDraft {
  const faults: Fault[] = []
  const dayOf = (field: 'periodFrom' | 'periodTo' | 'dueOn' | 'onlineUntil' | 'deskUntil') => {
    const day = readFrenchDay(typed[field])
    if (typed[field].trim() !== '' && !day) faults.push({ field, code: 'bad-day' })
    return day
  }
  const [from, to] = [dayOf('periodFrom'), dayOf('periodTo')]
  const [dueOn, onlineUntil, deskUntil] = [dayOf('dueOn'), dayOf('onlineUntil'), dayOf('deskUntil')]
  if ((typed.periodFrom.trim() === '') !== (typed.periodTo.trim() === ''))
    faults.push({ field: 'periodTo', code: 'half-period' })
  if (from && to && from > to) faults.push({ field: 'periodTo', code: 'period-backwards' })
  for (const [field, until] of [
    ['onlineUntil', onlineUntil],
    ['deskUntil', deskUntil],
  ] as const)
    if (dueOn && until && until < dueOn) faults.push({ field, code: 'deadline-order' })
  const lines: InvoiceLine[] = []
  for (const [index, line] of typed.lines.entries())
    if (!isBlank(line)) lines.push(readLine(line, index + 1, context, faults))
  const total = sum(lines.map((line) => line.amount))
  if (lines.length === 0) faults.push({ field: 'l-1', code: 'no-lines' })
  if (lines.length > MAX_LINES) faults.push({ field: 'l-1', code: 'too-many-lines' })
  if (total > MAX_AMOUNT) faults.push({ field: 'p-1', code: 'total-too-large' })
  if (lines.length > 0 && total <= ZERO && faults.length === 0)
    faults.push({ field: 'p-1', code: 'total-not-positive' })
  return {
    lines,
    total,
    period: from && to && from <= to ? { from, to } : undefined,
    dueOn,
    onlineUntil,
    deskUntil,
    faults,
    doubles: findDoubles(typed.lines),
  }
}

function readLine(line: TypedLine, place: number, context: DraftContext, faults: Fault[]): InvoiceLine {
  const fault = (letter: string, code: FaultCode) =>
    faults.push({ field: `${letter}-${place}`, code, line: place })
  const label = line.label.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_LABEL)
  const item = context.items.find((one) => plainLabel(one.label) === plainLabel(label))
  const child = context.children.find(({ id }) => id === line.child)
  const happenedOn = readFrenchDay(line.day)
  const quantityThousandths = readQuantity(line.quantity)
  // What the catalogue says counts only where nothing was typed.
  const unit = line.price.trim() === '' ? item?.unit : readPrice(line.price)
  if (line.child !== '' && !child) fault('e', 'unknown-child')
  if (line.day.trim() !== '' && !happenedOn) fault('j', 'bad-day')
  if (label === '') fault('l', 'no-label')
  if (quantityThousandths === undefined) fault('q', 'bad-quantity')
  if (unit === undefined) fault('p', line.price.trim() === '' ? 'no-price' : 'bad-price')
  const amount = lineAmount(quantityThousandths ?? 0, unit ?? ZERO)
  if (Math.abs(amount) > MAX_AMOUNT) fault('p', 'line-too-large')
  return {
    childId: child?.id,
    childName: child?.name ?? '',
    happenedOn,
    label,
    quantityThousandths: quantityThousandths ?? 0,
    unit: unit ?? ZERO,
    amount,
    rateNote: '',
    vat: item?.vat ?? line.known?.vat ?? 'exempt',
    accountCode: item ? item.accountCode : line.known?.accountCode,
  }
}

/** A quantity as typed, in thousandths: « 1 », « 0,5 », at most 999,999; an empty one is one. */
export function readQuantity(text: string): number | undefined {
  if (text.trim() === '') return 1000
  const match = /^(\d{1,3})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  const quantity = match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')) : 0
  return quantity > 0 ? quantity : undefined
}

/** Quantity times price, to the nearest cent, halves away from zero. */
export function lineAmount(quantityThousandths: number, unit: Cents): Cents {
  const exact = Math.abs(quantityThousandths * unit)
  return cents(Math.sign(unit) * Math.floor((exact + 500) / 1000))
}

function findDoubles(lines: readonly TypedLine[]): number[] {
  const seen = new Set<string>()
  return lines.flatMap((line, index) => {
    if (line.label.trim() === '') return []
    const key = [line.child, line.day.trim(), plainLabel(line.label)].join('\n')
    if (seen.has(key)) return [index + 1]
    seen.add(key)
    return []
  })
}
