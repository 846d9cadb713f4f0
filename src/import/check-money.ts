// Payments received elsewhere and opening balances against those known. Pure.
import { formatCents, formatDay } from '../kernel/french.ts'
import { type Cents, smaller, subtract, ZERO } from '../kernel/money.ts'
import { OPENING_SERIES } from '../organisations/description.ts'
import { checkUnit } from './check-invoices.ts'
import { once } from './check-people.ts'
import type { Known } from './known.ts'
import type { Plan } from './plan.ts'
import type { PaymentRecord, Records } from './records.ts'
import { texts } from './texts.ts'

const { reasons, notes } = texts

/** Sorts the payments; tells those that exceed what is due, and those known with another content. */
export function checkPayments(records: Records, known: Known, plan: Plan): void {
  const debts = debtsOf(records, known)
  for (const record of once(records.payments, plan)) {
    const unit = checkUnit(record.unit, known, refuser(plan, record))
    const current = known.payments.get(record.key)
    if (current) {
      const same = compare(plan, record.line, texts.payment(record.key), [
        ['unité', unitCode(known, current.unitId), record.unit],
        ['famille', current.family ?? '', record.family],
        ['date', formatDay(current.receivedOn), formatDay(record.receivedOn)],
        ['mode', current.method, record.method],
        ['montant', formatCents(current.amount), formatCents(record.amount)],
      ])
      if (same) plan.payments.unchanged += 1
      continue
    }
    plan.payments.created.push(record)
    if (unit) settle(record, debts, plan)
  }
}

type Refuse = (column: string, value: string, reason: string) => void
const refuser =
  (plan: Plan, record: { readonly line: number }): Refuse =>
  (column, value, reason) => {
    plan.problems.push({ line: record.line, column, value, reason })
  }

type Debt = { readonly family: string | null; readonly unit: string; due: Cents }

/** What is due on every invoice the payments may name: known balances, totals of new ones. */
function debtsOf(records: Records, known: Known): Map<string, Debt> {
  const debts = new Map<string, Debt>()
  for (const one of records.invoices)
    debts.set(one.number, { family: one.family, unit: one.unit, due: one.total })
  for (const one of known.invoicesByNumber.values())
    debts.set(one.number, { family: one.family, unit: unitCode(known, one.unitId), due: one.due })
  return debts
}

const unitCode = (known: Known, id: string): string =>
  [...known.units.values()].find((unit) => unit.id === id)?.code ?? ''

function settle(record: PaymentRecord, debts: ReadonlyMap<string, Debt>, plan: Plan): void {
  const refuse = refuser(plan, record)
  let rest = record.amount
  for (const number of record.invoices) {
    const debt = debts.get(number)
    if (!debt) refuse('factures', number, reasons.unknownInvoice)
    else if (debt.family !== record.family) refuse('factures', number, reasons.otherFamilysInvoice)
    else if (debt.unit === record.unit) {
      const part = smaller(rest, debt.due)
      debt.due = subtract(debt.due, part)
      rest = subtract(rest, part)
    } else refuse('factures', number, reasons.otherUnitsInvoice(debt.unit))
  }
  if (rest > ZERO && record.invoices.length > 0)
    plan.notes.push({
      line: record.line,
      column: 'montant',
      value: formatCents(record.amount),
      reason: notes.overpaid(formatCents(rest)),
    })
}

/** Sorts the opening balances: a credit is booked, a debt becomes an invoice of the reserved series. */
export function checkOpenings(records: Records, known: Known, plan: Plan): void {
  for (const record of once(records.openings, plan)) {
    const refuse = refuser(plan, record)
    const unit = checkUnit(record.unit, known, refuse)
    if (new RegExp(`^${OPENING_SERIES}\\d+$`).test(record.key))
      refuse('clé', record.key, reasons.reservedKey(OPENING_SERIES))
    const placed = [...known.establishments.values()].some((one) => one.unitId === unit?.id)
    if (unit && !placed && record.amount < ZERO) refuse('unité', record.unit, reasons.noEstablishment)
    const current = known.openings.get(record.key)
    if (!current) {
      plan.openings.created.push(record)
      continue
    }
    const same = compare(plan, record.line, texts.opening(record.key), [
      ['unité', unitCode(known, current.unitId), record.unit],
      ['famille', current.family ?? '', record.family],
      ['date', formatDay(current.on), formatDay(record.on)],
      ['montant', formatCents(current.amount), formatCents(record.amount)],
    ])
    if (same) plan.openings.unchanged += 1
  }
}

function compare(
  plan: Plan,
  line: number,
  what: string,
  cells: readonly (readonly [column: string, from: string, to: string])[],
): boolean {
  const differing = cells.filter(([, from, to]) => from !== to)
  for (const [column, from, to] of differing)
    plan.notes.push({ line, column, value: to, reason: notes.booked(what, from) })
  return differing.length === 0
}
