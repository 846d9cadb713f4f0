// A family, an adult or a child as a form shows it: its fields as text, and what is wrong with them.
import { readFrenchDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { readEmail, readMobile } from '../identity/names.ts'

/** Every field of a record as text, empty when there is none. A list is its codes, in order. */
export type Values = { readonly [field: string]: string }

export const RECORD_FIELDS = {
  family: ['name', 'address', 'postalCode', 'city', 'phone'],
  adult: ['firstName', 'lastName', 'email', 'mobile'],
  child: ['firstName', 'lastName', 'bornOn', 'establishments'],
} as const
export type RecordKind = keyof typeof RECORD_FIELDS

/** The fields that must not stay empty. */
const REQUIRED: readonly string[] = ['name', 'address', 'postalCode', 'city', 'firstName', 'lastName']
const MAX = 200

export type ReadRecord = {
  /** What was typed, as it is kept: spaces, numbers and dates made plain. */
  readonly values: Values
  /** Fields that are missing, or that cannot be read. */
  readonly wrong: readonly { readonly field: string; readonly why: 'missing' | 'unreadable' }[]
}

/** Reads the fields of a form; what cannot be read is kept as it was typed. */
export function readRecord(kind: RecordKind, typed: Values): ReadRecord {
  const values: { [field: string]: string } = {}
  const wrong: { field: string; why: 'missing' | 'unreadable' }[] = []
  for (const field of RECORD_FIELDS[kind]) {
    const text = (typed[field] ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ').slice(0, MAX)
    const value = text === '' ? '' : readField(field, text)
    if (text === '' && REQUIRED.includes(field)) wrong.push({ field, why: 'missing' })
    if (value === undefined) wrong.push({ field, why: 'unreadable' })
    values[field] = value ?? text
  }
  return { values, wrong }
}

function readField(field: string, text: string): string | undefined {
  if (field === 'email') return readEmail(text)
  if (field === 'mobile' || field === 'phone') return readMobile(text)
  // Four digits: across the lake.
  if (field === 'postalCode') return /^\d{4,5}$/.exec(text.replaceAll(' ', ''))?.[0]
  if (field !== 'bornOn') return text
  const day = readFrenchDay(text)
  return day && formatDay(day)
}

/** The fields that somebody else changed since the form was filled, and that the form would undo. */
export const movedFields = (origin: Values, typed: Values, stored: Values): readonly string[] =>
  Object.keys(stored).filter(
    (field) => (origin[field] ?? '') !== stored[field] && (typed[field] ?? '') !== stored[field],
  )

/** The form shown again: what was typed where something was typed, else what is stored now. */
export const mergedValues = (origin: Values, typed: Values, stored: Values): Values =>
  Object.fromEntries(
    Object.entries(stored).map(([field, now]) => {
      const wanted = typed[field] ?? ''
      return [field, wanted === (origin[field] ?? '') ? now : wanted]
    }),
  )

/** The fields that differ, before and after, for the journal. */
export const changedFields = (
  before: Values,
  after: Values,
): { readonly [field: string]: { readonly before: string; readonly after: string } } =>
  Object.fromEntries(
    Object.keys(after)
      .filter((field) => (before[field] ?? '') !== after[field])
      .map((field) => [field, { before: before[field] ?? '', after: after[field] ?? '' }]),
  )
