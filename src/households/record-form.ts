// The form of a family, an adult or a child: names of its fields, what it was filled with, what is wrong.
import type { ReadRecord, RecordKind, Values } from '../families/record.ts'
import { RECORD_FIELDS } from '../families/record.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { peopleTexts as words } from './people-texts.ts'

/** The name of each field in the page; its id too, where the error summary leads. */
export const INPUTS: Readonly<Record<string, string>> = {
  name: 'nom',
  address: 'rue',
  postalCode: 'code-postal',
  city: 'ville',
  phone: 'telephone',
  firstName: 'prenom',
  lastName: 'nom',
  email: 'courriel',
  mobile: 'mobile',
  bornOn: 'naissance',
  establishments: 'etablissements',
}
/** The hidden field that keeps what an input was filled with. */
export const originOf = (key: string): string => `avant-${INPUTS[key] ?? key}`

/** What was typed. Establishments are boxes, by their codes. */
export const typedIn = (kind: RecordKind, form: Form): Values =>
  Object.fromEntries(
    RECORD_FIELDS[kind].map((key) => [
      key,
      key === 'establishments'
        ? (form.get(INPUTS[key] ?? '') ?? []).toSorted().join(', ')
        : field(form, INPUTS[key] ?? ''),
    ]),
  )

/** What the form had been filled with. */
export const originIn = (kind: RecordKind, form: Form): Values =>
  Object.fromEntries(RECORD_FIELDS[kind].map((key) => [key, field(form, originOf(key))]))

/** A sentence for each field that is missing or cannot be read. */
export const problemsOf = ({ wrong }: ReadRecord): Problems =>
  wrong.map((one) => ({
    field: INPUTS[one.field] ?? '',
    message: words[one.why][one.field] ?? '',
  }))
