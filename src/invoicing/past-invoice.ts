// A past invoice as the draft of another month. Pure.
import type { Vat } from '../billing/vat.ts'
import { addDays, addMonths, type Day, firstOfMonth, lastOfMonth } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { ChildId, FamilyId, InvoiceId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import type { TypedDraft, TypedLine } from './draft.ts'

export type PastInvoice = {
  readonly id: InvoiceId
  readonly familyId: FamilyId
  readonly activity: string
  readonly beneficiary: string
  readonly referent: string
  readonly periodFrom: Day | null
  readonly periodTo: Day | null
  readonly lines: readonly PastLine[]
}

type PastLine = {
  readonly child: ChildId | null
  readonly leftOn: Day | null
  readonly day: Day | null
  readonly label: string
  readonly quantityThousandths: number
  readonly unit: Cents
  readonly vat: Vat | null
  readonly accountCode: string | null
}

/** From one month to another, each by its first day. */
export type MonthMove = { readonly from: Day; readonly to: Day }

/**
 * The same lines in the new month; those of a child who left before it are dropped. Undefined when
 * none is left. `fixed` is what the past invoice does not say: its place and the days to pay.
 */
export function movedDraft(
  past: PastInvoice,
  move: MonthMove,
  fixed: Pick<TypedDraft, 'establishment' | 'dueOn' | 'onlineUntil' | 'deskUntil'>,
): TypedDraft | undefined {
  const months = monthsBetween(move)
  const staying = past.lines.filter(({ leftOn }) => leftOn === null || leftOn >= move.to)
  if (staying.length === 0) return undefined
  return {
    ...fixed,
    activity: past.activity,
    // Without it, the children of the lines are named.
    beneficiary: staying.length === past.lines.length ? past.beneficiary : '',
    referent: past.referent,
    periodFrom: formatDay(past.periodFrom ? addMonths(past.periodFrom, months) : move.to),
    periodTo: formatDay(movedEnd(past.periodTo, months) ?? lastOfMonth(move.to)),
    lines: staying.map((line) => movedLine(line, months)),
  }
}

function movedLine(line: PastLine, months: number): TypedLine {
  const day = line.day && movedDay(line.day, months)
  return {
    child: line.child ?? '',
    day: day ? formatDay(day) : '',
    label: line.label,
    quantity: decimal(line.quantityThousandths, 3),
    price: decimal(line.unit, 2),
    ...(line.vat && { known: { vat: line.vat, accountCode: line.accountCode ?? undefined } }),
  }
}

const decimal = (value: number, digits: number): string => String(value / 10 ** digits).replace('.', ',')

const monthsBetween = ({ from, to }: MonthMove): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** The end of a month becomes the end of the other. */
const movedEnd = (end: Day | null, months: number): Day | undefined => {
  if (end === null) return undefined
  const moved = addMonths(end, months)
  return end === lastOfMonth(end) ? lastOfMonth(moved) : moved
}

/** The second Wednesday becomes the second Wednesday; undefined for a fifth that the month lacks. */
export function movedDay(day: Day, months: number): Day | undefined {
  const first = firstOfMonth(addMonths(firstOfMonth(day), months))
  const rank = Math.floor((Number(day.slice(8, 10)) - 1) / 7)
  const moved = addDays(first, ((weekday(day) - weekday(first) + 7) % 7) + 7 * rank)
  return moved > lastOfMonth(first) ? undefined : moved
}

const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay()
