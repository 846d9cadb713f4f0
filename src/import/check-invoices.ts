// Invoices and their lines against those known: what is new, and what differs from what was issued. Pure.
import { formatCents, formatDay } from '../kernel/french.ts'
import type { Day } from '../kernel/dates.ts'
import { sum } from '../kernel/money.ts'
import { isInvoiceNumber, seriesOf } from '../billing/invoice.ts'
import { once } from './check-people.ts'
import type { Known, KnownInvoice, KnownUnit } from './known.ts'
import { type Names, namesOf } from './names.ts'
import type { Plan, PlannedInvoice, PlannedLine } from './plan.ts'
import type { InvoiceRecord, LineRecord, Records } from './records.ts'
import { texts } from './texts.ts'

const { reasons, notes } = texts
/** Quantity times price may be rounded by the other software, one way or the other. */
const ROUNDING_CENTS = 1

/** Sorts the invoices of the file. One that was issued and differs is told, and never altered. */
export function checkInvoices(records: Records, known: Known, plan: Plan): void {
  const lines = Map.groupBy(records.lines, (line) => line.invoice)
  const numbers = new Map<string, number>()
  const names = namesOf(records, known)
  for (const record of once(records.invoices, plan)) {
    const earlier = numbers.get(record.number)
    const refuse = refuser(plan, record)
    if (earlier !== undefined) refuse('numéro', record.number, reasons.numberTwice(earlier))
    numbers.set(record.number, record.line)
    const planned = complete(record, lines.get(record.key) ?? [], names, plan)
    checkPlace(record, known, refuse)
    checkContent(planned, refuse, plan)
    const current = known.invoices.get(record.key)
    const holder = known.invoicesByNumber.get(record.number)
    if (current) compare(record, planned, current, known, plan)
    else if (holder) refuse('numéro', record.number, reasons.numberTaken(holder.key ?? ''))
    else plan.invoices.created.push(planned)
  }
  const keys = new Set(records.invoices.map((one) => one.key))
  for (const { line, invoice } of records.lines)
    if (invoice !== '' && !keys.has(invoice))
      plan.problems.push({ line, column: 'facture', value: invoice, reason: reasons.lineWithoutInvoice })
}

type Refuse = (column: string, value: string, reason: string) => void

const refuser =
  (plan: Plan, record: { readonly line: number }): Refuse =>
  (column, value, reason) => {
    plan.problems.push({ line: record.line, column, value, reason })
  }

/** The unit of a code, refused with the reason when it is unknown or numbers its invoices itself. */
export function checkUnit(code: string, known: Known, refuse: Refuse): KnownUnit | undefined {
  const unit = known.units.get(code)
  if (!unit && code !== '') refuse('unité', code, reasons.unknownUnit([...known.units.keys()]))
  return unit
}

function checkPlace(record: InvoiceRecord, known: Known, refuse: Refuse): void {
  const unit = checkUnit(record.unit, known, refuse)
  if (unit?.seriesSource === 'preau') refuse('unité', record.unit, reasons.numberedHere(unit.series))
  if (record.number !== '' && !isInvoiceNumber(record.number)) refuse('numéro', record.number, reasons.number)
  else if (unit && record.number !== '' && seriesOf(record.number) !== unit.series)
    refuse('numéro', record.number, reasons.series(unit.series))
  const establishment = known.establishments.get(record.establishment)
  if (establishment) {
    if (unit && establishment.unitId !== unit.id)
      refuse('établissement', record.establishment, reasons.otherUnit(unit.code))
  } else if (record.establishment !== '')
    refuse(
      'établissement',
      record.establishment,
      reasons.unknownEstablishment([...known.establishments.keys()]),
    )
}

function checkContent({ record, lines }: PlannedInvoice, refuse: Refuse, plan: Plan): void {
  if (record.dueOn && record.dueOn < record.issuedOn)
    refuse('échéance', formatDay(record.dueOn), reasons.dueBeforeIssue)
  const total = sum(lines.map((line) => line.record.amount))
  if (lines.length > 0 && total !== record.total && record.total > 0)
    refuse('montant', formatCents(record.total), reasons.linesSum(formatCents(total)))
  for (const { record: line } of lines) {
    const computed = Math.round((line.quantityThousandths * line.unit) / 1000)
    if (Math.abs(computed - line.amount) > ROUNDING_CENTS)
      plan.notes.push({
        line: line.line,
        column: 'montant',
        value: formatCents(line.amount),
        reason: notes.product,
      })
  }
}

function complete(
  record: InvoiceRecord,
  lines: readonly LineRecord[],
  names: Names,
  plan: Plan,
): PlannedInvoice {
  const planned = lines.map((line): PlannedLine => {
    const child = names.child(line.child)
    if (child && child.family !== record.family)
      plan.problems.push({
        line: line.line,
        column: 'enfant',
        value: line.child,
        reason: reasons.otherFamily(child.family ?? ''),
      })
    return { record: line, childName: child?.name ?? line.child }
  })
  const children = [...new Set(planned.map((line) => line.childName).filter((name) => name !== ''))]
  const family = names.family(record.family) ?? ''
  return {
    record: {
      ...record,
      beneficiary: record.beneficiary || children.join(', ') || family,
      referent: record.referent || (names.payer(record.family) ?? family),
    },
    lines: planned,
  }
}

type Difference = readonly [column: string, from: string, to: string]

/** Tells every difference between a row and the invoice that was issued from it. */
function compare(
  record: InvoiceRecord,
  planned: PlannedInvoice,
  current: KnownInvoice,
  known: Known,
  plan: Plan,
): void {
  const differing = cellsOf(record, current, known).filter(([, from, to]) => from !== to)
  for (const [column, from, value] of differing)
    plan.notes.push({ line: record.line, column, value, reason: notes.issued(current.number, from) })
  const same = sameLines(planned, current, known)
  if (!same)
    plan.notes.push({ line: record.line, column: '', value: '', reason: notes.issuedLines(current.number) })
  if (same && differing.length === 0) plan.invoices.unchanged += 1
}

/** Each cell as it was issued, and as the row says it. An empty default is no difference. */
function cellsOf(record: InvoiceRecord, current: KnownInvoice, known: Known): Difference[] {
  const codeOf = (list: Iterable<{ id: string; code: string }>, id: string) =>
    [...list].find((one) => one.id === id)?.code ?? ''
  return [
    ['numéro', current.number, record.number],
    ['unité', codeOf(known.units.values(), current.unitId), record.unit],
    ['établissement', codeOf(known.establishments.values(), current.establishmentId), record.establishment],
    ['famille', current.family ?? '', record.family],
    ['date', shownDay(current.issuedOn), shownDay(record.issuedOn)],
    ['période du', shownDay(current.periodFrom), shownDay(record.period?.from)],
    ['période au', shownDay(current.periodTo), shownDay(record.period?.to)],
    ['échéance', shownDay(current.dueOn), shownDay(record.dueOn)],
    ['bénéficiaire', current.beneficiary, record.beneficiary || current.beneficiary],
    ['accueil', current.activity, record.activity],
    ['référent', current.referent, record.referent || current.referent],
    ['montant', formatCents(current.total), formatCents(record.total)],
  ]
}

const shownDay = (day: Day | null | undefined): string => (day ? formatDay(day) : '')

function sameLines({ lines }: PlannedInvoice, current: KnownInvoice, known: Known): boolean {
  if (lines.length !== current.lines.length) return false
  return current.lines.every((kept, index) => {
    const line = lines[index]
    if (!line) return false
    const { record } = line
    const child = known.children.get(record.child)
    return (
      (child && kept.childId ? kept.childId === child.id : kept.childName === line.childName) &&
      (kept.happenedOn ?? undefined) === record.happenedOn &&
      kept.label === record.label &&
      kept.quantityThousandths === record.quantityThousandths &&
      kept.unit === record.unit &&
      kept.amount === record.amount &&
      kept.rateNote === record.rateNote
    )
  })
}
