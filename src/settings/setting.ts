// What can be set, where it stands, and how what was typed becomes a value.
import { unreachable } from '../kernel/assert.ts'
import { csvCents, formatCents, formatDay } from '../kernel/french.ts'
import { type Day, readFrenchDay } from '../kernel/dates.ts'
import { type Cents, readAmount } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { isBic, readIban } from '../kernel/transfer-reference.ts'
import { isSiret, OPENING_SERIES } from '../organisations/description.ts'
import { isInOrder, MAX_DAYS } from '../organisations/organisation.ts'
import { readEmail } from '../identity/names.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { texts } from './texts.ts'

type Kind =
  | 'line'
  | 'words'
  | 'amount'
  | 'positive'
  | 'count'
  | 'choice'
  | 'siret'
  | 'email'
  | 'iban'
  | 'bic'
  | 'series'
  | 'day'
export type Column = keyof typeof texts.settings
export type Setting = {
  /** The column, or `text.` and the name of a unit's text; also the field of the form. */
  readonly column: Column
  readonly kind: Kind
  /** Letters of a text, or the greatest count. */
  readonly max: number
  /** May be empty: nothing, or the portal's own words. */
  readonly optional: boolean
}
export type Value = string | number | null
export type Values = { readonly [column: string]: Value }

/** One setting that would change, its values as the table keeps them. */
export type Change = { readonly setting: Setting; readonly standing: Value; readonly after: Value }

const setting = (column: Column, kind: Kind, max = 300, optional = false): Setting => ({
  column,
  kind,
  max,
  optional,
})
const optional = (column: Column, kind: Kind, max = 300): Setting => setting(column, kind, max, true)

export const SECTIONS = {
  identite: {
    organisation: [
      setting('name', 'line', 120),
      setting('siret', 'siret'),
      setting('address', 'words'),
      setting('phone', 'line', 40),
      setting('email', 'email'),
      setting('opening_hours', 'line'),
      setting('vat_mention', 'line'),
      setting('data_contact', 'line'),
    ],
    unit: [setting('name', 'line', 120), setting('contact', 'line'), optional('other_means', 'words')],
    establishment: [setting('name', 'line', 120), setting('address', 'words'), setting('phone', 'line', 40)],
  },
  mode: { unit: [setting('mode', 'choice')] },
  seuils: {
    unit: [
      setting('min_payment_cents', 'positive'),
      setting('max_payment_cents', 'positive'),
      setting('alert_threshold_cents', 'amount'),
      setting('refund_threshold_cents', 'amount'),
    ],
  },
  delais: {
    unit: [
      setting('visibility_delay_hours', 'count', 720),
      optional('due_days', 'count', MAX_DAYS),
      optional('online_days', 'count', MAX_DAYS),
      optional('desk_days', 'count', MAX_DAYS),
    ],
  },
  banque: {
    unit: [
      optional('contract_id', 'choice'),
      optional('transfer_beneficiary', 'line', 70),
      optional('transfer_iban', 'iban'),
      optional('transfer_bic', 'bic'),
    ],
  },
  modeles: {
    unit: [optional('text.mail_intro', 'words', 600), optional('text.mail_signature', 'words', 300)],
  },
  textes: {
    unit: [
      optional('text.welcome', 'words', 600),
      optional('text.help', 'words', 1_000),
      optional('text.notice', 'words', 300),
      optional('notice_until_on', 'day'),
    ],
  },
  numerotation: { unit: [setting('series', 'series')] },
} as const satisfies Readonly<Record<string, Partial<Record<SubjectKind, readonly Setting[]>>>>
export type Section = keyof typeof SECTIONS
export type SubjectKind = 'organisation' | 'unit' | 'establishment'

export const isSection = (text: string | undefined): text is Section =>
  text !== undefined && Object.hasOwn(SECTIONS, text)

/** The settings of a section for such a thing; none where it has none. */
export const settingsOf = (section: Section, kind: SubjectKind): readonly Setting[] =>
  (SECTIONS[section] as Partial<Record<SubjectKind, readonly Setting[]>>)[kind] ?? []

const said = texts.problems

/** What was typed, as the table keeps it, or the sentence that says what to do. */
function readSetting({ kind, max, optional }: Setting, typed: string): Result<Value, string> {
  const text = kind === 'words' ? typed.replaceAll('\r\n', '\n').trim() : typed.trim().replaceAll(/\s+/g, ' ')
  if (text === '') return optional ? ok(kind === 'words' ? '' : null) : fail(said.empty)
  switch (kind) {
    case 'line':
    case 'words':
      return text.length > max ? fail(said.long(max, text.length)) : ok(text)
    case 'amount':
    case 'positive': {
      const amount = readAmount(text)
      if (amount === undefined) return fail(said.amount)
      return kind === 'positive' && amount === 0 ? fail(said.positive) : ok(amount)
    }
    case 'count': {
      const count = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
      return count <= max ? ok(count) : fail(said.count(max))
    }
    case 'siret': {
      const digits = text.replaceAll(' ', '')
      return isSiret(digits) ? ok(digits) : fail(said.siret)
    }
    case 'email':
      return okOr(readEmail(text), said.email)
    case 'iban':
      return okOr(readIban(text), said.iban)
    case 'bic': {
      const bic = text.replaceAll(' ', '').toUpperCase()
      return isBic(bic) ? ok(bic) : fail(said.bic)
    }
    case 'series': {
      const series = text.toUpperCase()
      if (series === OPENING_SERIES) return fail(said.reserved)
      return /^[A-Z]{2,4}$/.test(series) ? ok(series) : fail(said.series)
    }
    case 'day':
      return okOr(readFrenchDay(text), said.day)
    case 'choice':
      return ok(text)
    default:
      return unreachable(kind)
  }
}

const okOr = (value: string | undefined, sentence: string): Result<Value, string> =>
  value === undefined ? fail(sentence) : ok(value)

/** Every setting of a form, read; then what does not go together. */
export function readSettings(
  settings: readonly Setting[],
  form: Form,
): { readonly values: Values; readonly problems: Problems } {
  const values: Record<string, Value> = {}
  const problems: { field: string; message: string }[] = []
  for (const one of settings) {
    const read = readSetting(one, field(form, one.column))
    if (read.ok) values[one.column] = read.value
    else
      problems.push({ field: one.column, message: `${texts.settings[one.column].label} : ${read.failure}` })
  }
  return { values, problems: problems.length > 0 ? problems : together(values) }
}

function together(values: Values): Problems {
  const { min_payment_cents: min, max_payment_cents: max } = values
  if (typeof min === 'number' && typeof max === 'number' && max < min)
    return [{ field: 'max_payment_cents', message: said.maximum(formatCents(min as Cents)) }]
  const days = (column: Column) => values[column] as number | null | undefined
  for (const last of ['online_days', 'desk_days'] as const)
    if (!isInOrder(days('due_days'), days(last), null))
      return [{ field: last, message: said.deadlines(texts.settings[last].label, days('due_days') ?? 0) }]
  const account = (['transfer_beneficiary', 'transfer_iban', 'transfer_bic'] as const).filter(
    (column) => column in values,
  )
  const missing = account.find((column) => isNothing(values[column]))
  if (missing && account.some((column) => !isNothing(values[column])))
    return [{ field: missing, message: said.account }]
  if (values['notice_until_on'] && isNothing(values['text.notice']))
    return [{ field: 'text.notice', message: said.noticeMissing }]
  return []
}

const isNothing = (value: Value | undefined): boolean => value === null || value === '' || value === undefined

/** A value as its field shows it. */
export function typedOf({ kind }: Setting, value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  if (kind === 'amount' || kind === 'positive') return csvCents(value as Cents)
  return kind === 'day' ? formatDay(value as Day) : String(value)
}

/** The standing values as a form. */
export const typedForm = (settings: readonly Setting[], values: Values): Form =>
  new Map(settings.map((one) => [one.column, [typedOf(one, values[one.column])]]))

/** Names of what is chosen by id. */
export type Names = ReadonlyMap<string, string>

/** A value as people read it. */
export function showValue({ kind, column }: Setting, value: Value | undefined, names: Names): string {
  if (isNothing(value)) return column.startsWith('text.') ? texts.byDefault : texts.nothing
  if (kind === 'amount' || kind === 'positive') return formatCents(value as Cents)
  if (kind === 'count') return texts.counts(column, value as number)
  if (kind === 'day') return formatDay(value as Day)
  if (kind === 'choice') return names.get(String(value)) ?? texts.choices[String(value)] ?? String(value)
  return String(value)
}
