// What the page of invoices to pay shows, computed from what was read. Pure.
import type { BillingUnitId, InvoiceId } from '../kernel/ids.ts'
import { type Cents, ZERO, subtract, sum } from '../kernel/money.ts'
import { formatMonth } from '../kernel/french.ts'
import type { InvoiceSummary } from '../billing/store.ts'
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import type { Mode } from '../platform/config.ts'
import type { Problems } from '../web/form.ts'
import { capabilitiesOf } from './bank-limits.ts'
import { takesOnlinePayments } from './start-payment.ts'
import type { RunningAttempt } from './store.ts'

/** From this many invoices, « Tout cocher » is worth its place. */
const TICK_ALL_FROM = 4
/** From this many, invoices are grouped by month. */
const GROUP_FROM = 12

/** What was ticked at one unit: given by the form or the address; elsewhere everything is ticked. */
export type Ticks = { readonly unitCode: string; readonly numbers: ReadonlySet<string> | 'all' }

export type SelectionRow = {
  readonly invoice: InvoiceSummary
  readonly settled: Cents
  readonly selectable: boolean
  readonly running: boolean
  readonly ticked: boolean
}

/** The invoices of one month, or all of a short list. */
export type SelectionGroup = { readonly heading: string | undefined; readonly rows: readonly SelectionRow[] }

export type SelectionBlock = {
  readonly unit: BillingUnit
  readonly rows: readonly SelectionRow[]
  /** One group without a heading, or one per month. */
  readonly groups: readonly SelectionGroup[]
  /** Online payments are possible here, for this adult. */
  readonly isOpen: boolean
  readonly isReader: boolean
  /** The bank takes one invoice at a time. */
  readonly isOneByOne: boolean
  readonly selectable: number
  readonly ticked: number
  readonly amount: Cents
  readonly credit: Cents
  readonly hasTickAll: boolean
  readonly running: readonly (RunningAttempt & { readonly numbers: readonly string[] })[]
  readonly problems: Problems
}

export type Read = {
  readonly units: readonly BillingUnit[]
  readonly unsettled: readonly InvoiceSummary[]
  readonly running: readonly RunningAttempt[]
  readonly credits: ReadonlyMap<BillingUnitId, Cents>
}

/** One block per unit paid invoice by invoice where something is due. */
export function selectionBlocks(
  read: Read,
  actor: Pick<FamilyActor, 'role'>,
  mode: Mode,
  ticks: Ticks | undefined,
  problem: string | undefined,
): SelectionBlock[] {
  return read.units
    .filter((unit) => unit.mode === 'per_invoice')
    .map((unit) => toBlock(unit, read, actor, mode, ticks, problem))
    .filter((block) => block.rows.length > 0)
}

function toBlock(
  unit: BillingUnit,
  read: Read,
  { role }: Pick<FamilyActor, 'role'>,
  mode: Mode,
  ticks: Ticks | undefined,
  problem: string | undefined,
): SelectionBlock {
  const isOpen = takesOnlinePayments(unit, mode) && role === 'payer'
  const invoices = read.unsettled.filter((invoice) => invoice.billingUnitId === unit.id)
  const running = read.running.filter((one) => one.billingUnitId === unit.id && one.purpose === 'invoices')
  const held = new Set(running.flatMap((attempt) => attempt.invoiceIds))
  const own = ticks?.unitCode === unit.code ? ticks : undefined
  const rows = invoices.map((invoice) => toRow(invoice, held, isOpen, own))
  const ticked = rows.filter((row) => row.ticked)
  const selectable = rows.filter((row) => row.selectable)
  const numbers = new Map(invoices.map((invoice) => [invoice.id, invoice.number]))
  return {
    unit,
    rows,
    groups: groupRows(rows),
    isOpen,
    isReader: role === 'reader',
    isOneByOne: capabilitiesOf(unit)?.severalInvoices === false,
    selectable: selectable.length,
    ticked: ticked.length,
    amount: sum(ticked.map((row) => row.invoice.due)),
    credit: read.credits.get(unit.id) ?? ZERO,
    hasTickAll: selectable.length >= TICK_ALL_FROM,
    running: running.map((one) => ({
      ...one,
      numbers: one.invoiceIds.flatMap((id) => numbers.get(id) ?? []),
    })),
    problems: own && problem !== undefined ? [{ field: fieldId(selectable[0]), message: problem }] : [],
  }
}

function toRow(
  invoice: InvoiceSummary,
  held: ReadonlySet<InvoiceId>,
  isOpen: boolean,
  ticks: Ticks | undefined,
): SelectionRow {
  const running = held.has(invoice.id)
  const selectable = isOpen && !running && invoice.isOnlineOver !== true
  const wanted = ticks === undefined || ticks.numbers === 'all' || ticks.numbers.has(invoice.number)
  return {
    invoice,
    settled: subtract(invoice.total, invoice.due),
    selectable,
    running,
    ticked: selectable && wanted,
  }
}

function groupRows(rows: readonly SelectionRow[]): SelectionBlock['groups'] {
  if (rows.length < GROUP_FROM) return [{ heading: undefined, rows }]
  const groups = new Map<string, SelectionRow[]>()
  for (const row of rows) {
    const month = formatMonth(row.invoice.issuedOn)
    const group = groups.get(month)
    if (group) group.push(row)
    else groups.set(month, [row])
  }
  return [...groups].map(([heading, rows]) => ({ heading, rows }))
}

/** The id of an invoice's checkbox, where the error summary leads. */
export const tickId = (number: string): string => `f-${number}`

const fieldId = (row: SelectionRow | undefined): string => (row ? tickId(row.invoice.number) : '')
