// The filters of the history: read from the address, applied to operations, written back. Pure.
import { addDays, type Day, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import type { ChildId, EstablishmentId, InvoiceId } from '../kernel/ids.ts'
import type { Establishment } from '../organisations/organisation.ts'
import type { Problems } from '../web/form.ts'
import { type Operation, type OperationState, operationState } from './operation.ts'
import { texts } from './texts.ts'

export const PERIODS = ['tout', 'mois', 'trimestre', 'scolaire', 'annee', 'dates'] as const
export type PeriodChoice = (typeof PERIODS)[number]
export const TYPES = ['factures', 'paiements', 'rechargements'] as const
type TypeChoice = (typeof TYPES)[number]
export const STATES = ['soldee', 'partielle', 'non-soldee'] as const
type StateChoice = (typeof STATES)[number]

export type Filters = {
  readonly period: PeriodChoice
  /** As typed, to give back with an error. */
  readonly fromText: string
  readonly toText: string
  readonly from: Day | undefined
  readonly to: Day | undefined
  readonly type: TypeChoice | undefined
  readonly state: StateChoice | undefined
  readonly establishmentId: EstablishmentId | undefined
  readonly childId: ChildId | undefined
  readonly oldestFirst: boolean
}

/** What a list may be narrowed to. */
export type Choices = {
  readonly establishments: readonly Establishment[]
  readonly children: readonly { readonly id: ChildId; readonly name: string }[]
}

const oneOf = <T extends string>(choices: readonly T[], text: string | undefined): T | undefined =>
  choices.find((choice) => choice === text)

/** Reads the address's query; days may be typed `16/03/2012` or come from a date field. */
export function readFilters(
  query: { readonly [name: string]: string | undefined },
  choices: Choices,
  today: Day,
): { readonly filters: Filters; readonly problems: Problems } {
  const fromText = (query['du'] ?? '').trim()
  const toText = (query['au'] ?? '').trim()
  const typed = fromText !== '' || toText !== ''
  const period = typed ? 'dates' : (oneOf(PERIODS, query['periode']) ?? 'tout')
  const from = readDay(fromText)
  const to = readDay(toText)
  const problems: { field: string; message: string }[] = []
  if (fromText !== '' && !from) problems.push({ field: 'du', message: texts.history.badDay })
  if (toText !== '' && !to) problems.push({ field: 'au', message: texts.history.badDay })
  if (from && to && from > to) problems.push({ field: 'au', message: texts.history.reversed })
  const bounds = typed ? { from, to } : presetBounds(period, today)
  const filters = {
    period,
    fromText,
    toText,
    ...bounds,
    type: oneOf(TYPES, query['type']),
    state: oneOf(STATES, query['etat']),
    establishmentId: choices.establishments.find((one) => one.code === query['etablissement'])?.id,
    childId: choices.children.find((one) => one.id === query['enfant'])?.id,
    oldestFirst: query['tri'] === 'ancien',
  }
  return { filters, problems }
}

const readDay = (text: string): Day | undefined => readFrenchDay(text) ?? readIsoDay(text)

const SCHOOL_YEAR_START = '09-01'

/** The first day of a preset period; it has no last day. A school year begins on 1 September. */
export function presetBounds(
  period: PeriodChoice,
  today: Day,
): { readonly from: Day | undefined; readonly to: Day | undefined } {
  const year = Number(today.slice(0, 4))
  const starts: { readonly [Choice in PeriodChoice]: Day | undefined } = {
    tout: undefined,
    dates: undefined,
    mois: `${today.slice(0, 7)}-01` as Day,
    trimestre: addDays(today, -91),
    scolaire: `${schoolYear(today)}-${SCHOOL_YEAR_START}` as Day,
    annee: `${year}-01-01` as Day,
  }
  return { from: starts[period], to: undefined }
}

/** The year in which the running school year began: 2011 on 12 April 2012. */
export function schoolYear(today: Day): number {
  const year = Number(today.slice(0, 4))
  return today.slice(5) >= SCHOOL_YEAR_START ? year : year - 1
}

const KINDS: { readonly [Type in TypeChoice]: readonly Operation['kind'][] } = {
  factures: ['invoice', 'opening-debit', 'credit-note', 'write-off'],
  paiements: [
    'payment',
    'elsewhere',
    'desk',
    'opening-credit',
    'reversal',
    'bounced',
    'taken-back',
    'dispute-lost',
    'refund',
    'refund-refused',
  ],
  rechargements: ['top-up'],
}
const STATES_CHOSEN: { readonly [Choice in StateChoice]: readonly OperationState[] } = {
  soldee: ['settled'],
  partielle: ['partly-settled'],
  'non-soldee': ['unsettled', 'pending'],
}

/**
 * The operations that pass, in the order asked for. An establishment keeps its invoices and the
 * payments made to its billing unit; a child keeps the invoices with a line of his or hers.
 */
export function applyFilters(
  newestFirst: readonly Operation[],
  filters: Filters,
  choices: Choices,
  ofChild: ReadonlySet<InvoiceId>,
): Operation[] {
  const establishment = choices.establishments.find((one) => one.id === filters.establishmentId)
  const passes = (operation: Operation): boolean => {
    const { on, kind, invoice, billingUnitId } = operation
    if ((filters.from && on < filters.from) || (filters.to && on > filters.to)) return false
    if (filters.type && !KINDS[filters.type].includes(kind)) return false
    if (filters.state && !STATES_CHOSEN[filters.state].includes(operationState(operation))) return false
    if (filters.childId && !(invoice && ofChild.has(invoice.id))) return false
    if (!establishment) return true
    return invoice
      ? invoice.establishmentId === establishment.id
      : billingUnitId === establishment.billingUnitId
  }
  const kept = newestFirst.filter(passes)
  return filters.oldestFirst ? kept.toReversed() : kept
}

/** The query that gives these filters again, for links: empty when nothing is filtered. */
export function writeFilters(filters: Filters, choices: Choices, more: { page?: number } = {}): string {
  const query = new URLSearchParams()
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  if (filters.period !== 'tout' && filters.period !== 'dates') set('periode', filters.period)
  set('du', filters.fromText)
  set('au', filters.toText)
  set('type', filters.type)
  set('etat', filters.state)
  set('etablissement', choices.establishments.find((one) => one.id === filters.establishmentId)?.code)
  set('enfant', filters.childId)
  if (filters.oldestFirst) set('tri', 'ancien')
  if (more.page !== undefined && more.page > 1) set('page', String(more.page))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Whether anything is left out. */
export const isFiltering = (filters: Filters): boolean =>
  filters.period !== 'tout' ||
  filters.type !== undefined ||
  filters.state !== undefined ||
  filters.establishmentId !== undefined ||
  filters.childId !== undefined
