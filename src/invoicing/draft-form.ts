// The editor's form, read and shown: field names are French, what they hold is not. Pure.
import { addDays, type Day } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { type Fault, MAX_LINES, type TypedDraft, type TypedLine } from './draft.ts'
import { faults } from './texts.ts'

/** The field of the form for each part of the head. */
export const HEAD = {
  establishment: 'etablissement',
  activity: 'accueil',
  beneficiary: 'beneficiaire',
  referent: 'referent',
  periodFrom: 'du',
  periodTo: 'au',
  dueOn: 'echeance',
  onlineUntil: 'en-ligne',
  deskUntil: 'guichet',
} as const satisfies { readonly [part in Exclude<keyof TypedDraft, 'lines'>]: string }

const MAX_FIELD = 100
export const EMPTY_LINE: TypedLine = { child: '', day: '', label: '', quantity: '', price: '' }

/** The days that the unit proposes, for an invoice issued today. */
export const proposedDays = (unit: BillingUnit | undefined, today: Day) => {
  const after = (days: number | null | undefined) =>
    days === null || days === undefined ? '' : formatDay(addDays(today, days))
  return {
    dueOn: after(unit?.dueDays),
    onlineUntil: after(unit?.onlineDays),
    deskUntil: after(unit?.deskDays),
  }
}

/** What was typed, without the empty lines at the end, and without a line taken out. */
export function readTyped(form: Form, removed?: number): TypedDraft {
  const value = (name: string) => field(form, name).slice(0, MAX_FIELD)
  const column = (name: string) => form.get(name) ?? []
  const [children, days, labels, quantities, prices] = ['e', 'j', 'l', 'q', 'p'].map(column)
  const lines = (labels ?? []).slice(0, MAX_LINES + 1).map((label, index) => ({
    child: (children?.[index] ?? '').slice(0, MAX_FIELD),
    day: (days?.[index] ?? '').slice(0, MAX_FIELD),
    label: label.slice(0, MAX_FIELD),
    quantity: (quantities?.[index] ?? '').slice(0, MAX_FIELD),
    price: (prices?.[index] ?? '').slice(0, MAX_FIELD),
  }))
  const kept = lines.filter((_, index) => index + 1 !== removed)
  const last = kept.findLastIndex((line) => line.label !== '' || line.price !== '' || line.day !== '')
  return {
    establishment: value(HEAD.establishment),
    activity: value(HEAD.activity),
    beneficiary: value(HEAD.beneficiary),
    referent: value(HEAD.referent),
    periodFrom: value(HEAD.periodFrom),
    periodTo: value(HEAD.periodTo),
    dueOn: value(HEAD.dueOn),
    onlineUntil: value(HEAD.onlineUntil),
    deskUntil: value(HEAD.deskUntil),
    lines: kept.slice(0, last + 1),
  }
}

/** What keeps the draft from being issued, at the fields of the form. */
export const problemsOf = (found: readonly Fault[]): Problems =>
  found.map(({ field: part, code, line }) => ({
    field: part in HEAD ? HEAD[part as keyof typeof HEAD] : part,
    message: capital(faults[code](line)),
  }))

const capital = (said: string): string => said.charAt(0).toUpperCase() + said.slice(1)

/** Where what was typed differs from what somebody else saved: the standing values. */
export function standingDifferences(
  typed: TypedDraft,
  standing: TypedDraft,
): readonly { readonly part: keyof typeof HEAD | number; readonly standing: string }[] {
  const heads = (Object.keys(HEAD) as (keyof typeof HEAD)[])
    .filter((part) => typed[part] !== standing[part])
    .map((part) => ({ part, standing: standing[part] }))
  const said = (line: TypedLine | undefined) =>
    line ? [line.day, line.label, line.quantity, line.price].filter(Boolean).join(' · ') : ''
  const lines = Array.from({ length: Math.max(typed.lines.length, standing.lines.length) }, (_, index) => ({
    part: index + 1,
    standing: said(standing.lines[index]),
    own: said(typed.lines[index]),
    moved: typed.lines[index]?.child !== standing.lines[index]?.child,
  })).filter((line) => line.standing !== line.own || line.moved)
  return [...heads, ...lines.map(({ part, standing: text }) => ({ part, standing: text }))]
}
